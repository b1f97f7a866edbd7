"""The local-level model of levels.py over series of very different length, without their gaps: a gap is leapt over at once.

The cost is that of the periods that have events. Series are ranked by length, and what is told of their first means stands before what is
told of their second, so that each step is one operation on a contiguous piece, over all dyads that are still running.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.relations.columns import Places
from detente.relations.levels import SPREAD, START, Array, Levels

_ODD = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """Means of all series, all [means], step by step: the first of each series, the longest series first; then the second ...

    events: behind each mean. gaps: periods since the mean before, 0 for the first. dyad: whose mean it is. rows: its place among the
    rows that were given. starts: [steps + 1] where each step begins.
    """

    means: Array
    events: Array
    gaps: Array
    dyad: Places
    rows: Places
    starts: Places

    @classmethod
    def of(cls, dyad: Places, period: Places, means: Array, events: Array) -> Pressed:
        """dyad, period: [rows], by dyad and then by period."""
        if not len(dyad):
            return cls(means=means, events=events, gaps=means, dyad=dyad, rows=dyad, starts=np.zeros(1, dtype=np.intp))
        new = np.diff(dyad, prepend=-1) != 0
        first = np.flatnonzero(new)
        series = np.cumsum(new) - 1
        step = np.arange(len(dyad)) - first[series]
        length = np.diff(first, append=len(dyad))
        rank = np.empty(len(first), dtype=np.intp)
        rank[np.argsort(-length, kind="stable")] = np.arange(len(first))
        rows = np.lexsort((rank[series], step))
        gaps = np.where(new, 0, np.diff(period, prepend=0)).astype(float)
        return cls(
            means=means[rows],
            events=events[rows],
            gaps=gaps[rows],
            dyad=dyad[rows],
            rows=rows,
            starts=np.concatenate([[0], np.cumsum(np.bincount(step))]),
        )

    def likelihood(self, drift: float, scatter: Array) -> float:
        """The log-likelihood of all means. scatter: what one event of each dyad counts for in the variance of a mean, [dyads]."""
        surprise, whole, _, _ = self._forward(drift, scatter[self.dyad] / self.events)
        return -0.5 * float((np.log(2 * np.pi * whole) + surprise**2 / whole).sum())

    def levels(self, drift: float, variances: Array) -> tuple[Levels, Levels]:
        """Filtered and smoothed levels, [rows] in the order of the rows that were given. variances: of the means, likewise."""
        _, _, level, variance = self._forward(drift, variances[self.rows])
        now = Levels(level=self._ordered(level), variance=self._ordered(variance))
        for step in range(len(self.starts) - 3, -1, -1):
            begin, end = self.starts[step + 1], self.starts[step + 2]
            here, after = slice(self.starts[step], self.starts[step] + end - begin), slice(begin, end)
            foretold, spread = level[here].copy(), variance[here] + drift * self.gaps[after]
            gain = variance[here] / spread
            level[here] += gain * (level[after] - foretold)
            variance[here] += gain**2 * (variance[after] - spread)
        return now, Levels(level=self._ordered(level), variance=self._ordered(variance))

    def _forward(self, drift: float, noise: Array) -> tuple[Array, Array, Array, Array]:
        """How far each mean was off, the variance of that, and the filtered level with its variance, [means]."""
        surprise, whole, levels, variances = (np.empty(len(self.means)) for _ in range(4))
        steps = drift * self.gaps
        level, variance = np.full(len(self.means), START), np.full(len(self.means), SPREAD)
        for begin, end in zip(self.starts[:-1], self.starts[1:], strict=True):
            here = slice(begin, end)
            spread = variance[: end - begin] + steps[here]
            whole[here] = spread + noise[here]
            surprise[here] = self.means[here] - level[: end - begin]
            gain = spread / whole[here]
            level = levels[here] = level[: end - begin] + gain * surprise[here]
            variance = variances[here] = np.maximum(spread * (1 - gain), _ODD)
        return surprise, whole, levels, variances

    def _ordered(self, values: Array) -> Array:
        found = np.empty(len(values))
        found[self.rows] = values
        return found
