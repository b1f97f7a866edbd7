"""Records survive the way to JSON and back, and the schema accepts what they become."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.records import (
    Actor,
    Article,
    Asked,
    Commitment,
    Event,
    Evidence,
    Failure,
    Place,
    Quote,
    Reading,
    Timex,
    When,
    article_id,
    event_id,
    from_json,
    to_json,
)
from detente.records.schema import reading_schema

WORDS = Evidence(start=0, end=5, text="Egypt")
FULL = Reading(
    article=Article(id="x", text="Egypt expelled two envoys.", title="Envoys expelled", published="2019-05-02"),
    actors=(Actor(id="EGY", name="Egypt", kind="country", country="EGY", sectors=("GOV",), mentions=(WORDS,)),),
    events=(
        Event(
            id="e",
            type="SANCTION",
            mode="expel",
            span=WORDS,
            trigger=WORDS,
            evidence=(WORDS, replace(WORDS, field="title")),
            rule="expel",
            coder="c",
            knowledge="k",
            intensity=-5.5,
            asked=Asked(type="RETREAT", mode="withdraw"),
            date=When(start="2019-05-01", end="2019-05-01", text="Wednesday"),
        ),
    ),
    quotes=(Quote(id="q", start=0, end=5, text="Egypt", spans=((0, 2), (3, 5)), kind="direct", cue=WORDS),),
    places=(Place(start=0, end=5, text="Egypt", name="Egypt", kind="country", latitude=26.8, longitude=30.8),),
    times=(Timex(start=0, end=5, text="Egypt", type="DATE", value="2019"),),
    commitments=(Commitment(id="c", by="EGY", start=0, end=5, text="Egypt"),),
    failures=(Failure(stage="reading", reason="none"),),
)


def test_a_full_reading_comes_back_as_it_was() -> None:
    assert from_json(Reading, json.loads(json.dumps(to_json(FULL)))) == FULL


def test_a_full_reading_fits_the_schema() -> None:
    schema = reading_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(to_json(FULL), schema)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("events", 0, "type"), "KINDNESS"),
        (("events", 0, "confidence"), 1.5),
        (("actors", 0, "kind"), "ship"),
        (("schema",), 2),
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_know(path: tuple[str | int, ...], value: object) -> None:
    line = to_json(FULL)
    target = line
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(line, reading_schema())


def test_unknown_keys_are_for_a_later_version() -> None:
    assert from_json(Article, {"id": "x", "text": "y", "mood": "calm"}) == Article(id="x", text="y")


@given(st.text(), st.text(), st.none() | st.text())
def test_any_text_survives(text: str, title: str, source: str | None) -> None:
    article = Article(id="x", text=text, title=title, source=source)
    assert from_json(Article, json.loads(json.dumps(to_json(article)))) == article


def test_the_id_of_an_article_ignores_what_does_not_matter_in_its_address() -> None:
    here = article_id(url="https://News.example:443/a/?utm_source=x&id=3#top", title="a", source=None, text="b")
    assert here == article_id(url="https://news.example/a?id=3", title="other", source="z", text="c")
    assert here != article_id(url="https://news.example/a?id=4", title="a", source=None, text="b")


def test_the_id_of_an_event_ignores_the_order_of_a_side() -> None:
    one = event_id("x", "AID", ["FRA", "DEU"], ["MLI"], "text", 3, 9)
    assert one == event_id("x", "AID", ["DEU", "FRA"], ["MLI"], "text", 3, 9)
    assert one != event_id("x", "AID", ["MLI"], ["FRA", "DEU"], "text", 3, 9)
