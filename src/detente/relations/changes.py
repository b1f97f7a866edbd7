"""Change points: where the balance took another level, and how well that stands up when the stories are drawn anew.

Candidates are the breaks of the unsmoothed means (segments.py), and at the live end a jump that the filter did not foresee
(alarm.py). Each must be found again, within one period with events and in the same direction, in KEPT of the DRAWS bootstrap samples
of stories, so that no single story makes a turn of relations; and STORIES independent ones must tell of either side. A
period's variance is that of its mean and the drift of one period: a level that wanders as usual is no break.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from detente.relations.alarm import THRESHOLD, jumps
from detente.relations.dating import Dated
from detente.relations.deeds import origins, stories
from detente.relations.levels import Array
from detente.relations.records import Change
from detente.relations.segments import LEAST, breaks

DRAWS, SEED = 200, 1948
KEPT = 0.7
NEAR = 1  # period with events
STORIES = 3
_PLACES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """at: the column of the first period of the new level."""

    at: int
    up: bool
    support: float = 1.0
    live: bool = False

    def is_near(self, other: _Turn) -> bool:
        return self.up == other.up and abs(self.at - other.at) <= NEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class _Series:
    """Means and their variances by period with events: in row 0 as told, in each other row of stories drawn anew.

    columns: the events' periods as positions in these.
    """

    means: Array
    variances: Array
    columns: NDArray[np.intp]

    def weights(self, drift: float) -> Array:
        found: Array = np.where(np.isfinite(self.means), 1 / (np.nan_to_num(self.variances, nan=1.0) + drift), 0.0)
        return found


def changes_of(items: Sequence[Dated], periods: Sequence[str], scatter: float, drift: float) -> tuple[Change, ...]:
    """The turns of one dyad's balance, in order of time.

    items: its events, each deed once. periods: of the whole series. scatter: variance of events within a period; drift: of
    the level's step from one period to the next.
    """
    if origins(items) < 2 * STORIES:
        return ()
    number = {period: column for column, period in enumerate(periods)}
    drawn = _drawn(items, np.array([number[item.period] for item in items], dtype=np.intp), len(periods), scatter)
    turns = _breaks(items, drawn, drift)
    live = _live(items, drawn, drift)
    if live:
        # The last stretch has LEAST periods at least: a jump in the very last one is moved back by it. The alarm is exact.
        turns = [turn for turn in turns if not (live.is_near(turn) and len(periods) - LEAST <= turn.at < live.at)]
        turns += [live] if not any(live.is_near(turn) for turn in turns) else []
    return tuple(
        Change(
            period=periods[turn.at],
            direction="up" if turn.up else "down",
            support=round(turn.support, _PLACES),
            live=turn.live,
        )
        for turn in sorted(turns, key=lambda turn: turn.at)
    )


def _drawn(items: Sequence[Dated], columns: NDArray[np.intp], periods: int, scatter: float) -> _Series:
    groups = stories(items)
    owner = np.empty(len(items), dtype=np.intp)
    for story, group in enumerate(groups):
        owner[group] = story
    values = np.array([item.told.event.intensity for item in items])
    chance = np.random.default_rng(SEED)
    means, variances = np.empty((DRAWS + 1, periods)), np.empty((DRAWS + 1, periods))
    times = np.ones(len(groups))
    for row in range(DRAWS + 1):
        if row:
            times = np.bincount(chance.integers(0, len(groups), len(groups)), minlength=len(groups)).astype(float)
        weight = times[owner]
        count = np.bincount(columns, weight, minlength=periods)
        with np.errstate(divide="ignore", invalid="ignore"):
            means[row] = np.bincount(columns, weight * values, minlength=periods) / count
            variances[row] = np.where(count > 0, scatter / count, np.nan)
    return _Series(means=means, variances=variances, columns=columns)


def _breaks(items: Sequence[Dated], drawn: _Series, drift: float) -> list[_Turn]:
    """The breaks that are found again, told by enough stories on either side."""
    seen = np.flatnonzero(np.isfinite(drawn.means[0]))
    means, weights = np.nan_to_num(drawn.means[:, seen]), drawn.weights(drift)[:, seen]
    (found,) = breaks(means[:1], weights[:1])
    if not found:
        return []
    again = [_turns(ends, means[row], weights[row]) for row, ends in enumerate(breaks(means[1:], weights[1:]), 1)]
    edges = [0, *(seen[end] for end in found), drawn.means.shape[1]]
    told = [
        origins(item for item, column in zip(items, drawn.columns, strict=True) if first <= column < end)
        for first, end in pairwise(edges)
    ]
    kept = []
    for place, turn in enumerate(_turns(found, means[0], weights[0])):
        support = sum(any(turn.is_near(other) for other in draw) for draw in again) / DRAWS
        if support >= KEPT and min(told[place], told[place + 1]) >= STORIES:
            kept.append(_Turn(at=int(seen[turn.at]), up=turn.up, support=support))
    return kept


def _turns(ends: Sequence[int], means: Array, weights: Array) -> list[_Turn]:
    """Breaks with their direction. A break within a gap is where the gap ends."""
    edges = [0, *ends, len(means)]
    sums = [(float((weights[a:b] * means[a:b]).sum()), float(weights[a:b].sum())) for a, b in pairwise(edges)]
    levels = [total / weight if weight else 0.0 for total, weight in sums]
    starts = [next((t for t in range(end, len(means)) if weights[t] > 0), end) for end in ends]
    return [_Turn(at=start, up=levels[n + 1] > levels[n]) for n, start in enumerate(starts)]


def _live(items: Sequence[Dated], drawn: _Series, drift: float) -> _Turn | None:
    """The alarm at the end of the series, if it rings again in enough draws."""
    scores, starts = jumps(drawn.means, drawn.variances, drift)
    if abs(scores[0]) < THRESHOLD:
        return None
    same = (
        (np.abs(scores) >= THRESHOLD) & (np.sign(scores) == np.sign(scores[0])) & (np.abs(starts - starts[0]) <= NEAR)
    )
    support = float(same[1:].mean())
    since = [item for item, column in zip(items, drawn.columns, strict=True) if column >= starts[0]]
    if support < KEPT or origins(since) < STORIES:
        return None
    return _Turn(at=int(starts[0]), up=bool(scores[0] > 0), support=support, live=True)
