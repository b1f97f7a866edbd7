"""How long a question may take: set around it, by whoever serves strangers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock, Timer
from typing import TYPE_CHECKING

from detente.errors import TooSlowError

if TYPE_CHECKING:
    import duckdb

_UNTIL: ContextVar[float | None] = ContextVar("detente_until", default=None)  # by time.monotonic()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Within it, questions to a store end after so many seconds in all, with a TooSlowError."""
    token = _UNTIL.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _UNTIL.reset(token)


@contextmanager
def interrupted(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Ends what the cursor does when the time is over. Raises TooSlowError when it was over before."""
    check_time()
    left = time_left()
    if left is None:
        yield
        return
    timer = Timer(left, cursor.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def turn(lock: Lock) -> Iterator[None]:
    """Holds a lock, after waiting for it as long as the question may take. Raises TooSlowError."""
    left = time_left()
    if not lock.acquire(timeout=-1 if left is None else max(left, 0.0)):
        check_time()
        raise TooSlowError("another question took too long; ask again")
    try:
        yield
    finally:
        lock.release()


def time_left() -> float | None:
    """Seconds that are left for the question; None when nobody has set a limit."""
    until = _UNTIL.get()
    return None if until is None else until - time.monotonic()


def check_time() -> None:
    """Raises TooSlowError when the time of a question is over."""
    until = _UNTIL.get()
    if until is not None and time.monotonic() > until:
        raise TooSlowError(
            "the question took too long and was ended; ask for less: a shorter period, fewer rows, one pair of countries"
        )
