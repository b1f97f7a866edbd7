"""One connection: to a given address, until a given moment, for so many bytes.

urllib3 and http.client put a limit on each wait for bytes only: a server that sends one byte a second keeps them for hours.
Here every wait ends at the deadline of the whole request, and every byte is counted.
"""

from __future__ import annotations

import io
import socket
import time
from typing import Any, cast

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError


class Cut(OSError):
    """The request was ended from this side; says why. again: whether another try may go better."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.again = again


class Budget:
    """What one request may still cost: time, and bytes on the wire. answered: whether the headers have come."""

    def __init__(self, *, seconds: float, wait: float, bytes_: int) -> None:
        self._seconds, self._ends, self._wait = seconds, time.monotonic() + seconds, wait
        self._bytes = bytes_
        self.answered = False

    def wait(self, longest: float | None = None) -> float:
        """Seconds that the next step may take. Raises Cut when the time is up."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Cut(f"it was not done in {self._seconds:g} s", again=True)
        return min(left, self._wait if longest is None else longest)

    def allow(self, bytes_: int) -> None:
        """The headers have come; so many bytes may come from now on."""
        self._bytes, self.answered = bytes_, True

    def take(self, number: int) -> None:
        """Counts bytes that came. Raises Cut beyond the limit."""
        self._bytes -= number
        if self._bytes < 0:
            raise Cut("it sent more than it may", again=False)


class _Counted(io.RawIOBase):
    """The reading end of a socket; every read is charged to the budget."""

    def __init__(self, sock: socket.socket, budget: Budget) -> None:
        self._sock, self._budget = sock, budget
        self._raw = cast(io.RawIOBase, sock.makefile("rb", buffering=0))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._budget.wait())
        try:
            number = self._raw.readinto(buffer) or 0
        except TimeoutError:
            self._budget.wait()  # says so where it was the deadline, and not this one wait
            raise
        self._budget.take(number)
        return number

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


class _Wire:
    """What http.client uses of a socket, with a budget."""

    def __init__(self, sock: socket.socket, budget: Budget) -> None:
        self._sock, self._budget = sock, budget

    def makefile(self, mode: str, *_: Any, **__: Any) -> io.BufferedReader:
        assert mode == "rb"
        return io.BufferedReader(_Counted(self._sock, self._budget))

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._budget.wait())
        self._sock.sendall(data)

    def settimeout(self, seconds: float | None) -> None:
        """Not taken: the budget says how long."""

    def close(self) -> None:
        self._sock.close()


class _Pinned:
    """Connects to `addresses` and nowhere else, whatever the host's name is."""

    addresses: tuple[str, ...]
    budget: Budget
    connect_wait: float
    host: str
    port: int
    sock: Any

    def _new_conn(self) -> socket.socket:
        error: OSError | None = None
        for address in self.addresses:
            try:
                return socket.create_connection((address, self.port), self.budget.wait(self.connect_wait))
            except Cut:
                raise
            except OSError as failed:
                error = failed
        assert error is not None
        raise NewConnectionError(cast(Any, self), f"{error.strerror or error}") from error


class Plain(_Pinned, HTTPConnection):
    """http: to pinned addresses."""

    def connect(self) -> None:
        """Connects, and puts the budget between the socket and the rest."""
        super().connect()
        self.sock = _Wire(self.sock, self.budget)


class Encrypted(_Pinned, HTTPSConnection):
    """https: to pinned addresses; the certificate must be that of the host named in the address."""

    def connect(self) -> None:
        """Connects and shakes hands, and puts the budget between the socket and the rest."""
        super().connect()
        self.sock = _Wire(self.sock, self.budget)
