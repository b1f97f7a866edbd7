"""Connections that do not go on are ended: uvicorn itself waits for ever for headers to come, and for answers to be fetched."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

ASKING = 10.0  # seconds for an address with all its headers
FETCHING = 60.0  # seconds in which an asker fetches nothing of an answer


class Patience(H11Protocol):
    """HTTP/1.1 with an end to waiting."""

    _asking: asyncio.TimerHandle | None = None
    _fetching: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Somebody has come, and should now ask."""
        super().connection_made(transport)
        self._asking = self.loop.call_later(ASKING, transport.abort)

    def data_received(self, data: bytes) -> None:
        """The clock runs from the first byte of a request to the last of its headers."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            _stop(self._asking)
            self._asking = None
        elif self._asking is None:
            self._asking = self.loop.call_later(ASKING, self.transport.abort)

    def pause_writing(self) -> None:
        """The asker does not keep up."""
        super().pause_writing()
        self._fetching = self._fetching or self.loop.call_later(FETCHING, self.transport.abort)

    def resume_writing(self) -> None:
        """It does again."""
        super().resume_writing()
        _stop(self._fetching)
        self._fetching = None

    def timeout_keep_alive_handler(self) -> None:
        """Nothing more was asked. What has not been fetched yet still may be, for a while."""
        super().timeout_keep_alive_handler()
        self._fetching = self._fetching or self.loop.call_later(FETCHING, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Somebody has left."""
        _stop(self._asking)
        _stop(self._fetching)
        super().connection_lost(exc)


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
