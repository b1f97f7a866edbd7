"""How fast levels drift and how much events clump: fitted to all dyads at once.

The likelihood is that of levels.py. Most dyads of an observatory have events in a few periods only, so the gaps are leapt over: the
cost is that of the periods that have events.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.relations.levels import SPREAD, START, Array

BOUNDS = (1e-4, 25.0), (1.0, 50.0)  # of the drift and of the clumping
# Of the logarithms of the drift and of the clumping around those given, standard deviations. Tight and wide: twice as many reports
# of the same must be free to be twice as much clumping.
_WIDTHS = np.array([0.5, 1.5])


class Course(NamedTuple):
    """drift: variance of a level's step a period. clumping: how many times as variable a period's mean is as that of so many
    independent events (the design effect of L. Kish, Survey Sampling, 1965): events of one affair come together.
    """

    drift: float
    clumping: float


def pooled_course(means: Array, events: Array, scatter: Callable[[float], Array], around: Course) -> Course:
    """The drift and the clumping under which all dyads' means together are most likely.

    means, events: [dyads, periods]. scatter: what one event of each dyad counts for in the variance of a mean, [dyads], at a
    given clumping. around: drawn towards these as if their logarithms were known with a standard deviation of 0.5 and 1.5, so
    that a few periods cannot carry them off; they are the answer when no dyad has two periods with events.
    """
    many = np.isfinite(means).sum(axis=1) > 1
    if not many.any():
        return around
    from scipy.optimize import minimize  # half a second and more to load: only where it is used

    pressed, centre = _Pressed.of(means[many], events[many]), np.log(around)

    def loss(logs: Array) -> float:
        drift, clumping = np.exp(logs)
        fit = pressed.likelihood(float(drift), scatter(float(clumping))[many])
        return float((((logs - centre) / _WIDTHS) ** 2).sum() / 2) - fit

    bounds = [tuple(np.log(pair)) for pair in BOUNDS]
    # Much drift and little clumping can be a second optimum: the search starts from there as well.
    tried = [
        minimize(loss, np.log(start), method="Nelder-Mead", bounds=bounds, options={"xatol": 1e-3, "fatol": 1e-3})
        for start in (around, Course(10 * around.drift, 1.05))
    ]
    return Course(*map(float, np.exp(min(tried, key=lambda found: float(found.fun)).x)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pressed:
    """Series without their gaps, the longest first. means, events, gaps: [dyads, most periods with events].

    gaps: periods since the mean before. still: how many dyads have so many means. order: the dyads' rows before.
    """

    means: Array
    events: Array
    gaps: NDArray[np.intp]
    still: NDArray[np.intp]
    order: NDArray[np.intp]

    @classmethod
    def of(cls, means: Array, events: Array) -> _Pressed:
        seen = np.isfinite(means)
        number = seen.sum(axis=1)
        order = np.argsort(-number, kind="stable")
        columns = np.argsort(~seen[order], axis=1, kind="stable")[:, : number.max()]
        return cls(
            means=np.take_along_axis(means[order], columns, axis=1),
            events=np.take_along_axis(events[order], columns, axis=1),
            gaps=np.diff(columns, axis=1, prepend=columns[:, :1]),
            still=np.array([(number > k).sum() for k in range(number.max())], dtype=np.intp),
            order=order,
        )

    def likelihood(self, drift: float, scatter: Array) -> float:
        """The log-likelihood of all means. scatter: of each dyad."""
        variances = scatter[self.order, None] / self.events
        level, variance = np.full(len(self.means), START), np.full(len(self.means), SPREAD)
        total = 0.0
        for k, rows in enumerate(self.still):
            level, variance = level[:rows], variance[:rows]
            spread = variance + drift * self.gaps[:rows, k]
            whole = spread + variances[:rows, k]
            surprise = self.means[:rows, k] - level
            total -= 0.5 * float((np.log(2 * np.pi * whole) + surprise**2 / whole).sum())
            gain = spread / whole
            level, variance = level + gain * surprise, spread * (1 - gain)
        return total
