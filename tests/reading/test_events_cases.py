"""Sentence in, events out: every case of tests/cases/events*.jsonl."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.reading.reader import Reader
from detente.records import Article, Event

CASES = [
    json.loads(line)
    for path in sorted((Path(__file__).parents[1] / "cases").glob("events*.jsonl"))
    for line in path.read_text("utf8").splitlines()
]


def read(reader: Reader, case: dict[str, Any]) -> tuple[Event, ...]:
    article = Article(id="case", text=case["text"], title=case.get("title"), published=case.get("published"))
    return next(iter(reader.read([article]))).events


def answers(event: Event, want: dict[str, Any]) -> bool:
    if (event.type, event.status) != (want["type"], want["status"]):
        return False
    if want.get("asked") is not None and (event.asked is None or event.asked.type != want["asked"]):
        return False
    sides = ((want.get("sources"), event.source_countries), (want.get("targets"), event.target_countries))
    return all(wanted is None or set(wanted) == set(given) for wanted, given in sides)


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_case(frames: Reader, case: dict[str, Any]) -> None:
    events = read(frames, case)
    told = [(e.type, e.source_countries, e.target_countries, e.status, e.rule) for e in events]
    for want in case["events"]:
        assert any(answers(e, want) for e in events), (want, told)
    assert not {e.type for e in events if e.status != "denied"} & set(case.get("none", ())), told
    if case.get("only"):
        assert all(any(answers(e, want) for want in case["events"]) for e in events), told


def test_every_case_can_fail() -> None:
    assert not [case["text"] for case in CASES if not (case["events"] or case.get("none") or case.get("only"))]


@pytest.mark.model
def test_a_torn_clause_keeps_its_own_subject(frames: Reader) -> None:
    article = Article(
        id="case", text="Jens Holt became the leader of Norway's Labour Party after Anna Berg stepped down in July."
    )
    reading = next(iter(frames.read([article])))
    (event,) = reading.events
    names = {actor.id: actor.name for actor in reading.actors}
    assert [names[i] for i in event.sources] == ["Anna Berg"]
