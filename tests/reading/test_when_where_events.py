"""Events take the time and the place that their own word governs: not the dateline's, not a neighbour's, not today's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from detente.records import Article, Event, Reading

if TYPE_CHECKING:
    from detente.reading.reader import Reader

pytestmark = pytest.mark.model
PUBLISHED = "2021-01-05"


def read(reader: Reader, text: str) -> Reading:
    (reading,) = reader.read([Article(id="a", text=text, published=PUBLISHED)])
    return reading


def event(reading: Reading, trigger: str) -> Event:
    return next(e for e in reading.events if e.trigger.text == trigger)


def where(reading: Reading, found: Event) -> str | None:
    return None if found.place is None else reading.places[found.place].text


def test_an_event_without_a_time_has_no_date(reader: Reader) -> None:
    reading = read(reader, "MUSCAT, Jan. 5 (Lakeside News) - Oman expelled two Iranian diplomats.")
    found = event(reading, "expelled")
    assert (found.date, where(reading, found)) == (None, None)
    assert reading.article.dateline == "MUSCAT, Jan. 5 (Lakeside News)"


def test_each_event_has_its_own_time_and_place(reader: Reader) -> None:
    reading = read(
        reader,
        "CAIRO, Jan. 5 - Iranian soldiers shelled an Omani village near Khasab on December 28. "
        "Oman's foreign minister met Iran's foreign minister in Geneva last week.",
    )
    shelled, met = event(reading, "shelled"), event(reading, "met")
    assert shelled.date is not None
    assert met.date is not None
    assert (shelled.date.start, shelled.date.end, where(reading, shelled)) == ("2020-12-28", "2020-12-28", "Khasab")
    assert (met.date.start, met.date.end, where(reading, met)) == ("2020-12-28", "2021-01-03", "Geneva")
    assert [reading.places[0].text, reading.places[0].country] == ["CAIRO", "EGY"]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("on Thursday", "2020-12-31", "2020-12-31"),
        ("last month", "2020-12-01", "2020-12-31"),
        ("in June", "2020-06-01", "2020-06-30"),
        ("two days ago", "2021-01-03", "2021-01-03"),
        ("on Christmas Eve", "2020-12-24", "2020-12-24"),
        ("in the second half of 2019", "2019-07-01", "2019-12-31"),
        ("overnight", "2021-01-05", "2021-01-05"),
    ],
)
def test_a_date_keeps_the_width_of_its_words(reader: Reader, words: str, start: str, end: str) -> None:
    found = event(read(reader, f"Oman expelled two Iranian diplomats {words}."), "expelled")
    assert found.date is not None
    assert (found.date.start, found.date.end, found.date.text) == (
        start,
        end,
        words.removeprefix("on ").removeprefix("in "),
    )


@pytest.mark.parametrize("words", ["for three days", "recently", "every Friday", "daily"])
def test_a_time_that_names_no_day_gives_no_date(reader: Reader, words: str) -> None:
    reading = read(reader, f"Iranian soldiers shelled Omani villages {words}.")
    assert event(reading, "shelled").date is None
    assert len(reading.times) == 1


@pytest.mark.parametrize(
    ("words", "trigger", "status", "start"),
    [
        ("Norway and Peru discussed the vote of 24 January.", "discussed", "occurred", None),
        ("Norway criticised Peru over the drills next month.", "criticised", "occurred", None),
        ("Norway released a Peruvian captain on bail till October.", "released", "occurred", None),
        ("Tomorrow Norwegian voters go to the polls following the resignation of Ana Dahl, a lawmaker.", "resignation", "occurred", None),
        ("The Norwegian prime minister is visiting Lima at the end of this month.", "visiting", "planned", "2021-01-01"),
        ("The Norwegian prime minister visits Lima next month.", "visits", "planned", "2021-02-01"),
        ("The Norwegian prime minister visited Lima on Monday.", "visited", "occurred", "2021-01-04"),
    ],
)  # fmt: skip
def test_what_is_ahead_is_not_told_as_done_nor_what_is_done_as_ahead(
    reader: Reader, words: str, trigger: str, status: str, start: str | None
) -> None:
    found = event(read(reader, words), trigger)
    assert (found.status, found.date.start if found.date else None) == (status, start)
