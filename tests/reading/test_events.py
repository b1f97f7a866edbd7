"""Whole articles: one real event, one row; dates, places, quotations; offsets and ids."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.reading.reader import Reader
from detente.records import Article, Event, Reading

DISPATCH = Article(
    id="tbilisi",
    title="Georgian leader visits Armenia",
    published="2024-05-15",
    text=(
        "TBILISI — Georgian President Nino Beridze visited Armenia on Tuesday.\n\n"
        "Her visit to Armenia comes a month after Azerbaijan shelled the Armenian town of Goris on April 12.\n\n"
        "“Azerbaijan abducted our farmers,” Armenian Foreign Minister Ara Petrosyan said in Yerevan.\n\n"
        "Armenia will send a delegation to Georgia next week. In 2020 Azerbaijan invaded Armenia.\n"
    ),
)


@pytest.fixture(scope="module")
def reading(reader: Reader) -> Reading:
    return next(iter(reader.read([DISPATCH])))


def told(reading: Reading, type_: str) -> list[Event]:
    return [event for event in reading.events if event.type == type_]


@pytest.mark.model
def test_headline_lead_and_body_tell_one_visit(reading: Reading) -> None:
    visits = [e for e in told(reading, "CONSULT") if e.status == "occurred"]
    assert len(visits) == 1
    assert visits[0].source_countries == ("GEO",)
    assert visits[0].target_countries == ("ARM",)
    assert len(visits[0].evidence) >= 2
    assert {e.field for e in visits[0].evidence} == {"title", "text"}
    assert visits[0].date is not None
    assert visits[0].date.start == "2024-05-14"


@pytest.mark.model
def test_a_deed_ahead_is_planned_and_one_long_ago_is_past(reading: Reading) -> None:
    assert any(e.status == "planned" and e.source_countries == ("ARM",) for e in told(reading, "CONSULT"))
    assert [e.date.start[:4] for e in told(reading, "ASSAULT") if e.past and e.date] == ["2020"]


@pytest.mark.model
def test_the_deed_keeps_its_own_date_and_reporter(reading: Reading) -> None:
    shelled = next(e for e in told(reading, "ASSAULT") if e.mode == "heavy-weapons")
    assert shelled.date is not None
    assert shelled.date.start == "2024-04-12"
    assert shelled.target_countries == ("ARM",)
    reported = next(e for e in told(reading, "ASSAULT") if e.trigger.text == "abducted")
    assert reported.quote == reading.quotes[0].id


@pytest.mark.model
def test_offsets_tell_the_truth_and_sides_are_actors(reading: Reading) -> None:
    known = {actor.id for actor in reading.actors}
    fields = {"title": DISPATCH.title or "", "text": DISPATCH.text}
    for event in reading.events:
        for piece in (event.span, event.trigger, *event.evidence):
            assert fields[piece.field][piece.start : piece.end] == piece.text
            assert len(piece.text) <= 300
        assert event.sources or event.targets
        assert set(event.sources) | set(event.targets) <= known
        assert event.span.start <= event.trigger.start
        assert event.trigger.end <= event.span.end
        assert 0 < event.confidence <= 1


@pytest.mark.model
def test_the_same_text_gives_the_same_records(reader: Reader, reading: Reading) -> None:
    again = next(iter(reader.read([replace(DISPATCH)])))
    assert again.events == reading.events
    assert len({event.id for event in again.events}) == len(again.events)


@pytest.mark.model
@pytest.mark.parametrize(
    ("title", "rows"),
    [("Erdogan meets Mitsotakis", 1), ("Erdogan and Mitsotakis meet", 2), ("Mitsotakis and Erdogan meet", 2)],
)
def test_a_meeting_told_from_either_side_is_one_deed(reader: Reader, title: str, rows: int) -> None:
    text = "Turkish President Recep Tayyip Erdogan met Greek Prime Minister Kyriakos Mitsotakis in Lisbon on Tuesday."
    article = Article(id="case", title=title, text=text, published="2024-05-10")
    events = next(iter(reader.read([article]))).events
    assert [e.type for e in events] == ["CONSULT"] * rows
    assert all(len(e.evidence) == 2 for e in events)


@pytest.mark.model
def test_a_deed_that_only_says_who_is_meant_is_past(reader: Reader) -> None:
    text = "Norway evacuated Chileans who helped the Norwegian army."
    (reading,) = reader.read([Article(id="a", text=text, published="2024-05-10")])
    assert [(event.trigger.text, event.past) for event in reading.events] == [("evacuated", False), ("helped", True)]


@pytest.mark.model
@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("from June 6 to June 13", "2024-06-06", "2024-06-13"),
        ("on June 6-13", "2024-06-06", "2024-06-13"),
        ("between June 6 and 13", "2024-06-06", "2024-06-13"),
        ("on June 6", "2024-06-06", "2024-06-06"),
    ],
)
def test_a_range_of_days_is_one_date(reader: Reader, when: str, start: str, end: str) -> None:
    text = f"The Kenyan foreign minister will visit Uganda {when}."
    (reading,) = reader.read([Article(id="a", text=text, published="2024-05-10")])
    (date,) = (event.date for event in reading.events)
    assert date is not None
    assert (date.start, date.end) == (start, end)
    assert date.text in text


@pytest.mark.model
@pytest.mark.parametrize("dash", [" - ", " — ", " (Nordic Wire) - "])
def test_a_dateline_lends_nobody_its_country(reader: Reader, dash: str) -> None:
    text = f"HELSINKI{dash}Norwegian Foreign Minister Anna Berg met her Kenyan counterpart on Monday."
    (reading,) = reader.read([Article(id="a", text=text, published="2024-05-10")])
    assert [event.source_countries for event in reading.events] == [("NOR",)]


@pytest.mark.model
def test_the_first_to_visit_may_be_about_to(reader: Reader) -> None:
    text = (
        "Kenyan President Peter Odhiambo will visit Somalia on Thursday. Kenya and Somalia held talks in June. "
        "“Peter Odhiambo is the first leader to visit Somalia since the drought,” an envoy said."
    )
    (reading,) = reader.read([Article(id="a", text=text, published="2024-08-13")])
    visits = [event for event in reading.events if event.mode == "visit"]
    assert [(event.status, event.date and event.date.start) for event in visits] == [("planned", "2024-08-15")]
