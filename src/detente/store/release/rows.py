"""What an observatory says of today, or of an earlier day, in the columns of a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import batched
from typing import Any

import pyarrow as pa

from detente.records import Article
from detente.store import queries
from detente.store.release.layout import tables
from detente.store.sentences import sentence_around
from detente.store.snapshot import Snapshot
from detente.store.stored import StoryEvent

AS_STORED = ("quotes", "actors", "commitments", "places", "times")
_CHUNK = 2_000  # rows or articles that are Python objects at one time
_MANY = 100_000  # imported rows that are held at one time

type Told = Mapping[tuple[str, str], str]  # an event as an article has it, to the id under which it is told once


def as_stored(at: Snapshot, name: str, as_of: date | None, ids: Iterable[str]) -> Iterator[pa.Table]:
    """One of the tables that a statement gives as they are, by article. ids: of all articles."""
    for some in batched(sorted(ids), _CHUNK):
        yield at.table(f"frozen_{name}", {"as_of": as_of, "first": some[0], "last": some[-1]})


def imported(at: Snapshot, as_of: date | None, origins: Iterable[str]) -> Iterator[pa.Table]:
    """Imported events by origin and day, some at a time: there may be millions."""
    for origin in sorted(origins):
        last: dict[str, object] = {"after_day": None, "after_id": None}
        while len(found := at.table("frozen_imported", {"as_of": as_of, "origin": origin, "limit": _MANY, **last})):
            yield found
            last = {"after_day": found["day"][-1].as_py(), "after_id": found["id"][-1].as_py()}


def articles(at: Snapshot, as_of: date | None, stories: Mapping[str, str], *, texts: bool) -> pa.Table:
    """Articles by day. stories: of each article."""
    found = at.table("frozen_articles", {"as_of": as_of, "texts": texts})
    own = [stories.get(article) for article in found["id"].to_pylist()]
    return found.append_column("story", pa.array(own, pa.string()))


def event_row(one: StoryEvent) -> dict[str, Any]:
    """An event as a row."""
    event = one.event
    first, last = (_day(event.date.start), _day(event.date.end)) if event.date else (None, None)
    published = _day(one.published)
    row: dict[str, Any] = {name: getattr(event, name) for name in _PLAIN}
    row |= {name: list(getattr(event, name)) for name in _LISTS}
    row |= {f"asked_{name}": getattr(event.asked, name, None) for name in ("type", "mode", "by", "text")}
    return row | {
        "article": one.article,
        "day": first or published,
        "dated_by": "text" if first else "publication" if published else None,
        "first_day": first,
        "last_day": last,
        "date_text": event.date.text if event.date else None,
        "trigger": event.trigger.text,
        "sentence": one.sentence,
        "outlet": one.source,
        "published": one.published,
        "title": one.title,
        "story": one.origin,
        "reports": len(one.reports),
        "outlets": list(one.outlets),
        "origins": list(one.origins),
    }


_PLAIN = (
    *("id", "type", "mode", "cameo", "plover_type", "intensity", "status", "past"),
    *("place", "quote", "confidence", "rule", "coder", "knowledge"),
)
_LISTS = ("contexts", "sources", "targets", "source_countries", "target_countries")


def report_rows(one: StoryEvent) -> list[dict[str, Any]]:
    """The articles that tell an event."""
    return [
        {
            "event": one.event.id,
            "article": report.article,
            "told_as": report.event,
            "outlet": report.source,
            "published": report.published,
        }
        for report in one.reports
    ]


def rejected_row(one: StoryEvent) -> dict[str, Any]:
    """An event that a person held to be wrong. Raises ValueError for one that nobody did."""
    if one.verdict is None:
        raise ValueError(f"expected an event that is held to be wrong, found {one.event.id}")
    names = ("id", "type", "mode", "status")
    lists = ("source_countries", "target_countries")
    return {
        **{name: getattr(one.event, name) for name in names},
        **{name: list(getattr(one.event, name)) for name in lists},
        "article": one.article,
        "sentence": one.sentence,
        "why": one.verdict.why,
    }


def evidence(at: Snapshot, as_of: date | None, told: Told) -> Iterator[dict[str, Any]]:
    """The words of every telling of the events that are told, by article."""
    for some in batched(sorted({article for article, _ in told}), _CHUNK):
        texts = {article.id: article for article in queries.texts(at, some, as_of=as_of)}
        for row in at.rows("frozen_evidence", articles=list(some), as_of=as_of):
            event = told.get((row["article_id"], row["id"]))
            if event is not None:
                yield _evidence_row(row, event, texts[row["article_id"]])


def _evidence_row(row: Mapping[str, Any], event: str, article: Article) -> dict[str, Any]:
    given = {name: row[name] for name in ("part", "field", "start", "end", "text")}
    return given | {"event": event, "article": article.id, "sentence": _sentence(article, row)}


def _sentence(article: Article, row: Mapping[str, Any]) -> str:
    if row["field"] == "title":
        return article.title or ""
    lead = len(article.dateline) if article.dateline and article.text.startswith(article.dateline) else 0
    return sentence_around(article.text, row["start"], row["end"], lead=lead)


def pieces(name: str, rows: Iterable[Mapping[str, Any]], *, texts: bool = False) -> Iterator[pa.Table]:
    """Rows as tables of a release, some at a time. Raises ValueError for a row whose columns are not those of the table."""
    schema = tables()[name].schema(texts=texts)
    for some in batched(rows, _CHUNK):
        if set(some[0]) != set(schema.names):
            raise ValueError(
                f"expected the columns of {name}, found other ones: {sorted(set(some[0]) ^ set(schema.names))}"
            )
        yield pa.Table.from_pylist(_listed(some), schema)


def _listed(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:  # a date that is none: a failure of the article says so
        return None
