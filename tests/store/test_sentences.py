"""The sentence around a span."""

from __future__ import annotations

import pytest

from detente.store.sentences import LONGEST, sentence_around, sentence_number

TEXT = (
    "Dr. Ilmari Aho met U.S. envoys in Oslo on Jan. 4. “We gave way,” he said. “They did not.” "
    "Then Norway\nraised tariffs by 4.5 percent!\n\nNo comment came from Helsinki"
)


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ("met", "Dr. Ilmari Aho met U.S. envoys in Oslo on Jan. 4."),
        ("gave way", "“We gave way,” he said."),
        ("They did", "“They did not.”"),
        ("raised", "Then Norway raised tariffs by 4.5 percent!"),
        ("comment", "No comment came from Helsinki"),
        ("he said. “They", "“We gave way,” he said. “They did not.”"),
    ],
)
def test_the_sentence_that_holds_the_words(span: str, sentence: str) -> None:
    start = TEXT.index(span)
    assert sentence_around(TEXT, start, start + len(span)) == sentence


def test_a_sentence_without_end_is_cut_around_the_words() -> None:
    text = "and " * 2000 + "Norway praised Finland" + " and on" * 2000
    found = sentence_around(text, 8000, 8022)
    assert "Norway praised Finland" in found
    assert len(found) <= LONGEST + 4
    assert found.startswith("… ")
    assert found.endswith(" …")


def test_a_dateline_is_no_part_of_the_sentence() -> None:
    text = "OSLO, May 4 (Fjord Post) – Norway praised Finland."
    assert sentence_around(text, 34, 41, lead=len("OSLO, May 4 (Fjord Post)")) == "Norway praised Finland."
    assert sentence_around(text, 0, 4, lead=len("OSLO, May 4 (Fjord Post)")) == text


def test_sentences_are_counted_from_one() -> None:
    text = "Mr. Dahl met Mr. Aalto. They spoke of fish! “Good.” Then\n\nA new paragraph began."
    numbers = {
        word: sentence_number(text, text.index(word)) for word in ("Mr. Aalto", "They", "Good", "Then", "paragraph")
    }
    assert numbers == {"Mr. Aalto": 1, "They": 2, "Good": 3, "Then": 4, "paragraph": 5}
