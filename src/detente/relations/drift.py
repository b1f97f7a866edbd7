"""How fast levels drift: fitted to all dyads at once.

The likelihood is that of levels.py. Most dyads of an observatory have events in a few periods only, so the gaps are leapt over: the
cost is that of the periods that have events.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from detente.relations.levels import SPREAD, START, Array

LEAST, MOST = 1e-4, 25.0  # bounds of the drift, intensity squared a period


def pooled_drift(means: Array, variances: Array, *, around: float | None = None) -> float:
    """The one drift under which all dyads' means together are most likely: the variance of a level's step a period.

    around: drawn towards this value as if its logarithm were known with a standard deviation of 1, so that a few
    periods cannot carry it off; it is the answer when no dyad has two periods with events.
    """
    many = np.isfinite(means).sum(axis=1) > 1
    if not many.any():
        return around or LEAST
    pressed = _Pressed.of(means[many], variances[many])

    def loss(log: float) -> float:
        return (0.5 * (log - np.log(around)) ** 2 if around else 0.0) - pressed.likelihood(float(np.exp(log)))

    bounds = (np.log(LEAST), np.log(MOST))
    return float(np.exp(minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-3}).x))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pressed:
    """Series without their gaps, the longest first. means, variances, gaps: [dyads, most periods with events].

    gaps: periods since the mean before. still: how many dyads have so many means.
    """

    means: Array
    variances: Array
    gaps: NDArray[np.intp]
    still: NDArray[np.intp]

    @classmethod
    def of(cls, means: Array, variances: Array) -> _Pressed:
        seen = np.isfinite(means)
        number = seen.sum(axis=1)
        order = np.argsort(-number, kind="stable")
        columns = np.argsort(~seen[order], axis=1, kind="stable")[:, : number.max()]
        return cls(
            means=np.take_along_axis(means[order], columns, axis=1),
            variances=np.take_along_axis(variances[order], columns, axis=1),
            gaps=np.diff(columns, axis=1, prepend=columns[:, :1]),
            still=np.array([(number > k).sum() for k in range(number.max())], dtype=np.intp),
        )

    def likelihood(self, drift: float) -> float:
        """The log-likelihood of all means."""
        level, variance = np.full(len(self.means), START), np.full(len(self.means), SPREAD)
        total = 0.0
        for k, rows in enumerate(self.still):
            level, variance = level[:rows], variance[:rows]
            spread = variance + drift * self.gaps[:rows, k]
            whole = spread + self.variances[:rows, k]
            surprise = self.means[:rows, k] - level
            total -= 0.5 * float((np.log(2 * np.pi * whole) + surprise**2 / whole).sum())
            gain = spread / whole
            level, variance = level + gain * surprise, spread * (1 - gain)
        return total
