"""A level that moves slowly, seen through noisy means: the local-level model, for all dyads at once.

    level[t] = level[t-1] + shock,  shock ~ N(0, drift)         mean[t] = level[t] + error,  error ~ N(0, variance[t])

Filtering, smoothing and the likelihood follow J. Durbin and S. J. Koopman, Time Series Analysis by State Space Methods (2nd ed.,
2012), ch. 2. A period without events is a gap: the level is carried on and grows less certain. The level before the first
period is N(START, SPREAD), wide on the scale of intensities (-10 to 10).

All arrays are [dyads, periods], in units of intensity (variances in its square); a gap is NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

START, SPREAD = 0.0, 25.0
LEAST, MOST = 1e-4, 25.0  # bounds of the drift, intensity squared a period
_ODD = 1e-9

type Array = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """level, variance: of each dyad's level in each period, given the data up to it (filtered) or all data (smoothed)."""

    level: Array
    variance: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pass:
    predicted: Array
    spread: Array
    level: Array
    variance: Array
    likelihood: Array


def filtered(means: Array, variances: Array, drift: float | Array) -> Levels:
    """The level as known at the end of each period."""
    found = _forward(means, variances, _column(drift, means))
    return Levels(level=found.level, variance=found.variance)


def smoothed(means: Array, variances: Array, drift: float | Array) -> Levels:
    """The level of each period as known at the end of the last."""
    found = _forward(means, variances, _column(drift, means))
    level, variance = found.level.copy(), found.variance.copy()
    for t in range(means.shape[1] - 2, -1, -1):
        gain = found.variance[:, t] / found.spread[:, t + 1]
        level[:, t] += gain * (level[:, t + 1] - found.predicted[:, t + 1])
        variance[:, t] += gain**2 * (variance[:, t + 1] - found.spread[:, t + 1])
    return Levels(level=level, variance=variance)


def likelihood(means: Array, variances: Array, drift: float | Array) -> Array:
    """The log-likelihood of each dyad's means, [dyads]."""
    return _forward(means, variances, _column(drift, means)).likelihood


def pooled_drift(means: Array, variances: Array) -> float:
    """The one drift under which all dyads' means together are most likely: the variance of a level's step a period."""
    if not np.isfinite(means).sum(axis=1).max(initial=0) > 1:
        return LEAST
    found = minimize_scalar(
        lambda log: -float(likelihood(means, variances, float(np.exp(log))).sum()),
        bounds=(np.log(LEAST), np.log(MOST)),
        method="bounded",
    )
    return float(np.exp(found.x))


def _column(drift: float | Array, means: Array) -> Array:
    return np.broadcast_to(np.asarray(drift, dtype=float), means.shape[:1])


def _forward(means: Array, variances: Array, drift: Array) -> _Pass:
    dyads, periods = means.shape
    out = {name: np.empty((dyads, periods)) for name in ("predicted", "spread", "level", "variance")}
    total = np.zeros(dyads)
    level, variance = np.full(dyads, START), np.full(dyads, SPREAD)
    for t in range(periods):
        spread = variance + drift if t else variance
        seen = np.isfinite(means[:, t])
        whole = spread + np.where(seen, variances[:, t], 1.0)
        surprise = np.where(seen, means[:, t] - level, 0.0)
        gain = np.where(seen, spread / whole, 0.0)
        out["predicted"][:, t], out["spread"][:, t] = level, spread
        total -= np.where(seen, 0.5 * (np.log(2 * np.pi * whole) + surprise**2 / whole), 0.0)
        level = level + gain * surprise
        variance = np.maximum(spread * (1 - gain), _ODD)
        out["level"][:, t], out["variance"][:, t] = level, variance
    return _Pass(**out, likelihood=total)
