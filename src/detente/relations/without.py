"""One dyad's period means, and what they would be without some of its events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched

import numpy as np

from detente.relations.dating import Dated
from detente.relations.levels import Array

_ROWS = 2000  # series held at a time: a busy dyad has tens of thousands of stories


def with_all(items: Sequence[Dated], periods: Sequence[str], scatter: float) -> tuple[Array, Array]:
    """Means of the events of each period and the variances of these, [1, periods]; NaN where there is no event."""
    (found,) = without_each(items, [()], periods, scatter)
    return found


def without_each(
    items: Sequence[Dated], groups: Sequence[Sequence[int]], periods: Sequence[str], scatter: float
) -> Iterator[tuple[Array, Array]]:
    """The same without each group of events in turn (positions in `items`), some thousands of groups at a time."""
    number = {period: column for column, period in enumerate(periods)}
    columns = np.array([number[item.period] for item in items], dtype=np.intp)
    values = np.array([item.told.event.intensity for item in items])
    count = np.bincount(columns, minlength=len(periods)).astype(float)
    total = np.bincount(columns, values, minlength=len(periods))
    for some in batched(groups, _ROWS):
        counts, totals = np.tile(count, (len(some), 1)), np.tile(total, (len(some), 1))
        for row, group in enumerate(some):
            for event in group:
                counts[row, columns[event]] -= 1
                totals[row, columns[event]] -= values[event]
        seen, divisor = counts > 0, np.maximum(counts, 1)
        yield np.where(seen, totals / divisor, np.nan), np.where(seen, scatter / divisor, np.nan)
