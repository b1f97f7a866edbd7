"""What this room needs of stored events, promises and quotations, wherever they are kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from detente.briefs.records import Cited, Said
from detente.records import Actor, Commitment, Event, Quote

_APART = frozenset({"REB", "UAF", "CRM", "MED", "JRN"})
_SENTENCES = re.compile(r"(?<![A-Z]\.)(?<=[.!?;])[\"'”’)]*\s+")
_WHOLE = 300  # characters up to which a quotation is shown whole


class Printed(Protocol):
    """Words in an article."""

    @property
    def article(self) -> str:
        """Id of the article."""
        ...

    @property
    def source(self) -> str | None:
        """The outlet."""
        ...

    @property
    def published(self) -> str | None:
        """When: ISO 8601."""
        ...

    @property
    def title(self) -> str | None:
        """The headline."""
        ...

    @property
    def sentence(self) -> str:
        """The words themselves, with what stands around them."""
        ...


class Told(Printed, Protocol):
    """An event as it was told."""

    @property
    def event(self) -> Event:
        """The event itself."""
        ...

    @property
    def origins(self) -> tuple[str, ...]:
        """The independent origins of its tellings."""
        ...


class Promised(Printed, Protocol):
    """A promise as it was told."""

    @property
    def commitment(self) -> Commitment:
        """The promise itself."""
        ...

    @property
    def by(self) -> Actor | None:
        """Who gives it."""
        ...

    @property
    def to(self) -> tuple[Actor, ...]:
        """To whom."""
        ...

    @property
    def named(self) -> tuple[str, ...]:
        """The countries that its words name."""
        ...

    @property
    def deeds(self) -> tuple[Event, ...]:
        """The events told in its words."""
        ...

    @property
    def origin(self) -> str:
        """The same for all promises of one story."""
        ...


class Saying(Printed, Protocol):
    """A quotation as it was printed."""

    @property
    def quote(self) -> Quote:
        """The quotation itself."""
        ...

    @property
    def speaker(self) -> Actor:
        """Who said it."""
        ...

    @property
    def named(self) -> tuple[str, ...]:
        """The countries that its words name, the speaker's own aside."""
        ...

    @property
    def deeds(self) -> tuple[Event, ...]:
        """The events that it tells, or that tell it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known beside the events.

    actors: by article and id. towns: where an event took place (GeoNames id, else name) and in which country, by article and
    event. urls: of articles.
    """

    actors: Mapping[tuple[str, str], Actor] = field(default_factory=dict)
    towns: Mapping[tuple[str, str], tuple[str, str | None]] = field(default_factory=dict)
    urls: Mapping[str, str] = field(default_factory=dict)


def home_of(actor: Actor) -> str:
    """The country that an actor may be counted to, else the actor itself: rebels, criminals and the press stand for no country."""
    return actor.id if actor.country is None or _APART & set(actor.sectors) else actor.country


def cited(told: Printed, urls: Mapping[str, str]) -> Cited:
    """Where it stands."""
    return Cited(
        sentence=told.sentence,
        article=told.article,
        source=told.source,
        published=told.published[:10] if told.published else None,
        title=told.title,
        url=urls.get(told.article),
    )


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, white space made single."""
    return _SENTENCES.split(" ".join(text.split()))


def pieces_of(text: str) -> list[str]:
    """A quotation whole, or sentence by sentence where it is a long answer about many things."""
    return [text] if len(text) <= _WHOLE else sentences_of(text)


def said_of(saying: Saying, urls: Mapping[str, str], text: str = "") -> Said:
    """The quotation with its speaker and the countries that it is about. text: the piece of it that matters, "" for all."""
    speaker = saying.speaker
    return Said(
        id=saying.quote.id,
        text=text or saying.quote.text,
        kind=saying.quote.kind,
        speaker=speaker.name,
        role=speaker.role,
        country=speaker.country,
        about=saying.named,
        words=cited(saying, urls),
    )


def printed_on(told: Printed) -> date | None:
    """The day of publication; None when it is unknown."""
    try:
        return date.fromisoformat(told.published[:10]) if told.published else None
    except ValueError:
        return None


def days_of(event: Event) -> tuple[date, date] | None:
    """The days that the text names for an event, first and last; None when it names none."""
    if event.date is None:
        return None
    first, last = date.fromisoformat(event.date.start), date.fromisoformat(event.date.end)
    return (first, last) if first <= last else None
