"""Change points: found where the level breaks, kept when they do not hang on a story, and an alarm at the live end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
import ruptures

from detente.relations.alarm import jumps
from detente.relations.changes import changes_of
from detente.relations.dating import dated
from detente.relations.records import Change
from detente.relations.segments import LEAST, breaks, penalty

type Tales = Callable[..., Any]


def found(tales: Sequence[Any], periods: Sequence[str], drift: float = 0.05) -> tuple[Change, ...]:
    return changes_of([item for told in tales if (item := dated(told, "month"))], periods, 4.0, drift)


class Weighted(ruptures.base.BaseCost):
    """ruptures' least squares, with a weight for each period."""

    model = "weighted"
    min_size = LEAST

    def __init__(self, weights: Any) -> None:
        self.weights = weights

    def fit(self, signal: Any) -> Weighted:
        self.signal = signal
        return self

    def error(self, start: int, end: int) -> float:
        means, weights = self.signal[start:end, 0], self.weights[start:end]
        return float((weights * (means - np.average(means, weights=weights)) ** 2).sum())


@pytest.mark.parametrize("seed", range(5))
def test_it_is_what_pelt_finds(seed: int) -> None:
    chance = np.random.default_rng(seed)
    means = np.repeat(chance.normal(0, 3, (4, 5)), 9, axis=1) + chance.normal(0, 1, (4, 45))
    weights = chance.uniform(0.3, 2, (4, 45))
    for row, found in enumerate(breaks(means, weights)):
        search = ruptures.Pelt(custom_cost=Weighted(weights[row]), min_size=LEAST, jump=1).fit(means[row][:, None])
        assert found == search.predict(pen=penalty(45))[:-1]
        assert found


def test_with_equal_weights_it_is_plain_least_squares() -> None:
    chance = np.random.default_rng(1)
    means = np.repeat([0.0, 4.0, -1.0], 20) + chance.normal(0, 1, 60)
    peer = ruptures.Pelt(model="l2", min_size=LEAST, jump=1).fit(means[:, None]).predict(pen=penalty(60))
    assert breaks(means[None], np.ones((1, 60))) == [peer[:-1]] == [[20, 40]]


def test_a_break_is_found_in_its_month(monthly: Tales, months: Tales) -> None:
    (change,) = found(monthly([-3] * 12 + [3] * 12, 6), months(24))
    assert (change.period, change.direction, change.live) == ("2021-01", "up", False)
    assert change.support >= 0.7


def test_no_break_in_a_level_that_stays(monthly: Tales, months: Tales) -> None:
    alarms = sum(len(found(monthly([1] * 36, 4, seed=seed), months(36))) for seed in range(20))
    assert alarms <= 1


def test_a_break_that_hangs_on_two_stories_is_dropped(monthly: Tales, months: Tales) -> None:
    tales = monthly([-3] * 12 + [3] * 4, 6)
    two = [replace(told, origin=f"s{n % 2}") if told.published >= "2021" else told for n, told in enumerate(tales)]
    assert found(tales, months(16))
    assert not found(two, months(16))


def test_gaps_do_not_hide_a_break(monthly: Tales, months: Tales) -> None:
    tales = [told for told in monthly([-3] * 12 + [3] * 12, 6) if told.published[5:7] not in ("02", "06", "07")]
    assert [change.period for change in found(tales, months(24))] == ["2021-01"]


def test_the_alarm_rings_in_the_first_month_of_a_jump(monthly: Tales, months: Tales) -> None:
    (change,) = found(monthly([2] * 12 + [-7], 8), months(13))
    assert (change.period, change.direction, change.live) == ("2021-01", "down", True)


def test_the_alarm_rarely_rings_for_nothing() -> None:
    chance = np.random.default_rng(2)
    level = np.cumsum(chance.normal(0, 0.5**0.5, (3000, 24)), axis=1)
    scores, _ = jumps(level + chance.normal(0, 1, level.shape), np.ones(level.shape), 0.5)
    assert (np.abs(scores) > 3).mean() < 0.01


def test_the_order_and_the_names_of_stories_do_not_matter(monthly: Tales, months: Tales) -> None:
    tales = monthly([-3] * 12 + [3] * 12, 3)
    renamed = [replace(told, origin=f"{hash(told.origin)}") for told in reversed(tales)]
    assert found(tales, months(24)) == found(renamed, months(24))


def test_nothing_is_said_of_a_handful_of_stories(tale: Tales) -> None:
    assert found([tale(n, 9.0, date(2020, 1 + n, 1)) for n in range(5)], [f"2020-0{n}" for n in range(1, 6)]) == ()
