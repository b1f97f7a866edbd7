"""Where a series breaks into stretches of one level each: the segmentation of least cost.

    cost = sum over stretches of  sum of weight * (mean - level)²   +   PENALTY * ln(periods) for each break

That is the optimum that PELT finds (R. Killick, P. Fearnhead and I. Eckley, Journal of the American Statistical Association 107,
2012), by the recursion which PELT prunes: unpruned, it runs over a whole bootstrap at once, a few hundred series in the time of a
few. The tests hold it to ruptures' PELT; loading ruptures would cost every command a second.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.relations.levels import Array

PENALTY = 3.0  # times ln(periods): a level and a position (BIC) and one more, against wandering that is no break
LEAST = 2  # periods in a stretch


def breaks(means: Array, weights: Array) -> list[list[int]]:
    """For each row of [series, periods] the positions at which a new stretch begins.

    weights: one over the variance of each mean; 0 for a gap.
    """
    series, periods = means.shape
    sums = [_running(part) for part in (weights, weights * means, weights * means**2)]
    best = np.full((series, periods + 1), np.inf)
    best[:, 0] = -penalty(periods)
    origin = np.zeros((series, periods + 1), dtype=np.intp)
    for end in range(LEAST, periods + 1):
        weight, total, squares = (part[:, end : end + 1] - part[:, : end - LEAST + 1] for part in sums)
        cost = squares - np.divide(total**2, weight, out=np.zeros_like(total), where=weight > 0)
        whole = best[:, : end - LEAST + 1] + cost + penalty(periods)
        origin[:, end] = whole.argmin(axis=1)
        best[:, end] = whole[np.arange(series), origin[:, end]]
    return [_back(row) for row in origin]


def penalty(periods: int) -> float:
    """What a break must save."""
    return PENALTY * float(np.log(periods))


def _running(values: Array) -> Array:
    return np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)


def _back(origin: NDArray[np.intp]) -> list[int]:
    found, end = [], len(origin) - 1
    while end > 0 and (end := int(origin[end])) > 0:
        found.append(end)
    return found[::-1]
