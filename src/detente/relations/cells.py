"""What was counted of each dyad in each period: the sums that the measures are made of.

Made from events here; whoever holds sums already (a database, a table of counts) can fill `Cells` directly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.ontology import quad
from detente.relations.levels import Array

type Entry = tuple[tuple[str, str], str, float, str]  # dyad, period, intensity, type


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Sums of each dyad in each period, all [dyads, periods].

    events: their number. total, squares: sums of their intensities and of the squares. conflict, cooperation: how many are
    material conflict, material cooperation. stories: how many stories were read in each period, [periods].
    """

    dyads: tuple[tuple[str, str], ...]
    periods: tuple[str, ...]
    events: Array
    total: Array
    squares: Array
    conflict: Array
    cooperation: Array
    stories: Array

    @property
    def means(self) -> Array:
        """Mean intensity; NaN where there is no event."""
        return np.where(self.events > 0, self.total / np.maximum(self.events, 1), np.nan)

    @property
    def within(self) -> tuple[Array, Array]:
        """Sum of squared deviations of a dyad's events from their period's mean, and its degrees of freedom, [dyads]."""
        deviations = self.squares - self.total**2 / np.maximum(self.events, 1)
        return np.maximum(deviations, 0.0).sum(axis=1), np.maximum(self.events - 1, 0.0).sum(axis=1)


def cells_of(entries: Iterable[Entry], periods: Sequence[str], stories: Mapping[str, int]) -> Cells:
    """The sums over events. periods: all that the series have, in order; an entry of another period is passed over.

    stories: how many were read in a period.
    """
    columns = {period: number for number, period in enumerate(periods)}
    known = [entry for entry in entries if entry[1] in columns]
    dyads = sorted({entry[0] for entry in known})
    rows = {dyad: number for number, dyad in enumerate(dyads)}
    shape = (len(dyads), len(periods))
    places = np.array([rows[e[0]] * shape[1] + columns[e[1]] for e in known], dtype=np.intp)
    values = np.array([e[2] for e in known], dtype=float)
    quads = [quad(e[3]) for e in known]

    def summed(weights: Array) -> Array:
        found: Array = np.bincount(places, weights, minlength=shape[0] * shape[1]).reshape(shape)
        return found

    return Cells(
        dyads=tuple(dyads),
        periods=tuple(periods),
        events=summed(np.ones(len(known))),
        total=summed(values),
        squares=summed(values**2),
        conflict=summed(np.array([q == "material conflict" for q in quads], dtype=float)),
        cooperation=summed(np.array([q == "material cooperation" for q in quads], dtype=float)),
        stories=np.array([stories.get(period, 0) for period in periods], dtype=float),
    )
