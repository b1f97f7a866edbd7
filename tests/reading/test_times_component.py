"""The component alone: what it promises of every text, anchored or not."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from detente.errors import TableError
from detente.ontology import read_table
from detente.reading.marks import Context, TimeMark, declare
from detente.reading.times.component import RULES, Times
from detente.reading.times.lexicon import lexicon
from detente.reading.times.patterns import patterns
from detente.reading.times.values import bounds, is_value

DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.fixture(scope="module")
def blank() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("detente_times")
    return pipeline


declare()
BLANK = spacy.blank("en")
TIMES = Times()
PIECES = [phrase for first, rows in lexicon().phrases.items() for p in rows for phrase in [" ".join((first, *p.rest))]]
PIECES += [
    "14",
    "31",
    "1999",
    "2020",
    "30",
    "3-5",
    "10:35",
    "p.m.",
    "44",
    "BC",
    ",",
    ".",
    "-",
    "of",
    "the",
    "in",
    "on",
    "May",
    "March",
]
PIECES += [
    "Monday",
    "ago",
    "later",
    "'92",
    "1941-42",
    "1990s",
    "25/06/2020",
    "9/9/99",
    "99.99.9999",
    "0000",
    "2021-02-30",
    "7:30pm",
    "Q3",
]
PIECES += [
    "9999999999",
    "1e9",
    "½",
    "²",
    "٣",
    "twenty",
    "hundred",
    "a",
    "dozen",
    "week",
    "troops",
    "\n\n",
    "  ",
    "“",
    "’",
    "😀",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=60)


def marks(text: str, published: date | None) -> tuple[Doc, tuple[TimeMark, ...]]:
    doc = BLANK.make_doc(text)
    doc._.detente_context = Context(published=published)
    return doc, TIMES(doc)._.detente_times


@given(TEXTS, DAYS)
def test_it_never_raises_and_its_offsets_tell_the_truth(text: str, published: date | None) -> None:
    doc, found = marks(text, published)
    end = 0
    for mark in found:
        assert end <= mark.start < mark.end <= len(doc.text)
        assert doc.text[mark.start : mark.end].strip() == doc.text[mark.start : mark.end] != ""
        end = mark.end


@given(TEXTS, DAYS)
def test_values_types_and_days_agree(text: str, published: date | None) -> None:
    _, found = marks(text, published)
    for mark in found:
        assert is_value(mark.value), mark
        assert mark.type in ("DATE", "TIME", "DURATION", "SET")
        days = bounds(mark.value) if mark.type in ("DATE", "TIME") else None
        assert (mark.begin, mark.finish) == (tuple(d.isoformat() for d in days) if days else (None, None))
        assert mark.rule.partition("+")[0] in RULES


RELATIVE = [
    "yesterday",
    "this week",
    "last month",
    "next year",
    "on Thursday",
    "last Friday",
    "in June",
    "two days ago",
    "tonight",
]
RELATIVE += [
    "the weekend",
    "this morning",
    "last summer",
    "at Easter",
    "the next day",
    "later this year",
    "June 5",
    "a year earlier",
]


@pytest.mark.parametrize("words", RELATIVE)
def test_without_an_anchor_no_day_is_invented(words: str) -> None:
    _, found = marks(f"They met {words}.", None)
    assert len(found) == 1
    assert "X" in found[0].value
    assert (found[0].begin, found[0].finish, found[0].anchor) == (None, None, None)


@pytest.mark.parametrize("words", ["yesterday", "this week", "last month", "on Thursday", "two days ago"])
@given(published=st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_what_is_past_begins_by_the_day_of_publication(words: str, published: date) -> None:
    _, found = marks(f"They had met {words}.", published)
    assert found[0].anchor == published.isoformat()
    assert found[0].begin is not None
    assert 0 <= (published - date.fromisoformat(found[0].begin)).days <= 366


def test_the_words_before_and_after_a_title_are_its_own(blank: Language) -> None:
    doc = blank("Talks resume Monday\n\nOn 3 May 2019 they met.")
    assert [doc.text[t.start : t.end] for t in doc._.detente_times] == ["Monday", "3 May 2019"]


def test_every_rule_of_the_patterns_has_its_function() -> None:
    rules = {row["rule"] for _, row in read_table("detente.reading.times", "patterns.tsv", ("rule", "pattern"))}
    assert rules - {"name"} == set(RULES)


def test_every_label_of_the_patterns_is_known() -> None:
    words = {p.label for rows in lexicon().phrases.values() for p in rows}
    digits = {
        "YEAR",
        "DAY",
        "TWO",
        "DAYTH",
        "ORD",
        "DECADE",
        "CLOCK",
        "DOTTED",
        "MILITARY",
        "CLOCKPM",
        "SPAN",
        "NDATE",
        "ISO",
    }
    digits |= {"MODYEAR", "MODDECADE", "QUARTERNO", "HALFNO", "SHORT", "SHORTDECADE", "NUM", "GLUED"}
    for line, row in read_table("detente.reading.times", "patterns.tsv", ("rule", "pattern")):
        for item in row["pattern"].split():
            for option in item.removesuffix("?").split("|"):
                label = option.partition("=")[0]
                assert not label[:1].isupper() or label in words | digits, f"line {line}: {label}"


def test_the_lexicon_says_which_line_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(7, {"phrase": "june", "label": "MONTH", "value": "6", "case": "upper"})]
    monkeypatch.setattr("detente.reading.times.lexicon.read_table", lambda *_: iter(rows))
    lexicon.cache_clear()
    with pytest.raises(TableError, match=r"words.tsv:7"):
        lexicon()
    lexicon.cache_clear()


def test_the_patterns_are_compiled_once() -> None:
    assert patterns() is patterns()
