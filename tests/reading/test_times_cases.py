"""Sentence in, time expressions out: tests/cases/times.jsonl. Cases that need grammar run with the trained pipeline."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from detente.reading.marks import Context

CASES = [json.loads(line) for line in (Path(__file__).parents[1] / "cases/times.jsonl").read_text("utf8").splitlines()]
PLAIN = [case for case in CASES if not case["parsed"]]
PARSED = [case for case in CASES if case["parsed"]]


@pytest.fixture(scope="module")
def blank() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("detente_times")
    return pipeline


def told(pipeline: Language, case: dict[str, Any]) -> list[list[str]]:
    doc = pipeline.make_doc(case["text"])
    published = case["published"]
    doc._.detente_context = Context(published=date.fromisoformat(published) if published else None)
    doc = pipeline(doc)
    return [[doc.text[t.start : t.end], t.type, t.value] for t in doc._.detente_times]


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case["text"][:50])
def test_without_a_trained_pipeline(blank: Language, case: dict[str, Any]) -> None:
    assert told(blank, case) == case["times"]


@pytest.mark.model
@pytest.mark.parametrize("case", PARSED, ids=lambda case: case["text"][:50])
def test_with_grammar(nlp: Language, case: dict[str, Any]) -> None:
    assert told(nlp, case) == case["times"]
