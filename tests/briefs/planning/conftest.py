"""Events, promises and quotations as a store gives them, told in a line each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from detente.briefs.agenda import agenda_of
from detente.briefs.calendar import calendar_of
from detente.briefs.commitments import pledges_of
from detente.briefs.concerns import concerns_of
from detente.briefs.printed import Around
from detente.briefs.records import Ahead, Concern, Issue, Pledge
from detente.records import Actor, Asked, Commitment, Event, Evidence, Quote, When, digest


@dataclass(frozen=True, kw_only=True)
class Tale:
    event: Event
    article: str
    published: str | None
    origins: tuple[str, ...]
    source: str | None = "Fjord Post"
    title: str | None = None
    sentence: str = ""


@dataclass(frozen=True, kw_only=True)
class Promise:
    commitment: Commitment
    by: Actor | None
    to: tuple[Actor, ...]
    named: tuple[str, ...]
    deeds: tuple[Event, ...]
    origin: str
    article: str
    published: str | None
    sentence: str
    source: str | None = "Fjord Post"
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class Words:
    quote: Quote
    speaker: Actor
    named: tuple[str, ...]
    deeds: tuple[Event, ...]
    sentence: str
    article: str
    published: str | None
    source: str | None = "Fjord Post"
    title: str | None = None


@dataclass
class World:
    """What the papers tell. A side is countries, people ("Kari Moen/NOR") or groups ("frigates/NOR/MIL"), with "+" between."""

    tales: list[Tale] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    actors: dict[tuple[str, str], Actor] = field(default_factory=dict)
    towns: dict[tuple[str, str], tuple[str, str | None]] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)

    def tell(
        self,
        published: str | None,
        line: str,
        *,
        day: str = "",
        article: str = "",
        cameo: str | None = None,
        rule: str = "verb:meet actor",
        words: str = "",
        town: tuple[str, str | None] | None = None,
        contexts: tuple[str, ...] = (),
        past: bool = False,
        asked: Asked | None = None,
        at: int = 0,
    ) -> Tale:
        """line: "NOR > FIN CONSULT/visit planned". day: 2024-03-07, or 2024-03-01/2024-03-31. at: where its trigger stands."""
        article = article or f"x{len(self.tales)}"
        sides, deed, status = line.rsplit(maxsplit=2)
        type_, _, mode = deed.partition("/")
        doers, others = (self._side(article, side.strip()) for side in sides.split(">"))
        text = words or line
        first, _, last = day.partition("/")
        event = Event(
            id=digest(article, line, at),
            type=type_,
            mode=mode or None,
            cameo=cameo,
            contexts=contexts,
            span=Evidence(start=at, end=at + len(text), text=text),
            trigger=Evidence(start=at, end=at + 3, text=text[:3]),
            evidence=(Evidence(start=at, end=at + len(text), text=text),),
            rule=rule,
            coder="c",
            knowledge="k",
            intensity=2.5,
            sources=tuple(actor.id for actor in doers),
            targets=tuple(actor.id for actor in others),
            source_countries=_countries(doers),
            target_countries=_countries(others),
            status=status,
            past=past,
            asked=asked,
            date=When(start=first, end=last or first, text=day) if day else None,
        )
        tale = Tale(event=event, article=article, published=published, origins=(f"story-{article}",), sentence=text)
        if town:
            self.towns[(article, event.id)] = town
        self.tales.append(tale)
        return tale

    def promise(
        self,
        published: str | None,
        by: str,
        text: str,
        *,
        to: str = "",
        named: tuple[str, ...] = (),
        due: str = "",
        deeds: tuple[Tale, ...] = (),
        article: str = "",
        origin: str = "",
    ) -> Promise:
        article = article or f"p{len(self.promises)}"
        giver = self._side(article, by)
        first, _, last = due.partition("/")
        found = Promise(
            commitment=Commitment(
                id=digest(article, text), by=giver[0].id if giver else "", start=0, end=len(text), text=text,
                due=When(start=first, end=last or first, text=due) if due else None,
            ),
            by=giver[0] if giver else None,
            to=tuple(self._side(article, to)),
            named=named,
            deeds=tuple(tale.event for tale in deeds),
            origin=origin or article,
            article=article,
            published=published,
            sentence=text,
        )  # fmt: skip
        self.promises.append(found)
        return found

    def say(
        self,
        text: str,
        *,
        by: str = "Kari Moen/NOR",
        kind: str = "direct",
        cue: str = "",
        sentence: str = "",
        named: tuple[str, ...] = (),
        deeds: tuple[Tale, ...] = (),
        published: str = "2024-03-04",
        article: str = "",
    ) -> Words:
        article = article or f"q{len(self.words)}"
        found = Words(
            quote=Quote(
                id=digest(article, text), start=0, end=len(text), text=text, spans=((0, len(text)),), kind=kind,
                cue=Evidence(start=0, end=len(cue), text=cue) if cue else None,
            ),
            speaker=self._side(article, by)[0],
            named=named,
            deeds=tuple(tale.event for tale in deeds),
            sentence=sentence or text,
            article=article,
            published=published,
        )  # fmt: skip
        self.words.append(found)
        return found

    @property
    def around(self) -> Around:
        return Around(actors=self.actors, towns=self.towns, urls=self.urls)

    def calendar(self, now: str | None = "2024-12-31", **days: date) -> tuple[Ahead, ...]:
        return calendar_of(self.tales, now=date.fromisoformat(now) if now else None, around=self.around, **days)

    def outcomes(self, now: str = "2024-12-31") -> list[str]:
        return [entry.outcome for entry in self.calendar(now)]

    def pledges(self, now: str | None = "2024-12-31") -> tuple[Pledge, ...]:
        day = date.fromisoformat(now) if now else None
        return pledges_of(self.promises, self.tales, now=day, around=self.around)

    def state(self, now: str = "2024-12-31") -> str:
        (found,) = self.pledges(now)
        return found.state

    def agenda(self) -> tuple[Issue, ...]:
        return agenda_of(self.tales, self.words, "NOR", "FIN", urls=self.urls)

    def concerns(self) -> tuple[Concern, ...]:
        return concerns_of(self.words, urls=self.urls)

    def _side(self, article: str, side: str) -> list[Actor]:
        found = [_actor(article, part.strip()) for part in side.split("+") if part.strip()]
        self.actors |= {(article, actor.id): actor for actor in found}
        return found


def _actor(article: str, text: str) -> Actor:
    name, _, rest = text.partition("/")
    country, _, sector = rest.partition("/")
    if not rest:
        return Actor(id=name, name=name, kind="country", country=name if len(name) == 3 else None)
    kind = "group" if name[0].islower() and sector else "person"
    return Actor(
        id=f"a{digest(article, name)}",
        name=name,
        kind=kind,
        country=country or None,
        sectors=(sector,) if sector else ("GOV",),
        role=None if name[0].isupper() else name,
    )


def _countries(actors: list[Actor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor.country for actor in actors if actor.country))


@pytest.fixture
def world() -> World:
    return World()
