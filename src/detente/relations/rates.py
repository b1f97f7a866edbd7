"""How often: rates of material conflict and material cooperation, per 1,000 stories read.

    count ~ Poisson(rate * stories / 1000),   rate ~ Gamma(shape, rate)       for each dyad and period

The prior is fitted to all dyads at once by maximum likelihood: the counts are negative binomial under it (Gelman et al., Bayesian
Data Analysis, 3rd ed. 2013, section 2.6). A count of a period with few stories read is drawn towards the prior, and
its band is wide. What is counted follows what is written: a rate says how large a part of the news two countries' conflict is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.relations.levels import Array
from detente.relations.records import Prior

PER = 1000.0  # stories
_WIDTH = (
    1.5  # standard deviation, in logarithms, of the fitted mean and shape around the fallback's: weaker than 3 counts
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The mean of each rate given its count, and the bounds of its 50% and 90% bands; NaN without exposure."""

    mean: Array
    low50: Array
    high50: Array
    low90: Array
    high90: Array


def rates(counts: Array, stories: Array, prior: Prior) -> Rates:
    """The rates behind counts. stories: read in the period of the count (the shapes must broadcast)."""
    from scipy.special import gammaincinv  # slow to load: only where it is used

    shape, scale = prior.shape + counts, prior.rate + stories / PER
    seen = np.broadcast_to(stories > 0, shape.shape)
    kinds, places = np.unique(shape, return_inverse=True)  # few counts recur in many cells, and quantiles are slow

    def bound(share: float) -> Array:
        found: Array = np.where(seen, gammaincinv(kinds, share)[places].reshape(shape.shape) / scale, np.nan)
        return found

    return Rates(
        mean=np.where(seen, shape / scale, np.nan),
        low50=bound(0.25),
        high50=bound(0.75),
        low90=bound(0.05),
        high90=bound(0.95),
    )


def pooled_prior(counts: Array, stories: Array, fallback: Prior) -> Prior:
    """The prior under which all counts, [dyads, periods], are most likely; near `fallback` when there are few.

    Periods in which nothing was read say nothing.
    """
    exposure = np.broadcast_to(stories, counts.shape)
    return prior_of(counts.ravel(), exposure.ravel(), np.ones(counts.size), fallback)


def prior_of(counts: Array, stories: Array, times: Array, fallback: Prior) -> Prior:
    """The same, each count with its stories and how many times they occur, all [cells]."""
    from scipy.optimize import minimize
    from scipy.special import gammaln

    seen = (stories > 0) & (times > 0)
    if not seen.any():
        return fallback
    cells, place = np.unique(
        counts[seen] + 1j * stories[seen], return_inverse=True
    )  # one number a cell: a quicker sort
    times = np.bincount(place, times[seen])
    number, exposure = cells.real, cells.imag / PER
    start = np.log([fallback.shape / fallback.rate, fallback.shape])

    def loss(logs: Array) -> float:
        mean, shape = np.exp(np.clip(logs, -15, 15))
        rate = shape / mean
        fit = gammaln(number + shape) - gammaln(shape) + shape * np.log(rate / (rate + exposure))
        fit += number * np.log(exposure / (rate + exposure))
        return float(-(times * fit).sum() + ((logs - start) ** 2).sum() / (2 * _WIDTH**2))

    mean, shape = np.exp(np.clip(minimize(loss, start, method="Nelder-Mead", options={"maxiter": 400}).x, -15, 15))
    return Prior(shape=float(shape), rate=float(shape / mean))
