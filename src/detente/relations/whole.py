"""All dyads of an observatory at once: the series of each, from sums in one pass over the filled cells.

The numbers are those that `relations_of` gives for one dyad after another, given the same pool.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from detente.relations.cells import Cells
from detente.relations.columns import PARTS, Columns
from detente.relations.levels import SPREAD, START, Array, Levels, posterior
from detente.relations.measures import Measures, latest, levels_of
from detente.relations.pooling import scatter
from detente.relations.pressed import Pressed
from detente.relations.rates import Rates, rates
from detente.relations.records import Level, Now, Pool

_CHUNK = 1_000  # dyads whose empty cells, too, are held at one time


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The series of all dyads. columns: what was counted; `periods` go on to the present one. history, friction, exchange:
    [rows]. now: [dyads], the level in the last period as then known.
    """

    columns: Columns
    pool: Pool
    history: Levels
    now: Levels
    friction: Rates
    exchange: Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """How each dyad's level moved over the last periods. dyad: [shifts] positions. mean, spread: the expected change, and its
    standard deviation.
    """

    dyad: Array
    mean: Array
    spread: Array


def whole_of(columns: Columns, pool: Pool) -> Whole:
    """Every dyad's series. pool: see `pooling.pooled`."""
    noise = scatter(columns, pool)[columns.dyad] / columns.events
    pressed = Pressed.of(columns.dyad, columns.period, columns.means, columns.events)
    known, history = pressed.levels(pool.drift, noise)
    return Whole(
        columns=columns,
        pool=pool,
        history=history,
        now=_carried_on(columns, known, pool.drift),
        friction=rates(columns.conflict, columns.exposure, pool.friction),
        exchange=rates(columns.cooperation, columns.exposure, pool.exchange),
    )


def series_of(whole: Whole, dyad: int, first: int, articles: Mapping[str, int]) -> tuple[tuple[Level, ...], Now | None]:
    """One dyad's series, from a period on, and its level at the end. articles: how many were read in a period."""
    columns = whole.columns
    begin, end = np.searchsorted(columns.dyad, [dyad, dyad + 1])
    rows, at = slice(begin, end), columns.period[begin:end] - first
    periods = columns.periods[first:]

    def placed(values: Array, empty: float = 0.0) -> Array:
        table = np.full((1, len(periods)), empty)
        table[0, at] = values[rows]
        return table

    def put[R: (Levels, Rates)](found: R) -> R:
        return type(found)(**{part.name: placed(getattr(found, part.name), np.nan) for part in fields(found)})

    now = put(whole.history)
    now.level[0, -1], now.variance[0, -1] = whole.now.level[dyad], whole.now.variance[dyad]
    cells = Cells(
        dyads=(columns.dyads[dyad],),
        periods=periods,
        stories=columns.stories[first:],
        **{name: placed(getattr(columns, name)) for name in PARTS},
    )
    found = Measures(history=put(whole.history), now=now, friction=put(whole.friction), exchange=put(whole.exchange))
    return tuple(levels_of(cells, found, 0, articles)), latest(cells, found, 0)


def shifts_of(whole: Whole, wanted: Sequence[int], window: int) -> Shifts:
    """How the levels of these dyads changed from `window` periods ago to now, given all that is known."""
    columns, pool = whole.columns, whole.pool
    noise = scatter(columns, pool)[columns.dyad] / columns.events
    parts = []
    for start in range(0, len(wanted), _CHUNK):
        dyads = np.array(sorted(wanted[start : start + _CHUNK]), dtype=np.intp)
        rows = np.flatnonzero(np.isin(columns.dyad, dyads))
        line = np.searchsorted(dyads, columns.dyad[rows])
        means, variances = (np.full((len(dyads), len(columns.periods)), np.nan) for _ in range(2))
        means[line, columns.period[rows]] = columns.means[rows]
        variances[line, columns.period[rows]] = noise[rows]
        levels, spreads = posterior(means, variances, pool.drift, window + 1)
        size = spreads[:, 0, 0] + spreads[:, -1, -1] - 2 * spreads[:, 0, -1]
        parts.append((dyads, levels[:, -1] - levels[:, 0], np.sqrt(np.maximum(size, 1e-9))))
    found = [np.concatenate(part) for part in zip(*parts, strict=True)] or [np.empty(0)] * 3
    return Shifts(dyad=found[0], mean=found[1], spread=found[2])


def _carried_on(columns: Columns, known: Levels, drift: float) -> Levels:
    """Each dyad's last level, carried on to the last period: it grows less certain."""
    level, variance = np.full(len(columns.dyads), START), np.full(len(columns.dyads), SPREAD)
    if len(columns.dyad):
        last = np.flatnonzero(np.diff(columns.dyad, append=-1) != 0)
        gap = len(columns.periods) - 1 - columns.period[last]
        level[columns.dyad[last]] = known.level[last]
        variance[columns.dyad[last]] = known.variance[last] + drift * gap
    return Levels(level=level, variance=variance)
