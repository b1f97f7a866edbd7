"""How often a host is asked: never sooner than it likes, and rarer the more it fails."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from detente.records import digest

PACE = 5.0  # seconds between two requests to one host
_FIRST = 60.0  # seconds that a host is left alone after its first failure; doubled with each further one
_LONGEST = 24 * 3600.0
LONGEST_ASKED = 7 * 24 * 3600.0  # of a Retry-After: what asks for more is taken for a mistake


class Clock(Protocol):
    """Time, as tests can give it too."""

    def now(self) -> float:
        """Seconds since 1970."""
        ...

    def sleep(self, seconds: float) -> None:
        """Waits so long. Raises `Stopped` once the run was asked to end, also for a wait of nothing."""
        ...


class SystemClock:
    """The time of this machine."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Waits so long."""
        time.sleep(seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """How a host was last asked. since: when, in seconds since 1970. delay: for how long it is left alone from then on.

    failures: how often in a row it failed as a whole.
    """

    name: str
    since: float
    delay: float
    failures: int = 0


def left(since: float, delay: float, now: float) -> float:
    """Seconds of a delay that are still to be waited for; a clock that was put back begins it anew, and no more."""
    return delay if now < since else max(0.0, since + delay - now)


def back_off(key: str, failures: int, *, first: float = _FIRST, longest: float = _LONGEST) -> float:
    """Seconds to wait after so many failures in a row: doubled each time, a fifth more or less, so that what failed
    together does not come back together. The same key and number give the same wait on every machine."""
    share = int(digest("jitter", key, failures)[:8], 16) / 0xFFFFFFFF
    return min(longest, first * 2.0 ** min(failures - 1, 30)) * (0.8 + 0.4 * share)


class Pace:
    """Keeps the hosts apart. least: seconds between two requests to one host, at least. known: from an earlier run."""

    def __init__(self, clock: Clock, *, least: float = PACE, known: Iterable[Host] = ()) -> None:
        self._clock, self._least = clock, least
        self._hosts = {host.name: host for host in known}

    def wait(self, name: str) -> float:
        """Seconds until a host may be asked."""
        host = self._hosts.get(name)
        return left(host.since, host.delay, self._clock.now()) if host else 0.0

    def failing(self, name: str) -> bool:
        """Whether the host did not answer the last time."""
        host = self._hosts.get(name)
        return host is not None and host.failures > 0

    def asked(self, name: str, *, delay: float = 0.0) -> None:
        """A request to the host has ended. delay: what its robots.txt asks for."""
        old = self._hosts.get(name)
        self._hosts[name] = Host(
            name=name,
            since=self._clock.now(),
            delay=max(self._least, min(delay, LONGEST_ASKED)),
            failures=old.failures if old else 0,
        )

    def failed(self, name: str, *, after: float | None = None) -> None:
        """The host as a whole is in trouble. after: how long it asks to be left alone."""
        old = self._hosts.get(name)
        failures = 1 + (old.failures if old else 0)
        delay = max(back_off(name, failures), min(after or 0.0, LONGEST_ASKED))
        self._hosts[name] = Host(name=name, since=self._clock.now(), delay=delay, failures=failures)

    def answered(self, name: str) -> None:
        """The host answers again."""
        if (host := self._hosts.get(name)) and host.failures:
            self._hosts[name] = replace(host, failures=0)

    def hosts(self) -> tuple[Host, ...]:
        """Those that a later run must know of: still to be left alone, or failing."""
        now = self._clock.now()
        return tuple(host for host in self._hosts.values() if host.failures or left(host.since, host.delay, now))
