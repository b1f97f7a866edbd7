"""What all dyads of an observatory tell about any one of them: how much events scatter, how fast levels drift, how rare deeds are.

A dyad with little data borrows these; with much, its own events outweigh them. They are drawn towards the values below, so
that an observatory of a handful of articles gets sensible ones.
"""

from __future__ import annotations

import numpy as np

from detente.relations.cells import Cells
from detente.relations.drift import pooled_drift
from detente.relations.levels import Array
from detente.relations.rates import Prior, pooled_prior
from detente.relations.records import Pool

# Fitted on ICEWS 2014 (8,144 events of 1,342 dyads, CAMEO codes read as PLOVER): the variance of intensities within a month, and
# the drift a period. A week's drift is more than a quarter of a month's: part of it is one story's echo.
VARIANCE = 12.0
DRIFT = {"week": 0.2, "month": 0.5, "quarter": 0.85, "year": 1.0}
# How many degrees of freedom the pooled variance counts for in a dyad's own: of 0, 5, 10, 20 and 40 the likeliest there, by month
# (with 5) and by week (10).
WEIGHT = 10.0
# About five deeds of a kind in 1,000 stories, give or take a factor of five: a guess, outweighed by some dozens of periods.
RATE = Prior(shape=0.5, rate=0.1)


def fallback(by: str) -> Pool:
    """The parameters when there is nothing to fit them on."""
    return Pool(by=by, variance=VARIANCE, weight=WEIGHT, drift=DRIFT[by], friction=RATE, exchange=RATE)


def pooled(cells: Cells, by: str) -> Pool:
    """The parameters fitted on all dyads' sums."""
    deviations, freedom = cells.within
    variance = float((WEIGHT * VARIANCE + deviations.sum()) / (WEIGHT + freedom.sum()))
    first = Pool(by=by, variance=variance, weight=WEIGHT, drift=DRIFT[by], friction=RATE, exchange=RATE)
    return Pool(
        by=by,
        variance=variance,
        weight=WEIGHT,
        drift=pooled_drift(cells.means, errors(cells, first), around=DRIFT[by]),
        friction=pooled_prior(cells.conflict, cells.stories, RATE),
        exchange=pooled_prior(cells.cooperation, cells.stories, RATE),
        dyads=len(cells.dyads),
        events=int(cells.events.sum()),
    )


def scatter(cells: Cells, pool: Pool) -> Array:
    """The variance of each dyad's events within a period: its own, drawn towards the pooled one, [dyads]."""
    deviations, freedom = cells.within
    found: Array = (pool.weight * pool.variance + deviations) / (pool.weight + freedom)
    return found


def errors(cells: Cells, pool: Pool) -> Array:
    """The variance of each period's mean, s²/n; NaN where there is no event."""
    found: Array = scatter(cells, pool)[:, None] / np.maximum(cells.events, 1)
    return np.where(cells.events > 0, found, np.nan)
