"""Questions behind calendars, promises and positions: one typed function for each statement."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.records import Actor, Commitment, Event, Quote
from detente.store.rows import record_of
from detente.store.sentences import LONGEST, sentence_around
from detente.store.snapshot import Snapshot

_AROUND = 2 * LONGEST  # characters of the text on either side that are looked through for the ends of a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCommitment:
    """A promise with the record of who gives it (`by`) and of those to whom, and its article's head.

    named: countries that its words name. deeds: events whose trigger stands in it. origin: a hash of the article's words.
    """

    commitment: Commitment
    by: Actor | None
    to: tuple[Actor, ...]
    named: tuple[str, ...]
    deeds: tuple[Event, ...]
    sentence: str
    article: str
    source: str | None
    published: str | None
    title: str | None
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSaying:
    """A quotation with the sentence around it, its speaker, and its article's head.

    named: countries that its words name, the speaker's own aside. deeds: events whose words overlap with it by half.
    """

    quote: Quote
    speaker: Actor
    named: tuple[str, ...]
    deeds: tuple[Event, ...]
    sentence: str
    article: str
    source: str | None
    published: str | None
    title: str | None


def commitments(at: Snapshot, *, as_of: date | None = None) -> Iterator[StoredCommitment]:
    """Every promise, by day of publication."""
    for row in at.rows("commitments", as_of=as_of, around=_AROUND):
        by = row["by_record"]
        yield StoredCommitment(
            commitment=record_of(Commitment, row),
            by=record_of(Actor, by) if by else None,
            to=tuple(record_of(Actor, to) for to in row["to_records"]),
            named=tuple(row["named"]),
            deeds=tuple(record_of(Event, deed) for deed in row["deeds"]),
            origin=row["origin"],
            **_head(row),
        )


def sayings(
    at: Snapshot, *, countries: Collection[str] | None = None, as_of: date | None = None
) -> Iterator[StoredSaying]:
    """What was said for these countries or organisations (for None: for every country), by day of publication."""
    wanted = None if countries is None else sorted(countries)
    for row in at.rows("spoken", countries=wanted, as_of=as_of, around=_AROUND):
        yield StoredSaying(
            quote=record_of(Quote, row),
            speaker=record_of(Actor, row["speaker_record"]),
            named=tuple(row["named"]),
            deeds=tuple(record_of(Event, deed) for deed in row["deeds"]),
            **_head(row),
        )


def parties(
    at: Snapshot, articles: Collection[str], actors: Collection[str], *, as_of: date | None = None
) -> Iterator[tuple[str, Actor]]:
    """Those of some articles' actors who have one of these ids, without their mentions, each with its article."""
    rows = at.rows("parties", articles=sorted(articles), actors=sorted(actors), as_of=as_of)
    return ((row["article_id"], record_of(Actor, row)) for row in rows)


def towns(
    at: Snapshot, articles: Collection[str], *, as_of: date | None = None
) -> dict[tuple[str, str], tuple[str, str | None]]:
    """The town of each event, of some articles, that has one, and its country: by article and event.

    A town is a GeoNames id, else a name with its country.
    """
    rows = at.rows("towns", articles=sorted(articles), as_of=as_of)
    return {(row["article_id"], row["event"]): (row["town"], row["country"]) for row in rows}


def addresses(at: Snapshot, articles: Collection[str], *, as_of: date | None = None) -> dict[str, str]:
    """The addresses of those of some articles that have one."""
    return {row["article_id"]: row["url"] for row in at.rows("addresses", articles=sorted(articles), as_of=as_of)}


def _head(row: dict[str, Any]) -> dict[str, Any]:
    before, body, dateline = row["before"], row["body"] or "", row["dateline"] or ""
    lead = len(dateline) if before == 0 and dateline and body.startswith(dateline) else 0
    return {
        "sentence": sentence_around(body, row["start"] - before, row["end"] - before, lead=lead),
        "article": row["article_id"],
        "source": row["outlet"],
        "published": row["published"],
        "title": row["title"],
    }
