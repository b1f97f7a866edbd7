"""Where a series breaks into stretches of one level each: the segmentation of least cost.

    cost = sum over stretches of  sum of (mean - level)² / variance   +   PENALTY * ln(periods) for each break

`breaks` is PELT (Killick, Fearnhead and Eckley, JASA 2012) as implemented in ruptures. `breaks_of_many` finds the same optimum by the
recursion that PELT prunes, for a whole bootstrap at once: a few hundred series in the time of a few.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.relations.levels import Array

PENALTY = 3.0  # times ln(periods): a level and a position (BIC) and one more, against wandering that is no break
LEAST = 2  # periods in a stretch


def breaks(means: Array, weights: Array) -> list[int]:
    """The positions at which a new stretch begins. weights: one over the variance of each mean."""
    if len(means) < 2 * LEAST:
        return []
    import ruptures

    search = ruptures.Pelt(custom_cost=_cost(weights), min_size=LEAST, jump=1).fit(means[:, None])
    return [int(end) for end in search.predict(pen=penalty(len(means)))[:-1]]


def penalty(periods: int) -> float:
    """What a break must save."""
    return PENALTY * float(np.log(periods))


def breaks_of_many(means: Array, weights: Array) -> list[list[int]]:
    """The same for each row of [series, periods]. A weight of 0 stands for a gap."""
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


def _running(values: Array) -> Array:
    return np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)


def _back(origin: Any) -> list[int]:
    found, end = [], len(origin) - 1
    while end > 0 and (end := int(origin[end])) > 0:
        found.append(end)
    return found[::-1]


def _cost(weights: Array) -> Any:
    """Ruptures' least squares with a weight for each period."""
    from ruptures.base import BaseCost

    class Weighted(BaseCost):  # type: ignore[misc]
        model = "weighted squares"
        min_size = LEAST

        def fit(self, signal: Array) -> Weighted:
            means = signal[:, 0]
            self.signal = signal
            self._sums = [np.concatenate([[0.0], np.cumsum(part)]) for part in _parts(means)]
            return self

        def error(self, start: int, end: int) -> float:
            weight, total, squares = (float(part[end] - part[start]) for part in self._sums)
            return squares - total**2 / weight

    def _parts(means: Array) -> tuple[Array, Array, Array]:
        return weights, weights * means, weights * means**2

    return Weighted()
