"""The whole path from events to series, with all parameters fitted: coverage, twice the volume, order."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from detente.records import to_json
from detente.relations import pool_events, relations_of
from detente.relations.cells import Cells
from detente.relations.levels import smoothed
from detente.relations.measures import Z90, levels_of, measured
from detente.relations.pooling import fallback, pooled
from detente.relations.rates import Prior, pooled_prior, rates

type Tales = Callable[..., Any]
NOISE = 9.0  # variance of the events of a month


def simulated(
    ratio: float, each: int, *, dyads: int = 60, periods: int = 60, clumping: float = 1.0
) -> tuple[Any, Cells]:
    """True levels, and the sums of their events: Poisson numbers around `each` a month, no event in 30% of the months.

    ratio: of the drift to the variance of a month's mean. Levels start where the model has them start.
    """
    chance = np.random.default_rng(11)
    drift = ratio * NOISE / each
    level = chance.normal(0, 5, (dyads, 1)) + np.cumsum(chance.normal(0, drift**0.5, (dyads, periods)), axis=1)
    number = np.maximum(chance.poisson(each, (dyads, periods)), 1) * (chance.random((dyads, periods)) >= 0.3)
    shape = (dyads, periods, int(number.max()))
    values = level[..., None] + chance.normal(0, NOISE**0.5, shape)
    values += chance.normal(0, (NOISE * (clumping - 1) / np.maximum(number, 1)[..., None]) ** 0.5, (dyads, periods, 1))
    real = np.arange(shape[2]) < number[..., None]
    none = np.zeros((dyads, periods))
    cells = Cells(
        dyads=tuple(("AAA", f"{n:03}") for n in range(dyads)),
        periods=tuple(f"{2000 + n // 12}-{n % 12 + 1:02}" for n in range(periods)),
        events=number.astype(float),
        total=(values * real).sum(axis=2),
        squares=(values**2 * real).sum(axis=2),
        conflict=none,
        cooperation=none,
        origins=number.astype(float),
        stories=np.full(periods, 1000.0),
    )
    return level, cells


@pytest.mark.parametrize("ratio", [0.05, 0.2, 1.0])
@pytest.mark.parametrize("each", [1, 5, 20])
def test_bands_cover_and_the_error_is_near_that_of_known_parameters(ratio: float, each: int) -> None:
    level, cells = simulated(ratio, each)
    ours = measured(cells, pooled(cells, "month")).history
    variances = np.where(cells.events > 0, NOISE / np.maximum(cells.events, 1), np.nan)
    best = smoothed(cells.means, variances, ratio * NOISE / each)
    covered = np.abs(level - ours.level) < Z90 * ours.variance**0.5
    assert 0.85 <= covered.mean() <= 0.95
    error, least = (np.sqrt(np.mean((level - found.level) ** 2)) for found in (ours, best))
    assert error <= 1.05 * least


def test_bands_cover_when_events_clump() -> None:
    level, cells = simulated(0.2, 20, clumping=4.0)
    pool = pooled(cells, "month")
    ours = measured(cells, pool).history
    assert pool.clumping == pytest.approx(4, rel=0.15)
    assert 0.85 <= (np.abs(level - ours.level) < Z90 * ours.variance**0.5).mean() <= 0.95


@pytest.mark.parametrize("ratio", [0.05, 0.2, 1.0])
@pytest.mark.parametrize("each", [1, 5, 20])
def test_twice_the_volume_moves_no_balance_by_more_than_its_50_band(ratio: float, each: int) -> None:
    _, cells = simulated(ratio, each)
    parts = ("events", "total", "squares", "conflict", "cooperation", "origins", "stories")
    twice = replace(cells, **{name: 2 * getattr(cells, name) for name in parts})
    once, again = (measured(of, pooled(of, "month")) for of in (cells, twice))
    for row in range(len(cells.dyads)):
        for one, two in zip(levels_of(cells, once, row, {}), levels_of(twice, again, row, {}), strict=True):
            assert (one.balance is None) == (two.balance is None)
            if one.balance is not None:
                assert one.low50 <= two.balance <= one.high50  # type: ignore[operator]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("by", ["week", "month", "quarter"])
def test_twice_the_events_of_one_dyad_move_it_within_its_band(monthly: Tales, seed: int, by: str) -> None:
    chance = np.random.default_rng(seed)
    tales = monthly(list(np.cumsum(chance.normal(0, 1, 24))), 4, seed=seed)
    others = [replace(told, article=f"b{told.article}", origin=f"b{told.origin}") for told in tales]
    days = [(date(2020, month, 9), 100) for month in range(1, 13)]
    one = relations_of(tales, "NOR", "FIN", by=by, days_read=days, as_of=date(2021, 12, 31))
    two = relations_of([*tales, *others], "NOR", "FIN", by=by, days_read=days * 2, as_of=date(2021, 12, 31))
    assert [2 * level.events for level in one.series] == [level.events for level in two.series]
    for before, after in zip(one.series, two.series, strict=True):
        if before.balance is not None:
            assert before.low50 <= after.balance <= before.high50  # type: ignore[operator]


def test_the_order_of_input_changes_no_byte(monthly: Tales) -> None:
    tales = [*monthly([-3] * 8 + [2] * 8, 5), *monthly([1] * 16, 3, seed=9)]
    tales = [replace(told, article=f"{n}", origin=f"{n}") for n, told in enumerate(tales)]
    chance = np.random.default_rng(0)
    found = {
        json.dumps(to_json(relations_of([tales[n] for n in order], "NOR", "FIN")))
        for order in (range(len(tales)), *(chance.permutation(len(tales)) for _ in range(5)))
    }
    assert len(found) == 1


def test_a_dyad_with_little_data_borrows_from_the_others(monthly: Tales, tale: Tales) -> None:
    busy = monthly([2] * 24, 10, noise=1.0)
    lone = tale(9999, -6.0, date(2021, 3, 3), sides=("SWE", "DNK"))
    pool = pool_events([*busy, lone])
    assert pool.dyads == 2
    assert pool.variance < fallback("month").variance / 4
    alone = relations_of([lone], "SWE", "DNK").series[0]
    borrowed = relations_of([lone], "SWE", "DNK", pool=pool).series[0]
    assert borrowed.high90 - borrowed.low90 < alone.high90 - alone.low90  # type: ignore[operator]


def test_the_prior_of_rates_is_found_again() -> None:
    chance = np.random.default_rng(4)
    stories = chance.uniform(200, 3000, (1, 40))
    counts = chance.poisson(chance.gamma(0.8, 1 / 0.2, (400, 40)) * stories / 1000)
    found = pooled_prior(counts.astype(float), stories, Prior(shape=0.5, rate=0.1))
    assert found.shape == pytest.approx(0.8, rel=0.05)
    assert found.rate == pytest.approx(0.2, rel=0.05)


def test_bands_of_rates_cover() -> None:
    chance = np.random.default_rng(6)
    truth = chance.gamma(0.8, 1 / 0.2, (400, 40))
    stories = chance.uniform(200, 3000, (1, 40))
    counts = chance.poisson(truth * stories / 1000).astype(float)
    found = rates(counts, stories, pooled_prior(counts, stories, Prior(shape=0.5, rate=0.1)))
    assert 0.88 <= ((found.low90 < truth) & (truth < found.high90)).mean() <= 0.92
    assert 0.48 <= ((found.low50 < truth) & (truth < found.high50)).mean() <= 0.52


def test_without_stories_read_there_is_no_rate() -> None:
    found = rates(np.zeros(2), np.array([0.0, 100.0]), Prior(shape=1.0, rate=1.0))
    assert np.isnan(found.mean).tolist() == np.isnan(found.high90).tolist() == [True, False]
