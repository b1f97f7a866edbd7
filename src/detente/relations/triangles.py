"""A between two rivals: do its relations with the one worsen when those with the other improve?

The balances of both dyads, and the correlation of their period means (unsmoothed: smoothing would correlate anything). Series that
wander look correlated by chance, so that n periods count for fewer: n (1 - r1 r2) / (1 + r1 r2) with the lag-1 autocorrelations
r1, r2 (C. S. Bretherton et al., Journal of Climate 12, 1999). The interval is Fisher's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from detente.relations.levels import Array
from detente.relations.measures import PLACES, Z90
from detente.relations.records import SCHEMA, Relations

LEAST = 8  # periods with events in both dyads, after the discount: below, an interval says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangle:
    """Country a between b and c, each by its relations with a.

    correlation: of the period means, -1 to 1, with its 90% interval; None when there are too few periods, and why.
    periods: those with events in both dyads. effective: what they count for. shared: events that belong to both
    dyads, because they name all three.
    """

    schema: int = SCHEMA
    a: str
    b: str
    c: str
    by: str
    as_of: str | None
    with_b: Relations
    with_c: Relations
    correlation: float | None = None
    low90: float | None = None
    high90: float | None = None
    periods: int = 0
    effective: float = 0.0
    shared: int = 0
    why: str = ""


def triangle_of(with_b: Relations, with_c: Relations) -> Triangle:
    """The triangle of two dyads with one country in common, named first in both, by the same period."""
    ones, others = _common(with_b, with_c)
    periods = int(np.isfinite(ones).sum())
    effective = _effective(ones, others) if periods >= LEAST else float(periods)
    correlation, low, high, why = _correlation(ones, others, effective)
    ids = [{(item.article, item.event) for item in dyad.evidence} for dyad in (with_b, with_c)]
    return Triangle(
        a=with_b.a,
        b=with_b.b,
        c=with_c.b,
        by=with_b.by,
        as_of=max(filter(None, (with_b.as_of, with_c.as_of)), default=None),
        with_b=with_b,
        with_c=with_c,
        correlation=correlation,
        low90=low,
        high90=high,
        periods=periods,
        effective=round(effective, 1),
        shared=len(ids[0] & ids[1]),
        why=why,
    )


def _common(one: Relations, other: Relations) -> tuple[Array, Array]:
    """The means of both in each period from the first common one to the last; NaN where either has none."""
    means = [{level.period: level.mean for level in dyad.series} for dyad in (one, other)]
    both = [period for period in means[0] if period in means[1]]
    pairs = [(means[0][period], means[1][period]) for period in both]
    whole = [pair if None not in pair else (math.nan, math.nan) for pair in pairs]
    table = np.array(whole, dtype=float).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _effective(ones: Array, others: Array) -> float:
    number = float(np.isfinite(ones).sum())
    product = _persistence(ones) * _persistence(others)
    return number * min(1.0, (1 - product) / (1 + product))


def _persistence(values: Array) -> float:
    """Lag-1 autocorrelation over neighbouring periods that both have a value; 0 when there are too few."""
    gaps = values - np.nanmean(values)
    pairs = np.isfinite(gaps[1:]) & np.isfinite(gaps[:-1])
    spread = np.nanmean(gaps**2)
    if pairs.sum() < LEAST or not spread:
        return 0.0
    return float(np.clip((gaps[1:] * gaps[:-1])[pairs].mean() / spread, -0.99, 0.99))


def _correlation(ones: Array, others: Array, effective: float) -> tuple[float | None, float | None, float | None, str]:
    if effective < LEAST:
        return None, None, None, f"the common periods count for {effective:.0f}, {LEAST} are needed"
    seen = np.isfinite(ones)
    if not np.std(ones[seen]) or not np.std(others[seen]):
        return None, None, None, "one of the balances never moves"
    found = float(np.clip(np.corrcoef(ones[seen], others[seen])[0, 1], -0.999999, 0.999999))
    centre, width = math.atanh(found), Z90 / math.sqrt(effective - 3)
    low, high = (round(math.tanh(centre + side * width), PLACES) for side in (-1, 1))
    words = "they move together" if low > 0 else "they move against each other" if high < 0 else "no link can be told"
    return round(found, PLACES), low, high, words
