"""Who promised what."""

from __future__ import annotations

import pytest

from detente.reading.reader import Reader
from detente.records import Article, Commitment

TABLE = [
    ("Norway pledged to rebuild the bridge by 2026.", "NOR", "rebuild the bridge"),
    ("“We are dedicated to opening the archives,” said Moldovan President Maia Sandu.", "MDA", "opening the archives"),
    ("The Kenyan government promised that it would publish the accounts.", "KEN", "publish the accounts"),
    ("Chile is working on a plan to protect the glaciers.", "CHL", "a plan"),
]


def promises(reader: Reader, text: str) -> tuple[Commitment, ...]:
    reading = next(iter(reader.read([Article(id="case", text=text, published="2024-05-10")])))
    countries = {actor.id: actor.country for actor in reading.actors}
    assert all(reading.article.text[c.start : c.end] == c.text for c in reading.commitments)
    assert all(c.by in countries for c in reading.commitments)
    return reading.commitments


@pytest.mark.model
@pytest.mark.parametrize(("text", "country", "words"), TABLE, ids=[row[1] for row in TABLE])
def test_a_promise_names_who_gave_it(reader: Reader, text: str, country: str, words: str) -> None:
    reading = next(iter(reader.read([Article(id="case", text=text, published="2024-05-10")])))
    home = {actor.id: actor.country for actor in reading.actors}
    assert any(home[c.by] == country and words in c.text for c in promises(reader, text))


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Norway did not pledge to rebuild the bridge.",
        "Norway rebuilt the bridge.",
        "The promise was broken in Peru.",
    ],
)
def test_no_promise(reader: Reader, text: str) -> None:
    assert not promises(reader, text)


@pytest.mark.model
def test_the_time_set_for_it(reader: Reader) -> None:
    (promise,) = promises(reader, "Norway pledged to rebuild the bridge by 2026.")
    assert promise.due is not None
    assert promise.due.start[:4] == "2026"
