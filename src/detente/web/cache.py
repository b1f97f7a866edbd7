"""Answers that were made, kept until others push them out: the same question to the same state is worked out once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Event, Lock

from detente.store.limit import check_time, time_left

_LARGEST = 8  # an answer of more than this part of the whole is not kept


class Cache:
    """Answers by their ETag, which names the state they rest on: what is out of date is never found, and leaves in its turn."""

    def __init__(self, size: int) -> None:
        self._size = size  # bytes
        self._left = size
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._making: dict[str, Event] = {}
        self._lock = Lock()

    def give(self, tag: str, make: Callable[[], bytes]) -> bytes:
        """The answer of this tag. Of many threads that ask for it at one time, one makes it. Raises what `make` raises."""
        while True:
            with self._lock:
                if (found := self._held.get(tag)) is not None:
                    self._held.move_to_end(tag)
                    return found
                made = self._making.get(tag)
                if made is None:
                    self._making[tag] = made = Event()
                    break
            made.wait(time_left())
            check_time()
        try:
            found = make()
            self._keep(tag, found)
            return found
        finally:
            with self._lock:
                del self._making[tag]
            made.set()

    def _keep(self, tag: str, answer: bytes) -> None:
        if len(answer) * _LARGEST > self._size:
            return
        with self._lock:
            self._held[tag] = answer
            self._left -= len(answer)
            while self._left < 0:
                self._left += len(self._held.popitem(last=False)[1])
