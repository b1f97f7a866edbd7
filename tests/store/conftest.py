"""Readings by the handful, and an empty store to put them in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from detente.records import Actor, Article, Event, Evidence, Quote, Reading
from detente.store import Store

type Make = Callable[..., Reading]


@pytest.fixture
def make() -> Make:
    return reading


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "observatory")


def reading(id: str, text: str | None = None, published: str | None = "2021-03-04") -> Reading:
    """Norway praises Finland, and its minister says a word."""
    text = text or f"Norway praised Finland in note {id}. “We are glad,” said Kari Moen."
    article = Article(id=id, text=text, title="A note from Oslo", published=published, source="Fjord Post")
    words = Evidence(start=0, end=14, text=text[:14])
    trigger = Evidence(start=7, end=14, text=text[7:14])
    event = Event(
        id=f"event-{id}",
        type="SUPPORT",
        span=words,
        trigger=trigger,
        evidence=(words,),
        rule="praise",
        coder="test-1",
        knowledge="k1",
        intensity=5.0,
        sources=("NOR",),
        targets=("FIN",),
        source_countries=("NOR",),
        target_countries=("FIN",),
    )
    speaker = Actor(id=f"moen-{id}", name="Kari Moen", kind="person", country="NOR", role="minister")
    quote = Quote(id=f"quote-{id}", start=0, end=6, text=text[:6], spans=((0, 6),), kind="direct", speaker=speaker.id)
    norway = Actor(id="NOR", name="Norway", kind="country", country="NOR")
    return Reading(article=article, actors=(norway, speaker), events=(event,), quotes=(quote,))
