"""Records as an observatory gives them back: with the article they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from detente.records import Actor, Article, Event, EventVerdict, Failure, Quote


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
class Report:
    """An article that tells an event, by its outlet and day, and the id that the event has there."""

    article: str
    source: str | None
    published: str | None
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEvent(StoredEvent):
    """One real event, in the words of the first article that tells it.

    origin: id of that article's story. reports: every article that tells it. outlets: theirs, without repetition.
    origins: the stories they belong to, an agency's name standing for all that credit it: as many independent witnesses.
    aside: told by a copy alone, in words that its story's first article has, too, or in nothing but a headline: as a rule a
    slip of the reader. Given only where that copy is asked for. verdict: of somebody who holds it to be wrong; given only
    where such events are asked for.
    """

    reports: tuple[Report, ...]
    outlets: tuple[str, ...]
    origins: tuple[str, ...]
    aside: bool = False
    verdict: EventVerdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """An article of a story."""

    id: str
    source: str | None
    published: str | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStory:
    """Articles that copy one text.

    first, last: days of publication (ISO), None when unknown. agency: the one that its articles credit, None for none or
    several. articles: the first first: of the earliest day the longest.
    """

    id: str
    first: str | None
    last: str | None
    agency: str | None
    articles: tuple[StoryArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """An article without its words. sketch: what finds its copies, None in segments that were written without."""

    article: str
    day: date | None
    source: str | None
    published: str | None
    title: str | None
    sketch: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTelling:
    """An event as one article tells it, as far as it takes to find the other articles that tell it.

    doers, others: countries, else ids of actors that hold in every article. first, last: days named in the text.
    place: a town or point, by a name that holds in every article. words: of each telling.
    """

    article: str
    event: str
    type: str
    status: str
    past: bool
    mode: str | None
    asked: tuple[str, str | None] | None
    doers: tuple[str, ...]
    others: tuple[str, ...]
    first: date | None
    last: date | None
    place: str | None
    headline: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedKeys:
    """Events that several places tell, column by column: each one's article and id, the number of the real event, its
    place among the tellings of that, and whether it is set aside (given only where its article is asked for)."""

    articles: Sequence[str] = ()
    events: Sequence[str] = ()
    numbers: Sequence[int] = ()
    places: Sequence[int] = ()
    aside: Sequence[bool] = ()

    def parameters(self) -> dict[str, Sequence[object]]:
        """The parameters joined_* of a statement."""
        return {f"joined_{field.name}": getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSums:
    """What was done between countries a and b in one period, each deed once.

    day: the first of the period. events: their number. total, squares: sums of their intensities and of the squares.
    conflict, cooperation: how many are material conflict, material cooperation. origins: articles that tell them.
    """

    a: str
    b: str
    day: date
    events: int
    total: float
    squares: float
    conflict: int
    cooperation: int
    origins: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a search found. kind: article, event, quote. id: of that record; article: of the one it stands in. text: the
    words around the first one that was searched for.
    """

    kind: str
    id: str
    article: str
    text: str
    source: str | None
    published: str | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place that articles name. articles: how many do. events: that happened there. For the rest, see `Place`."""

    name: str
    kind: str
    precision: str
    country: str | None
    latitude: float
    longitude: float
    geonames_id: int | None
    articles: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """How two actors (ISO alpha-3, or the id of an organisation; a before b) deal with each other: numbers of events."""

    a: str
    b: str
    events: int
    cooperation: int
    conflict: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """What was read of an outlet (None: of articles that name none). first, last: days of publication (ISO)."""

    source: str | None
    articles: int
    events: int
    quotes: int
    first: str | None
    last: str | None
