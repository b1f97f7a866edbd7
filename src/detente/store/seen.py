"""Which rows have come before: a table of hashes that takes sixteen bytes a row and is asked for many rows at once.

A row is known by a hash of its origin and id; beside it stands a hash of what the row says. Two ids of one hash would be told as two rows
of one id that say different things: among five million rows the chance of one such pair is under one in a million.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

type Hashes = NDArray[np.uint64]
type Flags = NDArray[np.bool_]
type Places = NDArray[np.intp]

_SMALLEST = 1 << 12  # places
_FULLEST = 0.6  # share of them that may be taken
_NONE = np.uint64(0)


class Seen:
    """Keys with what they say. Open addressing: a key stands at its own place, or at the next free one."""

    def __init__(self) -> None:
        self._keys: Hashes = np.zeros(_SMALLEST, dtype=np.uint64)
        self._says: Hashes = np.zeros(_SMALLEST, dtype=np.uint64)
        self._taken = 0

    def find(self, keys: Hashes) -> tuple[Flags, Hashes]:
        """For each key whether it is there, and what was said with it."""
        keys = _proper(keys)
        place = self._home(keys)
        open_ = np.arange(len(keys))
        found = np.zeros(len(keys), dtype=bool)
        says = np.zeros(len(keys), dtype=np.uint64)
        while len(open_):
            there = self._keys[place]
            hit = there == keys[open_]
            found[open_[hit]] = True
            says[open_[hit]] = self._says[place[hit]]
            on = ~hit & (there != _NONE)
            open_, place = open_[on], self._next(place[on])
        return found, says

    def add(self, keys: Hashes, says: Hashes) -> None:
        """Adds keys that are not there yet, each once."""
        if self._taken + len(keys) > _FULLEST * len(self._keys):
            self._grow(self._taken + len(keys))
        self._put(_proper(keys), says)
        self._taken += len(keys)

    def _put(self, keys: Hashes, says: Hashes) -> None:
        place = self._home(keys)
        while len(keys):
            free = self._keys[place] == _NONE
            self._keys[place[free]] = keys[free]  # of several that want one place, the last one gets it
            got = free & (self._keys[place] == keys)
            self._says[place[got]] = says[got]
            keys, says, place = keys[~got], says[~got], self._next(place[~got])

    def _grow(self, wanted: int) -> None:
        size = len(self._keys)
        while wanted > _FULLEST * size / 2:
            size *= 2
        there = self._keys != _NONE
        keys, says = self._keys[there], self._says[there]
        self._keys, self._says = np.zeros(size, dtype=np.uint64), np.zeros(size, dtype=np.uint64)
        self._put(keys, says)

    def _home(self, keys: Hashes) -> Places:
        return (keys & np.uint64(len(self._keys) - 1)).astype(np.intp)

    def _next(self, place: Places) -> Places:
        return (place + 1) & (len(self._keys) - 1)


def _proper(keys: Hashes) -> Hashes:
    """Zero stands for a free place."""
    found: Hashes = np.where(keys == _NONE, np.uint64(1), keys)
    return found
