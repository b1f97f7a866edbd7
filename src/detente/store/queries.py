"""Every question that can be put to an observatory: one typed function for each statement in store/sql."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.ontology import TYPES
from detente.records import Actor, Article, Commitment, Event, Failure, Place, Quote, Reading, Timex
from detente.store.rows import record_of
from detente.store.snapshot import Snapshot
from detente.store.stored import (
    Hit,
    JoinedKeys,
    Outlet,
    Sighting,
    Spot,
    StoredActor,
    StoredArticle,
    StoredEvent,
    StoredFailure,
    StoredPage,
    StoredQuote,
    StoredSums,
    StoredTelling,
    Tie,
)
from detente.store.sums import kinds, own_parameters

_APART = JoinedKeys()
_MATERIAL = ("conflict", "cooperation")
_BEFORE, _LENGTH = 60, 240  # characters of what a search found: before its first word, and in all


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """The record after which a list goes on: its article, its id, and the day (ISO) under which it is listed."""

    article: str
    id: str = ""
    day: str | None = None


def known(at: Snapshot) -> dict[str, str]:
    """The current revision of every article."""
    return {row["article_id"]: row["revision"] for row in at.rows("known")}


def revisions(at: Snapshot) -> set[tuple[str, str]]:
    """Every revision of every article, and of inputs that gave none."""
    return {(row["article_id"], row["revision"]) for row in at.rows("revisions")}


def articles(
    at: Snapshot,
    *,
    source: str | None = None,
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
    after: After | None = None,
    limit: int | None = None,
) -> Iterator[StoredArticle]:
    """Articles by day of publication."""
    rows = at.rows(
        "articles",
        source=source,
        since=since,
        until=until,
        as_of=as_of,
        after_day=after and after.day,
        after_article=after and after.article,
        limit=limit,
    )
    return map(_article, rows)


def actors(
    at: Snapshot,
    *,
    name: str | None = None,
    kind: str | None = None,
    country: str | None = None,
    as_of: date | None = None,
    limit: int | None = None,
) -> Iterator[StoredActor]:
    """Actors, article by article. name: part of it."""
    rows = at.rows("actors", name=name, kind=kind, country=country, as_of=as_of, limit=limit)
    return (StoredActor(actor=record_of(Actor, row), **_frame(row)) for row in rows)


def events(
    at: Snapshot,
    *,
    source: str | None = None,
    target: str | None = None,
    between: tuple[str, str] | None = None,
    type_: str | None = None,
    status: str | None = None,
    since: date | None = None,
    until: date | None = None,
    article: str | None = None,
    event: str | None = None,
    as_of: date | None = None,
    joined: JoinedKeys = _APART,
    set_aside: bool = False,
    after: After | None = None,
    limit: int | None = None,
) -> Iterator[StoredEvent]:
    """Events by their date, else their article's. source, target, between: country codes or ids of actors.

    event: its id, or how that begins. joined: events of which only the first telling is given that is asked for.
    set_aside: also those that are set aside there.
    """
    one, two = between or (None, None)
    rows = at.rows(
        "events",
        source=source,
        target=target,
        one=one,
        two=two,
        type=type_,
        status=status,
        since=since,
        until=until,
        article=article,
        event=event,
        as_of=as_of,
        **joined.parameters(),
        set_aside=set_aside,
        **_after(after),
        limit=limit,
    )
    return map(_event, rows)


def dyads(
    at: Snapshot,
    *,
    by: str,
    directed: bool = False,
    since: date | None = None,
    as_of: date | None = None,
    joined: JoinedKeys = _APART,
    stories: Mapping[str, str] | None = None,
) -> Iterator[StoredSums]:
    """Every two countries in every period in which anything happened. by: week, month, quarter. directed: (doer, other).

    since, as_of: the first and last day used. stories: of each article its story; without one it is its own.
    """
    asked = own_parameters(joined, stories or {}) | kinds()
    rows = at.rows("dyads", by=by, directed=directed, since=since, as_of=as_of, **asked)
    for row in rows:
        row["day"] = row.pop("period")
        yield StoredSums(**row)


def pages(at: Snapshot, *, as_of: date | None) -> Iterator[StoredPage]:
    """Every article, without its words."""
    for row in at.rows("pages", as_of=as_of):
        yield StoredPage(
            article=row["article_id"],
            day=row["day"],
            source=row["source"],
            published=row["published"],
            title=row["title"],
            sketch=row["sketch"],
        )


def texts(at: Snapshot, wanted: Collection[str], *, as_of: date | None) -> Iterator[Article]:
    """Articles by their ids, in the revision of then."""
    return (record_of(Article, row) for row in at.rows("texts", articles=list(wanted), as_of=as_of))


def tellings(at: Snapshot, wanted: Collection[str], *, as_of: date | None) -> Iterator[StoredTelling]:
    """Events that more than one place may tell. wanted: articles of which every event is given."""
    return map(_telling, at.rows("tellings", articles=list(wanted), as_of=as_of))


def quotes(
    at: Snapshot,
    *,
    speaker: str | None = None,
    country: str | None = None,
    about: str | None = None,
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
    after: After | None = None,
    limit: int | None = None,
) -> Iterator[StoredQuote]:
    """Quotations by day of publication. speaker: part of a name, or an actor's id; country: the speaker's, instead."""
    rows = at.rows(
        "quotes",
        speaker=speaker,
        country=country,
        about=about,
        since=since,
        until=until,
        as_of=as_of,
        **_after(after),
        limit=limit,
    )
    return map(_quote, rows)


def sightings(at: Snapshot, *, kind: str | None = None) -> Iterator[Sighting]:
    """Every actor of every article, by day of publication."""
    for row in at.rows("sightings", kind=kind):
        yield Sighting(
            actor=record_of(Actor, row),
            article=row["article_id"],
            day=row["day"],
            sources=row["as_source"],
            targets=row["as_target"],
            quotes=row["quoted"],
        )


def people_called(at: Snapshot) -> Iterator[str]:
    """Every surface form under which a person is mentioned."""
    return (row["text"] for row in at.rows("people_called"))


def holding(
    at: Snapshot, *, surfaces: Collection[str], words: Collection[str], superseded: bool = False
) -> Iterator[Article]:
    """Articles that mention a person by one of the surface forms, or hold one of the words (small letters, no accents).

    superseded: in all their revisions.
    """
    rows = at.rows("holding", surfaces=list(surfaces), words=list(words), superseded=superseded)
    return (record_of(Article, row) for row in rows)


def search(at: Snapshot, words: Collection[str], *, limit: int) -> Iterator[Hit]:
    """Articles, events and quotations that hold every word, `limit` of each. words: at least one."""
    lower = [word.lower() for word in words]
    for row in at.rows("search", words=lower, limit=limit, before=_BEFORE, length=_LENGTH):
        yield Hit(**row)


def spots(
    at: Snapshot,
    *,
    country: str | None = None,
    since: date | None = None,
    until: date | None = None,
    joined: JoinedKeys = _APART,
    limit: int | None = None,
) -> Iterator[Spot]:
    """Places with a point, those of most events first. since, until: of the articles' publication."""
    rows = at.rows(
        "spots",
        country=country,
        since=since,
        until=until,
        **joined.parameters(),
        limit=limit,
    )
    return (Spot(**row) for row in rows)


