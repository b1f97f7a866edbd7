"""What was counted of each dyad in each period: the sums that the measures are made of.

Made from events here; whoever holds sums already (a database, a table of counts) can fill `Cells` directly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from detente.ontology import quad
from detente.relations.levels import Array
from detente.relations.periods import period_of
from detente.relations.periods import periods as run_of


class Entry(NamedTuple):
    """One event of one dyad. origin: the same for all events of one text or story."""

    dyad: tuple[str, str]
    period: str
    intensity: float
    type: str
    origin: str


class Sums(Protocol):
    """The same summed up by a database: what was done between a and b in one period. day: any day of it."""

    @property
    def a(self) -> str: ...  # noqa: D102
    @property
    def b(self) -> str: ...  # noqa: D102
    @property
    def day(self) -> date: ...  # noqa: D102
    @property
    def events(self) -> int: ...  # noqa: D102
    @property
    def total(self) -> float: ...  # noqa: D102
    @property
    def squares(self) -> float: ...  # noqa: D102
    @property
    def conflict(self) -> int: ...  # noqa: D102
    @property
    def cooperation(self) -> int: ...  # noqa: D102
    @property
    def origins(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Sums of each dyad in each period, all [dyads, periods].

    events: their number. total, squares: sums of their intensities and of the squares. conflict, cooperation: how many are
    material conflict, material cooperation. origins: how many independent texts or stories tell them. stories: how many were
    read in each period, of any content, [periods].
    """

    dyads: tuple[tuple[str, str], ...]
    periods: tuple[str, ...]
    events: Array
    total: Array
    squares: Array
    conflict: Array
    cooperation: Array
    origins: Array
    stories: Array

    @property
    def means(self) -> Array:
        """Mean intensity; NaN where there is no event."""
        return np.where(self.events > 0, self.total / np.maximum(self.events, 1), np.nan)

    @property
    def exposure(self) -> Array:
        """Stories read in a period, but at least those that tell of it: some are published later."""
        return np.maximum(self.stories[None, :], self.origins)

    @property
    def within(self) -> tuple[Array, Array]:
        """Sum of squared deviations of a dyad's events from their period's mean, and its degrees of freedom, [dyads]."""
        deviations = self.squares - self.total**2 / np.maximum(self.events, 1)
        return np.maximum(deviations, 0.0).sum(axis=1), np.maximum(self.events - 1, 0.0).sum(axis=1)


def cells_of(
    entries: Sequence[Entry],
    periods: Sequence[str],
    stories: Mapping[str, int],
    *,
    dyads: Sequence[tuple[str, str]] | None = None,
) -> Cells:
    """The sums over events. periods: all that the series have, in order; every event lies in one of them.

    stories: how many were read in a period. dyads: the rows, by default those of the events, in alphabetical order.
    """
    dyads = sorted({entry.dyad for entry in entries}) if dyads is None else dyads
    columns = {period: number for number, period in enumerate(periods)}
    rows = {dyad: number for number, dyad in enumerate(dyads)}
    shape = (len(dyads), len(periods))
    places = np.array([rows[e.dyad] * shape[1] + columns[e.period] for e in entries], dtype=np.intp)
    values = np.array([e.intensity for e in entries], dtype=float)
    quads = [quad(e.type) if e.type else "" for e in entries]  # a bare score has no type
    told = sorted({(int(place), e.origin) for place, e in zip(places, entries, strict=True)})

    def summed(weights: Array, at: NDArray[np.intp] = places) -> Array:
        found: Array = np.bincount(at, weights, minlength=shape[0] * shape[1]).reshape(shape)
        return found

    return Cells(
        dyads=tuple(dyads),
        periods=tuple(periods),
        events=summed(np.ones(len(entries))),
        total=summed(values),
        squares=summed(values**2),
        conflict=summed(np.array([q == "material conflict" for q in quads], dtype=float)),
        cooperation=summed(np.array([q == "material cooperation" for q in quads], dtype=float)),
        origins=summed(np.ones(len(told)), np.array([place for place, _ in told], dtype=np.intp)),
        stories=np.array([stories.get(period, 0) for period in periods], dtype=float),
    )


def cells_of_sums(rows: Iterable[Sums], by: str, stories: Mapping[str, int]) -> Cells:
    """The same from sums by dyad and period. by: the unit of the periods, which run from the first to the last."""
    found = list(rows)
    days = sorted({row.day for row in found})
    span = tuple(run_of(days[0], days[-1], by)) if days else ()
    names = {day: period_of(day, by) for day in days}
    columns = {period: number for number, period in enumerate(span)}
    dyads = sorted({(row.a, row.b) for row in found})
    lines = {dyad: number for number, dyad in enumerate(dyads)}
    at = (
        np.array([lines[row.a, row.b] for row in found], dtype=np.intp),
        np.array([columns[names[row.day]] for row in found], dtype=np.intp),
    )

    def placed(name: str) -> Array:
        table = np.zeros((len(dyads), len(span)))
        table[at] = [getattr(row, name) for row in found]
        return table

    parts = ("events", "total", "squares", "conflict", "cooperation", "origins")
    read = np.array([stories.get(period, 0) for period in span], dtype=float)
    return Cells(dyads=tuple(dyads), periods=span, stories=read, **{name: placed(name) for name in parts})
