"""Which way relations have gone, in a word: the level now against the level half a year ago.

Both levels are those of the state-space model given all that is known, with their covariance, so that the probability of a
change takes in how much was reported, how events scatter and how levels wander. A word needs more than a
probability: STORIES independent origins must bear it, of more than one outlet where outlets are known, and it must survive
dropping the story that moves it most. An origin bears a swing when it tells a deed of the window that lies nearer to the level
now than to the level then: not when leaving it out moves the level, for where many tell the same, no one of them does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from detente.relations.dating import Dated
from detente.relations.deeds import lone_outlet, origins, stories
from detente.relations.levels import Array, posterior
from detente.relations.without import with_all, without_each

MONTHS = 6  # the window
PERIODS = {"week": 26, "month": 6, "quarter": 2, "year": 1}  # the same, counted in periods
SHORTER = {3: {"week": 13, "month": 3, "quarter": 1}, 1: {"week": 4, "month": 1}}  # months: periods, for a young record
DELTA = 0.5  # a change of the balance that is worth the word
SURE = 0.9  # the probability from which a direction is named
STORIES = 3  # independent origins that must bear it
TOO_LITTLE = "too little evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """The name of the movement, and how probable it is; None when none is named. why: in words, what it rests on or lacks."""

    name: str = TOO_LITTLE
    probability: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """From half a year ago to now: expected change and its standard deviation. up, down, little: probabilities. now: the level.

    restless: the probability of the less probable of the greatest rise and the greatest fall within that time.
    """

    mean: float
    spread: float
    now: float
    restless: float

    @property
    def up(self) -> float:
        return 1 - NormalDist(self.mean, self.spread).cdf(DELTA)

    @property
    def down(self) -> float:
        return NormalDist(self.mean, self.spread).cdf(-DELTA)

    @property
    def little(self) -> float:
        return 1 - self.up - self.down


def direction_of(items: Sequence[Dated], periods: Sequence[str], by: str, scatter: float, drift: float) -> Direction:
    """upswing, downswing, volatile or steady when that is probable and borne by enough stories, else "too little evidence".

    items: one dyad's events, each deed once. periods: of the series, the last one is now. scatter, drift: see `Pool`.
    """
    window = PERIODS[by]
    if len(periods) <= window:
        return Direction(why=f"the events reach back less than {MONTHS} months")
    groups = stories(items)
    recent = [item for item in items if item.period > periods[-1 - window]]
    if (number := origins(recent)) < STORIES:
        return Direction(why=f"{_few(number, 'tell')} of the last {MONTHS} months; {STORIES} are needed")
    if outlet := lone_outlet(recent):
        return Direction(why=f"one outlet alone, {outlet}, tells of the last {MONTHS} months; two are needed")
    (whole,) = _changes(*posterior(*with_all(items, periods, scatter), drift, window + 1))
    if max(whole.up, whole.down, whole.little, whole.restless) < SURE:
        return Direction(why=_unsure(whole))
    rest = [
        change
        for means, variances in without_each(items, groups, periods, scatter)
        for change in _changes(*posterior(means, variances, drift, window + 1))
    ]
    found = Direction(why=_unsure(whole))
    if max(whole.up, whole.down) >= SURE:
        found = _swing(whole, rest, recent)
    elif whole.little >= SURE:
        found = _steady(whole, rest)
    return found if found.probability else _volatile(whole, rest) or found


def _changes(levels: Array, spreads: Array) -> list[_Change]:
    """For each row of levels, [rows, periods], with covariances, [rows, periods, periods]."""
    steps = levels[:, None, :] - levels[:, :, None]
    variances = np.diagonal(spreads, axis1=1, axis2=2)
    sizes = np.sqrt(np.maximum(variances[:, :, None] + variances[:, None, :] - 2 * spreads, 1e-9))
    later = np.triu(np.ones(steps.shape[1:], dtype=bool), 1)
    rise, fall = (np.where(later, (sign * steps - DELTA) / sizes, -np.inf).max(axis=(1, 2)) for sign in (1, -1))
    return [
        _Change(mean=float(step), spread=float(size), now=float(now), restless=NormalDist().cdf(float(least)))
        for step, size, now, least in zip(
            steps[:, 0, -1], sizes[:, 0, -1], levels[:, -1], np.minimum(rise, fall), strict=True
        )
    ]


def _swing(whole: _Change, rest: Sequence[_Change], recent: Sequence[Dated]) -> Direction:
    """Upswing or downswing, unless too few origins bear it. rest: the change without each story; recent: the window's events."""
    sign, name = (1, "upswing") if whole.up >= SURE else (-1, "downswing")
    middle = whole.now - whole.mean / 2
    bearing = [item for item in recent if sign * (item.told.event.intensity - middle) > 0]
    number = origins(bearing)
    if number < STORIES:
        return Direction(why=f"{_few(number, 'bear')} the {name}; {STORIES} are needed")
    if outlet := lone_outlet(bearing):
        return Direction(why=f"one outlet alone, {outlet}, bears the {name}; two are needed")
    moving = [sign * (whole.mean - other.mean) for other in rest]
    without = rest[moving.index(max(moving))]
    weakest = without.up if sign > 0 else without.down
    if weakest < SURE:
        return Direction(
            why=f"without the one story that moves it most, its probability is {weakest:.3f}, under {SURE:g}"
        )
    probability = whole.up if sign > 0 else whole.down
    return Direction(name=name, probability=round(probability, 4), why=f"{number} independent origins bear it")


def _steady(whole: _Change, rest: Sequence[_Change]) -> Direction:
    least = min(change.little for change in rest)
    if least < SURE:
        return Direction(why=f"without one story, the probability that little changed is {least:.3f}, under {SURE:g}")
    return Direction(name="steady", probability=round(whole.little, 4), why="whichever story is left out")


def _volatile(whole: _Change, rest: Sequence[_Change]) -> Direction | None:
    """Within the window the level both rose and fell by more than DELTA, each as probable as a swing must be."""
    if min(whole.restless, *(change.restless for change in rest)) < SURE:
        return None
    return Direction(
        name="volatile", probability=round(whole.restless, 4), why="it rose and fell, whichever story is left out"
    )


def _few(number: int, does: str) -> str:
    return (f"no story {does}s", f"one independent origin {does}s", f"two independent origins {does}")[number]


def _unsure(change: _Change) -> str:
    return f"a rise by more than {DELTA:g} has a probability of {change.up:.0%}, a fall of {change.down:.0%}"
