"""The arithmetic of days: no text, no model."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.times.holidays import days_in, feasts
from detente.reading.times.lexicon import lexicon
from detente.reading.times.values import (
    bounds,
    day_value,
    easter,
    is_value,
    month_near,
    moved,
    nth_weekday,
    orthodox_easter,
    period,
    unit_value,
    unknown_value,
    week_value,
    weekday_near,
)

DAYS = st.dates(date(1200, 1, 1), date(2199, 12, 31))
UNITS = st.sampled_from(["D", "W", "FN", "WE", "M", "Q", "Y", "DE", "CE"])


@given(DAYS, UNITS)
def test_a_unit_is_a_value_and_holds_its_day(day: date, unit: str) -> None:
    value = unit_value(day, unit)
    found = bounds(value)
    assert is_value(value)
    assert found is not None
    first, last = found
    assert first <= last
    if unit == "WE":
        assert week_value(first) == week_value(day)
    else:
        assert first <= day <= last


@given(UNITS)
def test_an_unknown_unit_is_a_value_and_names_no_days(unit: str) -> None:
    value = unknown_value(unit)
    assert is_value(value)
    assert bounds(value) is None


@given(DAYS, UNITS, st.integers(-400, 400))
def test_moving_keeps_its_direction_and_turns_back_within_a_month(day: date, unit: str, count: int) -> None:
    there = moved(day, unit, count)
    if there is None:
        return
    assert (there > day) == (count > 0)
    back = moved(there, unit, -count)
    assert back is not None
    assert abs((back - day).days) <= 3


def test_moving_out_of_the_calendar_gives_none() -> None:
    assert moved(date(2020, 8, 18), "CE", -30) is None
    assert moved(date(2020, 8, 18), "D", 1e9) is None


@given(DAYS, st.integers(1, 7), st.sampled_from([-1, 1]), st.booleans())
def test_the_nearest_weekday_lies_within_a_week(day: date, weekday: int, way: int, strictly: bool) -> None:
    found = weekday_near(day, weekday, way, strictly=strictly)
    gap = (found - day).days * way
    assert found.isoweekday() == weekday
    assert (1 if strictly else 0) <= gap <= (7 if strictly else 6)


@given(DAYS, st.integers(1, 12), st.sampled_from([-1, 1]))
def test_the_nearest_month_lies_within_a_year(day: date, month: int, way: int) -> None:
    months = (month_near(day, month, way) * 12 + month) - (day.year * 12 + day.month)
    assert 0 <= months * way <= 11


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020-08-20", "2020-08-20", "2020-08-20"),
        ("2020-08-20TEV", "2020-08-20", "2020-08-20"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-W53", None, None),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2020-W34-WE", "2020-08-22", "2020-08-23"),
        ("2020-Q4", "2020-10-01", "2020-12-31"),
        ("2020-H1", "2020-01-01", "2020-06-30"),
        ("2019-WI", "2019-12-01", "2020-02-29"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2021-02-29", None, None),
        ("XXXX-WXX-4", None, None),
        ("BC0044", None, None),
        ("P3D", None, None),
        ("PAST_REF", None, None),
        ("", None, None),
    ],
)
def test_the_days_a_value_names(value: str, first: str | None, last: str | None) -> None:
    found = bounds(value)
    assert (found and tuple(d.isoformat() for d in found)) == (first and (first, last))


@given(st.text(alphabet="0123456789-WXQHTSPUFAIEMOVN:.BC", max_size=14))
def test_any_string_has_ordered_bounds_or_none(value: str) -> None:
    found = bounds(value)
    assert found is None or found[0] <= found[1]


@given(st.sampled_from(["D", "W", "M", "Y", "DE", "CE", "H", "MIN", "S", "FN"]), st.none() | st.integers(1, 5000))
def test_a_period_is_a_value(unit: str, count: int | None) -> None:
    assert is_value(period(unit, count))


@given(st.integers(1583, 2500))
def test_eastern_easter_is_a_sunday_that_never_comes_before_the_western(year: int) -> None:
    day = orthodox_easter(year)
    assert day.isoweekday() == 7
    assert 0 <= (day - easter(year)).days <= 42


def test_the_feasts_are_in_order_and_a_year_apart() -> None:
    for name, days in feasts().items():
        gaps = [(b - a).days for a, b in pairwise(days)]
        assert 340 <= min(gaps) <= max(gaps) <= 390, name


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    day = easter(year)
    assert day.isoweekday() == 7
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


def test_moving_holidays() -> None:
    assert easter(2020) == date(2020, 4, 12)
    assert nth_weekday(2020, 11, 4, 4) == date(2020, 11, 26)
    assert nth_weekday(2020, 5, 1, -1) == date(2020, 5, 25)
    assert days_in("11/1/1+1", 2016) == (date(2016, 11, 8),)
    assert days_in("orthodox+0", 2021) == (date(2021, 5, 2),)
    assert days_in("orthodox+0", 2017) == days_in("easter+0", 2017) == (date(2017, 4, 16),)
    assert days_in("eid al-fitr", 2000) == (date(2000, 1, 8), date(2000, 12, 27))
    assert days_in("yom kippur", 1973) == ()


def test_every_holiday_of_the_table_has_a_day_each_year() -> None:
    rules = [p.value for rows in lexicon().phrases.values() for p in rows if p.label == "HOLIDAY"]
    assert len(rules) > 40
    for rule in rules:
        assert all(day.year in (2020, 2021) for day in days_in(rule, 2020))
        assert days_in(rule, 2020)


def test_the_leap_day_has_a_neighbour_on_each_side() -> None:
    leap = date(2020, 2, 29)
    assert day_value(leap + timedelta(1)) == "2020-03-01"
    assert moved(leap, "Y", 1) == date(2021, 2, 28)
