"""Which way relations have gone: the last half-year against the half-year before it.

The mean of each half comes with the standard error of a ratio of sums over clusters (linearised: W. G. Cochran, Sampling
Techniques, 3rd ed. 1977, ch. 6), a cluster being one text with all its events, since events of one text are no
independent witnesses. The difference is taken as normal around what was observed. That says how sure the reported
events are of a change; it knows nothing of what was not reported, nor of one agency's story in two wordings.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist

from detente.relations.dating import Dated

MONTHS = 6  # the window
DELTA = 0.5  # a change of the balance that is worth the word
TEXTS = 10  # each half must rest on so many distinct texts: below, the standard error cannot be trusted
SURE = 0.9  # the probability from which a direction is named
TOO_LITTLE = "too little evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """The name of the movement, and how probable it is; None when none is named."""

    name: str = TOO_LITTLE
    probability: float | None = None


def direction_of(events: Iterable[Dated], end: date) -> Direction:
    """upswing, downswing or steady when the probability of one of them reaches SURE, else "too little evidence"."""
    middle, start = months_before(end, MONTHS), months_before(end, 2 * MONTHS)
    within = [item for item in events if start < item.day <= end]
    now = _mean_and_variance([item for item in within if item.day > middle])
    before = _mean_and_variance([item for item in within if item.day <= middle])
    if now is None or before is None:
        return Direction()
    change = now[0] - before[0]
    spread = (now[1] + before[1]) ** 0.5
    found = NormalDist(change, max(spread, 1e-9))
    up, down = 1 - found.cdf(DELTA), found.cdf(-DELTA)
    probability, name = max((up, "upswing"), (down, "downswing"), (1 - up - down, "steady"))
    return Direction(name=name, probability=round(probability, 4)) if probability >= SURE else Direction()


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min + timedelta(days=1)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _mean_and_variance(events: Sequence[Dated]) -> tuple[float, float] | None:
    """The mean over events and the variance of that mean; None when too few texts tell them."""
    texts: dict[str, list[float]] = defaultdict(list)
    for item in events:
        texts[item.told.origin].append(item.told.event.intensity)
    if len(texts) < TEXTS:
        return None
    mean = sum(map(sum, texts.values())) / len(events)
    squares = sum((sum(values) - mean * len(values)) ** 2 for values in texts.values())
    return mean, len(texts) / (len(texts) - 1) * squares / len(events) ** 2
