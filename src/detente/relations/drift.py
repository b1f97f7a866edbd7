"""How fast levels drift and how much events clump: fitted to all dyads at once.

The likelihood is that of levels.py. Most dyads of an observatory have events in a few periods only, so the gaps are leapt over: the
cost is that of the periods that have events.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from detente.relations.levels import Array
from detente.relations.pressed import Pressed

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
    seen = np.isfinite(means)
    dyad, period = np.nonzero(seen)
    many = np.bincount(dyad, minlength=len(means)) > 1 if len(dyad) else np.zeros(len(means), dtype=bool)
    keep = many[dyad]
    pressed = Pressed.of(dyad[keep], period[keep], means[seen][keep], events[seen][keep])
    return course_of(pressed, scatter, around)


def course_of(pressed: Pressed, scatter: Callable[[float], Array], around: Course) -> Course:
    """The same for series that are pressed already: those of two means or more."""
    if not len(pressed.means):
        return around
    from scipy.optimize import minimize  # half a second and more to load: only where it is used

    centre = np.log(around)

    def loss(logs: Array) -> float:
        drift, clumping = np.exp(logs)
        fit = pressed.likelihood(float(drift), scatter(float(clumping)))
        return float((((logs - centre) / _WIDTHS) ** 2).sum() / 2) - fit

    bounds = [tuple(np.log(pair)) for pair in BOUNDS]
    # Much drift and little clumping can be a second optimum: the search starts from there as well.
    tried = [
        minimize(loss, np.log(start), method="Nelder-Mead", bounds=bounds, options={"xatol": 1e-3, "fatol": 1e-3})
        for start in (around, Course(10 * around.drift, 1.05))
    ]
    return Course(*map(float, np.exp(min(tried, key=lambda found: float(found.fun)).x)))
