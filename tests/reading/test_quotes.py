"""Cases of quotations: text in, quotations out; and texts at random, which must never break the component."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.reading.marks import register_of
from detente.records import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from detente.reading.reader import Reader

CASES = [
    json.loads(line) for line in (Path(__file__).parents[1] / "cases" / "quotes.jsonl").read_text("utf8").splitlines()
]

pytestmark = pytest.mark.model


def read(nlp: Language, text: str) -> Doc:
    return nlp(text, disable=["detente_events"])


def shown(doc: Doc) -> list[dict[str, Any]]:
    register, text = register_of(doc), doc.text
    rows = []
    for mark in doc._.detente_quotes:
        spans = [text[start:end] for start, end in mark.spans]
        mention, cue = mark.speaker_mention, mark.cue
        rows.append(
            {
                "text": spans if len(spans) > 1 else spans[0],
                "kind": mark.kind,
                "manner": mark.manner,
                "cue": text[cue.start : cue.end] if cue else None,
                "mention": text[mention.start : mention.end] if mention else None,
                "speaker": None if mark.speaker is None else register[mark.speaker].name,
            }
        )
    return rows


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(nlp: Language, case: dict[str, Any]) -> None:
    assert shown(read(nlp, case["text"])) == case["quotes"]


def test_addressee(nlp: Language) -> None:
    doc = read(nlp, "The dam will be finished in May, Leena Varga told The Courier.")
    (mark,) = doc._.detente_quotes
    assert mark.addressee is not None
    assert "Courier" in register_of(doc)[mark.addressee].name


def test_floating_is_inferred(nlp: Language) -> None:
    doc = read(nlp, "“We are ready,” Leena Varga said.\n\n“Nobody has asked us to leave the harbour.”")
    assert [mark.inferred for mark in doc._.detente_quotes] == [False, True]


def test_anonymous_speaker_is_one_actor(nlp: Language) -> None:
    doc = read(nlp, "The war will end, experts say. The price of bread will fall, experts say.")
    first, second = doc._.detente_quotes
    assert first.speaker == second.speaker is not None
    assert register_of(doc)[first.speaker].kind == "group"


TROUBLE = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                "“",
                "”",
                "‘",
                "’",
                '"',
                "'",
                "''",
                "«",
                "»",
                "„",
                "``",
                "\n\n",
                "\n",
                ",",
                ".",
                ":",
                "—",
                "\x00",
                "\u200b",
                "\xa0",
            ]
        ),
        st.sampled_from(
            [
                " she said",
                " said ",
                " told Ada Berg",
                " that ",
                " according to ",
                " Ada Berg",
                "The ministry ",
                " adding ",
                "A: ",
            ]
        ),
    ),
    max_size=25,
).map("".join)


@given(TROUBLE)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read(reader: Reader, text: str) -> None:
    (reading,) = reader.read([Article(id="x", text=text)])
    assert not [f for f in reading.failures if "broke" in f.reason]
    assert len({quote.id for quote in reading.quotes}) == len(reading.quotes)
    for quote in reading.quotes:
        assert reading.article.text[quote.start : quote.end] == quote.text
        assert all(quote.start <= start < end <= quote.end for start, end in quote.spans)
        for evidence in (quote.cue, quote.speaker_mention):
            assert evidence is None or reading.article.text[evidence.start : evidence.end] == evidence.text
        assert quote.speaker is None or quote.speaker in {actor.id for actor in reading.actors}
