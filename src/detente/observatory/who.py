"""Who is who in an observatory: the actors of all articles joined, with what they did, said, and are said to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.knowledge.countries import fold
from detente.knowledge.own_actors import spelling
from detente.knowledge.spelling import words_of
from detente.records import Actor, Evidence

if TYPE_CHECKING:
    from detente.store import Sighting

type Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What somebody is said to be, and where it stands.

    basis: "stated" (articles say so) or "known" (a dated table does). first, last: days of publication. articles: how many
    say so. evidence: the words of the first of them, None for what is known; article: its id.
    """

    role: str | None
    affiliation: str | None
    basis: str | None
    articles: int
    first: str | None
    last: str | None
    evidence: Evidence | None
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """One actor of the observatory.

    id: the code of a country, the id of an organisation of the tables, None for others. names: other spellings.
    sources, targets: events in which it acted, or was dealt with, itself. quotes: what it said. articles: that name it.
    first, last: the days of publication of the first and the last of these.
    """

    id: str | None
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    names: tuple[str, ...]
    offices: tuple[Office, ...]
    sources: int
    targets: int
    quotes: int
    articles: int
    first: str | None
    last: str | None


def who_is_who(
    sightings: Iterable[Sighting], *, name: str | None = None, country: str | None = None, limit: int | None = None
) -> tuple[Who, ...]:
    """The actors, the busiest first; without a name, only those who spoke, acted or were dealt with.

    One actor: a country; an organisation by its id, else by name and country; a person by full name and country (a person
    of unknown country is the one of that name, when there is one). A bare surname stays within its article.
    """
    found = [_made(sights) for sights in _joined(sightings)]
    if name is not None:
        wanted = _searched(name)
        found = [who for who in found if any(wanted in _searched(n) for n in (who.name, *who.names)) or who.id == name]
    else:
        found = [who for who in found if who.sources or who.targets or who.quotes]
    if country is not None:
        found = [who for who in found if country in (who.country, who.id)]
    found.sort(key=lambda w: (-(w.sources + w.targets + w.quotes), -w.articles, w.name, w.country or ""))
    return tuple(found[:limit])


def _joined(sightings: Iterable[Sighting]) -> list[list[Sighting]]:
    groups: dict[Key, list[Sighting]] = {}
    for sight in sightings:
        key = _key(sight)
        if key:
            groups.setdefault(key, []).append(sight)
    homes: dict[Key, list[Key]] = {}
    for key in groups:
        if key[0] == "person" and key[-1]:
            homes.setdefault(key[:-1], []).append(key)
    for key in [k for k in groups if k[0] == "person" and not k[-1]]:
        if len(home := homes.get(key[:-1], [])) == 1:
            groups[home[0]] += groups.pop(key)
    return list(groups.values())


def _key(sight: Sighting) -> Key:
    """What makes two sightings one actor; empty for a person without a name."""
    actor = sight.actor
    if actor.kind == "country" or actor.id.startswith("org:"):
        return ("id", actor.id)
    if actor.kind != "person":
        return (actor.kind, fold(actor.name), actor.country or "")
    words = words_of(actor.name)
    if not words or actor.name.split()[-1].islower():
        return ()
    if len(words) == 1:
        return ("bare", sight.article, actor.id)
    return ("person", *spelling(words), actor.country or "")


def _made(sights: list[Sighting]) -> Who:
    actors = [sight.actor for sight in sights]
    names = [name for name, _ in Counter(a.name for a in actors).most_common()]
    first = actors[0]
    days = [sight.day for sight in sights if sight.day]
    sectors = Counter(a.sectors for a in actors if a.sectors).most_common(1)
    return Who(
        id=first.id if first.kind == "country" or first.id.startswith("org:") else None,
        name=names[0],
        kind=first.kind,
        country=next((a.country for a in actors if a.country), None),
        sectors=sectors[0][0] if sectors else (),
        names=tuple(names[1:]),
        offices=_offices(sights),
        sources=sum(sight.sources for sight in sights),
        targets=sum(sight.targets for sight in sights),
        quotes=sum(sight.quotes for sight in sights),
        articles=len({sight.article for sight in sights}),
        first=min(days, default=None),
        last=max(days, default=None),
    )


@dataclass(slots=True)
class _Told:
    """The sightings that tell of one office."""

    sights: list[Sighting] = field(default_factory=list)

    def office(self) -> Office:
        first = self.sights[0]
        days = [sight.day for sight in self.sights if sight.day]
        return Office(
            role=first.actor.role,
            affiliation=first.actor.affiliation,
            basis=first.actor.role_basis,
            articles=len({sight.article for sight in self.sights}),
            first=min(days, default=None),
            last=max(days, default=None),
            evidence=_words(first.actor),
            article=first.article,
        )


def _offices(sights: list[Sighting]) -> tuple[Office, ...]:
    """The offices told, the most often told first; stated and known ones apart."""
    told: dict[tuple[str | None, ...], _Told] = {}
    for sight in sights:
        actor = sight.actor
        if actor.role or actor.affiliation:
            key = (fold(actor.role or ""), fold(actor.affiliation or ""), actor.role_basis)
            told.setdefault(key, _Told()).sights.append(sight)
    offices = [one.office() for one in told.values()]
    return tuple(sorted(offices, key=lambda office: (-office.articles, office.first or "")))


def _words(actor: Actor) -> Evidence | None:
    """The mention that holds most words of the role, rather with the name, the shortest of such; None when none does."""
    wanted = {*fold(actor.role or "").split(), *fold(actor.affiliation or "").split()}
    name = fold(actor.name).split()[-1:]
    best: tuple[int, bool, int] = (0, False, 0)
    found = None
    for mention in actor.mentions:
        words = fold(mention.text).split()
        held = len(wanted.intersection(words))
        score = (held, words[-1:] == name, -len(words))
        if held and score > best:
            best, found = score, mention
    return found


def _searched(name: str) -> str:
    return " ".join(words_of(name))
