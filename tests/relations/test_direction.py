"""Upswing, downswing, volatile, steady, or nothing that could be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from detente.relations import relations_of
from detente.relations.dating import dated
from detente.relations.direction import Direction, direction_of
from detente.relations.levels import posterior, smoothed

type Tales = Callable[..., Any]


def said(tales: Sequence[Any], *, number: int = 12, drift: float = 0.5, scatter: float = 4.0) -> Direction:
    items = [found for told in tales if (found := dated(told, "month"))]
    year = [f"2020-{month:02}" for month in range(1, 13)]
    return direction_of(items, year[:number], "month", scatter, drift)


@pytest.mark.parametrize(
    ("levels", "each", "name"),
    [
        ([-3] * 6 + [3] * 6, 10, "upswing"),
        ([3] * 6 + [-3] * 6, 10, "downswing"),
        ([2] * 12, 28, "steady"),
        ([2] * 8 + [-4] * 2 + [2] * 2, 20, "volatile"),
        ([0, 2] * 6, 1, "too little evidence"),
        ([], 1, "too little evidence"),
    ],
)
def test_a_direction_is_named_when_the_events_bear_it(
    monthly: Tales, levels: list[float], each: int, name: str
) -> None:
    found = said(monthly(levels, each, noise=1.0), drift=0.02 if name == "steady" else 0.5)
    assert found.name == name
    assert (found.probability is None) == (name == "too little evidence")
    assert found.probability is None or found.probability >= 0.9
    assert found.why


def test_many_events_of_two_stories_are_two_witnesses(monthly: Tales) -> None:
    tales = [replace(told, origin=f"s{n % 2}") for n, told in enumerate(monthly([-3] * 6 + [3] * 6, 10))]
    found = said(tales)
    assert found.name == "too little evidence"
    assert "two independent origins" in found.why


def test_one_outlet_alone_names_no_direction(monthly: Tales) -> None:
    tales = monthly([-3] * 6 + [3] * 6, 10, noise=1.0)
    ministry = [replace(told, source="Ministry") for told in tales]
    assert said(ministry).name == "too little evidence"
    assert "one outlet alone, Ministry, tells" in said(ministry).why
    late = [replace(told, source="Ministry") if told.event.intensity > 0 else told for told in tales]
    assert said(late).name == "too little evidence"
    late[-7] = replace(late[-7], source="Fjord Post")
    assert said(late).name == "upswing"
    assert said([replace(told, source=None) for told in tales]).name == "upswing"


def test_stories_of_which_each_moves_little_bear_it_together(monthly: Tales) -> None:
    for each in (5, 400):
        found = said(monthly([-3] * 6 + [3] * 6, each, noise=0.0))
        assert found.name == "upswing"
        assert int(found.why.split()[0]) == 6 * each


def test_what_few_bear_is_said_in_words(monthly: Tales, tale: Tales) -> None:
    before = monthly([-3] * 11, 4)
    peak = [tale(1000 + n, 9.5, date(2020, 12, 3), origin=f"peak {n % 2}") for n in range(30)]
    again = said([*before, *peak])
    assert again.why == "two independent origins bear the upswing; 3 are needed"


def test_no_upswing_stands_on_its_biggest_story(monthly: Tales, tale: Tales) -> None:
    before = monthly([-3] * 9, 4)
    summit = [tale(1000 + n, 3.0, date(2020, 11, 3), origin="summit") for n in range(30)]
    after = [tale(2000 + n, 0.0, date(2020, 12, 1 + n)) for n in range(3)]
    assert said([*before, *summit, *after]).name == "too little evidence"
    assert "one story" in said([*before, *summit, *after]).why
    spread = [replace(told, origin=f"summit {n}") for n, told in enumerate(summit)]
    assert said([*before, *spread, *after]).name == "upswing"


def test_too_short_a_series_has_no_direction(monthly: Tales) -> None:
    assert "less than 6 months" in said(monthly([-5, -5, 5, 5, 5], 20), number=5).why


@pytest.mark.parametrize("seed", range(3))
def test_what_is_an_upswing_forwards_is_a_downswing_backwards(monthly: Tales, seed: int) -> None:
    tales = monthly([-2] * 6 + [3] * 6, 8, seed=seed)
    turned = [replace(told, event=replace(told.event, intensity=-told.event.intensity)) for told in tales]
    there, back = said(tales), said(turned)
    assert (there.name, back.name) == ("upswing", "downswing")
    assert there.probability == back.probability


def test_the_probability_is_that_of_simulated_paths() -> None:
    means, variances = np.array([[-1.0, 0.5, np.nan, 2.0]]), np.array([[1.0, 0.5, np.nan, 0.8]])
    level, spread = posterior(means, variances, 0.3, 3)
    whole = smoothed(means, variances, 0.3)
    np.testing.assert_allclose(level, whole.level[:, 1:])
    np.testing.assert_allclose(np.diagonal(spread[0]), whole.variance[0, 1:])
    # Paths of the model, each weighted by how likely it makes the means.
    chance = np.random.default_rng(5)
    paths = np.cumsum(np.c_[chance.normal(0, 5, 400_000), chance.normal(0, 0.3**0.5, (400_000, 3))], axis=1)
    weight = np.exp(-0.5 * np.nansum((paths - means) ** 2 / variances, axis=1))
    steps = paths[:, 3] - paths[:, 1]
    mean = np.average(steps, weights=weight)
    np.testing.assert_allclose(level[0, 2] - level[0, 0], mean, atol=0.02)
    np.testing.assert_allclose(
        spread[0, 2, 2] + spread[0, 0, 0] - 2 * spread[0, 0, 2],
        np.average((steps - mean) ** 2, weights=weight),
        atol=0.02,
    )


def test_one_article_names_no_direction(tale: Tales) -> None:
    tales = [tale(n, value, date(2020, 12, 4), origin="one") for n, value in enumerate([9.5, 8.0, 4.0, -2.0])]
    found = relations_of(tales, "NOR", "FIN", as_of=date(2020, 12, 31))
    assert (found.direction, found.probability) == ("too little evidence", None)
    assert [e.contribution for e in found.evidence] == sorted(
        (e.contribution for e in found.evidence), key=lambda share: -abs(share or 0.0)
    )
