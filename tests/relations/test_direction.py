"""Upswing, downswing, steady, or nothing that could be said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.records import Event, Evidence
from detente.relations.dating import Dated
from detente.relations.direction import TEXTS, Direction, direction_of, months_before
from detente.store import StoredEvent

END = date(2021, 6, 30)
SPAN = Evidence(start=0, end=1, text="x")


def half(values: Sequence[float], last: date, texts: int | None = None) -> list[Dated]:
    found = []
    for number, value in enumerate(values):
        event = Event(
            id=str(number),
            type="SUPPORT",
            span=SPAN,
            trigger=SPAN,
            evidence=(SPAN,),
            rule="r",
            coder="c",
            knowledge="k",
            intensity=value,
        )
        origin = f"{last}-{number % (texts or len(values))}"
        told = StoredEvent(
            event=event, article=str(number), source=None, published=None, title=None, sentence="", origin=origin
        )
        day = last - timedelta(days=number % 150)
        found.append(Dated(told=told, period="", day=day, by="text"))
    return found


def halves(before: Sequence[float], now: Sequence[float], texts: int | None = None) -> Direction:
    return direction_of([*half(before, date(2020, 12, 30), texts), *half(now, END, texts)], END)


@pytest.mark.parametrize(
    ("before", "now", "name"),
    [
        ([-2.0, -4.0] * 20, [2.0, 4.0] * 20, "upswing"),
        ([2.0, 4.0] * 20, [-2.0, -4.0] * 20, "downswing"),
        ([2.0, 2.1] * 20, [2.0, 2.1] * 20, "steady"),
        ([-9.0, 9.0] * 10, [-8.0, 10.0] * 10, "too little evidence"),
        ([-2.0] * (TEXTS - 1), [5.0] * 40, "too little evidence"),
        ([], [], "too little evidence"),
    ],
)
def test_a_direction_is_named_when_the_events_bear_it(before: list[float], now: list[float], name: str) -> None:
    found = halves(before, now)
    assert found.name == name
    assert (found.probability is None) == (name == "too little evidence")


def test_many_events_of_few_texts_are_few_witnesses() -> None:
    assert halves([-3.0, -5.0] * 30, [3.0, 5.0] * 30, texts=3).name == "too little evidence"


def test_the_probability_worked_out_by_hand() -> None:
    # Means 0 and 2; ten texts of one event each: variance of a mean 10/9 * (10 * 1) / 100 = 1/9. The difference is
    # normal around 2 with variance 2/9, so P(> 0.5) = Phi(1.5 / 0.4714) = Phi(3.182) = 0.9993.
    found = halves([-1.0, 1.0] * 5, [1.0, 3.0] * 5)
    assert (found.name, found.probability) == ("upswing", 0.9993)


@given(
    st.lists(st.floats(-10, 10), min_size=TEXTS, max_size=20), st.lists(st.floats(-10, 10), min_size=TEXTS, max_size=20)
)
def test_what_is_an_upswing_forwards_is_a_downswing_backwards(one: list[float], other: list[float]) -> None:
    there, back = halves(one, other), halves(other, one)
    turned = {"upswing": "downswing", "downswing": "upswing"}.get(there.name, there.name)
    assert back.name == turned


def test_months_are_counted_by_the_calendar() -> None:
    assert months_before(date(2021, 8, 31), 6) == date(2021, 2, 28)
    assert months_before(date(2021, 1, 15), 12) == date(2020, 1, 15)
    assert months_before(date(1, 2, 1), 6) < date(1, 2, 1)
