"""The public format, held against real output on the example articles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import jsonschema
import pytest

from detente.observatory import read
from detente.ontology import intensity, plover_type
from detente.reading.reader import Reader
from detente.records import Reading, event_id, from_json, quote_id, to_json
from detente.records.schema import reading_schema

pytestmark = pytest.mark.model
EXAMPLES = Path(__file__).parents[1] / "src/detente/examples"


@pytest.fixture(scope="module")
def readings(reader: Reader) -> list[Reading]:
    return list(read([EXAMPLES], reader=reader))


def test_every_example_is_read(readings: list[Reading]) -> None:
    assert len(readings) == len(list(EXAMPLES.iterdir()))
    assert [r.failures for r in readings if r.failures] == []
    assert all(r.quotes and r.actors for r in readings)


def test_real_output_fits_the_schema_and_comes_back(readings: list[Reading]) -> None:
    validator = jsonschema.Draft202012Validator(reading_schema())
    for reading in readings:
        line = to_json(reading)
        validator.validate(line)
        assert from_json(Reading, line) == reading


def test_every_span_is_its_text(readings: list[Reading]) -> None:
    for reading in readings:
        fields = {"text": reading.article.text, "title": reading.article.title or ""}
        spans = [m for a in reading.actors for m in a.mentions]
        spans += [s for e in reading.events for s in (*e.evidence, e.span, e.trigger)]
        spans += [s for q in reading.quotes for s in (q.cue, q.speaker_mention) if s]
        for span in (*spans, *reading.quotes, *reading.places, *reading.times, *reading.commitments):
            assert fields[span.field][span.start : span.end] == span.text
        for quote in reading.quotes:
            assert (quote.start, quote.end) == (quote.spans[0][0], quote.spans[-1][1])


def test_every_reference_leads_somewhere(readings: list[Reading]) -> None:
    for reading in readings:
        actors = {a.id: a for a in reading.actors}
        quotes = {q.id for q in reading.quotes}
        assert len(actors) == len(reading.actors)
        assert len({e.id for e in reading.events}) == len(reading.events)
        for event in reading.events:
            for side, lands in ((event.sources, event.source_countries), (event.targets, event.target_countries)):
                assert set(lands) == {actors[i].country for i in side} - {None}
            assert event.quote is None or event.quote in quotes
            assert event.place is None or reading.places[event.place]
        assert {i for q in reading.quotes for i in (q.speaker, q.addressee) if i} <= set(actors)
        assert {i for c in reading.commitments for i in (c.by, *c.to)} <= set(actors)


def test_every_derived_field_is_what_it_says(readings: list[Reading]) -> None:
    for reading in readings:
        for event in reading.events:
            assert event.intensity == intensity(event.type, event.mode)
            trigger = event.trigger
            assert event.id == event_id(
                reading.article.id, event.type, event.sources, event.targets, trigger.field, trigger.start, trigger.end
            )
            assert event.plover_type in {plover_type(event.type, event.status, announced=a) for a in (True, False)}
            if event.date:
                assert date.fromisoformat(event.date.start) <= date.fromisoformat(event.date.end)
                assert event.date.text in reading.article.text
        for quote in reading.quotes:
            assert quote.id == quote_id(reading.article.id, quote.field, quote.start, quote.end)


def test_without_a_day_of_publication_no_relative_date_is_made_up(reader: Reader) -> None:
    (reading,) = read([EXAMPLES / "2022-06-02-ministry-release.txt"], reader=reader)
    assert reading.article.published is None
    assert [t.text for t in reading.times if t.begin] == []
    assert "Friday" in [t.text for t in reading.times]
    assert [e.date for e in reading.events if e.date] == []
