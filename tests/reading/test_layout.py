"""Paragraphs begin sentences, and nothing else is decided before the parser."""

from __future__ import annotations

import pytest
import spacy

from detente.reading.layout import Layout
from detente.reading.marks import Context, declare


@pytest.mark.parametrize(
    ("text", "dateline_end", "starts"),
    [
        ("Envoys leave Minsk\n\nLatvia recalled two envoys.\n\nThey flew home.", 0, ["Latvia", "They"]),
        ("One line\nand another", 0, []),
        ("RIGA — Latvia recalled two envoys.", 7, ["Latvia"]),
        ("", 0, []),
        ("\n\n", 0, []),
    ],
)
def test_sentence_starts(text: str, dateline_end: int, starts: list[str]) -> None:
    declare()
    doc = spacy.blank("en")(text)
    doc._.detente_context = Context(dateline_end=dateline_end)
    doc = Layout()(doc)
    assert [t.text for t in doc if t.i and t.is_sent_start] == starts


def test_no_sentence_of_one_word_behind_a_start_that_is_set() -> None:
    declare()
    doc = spacy.blank("en")("RIGA — Latvia recalled two envoys.\n\nThey flew home.\n\nBrussels\n\nThey left.")
    doc._.detente_context = Context(dateline_end=7)
    doc = Layout()(doc)
    assert [t.text for t in doc if t.is_sent_start is False] == ["recalled", "flew", "left"]
