"""What all dyads of an observatory tell about any one of them: how much events scatter and clump, how fast levels drift, how rare
deeds are.

A dyad with little data borrows these; with much, its own events outweigh them. They are drawn towards the values below, so
that an observatory of a handful of articles gets sensible ones.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from detente.relations.cells import Cells
from detente.relations.columns import Columns, columns_of
from detente.relations.drift import Course, course_of
from detente.relations.levels import Array
from detente.relations.pressed import Pressed
from detente.relations.rates import prior_of
from detente.relations.records import Pool, Prior

# Fitted on ICEWS: 8,144 events of 1,342 dyads of 2014 (CAMEO codes read as PLOVER) by week, month and quarter, 6.7 million of 9,679
# dyads of 2002-2014 by year. The variance of intensities within a month; drift and clumping a period. By month a drift of .03 to
# .3 and by quarter one of .03 to .5 is as likely as the best within two units of log-likelihood; the upper ends are taken, since
# the dyads that people watch move more than most. Clumping grows with the number of events.
VARIANCE = 12.0
COURSES = {
    "week": Course(0.12, 1.4),
    "month": Course(0.3, 1.5),
    "quarter": Course(0.5, 1.5),
    "year": Course(0.5, 4.0),
}
# How many degrees of freedom the pooled variance counts for in a dyad's own: of 1, 2, 3, 5, 10 and
# 20 the likeliest there by week and quarter, and near it by month (2).
WEIGHT = 5.0
# About five deeds of a kind in 1,000 stories, give or take a factor of five: a guess, outweighed by some dozens of periods.
RATE = Prior(shape=0.5, rate=0.1)


def fallback(by: str) -> Pool:
    """The parameters when there is nothing to fit them on."""
    return _pool(by, VARIANCE, COURSES[by])


def pooled(counted: Cells | Columns, by: str) -> Pool:
    """The parameters fitted on all dyads' sums."""
    columns = counted if isinstance(counted, Columns) else columns_of(counted)
    deviations, freedom = within = columns.within
    variance = float((WEIGHT * VARIANCE + deviations.sum()) / (WEIGHT + freedom.sum()))
    course = course_of(
        _several(columns),
        lambda clumping: _scatter(within, _pool(by, variance, Course(0.0, clumping))),
        COURSES[by],
    )
    return replace(
        _pool(by, variance, course),
        friction=_prior(columns, columns.conflict),
        exchange=_prior(columns, columns.cooperation),
        dyads=len(columns.dyads),
        events=int(columns.events.sum()),
    )


def _several(columns: Columns) -> Pressed:
    """The series of two means and more: only these tell of drift."""
    keep = (np.bincount(columns.dyad) > 1)[columns.dyad]
    return Pressed.of(columns.dyad[keep], columns.period[keep], columns.means[keep], columns.events[keep])


def _prior(columns: Columns, counts: Array) -> Prior:
    """The prior of a rate. Where a dyad has no row, nothing was counted of it."""
    empty = len(columns.dyads) - np.bincount(columns.period, minlength=len(columns.periods))
    number = np.concatenate([counts, np.zeros(len(empty))])
    stories = np.concatenate([columns.stories[columns.period], columns.stories])
    times = np.concatenate([np.ones(len(counts)), empty])
    return prior_of(number, stories, times, RATE)


def _pool(by: str, variance: float, course: Course) -> Pool:
    return Pool(
        by=by,
        variance=variance,
        weight=WEIGHT,
        drift=course.drift,
        clumping=course.clumping,
        friction=RATE,
        exchange=RATE,
    )


def scatter(cells: Cells | Columns, pool: Pool) -> Array:
    """What one event counts for in the variance of a period's mean, [dyads].

    That is the variance of a dyad's events within a period, its own drawn towards the pooled one, times the clumping. Clumped
    events are so many degrees of freedom less: twice as many reports of the same, everywhere, change nothing.
    """
    return _scatter(cells.within, pool)


def _scatter(within: tuple[Array, Array], pool: Pool) -> Array:
    deviations, freedom = within
    weight = pool.weight * pool.clumping
    found: Array = pool.clumping * (weight * pool.variance + deviations) / (weight + freedom)
    return found


def errors(cells: Cells, pool: Pool) -> Array:
    """The variance of each period's mean: scatter over number; NaN where there is no event."""
    found: Array = scatter(cells, pool)[:, None] / np.maximum(cells.events, 1)
    return np.where(cells.events > 0, found, np.nan)
