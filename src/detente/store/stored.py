"""Records as an observatory gives them back: with the article they stand in."""

from __future__ import annotations

from dataclasses import dataclass

from detente.records import Actor, Article, Event, Failure, Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article, the revision of it that is current, and what it was read with."""

    article: Article
    revision: str
    coder: str
    knowledge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredActor:
    """An actor of one article."""

    actor: Actor
    article: str
    source: str | None
    published: str | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An actor of one article, with what it did there.

    actor: with its mentions where the article states its role, else without. day: of publication. sources, targets: events
    in which it is one. quotes: that it spoke.
    """

    actor: Actor
    article: str
    day: str | None
    sources: int
    targets: int
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event with its article's id, outlet, publication and title.

    sentence: the words around the event's span. origin: a hash of the article's title and text: verbatim copies share it.
    """

    event: Event
    article: str
    source: str | None
    published: str | None
    title: str | None
    sentence: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredQuote:
    """A quotation with its article's id, outlet, publication and title, and its speaker's record."""

    quote: Quote
    speaker: Actor | None
    article: str
    source: str | None
    published: str | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFailure:
    """What could not be read, of which article (or input that gave none)."""

    failure: Failure
    article: str
