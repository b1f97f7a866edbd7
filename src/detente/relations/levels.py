"""A level that moves slowly, seen through noisy means: the local-level model, for all dyads at once.

    level[t] = level[t-1] + shock,  shock ~ N(0, drift)         mean[t] = level[t] + error,  error ~ N(0, variance[t])

Filtering, smoothing and the likelihood follow J. Durbin and S. J. Koopman, Time Series Analysis by State Space Methods (2nd ed.,
2012), ch. 2. A period without events is a gap: the level is carried on and grows less certain. The level in a dyad's first
period with events is N(START, SPREAD) before these are seen, wide on the scale of intensities (-10 to 10).

All arrays are [dyads, periods], in units of intensity (variances in its square); a gap is NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

START, SPREAD = 0.0, 25.0
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
    level, variance = _backward(_forward(means, variances, _column(drift, means)))
    return Levels(level=level, variance=variance)


def likelihood(means: Array, variances: Array, drift: float | Array) -> Array:
    """The log-likelihood of each dyad's means, [dyads]."""
    return _forward(means, variances, _column(drift, means)).likelihood


def posterior(means: Array, variances: Array, drift: float | Array, last: int) -> tuple[Array, Array]:
    """The levels of the last periods given all data: their means, [dyads, last], and covariances, [dyads, last, last].

    Two smoothed levels are correlated by the gains of the smoother between them (Durbin and Koopman, section 4.7).
    """
    found = _forward(means, variances, _column(drift, means))
    level, variance = _backward(found)
    start = means.shape[1] - last
    gains = found.variance[:, start:-1] / found.spread[:, start + 1 :] if last > 1 else np.empty((len(means), 0))
    spread = np.empty((len(means), last, last))
    for t in range(last):
        spread[:, t, t] = variance[:, start + t]
        for s in range(t - 1, -1, -1):
            spread[:, s, t] = spread[:, t, s] = spread[:, s + 1, t] * gains[:, s]
    return level[:, start:], spread


def surprises(means: Array, variances: Array, drift: float | Array) -> tuple[Array, Array, Array]:
    """How far each mean lies from what the periods before it foretold, the variance of that, and the filter's gain.

    NaN, NaN and 0 where there is no event.
    """
    found = _forward(means, variances, _column(drift, means))
    whole = found.spread + variances
    gain = np.where(np.isfinite(means), found.spread / whole, 0.0)
    return means - found.predicted, whole, gain


def _column(drift: float | Array, means: Array) -> Array:
    return np.broadcast_to(np.asarray(drift, dtype=float), means.shape[:1])


def _forward(means: Array, variances: Array, drift: Array) -> _Pass:
    dyads, periods = means.shape
    out = {name: np.empty((dyads, periods)) for name in ("predicted", "spread", "level", "variance")}
    total = np.zeros(dyads)
    level, variance = np.full(dyads, START), np.full(dyads, SPREAD)
    begun = np.zeros(dyads, dtype=bool)
    for t in range(periods):
        spread = variance + np.where(begun, drift, 0.0)
        seen = np.isfinite(means[:, t])
        begun |= seen
        whole = spread + np.where(seen, variances[:, t], 1.0)
        surprise = np.where(seen, means[:, t] - level, 0.0)
        gain = np.where(seen, spread / whole, 0.0)
        out["predicted"][:, t], out["spread"][:, t] = level, spread
        total -= np.where(seen, 0.5 * (np.log(2 * np.pi * whole) + surprise**2 / whole), 0.0)
        level = level + gain * surprise
        variance = np.maximum(spread * (1 - gain), _ODD)
        out["level"][:, t], out["variance"][:, t] = level, variance
    return _Pass(**out, likelihood=total)


def _backward(found: _Pass) -> tuple[Array, Array]:
    level, variance = found.level.copy(), found.variance.copy()
    for t in range(level.shape[1] - 2, -1, -1):
        gain = found.variance[:, t] / found.spread[:, t + 1]
        level[:, t] += gain * (level[:, t + 1] - found.predicted[:, t + 1])
        variance[:, t] += gain**2 * (variance[:, t + 1] - found.spread[:, t + 1])
    return level, variance
