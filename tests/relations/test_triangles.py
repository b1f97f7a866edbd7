"""A country between two rivals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from detente.relations import Level, Relations, triangle_of
from detente.relations.triangles import LEAST

type Tales = Callable[..., Any]


def dyad(other: str, means: list[float | None]) -> Relations:
    series = tuple(
        Level(period=f"{2015 + n // 12}-{n % 12 + 1:02}", mean=mean, events=mean is not None)
        for n, mean in enumerate(means)
    )
    return Relations(a="NOR", b=other, by="month", directed=False, as_of="2020-12-31", series=series)


def linked(sign: float, *, number: int = 60, memory: float = 0.0, seed: int = 1) -> tuple[list[float], list[float]]:
    chance = np.random.default_rng(seed)
    ones = np.zeros(number)
    others = np.zeros(number)
    for n in range(number):
        ones[n] = memory * ones[n - 1] + chance.normal()
        others[n] = sign * ones[n] + chance.normal() if not memory else memory * others[n - 1] + chance.normal()
    return list(ones), list(others)


@pytest.mark.parametrize(("sign", "words"), [(-1, "against each other"), (1, "move together"), (0, "no link")])
def test_what_moves_together_is_told(sign: float, words: str) -> None:
    ones, others = linked(sign)
    found = triangle_of(dyad("FIN", ones), dyad("SWE", others))
    assert words in found.why
    assert found.correlation == pytest.approx(np.corrcoef(ones, others)[0, 1], abs=1e-4)
    assert found.low90 < found.correlation < found.high90  # type: ignore[operator]
    assert (found.a, found.b, found.c, found.periods) == ("NOR", "FIN", "SWE", 60)


def test_only_periods_with_events_in_both_count() -> None:
    ones, others = linked(-1)
    found = triangle_of(dyad("FIN", [None, *ones]), dyad("SWE", [1.0, None, *others[1:]]))
    assert found.periods == 59


def test_few_periods_give_no_correlation() -> None:
    ones, others = linked(-1, number=LEAST - 1)
    found = triangle_of(dyad("FIN", ones), dyad("SWE", others))
    assert (found.correlation, found.low90, found.periods) == (None, None, LEAST - 1)
    assert str(LEAST) in found.why
    assert "never moves" in triangle_of(dyad("FIN", [1.0] * 20), dyad("SWE", linked(1)[0][:20])).why


def test_series_that_wander_are_not_taken_for_linked() -> None:
    found = [
        triangle_of(dyad("FIN", ones), dyad("SWE", others))
        for ones, others in (linked(0, memory=0.9, seed=seed) for seed in range(300))
    ]
    linked_by_chance = np.mean([one.correlation is not None and "no link" not in one.why for one in found])
    assert linked_by_chance < 0.2
    assert all(one.effective < 30 for one in found)


def test_an_event_of_all_three_is_counted_as_shared(monthly: Tales) -> None:
    from detente.relations import relations_of

    tales = [
        replace(told, event=replace(told.event, target_countries=("FIN", "SWE"))) for told in monthly([1.0, 2.0], 2)
    ]
    assert triangle_of(relations_of(tales, "NOR", "FIN"), relations_of(tales, "NOR", "SWE")).shared == 4