def network(
    at: Snapshot,
    *,
    since: date | None = None,
    until: date | None = None,
    joined: JoinedKeys = _APART,
    limit: int | None = None,
) -> Iterator[Tie]:
    """Who deals with whom, the busiest first. since, until: of the events."""
    rows = at.rows(
        "network",
        since=since,
        until=until,
        local="a[0-9a-f]{16}",
        **{kind: [n for n, t in TYPES.items() if t.quad.endswith(kind)] for kind in _MATERIAL},
        **joined.parameters(),
        limit=limit,
    )
    return (Tie(**row) for row in rows)


def outlets(at: Snapshot) -> Iterator[Outlet]:
    """What was read of each outlet, the busiest first."""
    return (Outlet(**row) for row in at.rows("outlets"))


def failures(at: Snapshot) -> Iterator[StoredFailure]:
    """What could not be read, and why."""
    rows = at.rows("failures")
    return (StoredFailure(failure=record_of(Failure, row), article=row["article_id"]) for row in rows)


def days(at: Snapshot, *, as_of: date | None) -> tuple[tuple[date, int], ...]:
    """How many articles were published on each day that has any."""
    return tuple((row["day"], row["articles"]) for row in at.rows("days", as_of=as_of))


def counts(at: Snapshot) -> dict[str, int]:
    """Rows of each kind that are current; `revisions` counts superseded articles too."""
    return {row["name"]: row["number"] for row in at.rows("counts")}


def reading(at: Snapshot, article: str) -> Reading | None:
    """Everything read out of one article, in its current revision; None when it is not there."""
    row = next(at.rows("article", article=article), None)
    if row is None:
        return None
    revision = row["revision"]
    return Reading(
        article=record_of(Article, row),
        actors=_part(at, "actors", Actor, article, revision),
        events=_part(at, "events", Event, article, revision),
        quotes=_part(at, "quotes", Quote, article, revision),
        places=_part(at, "places", Place, article, revision),
        times=_part(at, "times", Timex, article, revision),
        commitments=_part(at, "commitments", Commitment, article, revision),
        failures=_part(at, "failures", Failure, article, revision),
    )


def _after(after: After | None) -> dict[str, str | None]:
    if after is None:
        return {"after_day": None, "after_article": None, "after_id": None}
    return {"after_day": after.day, "after_article": after.article, "after_id": after.id}


def _part[R](at: Snapshot, table: str, kind: type[R], article: str, revision: str) -> tuple[R, ...]:
    rows = at.rows("part", table=f"all_{table}", article=article, revision=revision)
    return tuple(record_of(kind, row) for row in rows)


def _article(row: dict[str, Any]) -> StoredArticle:
    return StoredArticle(
        article=record_of(Article, row), revision=row["revision"], coder=row["coder"], knowledge=row["knowledge"]
    )


def _event(row: dict[str, Any]) -> StoredEvent:
    return StoredEvent(event=record_of(Event, row), sentence=row["sentence"], origin=row["origin"], **_frame(row))


def _telling(row: dict[str, Any]) -> StoredTelling:
    asked = row["asked_type"] and (row["asked_type"], row["asked_mode"])
    return StoredTelling(
        article=row["article_id"],
        event=row["id"],
        type=row["type"],
        status=row["status"],
        past=row["past"],
        mode=row["mode"],
        asked=asked,
        doers=tuple(row["doers"] or ()),
        others=tuple(row["others"] or ()),
        first=row["first"],
        last=row["last"],
        place=row["place"],
        headline=row["headline"],
        words=tuple(row["words"] or ()),
    )


def _quote(row: dict[str, Any]) -> StoredQuote:
    speaker = row["speaker_record"] and record_of(Actor, row["speaker_record"])
    return StoredQuote(quote=record_of(Quote, row), speaker=speaker, **_frame(row))


def _frame(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "article": row["article_id"],
        "source": row["outlet"],
        "published": row["published"],
        "title": row["title"],
    }
