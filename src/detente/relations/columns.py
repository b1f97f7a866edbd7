"""The same sums as in cells.py, without the empty cells: one row for each dyad and period in which anything happened.

Most dyads of a large observatory have events in a few periods only: a million events of 20,000 dyads over 240 months fill one cell
in twenty. What all dyads are asked for together is worked out on these rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from detente.relations.cells import Cells
from detente.relations.levels import Array
from detente.relations.periods import period_of
from detente.relations.periods import periods as run_of

type Places = NDArray[np.intp]

PARTS = ("events", "total", "squares", "conflict", "cooperation", "origins")


class SumTable(Protocol):
    """What a database made: rows by dyad, then by day. dyad: [rows] positions in `dyads`. day: [rows] any day of the period."""

    @property
    def dyads(self) -> tuple[tuple[str, str], ...]: ...  # noqa: D102
    @property
    def dyad(self) -> NDArray[np.int64]: ...  # noqa: D102
    @property
    def day(self) -> NDArray[Any]: ...  # noqa: D102
    @property
    def events(self) -> Array: ...  # noqa: D102
    @property
    def total(self) -> Array: ...  # noqa: D102
    @property
    def squares(self) -> Array: ...  # noqa: D102
    @property
    def conflict(self) -> Array: ...  # noqa: D102
    @property
    def cooperation(self) -> Array: ...  # noqa: D102
    @property
    def origins(self) -> Array: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Sums, [rows], by dyad and then by period; what they are, `Cells` says.

    dyad, period: [rows] positions in `dyads` and `periods`. stories: [periods].
    """

    dyads: tuple[tuple[str, str], ...]
    periods: tuple[str, ...]
    dyad: Places
    period: Places
    events: Array
    total: Array
    squares: Array
    conflict: Array
    cooperation: Array
    origins: Array
    stories: Array

    @property
    def means(self) -> Array:
        """Mean intensity."""
        return self.total / self.events

    @property
    def exposure(self) -> Array:
        """Stories read in the row's period, but at least those that tell of it."""
        return np.maximum(self.stories[self.period], self.origins)

    @property
    def within(self) -> tuple[Array, Array]:
        """Sum of squared deviations of a dyad's events from their period's mean, and its degrees of freedom, [dyads]."""
        deviations = np.maximum(self.squares - self.total**2 / self.events, 0.0)
        return self._by_dyad(deviations), self._by_dyad(self.events - 1)

    def _by_dyad(self, values: Array) -> Array:
        found: Array = np.bincount(self.dyad, values, minlength=len(self.dyads))
        return found


def columns_of(cells: Cells) -> Columns:
    """The filled cells."""
    dyad, period = np.nonzero(cells.events)
    parts = {name: getattr(cells, name)[dyad, period] for name in PARTS}
    return Columns(dyads=cells.dyads, periods=cells.periods, dyad=dyad, period=period, stories=cells.stories, **parts)


def columns_of_sums(sums: SumTable, by: str, stories: Mapping[str, int], end: date | None = None) -> Columns:
    """Sums by dyad and period, made by a database. by: the unit of the periods, which run from the first to the last, or on to
    that of `end`."""
    days, place = np.unique(sums.day, return_inverse=True)
    named = [period_of(day, by) for day in days.tolist()]
    span: tuple[str, ...] = ()
    if named:
        first, last = days[0].item(), days[-1].item()
        span = tuple(run_of(first, max(last, end or last), by))
    number = {period: column for column, period in enumerate(span)}
    return Columns(
        dyads=sums.dyads,
        periods=span,
        dyad=sums.dyad.astype(np.intp),
        period=np.array([number[name] for name in named], dtype=np.intp)[place],
        stories=np.array([stories.get(period, 0) for period in span], dtype=float),
        **{name: np.asarray(getattr(sums, name), dtype=float) for name in PARTS},
    )
