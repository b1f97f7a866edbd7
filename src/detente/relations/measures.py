"""Balance, friction and exchange of every dyad in every period, from sums: the whole observatory in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from detente.relations.cells import Cells
from detente.relations.levels import Array, Levels, filtered, smoothed
from detente.relations.pooling import errors
from detente.relations.rates import Rates, rates
from detente.relations.records import Level, Now, Pool

Z50, Z90 = 0.6744898, 1.6448536  # half the width of the 50% and 90% bands, in standard deviations
PLACES = 4  # decimals: far below what the intensity scale can tell apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """All [dyads, periods]. history: levels given all data; now: given the data up to each period. friction, exchange: rates
    per 1,000 stories; NaN where there is no event and nothing was read.
    """

    history: Levels
    now: Levels
    friction: Rates
    exchange: Rates


def measured(cells: Cells, pool: Pool) -> Measures:
    """What the sums come to. pool: see `pooling.pooled`."""
    means, variances = cells.means, errors(cells, pool)
    return Measures(
        history=smoothed(means, variances, pool.drift),
        now=filtered(means, variances, pool.drift),
        friction=rates(cells.conflict, cells.exposure, pool.friction),
        exchange=rates(cells.cooperation, cells.exposure, pool.exchange),
    )


def levels_of(cells: Cells, found: Measures, row: int, articles: Mapping[str, int]) -> Iterator[Level]:
    """One dyad's series. articles: how many were read in a period."""
    means = cells.means
    for column, period in enumerate(cells.periods):
        level = Level(period=period, articles_read=articles.get(period, 0), stories_read=int(cells.stories[column]))
        if not cells.events[row, column]:
            yield level
            continue
        yield replace(
            level,
            events=int(cells.events[row, column]),
            origins=int(cells.origins[row, column]),
            mean=_rounded(means[row, column]),
            **_bands(found.history, row, column),
            **_rates("friction", found.friction, row, column),
            **_rates("exchange", found.exchange, row, column),
        )


def latest(cells: Cells, found: Measures, row: int) -> Now | None:
    """The level in the last period; None for a dyad without events."""
    if not cells.events[row].any():
        return None
    return Now(period=cells.periods[-1], **_bands(found.now, row, len(cells.periods) - 1))


def _bands(levels: Levels, row: int, column: int) -> dict[str, Any]:
    return bands(float(levels.level[row, column]), float(levels.variance[row, column]))


def bands(level: float, variance: float) -> dict[str, Any]:
    """A level with the bounds of its bands, which end where the scale does, by the names that the records give them."""
    width = variance**0.5
    around = {"balance": 0.0, "low50": -Z50, "high50": Z50, "low90": -Z90, "high90": Z90}
    return {name: _rounded(float(np.clip(level + z * width, -10, 10))) for name, z in around.items()}


def _rates(name: str, found: Rates, row: int, column: int) -> dict[str, Any]:
    parts: dict[str, Array] = {part.name: getattr(found, part.name) for part in fields(found)}
    return {
        name if part == "mean" else f"{name}_{part}": _rounded(values[row, column]) for part, values in parts.items()
    }


def _rounded(value: Any) -> float | None:
    """None for what is not a number; 0.0 rather than -0.0."""
    return round(float(value), PLACES) + 0.0 if np.isfinite(value) else None
