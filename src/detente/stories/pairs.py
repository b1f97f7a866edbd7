"""Which articles copy which: candidates by the bands of their MinHash signatures, each checked by its words.

A pair depends on its two articles alone, so that all pairs together depend on no order of arrival. A wrong pair is worse
than a missed one: a ministry's reports of two calls share their phrases, not their names; two air strikes, not their
numbers or days of the week.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from detente.stories.sketch import VALUES, Signature
from detente.stories.words import LEAD, OPENING, SHINGLE, Body, overlap, weekdays

WINDOW = 6  # days between two articles of one story: seven days in all
FEWEST = 16  # shingles: a shorter text is a copy only where it begins another of its day
SHORT = 40  # shingles: a text so short must be contained almost whole, and with all its names
HELD, HELD_SHORT = 0.7, 0.9  # share of the shorter article's shingles that the longer must hold
OTHER = 2  # names and numbers of either lead that the other article may lack
_ROWS = 2  # values in a band: two articles that share 3 of 10 shingles meet in one of 64 bands at 99.8%
_NEXT = 24  # in a band with more articles than this, each meets the next so many, and the first within the window
_SLACK = 0.15  # above three standard errors of the estimate

type Pairs = npt.NDArray[np.int64]


def candidates(days: npt.NDArray[np.int64], signatures: Signature) -> Pairs:
    """Pairs (i, j), i < j, of articles in order of `days` that share a band within the window."""
    if len(days) < 2:
        return np.empty((0, 2), np.int64)
    bands = signatures.reshape(len(days), VALUES // _ROWS, _ROWS).astype(np.int64)
    found = [
        pair for band in range(VALUES // _ROWS) for pair in _in_band(days, bands[:, band, 0] << 16 | bands[:, band, 1])
    ]
    keys = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    return np.stack(np.divmod(keys, len(days)), axis=1)


def likely(pairs: Pairs, sizes: npt.NDArray[np.int64], signatures: Signature) -> Pairs:
    """The pairs that may hold enough of each other, as far as their signatures tell. sizes: in shingles."""
    left, right = pairs[:, 0], pairs[:, 1]
    alike = np.array([np.mean(signatures[i] == signatures[j]) for i, j in pairs]) + _SLACK
    held = alike / (1 + alike) * (sizes[left] + sizes[right]) / np.maximum(1, np.minimum(sizes[left], sizes[right]))
    return pairs[held >= HELD]


def is_copy(one: Body, other: Body, *, same_day: bool) -> bool:
    """Whether one of two texts is the other, trimmed or with a small change."""
    small, large = sorted((one, other), key=lambda body: len(body.words))
    if len(small.shingles) < FEWEST:
        return same_day and begins(small.words, large.words)
    short = len(small.shingles) < SHORT
    if overlap(one.shingles, other.shingles) < (HELD_SHORT if short else HELD):
        return False
    lead = min(LEAD, len(small.words) - SHINGLE)  # the last words may be those of a broken sentence
    mine = [name for name in small.names if name[0] < lead]
    theirs = [name for name in large.names if name[0] < lead]
    lacking = {name for _, name in mine} - large.all
    more = {name for _, name in theirs} - small.all
    if len(lacking) > OTHER or len(more) > OTHER or (short and (lacking or more)):
        return False
    days, other_days = weekdays(mine), weekdays(theirs)
    if days and other_days and not days & other_days:
        return False
    return same_day or not (_numbers(lacking) and _numbers(more))


def begins(small: Sequence[str], large: Sequence[str]) -> bool:
    """Whether a longer text begins with the words of the shorter, but for a last word that was cut."""
    last = len(small) - 1
    return last >= OPENING and small[:last] == large[:last] and large[last].startswith(small[last])


def _in_band(days: npt.NDArray[np.int64], keys: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
    """Pairs as i * n + j: each article of a band with the next ones and with the first one of the window."""
    count = len(days)
    order = np.argsort(keys, kind="stable")  # by key, and within it by day
    key, day = keys[order], days[order]
    step = 1
    while step <= _NEXT:
        near = np.flatnonzero((key[step:] == key[:-step]) & (day[step:] - day[:-step] <= WINDOW))
        if not len(near):
            return
        yield order[near] * count + order[near + step]
        step += 1
    first = _firsts(key, day)
    far = np.flatnonzero(np.arange(count) - first > _NEXT)
    yield order[first[far]] * count + order[far]


def _firsts(key: npt.NDArray[np.int64], day: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """For each, the first with the same key within the window before it."""
    first = np.empty(len(key), np.int64)
    start = 0
    for i in range(len(key)):
        while key[start] != key[i] or day[i] - day[start] > WINDOW:
            start += 1
        first[i] = start
    return first


def _numbers(names: Sequence[str] | set[str]) -> bool:
    return any(name[0].isdigit() for name in names)
