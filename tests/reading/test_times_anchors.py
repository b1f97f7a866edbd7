"""A resolved time lies where its anchor says, at every turn of the calendar, in every time zone, whatever day today is."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

import detente.reading.times
from detente.reading.marks import Context, TimeMark, declare
from detente.reading.times.component import Times

declare()
BLANK = spacy.blank("en")
TIMES = Times()
PUBLISHED = st.dates(date(1950, 1, 1), date(2100, 12, 31))
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"]
SEASONS = ["spring", "summer", "autumn", "winter"]
UNITS = ["week", "month", "quarter", "year", "decade", "century"]
NAMED = [*WEEKDAYS, *MONTHS, "December", *SEASONS, "Christmas", "Easter", "Halloween"]
COUNTS = ["two days", "10 days", "three weeks", "six months", "five years", "two decades"]

ZONES = [
    "UTC",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "America/New_York",
    "America/St_Johns",
    "Europe/London",
    "Africa/Cairo",
    "Asia/Tehran",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
]
# published, words, value, first day, last day
TURNS = [
    ("2020-02-29", "They had met yesterday.", "2020-02-28", "2020-02-28", "2020-02-28"),
    ("2020-02-29", "They will meet tomorrow.", "2020-03-01", "2020-03-01", "2020-03-01"),
    ("2020-02-29", "They met a year ago.", "2019", "2019-01-01", "2019-12-31"),
    ("2020-02-29", "They met 12 months ago.", "2019-02", "2019-02-01", "2019-02-28"),
    ("2020-02-29", "They met last month.", "2020-01", "2020-01-01", "2020-01-31"),
    ("2020-02-29", "They met this month.", "2020-02", "2020-02-01", "2020-02-29"),
    ("2020-02-29", "They met this winter.", "2019-WI", "2019-12-01", "2020-02-29"),
    ("2021-02-28", "They met on February 29, 2020.", "2020-02-29", "2020-02-29", "2020-02-29"),
    ("2020-03-31", "They met last month.", "2020-02", "2020-02-01", "2020-02-29"),
    ("2020-03-31", "They met a month ago.", "2020-02", "2020-02-01", "2020-02-29"),
    ("2019-12-31", "They will meet tomorrow.", "2020-01-01", "2020-01-01", "2020-01-01"),
    ("2019-12-31", "They will meet next week.", "2020-W02", "2020-01-06", "2020-01-12"),
    ("2019-12-31", "They will meet next month.", "2020-01", "2020-01-01", "2020-01-31"),
    ("2019-12-31", "They met this week.", "2020-W01", "2019-12-30", "2020-01-05"),
    ("2020-01-01", "They had met yesterday.", "2019-12-31", "2019-12-31", "2019-12-31"),
    ("2020-01-01", "They met last week.", "2019-W52", "2019-12-23", "2019-12-29"),
    ("2020-01-01", "They met last quarter.", "2019-Q4", "2019-10-01", "2019-12-31"),
    ("2020-01-01", "They had met in December.", "2019-12", "2019-12-01", "2019-12-31"),
    ("2019-12-31", "They will meet in January.", "2020-01", "2020-01-01", "2020-01-31"),
    ("2020-01-02", "They had met on December 30.", "2019-12-30", "2019-12-30", "2019-12-30"),
    ("2021-01-03", "They met this week.", "2020-W53", "2020-12-28", "2021-01-03"),
    ("2021-01-03", "They met this weekend.", "2020-W53-WE", "2021-01-02", "2021-01-03"),
    ("2021-01-05", "They met last week.", "2020-W53", "2020-12-28", "2021-01-03"),
    ("2020-12-22", "They will meet next week.", "2020-W53", "2020-12-28", "2021-01-03"),
    ("2021-01-01", "They had met on Thursday.", "2020-12-31", "2020-12-31", "2020-12-31"),
    ("2020-12-31", "They will meet on Friday.", "2021-01-01", "2021-01-01", "2021-01-01"),
    ("2021-01-15", "They met last winter.", "2019-WI", "2019-12-01", "2020-02-29"),
    ("2021-01-15", "They will meet next winter.", "2021-WI", "2021-12-01", "2022-02-28"),
    ("2021-01-02", "They spoke two days later than on 30 December 2020.", "2020-12-30", "2020-12-30", "2020-12-30"),
    ("2000-02-29", "They met in the last century.", "19XX", "1900-01-01", "1999-12-31"),
]


def marks(text: str, published: date) -> tuple[TimeMark, ...]:
    doc = BLANK.make_doc(text)
    doc._.detente_context = Context(published=published)
    found: tuple[TimeMark, ...] = TIMES(doc)._.detente_times
    return found


def days(text: str, published: date) -> tuple[date, date]:
    (found,) = marks(text, published)
    assert found.begin is not None, found
    assert found.finish is not None
    return date.fromisoformat(found.begin), date.fromisoformat(found.finish)


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_the_turns_of_the_calendar_in_every_time_zone(zone: str) -> None:
    for published, text, value, first, last in TURNS:
        found = marks(text, date.fromisoformat(published))[-1]
        assert (found.value, found.begin, found.finish) == (value, first, last), (zone, published, text)


@given(PUBLISHED, st.sampled_from([f"last {name}" for name in (*UNITS, *NAMED, "weekend")]))
def test_what_is_last_ends_before_its_anchor(published: date, words: str) -> None:
    assert days(f"They had met {words}.", published)[1] < published


@given(PUBLISHED, st.sampled_from([f"next {name}" for name in (*UNITS, *NAMED)]))
def test_what_is_next_begins_after_its_anchor(published: date, words: str) -> None:
    assert days(f"They will meet {words}.", published)[0] > published


@given(PUBLISHED, st.sampled_from(["today", *(f"this {unit}" for unit in UNITS)]))
def test_what_is_this_holds_its_anchor(published: date, words: str) -> None:
    first, last = days(f"They meet {words}.", published)
    assert first <= published <= last


@given(PUBLISHED, st.sampled_from(WEEKDAYS))
def test_the_tense_says_on_which_side_a_weekday_lies(published: date, day: str) -> None:
    assert days(f"They had met on {day}.", published)[0] <= published
    assert days(f"They will meet on {day}.", published)[1] >= published


@given(PUBLISHED, st.integers(1, 11))
def test_the_tense_says_on_which_side_a_month_lies(published: date, month: int) -> None:
    words, ahead = f"in {MONTHS[month - 1]}", (month - published.month) % 12
    if ahead != 1:  # the coming month is meant, not that of eleven months ago: that would be "last June"
        assert days(f"They had met {words}.", published)[0] <= published
    if ahead != 11:
        assert days(f"They will meet {words}.", published)[1] >= published


@given(
    PUBLISHED,
    st.sampled_from([name for name in NAMED if name != "May"]),
    st.sampled_from(["had met", "will meet", "meet"]),
)
def test_a_bare_name_lies_within_a_year_of_its_anchor(published: date, name: str, verb: str) -> None:
    first, last = days(f"They {verb} in {name}.", published)
    assert (first - published).days <= 366
    assert (published - last).days <= 366


@given(PUBLISHED, st.sampled_from(COUNTS))
def test_what_is_ago_ends_before_its_anchor_and_what_is_to_come_begins_after(published: date, count: str) -> None:
    assert days(f"They met {count} ago.", published)[1] < published
    assert days(f"They meet {count} from now.", published)[0] > published


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), PUBLISHED, st.integers(1, 30))
def test_the_next_day_follows_what_was_told_not_the_publication(told: date, published: date, count: int) -> None:
    text = f"They met on {told.isoformat()}. The next day they signed; {count} days later they left."
    found = marks(text, published)
    after = told + timedelta(1)
    assert [m.value for m in found[:2]] == [told.isoformat(), after.isoformat()]
    assert found[1].anchor == told.isoformat()
    assert found[2].value == (after + timedelta(count)).isoformat()


@pytest.mark.parametrize(("unit", "words"), list(product(UNITS, ["last", "next", "this"])))
def test_a_unit_keeps_its_granularity(unit: str, words: str) -> None:
    longest = {"week": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653, "century": 36525}[unit]
    for day in (date(2020, 2, 29), date(2020, 12, 31), date(2021, 1, 1)):
        first, last = days(f"They meet {words} {unit}.", day)
        assert longest * 0.9 <= (last - first).days + 1 <= longest


def test_no_module_asks_what_day_it_is() -> None:
    folder = Path(detente.reading.times.__file__).parent
    asked = []
    for path in folder.glob("*.py"):
        calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf8"))) if isinstance(node, ast.Call))
        names = {call.attr for call in calls if isinstance(call, ast.Attribute)}
        asked += [(path.name, name) for name in names & {"today", "now", "utcnow", "localtime", "gmtime", "time"}]
    assert asked == []
