"""The reader's border: every article gives one reading, whatever it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.reading import reader as module
from detente.reading.reader import Reader
from detente.records import Article, Reading

pytestmark = pytest.mark.model

DISPATCH = (
    "Kenya sent two hundred police officers to Haiti on Monday. President William Ruto said that the officers will "
    "support the Haitian police.\n\nThe Haitian government thanked Kenya. Uganda condemned an attack on its embassy in Juba."
)


def read(reader: Reader, **fields: str | None) -> Reading:
    (reading,) = reader.read([Article(**({"id": "a", "text": DISPATCH} | fields))])  # type: ignore[arg-type]
    return reading


def spans(reading: Reading) -> list[tuple[str, int, int, str]]:
    found = [(m.field, m.start, m.end, m.text) for a in reading.actors for m in a.mentions]
    found += [(e.field, e.start, e.end, e.text) for v in reading.events for e in (*v.evidence, v.span, v.trigger)]
    for kind in (reading.quotes, reading.places, reading.times, reading.commitments):
        found += [(r.field, r.start, r.end, r.text) for r in kind]
    return found


@pytest.mark.parametrize("title", [None, "Kenyan police arrive in Haiti", "Ruto: “we keep our word”"])
def test_every_span_is_its_text(reader: Reader, title: str | None) -> None:
    reading = read(reader, title=title, published="2024-06-26")
    assert spans(reading)
    for field, start, end, text in spans(reading):
        assert getattr(reading.article, field)[start:end] == text


def test_the_same_article_gives_the_same_bytes(reader: Reader) -> None:
    assert read(reader, published="2024-06-26") == read(reader, published="2024-06-26")


def test_another_language_is_kept_and_not_coded(reader: Reader) -> None:
    reading = read(reader, text="Le Kenya a envoyé des policiers en Haïti.", language="fr")
    assert [f.stage for f in reading.failures] == ["language"]
    assert not reading.events
    assert not reading.actors


@pytest.mark.parametrize("language", ["en", "en-GB", "EN", None])
def test_english_by_any_name_is_coded(reader: Reader, language: str | None) -> None:
    assert not read(reader, language=language).failures


def test_an_empty_article_says_so(reader: Reader) -> None:
    assert "nothing to read" in read(reader, text=" \n\n ").failures[0].reason


def test_one_bad_article_does_not_take_its_batch_along(reader: Reader) -> None:
    good = Article(id="good", text=DISPATCH)
    bad = replace(good, id="bad", published="the other day")
    readings = list(reader.read([good, bad, replace(good, id="also good")]))
    assert [r.article.id for r in readings] == ["good", "bad", "also good"]
    assert [len(r.failures) for r in readings] == [0, 1, 0]
    assert readings[1].failures[0].stage == "reading"


def test_a_long_text_is_read_whole_in_parts(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article(id="long", text="\n\n".join([DISPATCH] * 6), title="Kenyan police arrive", published="2024-06-26")
    monkeypatch.setattr(module, "LONGEST", 300)
    (reading,) = reader.read([article])
    assert not reading.failures
    for field, start, end, text in spans(reading):
        assert getattr(article, field)[start:end] == text
    assert len([a for a in reading.actors if a.country == "KEN" and a.kind == "country"]) == 1
    ids = {a.id for a in reading.actors}
    assert {i for e in reading.events for i in (*e.sources, *e.targets)} <= ids
    assert all(e.place is None or e.place < len(reading.places) for e in reading.events)
    assert max(p.start for p in reading.places) > len(DISPATCH) * 4


@pytest.mark.parametrize("text", ["\x00\x01", "“", "'" * 500, "\n" * 300, "a" * 3000, "— " * 100, "🕊️ détente\u2028now"])
def test_odd_texts_are_read_without_a_failure_of_ours(reader: Reader, text: str) -> None:
    reading = read(reader, text=text, title=text, published="2024-06-26")
    assert [f for f in reading.failures if "broke" in f.reason] == []


def test_what_occurred_this_year_did_so_by_the_day_of_publication(reader: Reader) -> None:
    reading = read(reader, text="Chile expelled four Bolivian diplomats this year.", published="2023-05-09")
    assert [(e.date.start, e.date.end) for e in reading.events if e.date] == [("2023-01-01", "2023-05-09")]
    reading = read(reader, text="Chile will expel four Bolivian diplomats this year.", published="2023-05-09")
    assert [(e.date.start, e.date.end) for e in reading.events if e.date] == [("2023-01-01", "2023-12-31")]
