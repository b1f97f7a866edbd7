"""Readings to rows of the tables, and rows back to records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, cast

import pyarrow as pa

from detente.records import Article, Event, Reading, content_hash, digest, from_json, to_json
from detente.store.schema import TABLES, arrow_schema, optional
from detente.store.sentences import sentence_around

_PARTS = ("actors", "events", "quotes", "places", "times", "commitments", "failures")
type Sketcher = Callable[[Article], bytes]  # stories/sketch.py has one; the store only keeps what it gives
_WITH = "+"  # between the state of an article and the digest of a user's own actors


def readable(reading: Reading) -> bool:
    """False for an input that gave no article at all, only the reason why."""
    return bool(reading.article.text) or not reading.failures


def broken(reading: Reading) -> bool:
    """True for an article on which the reader broke off: it is kept, and read again when it comes again."""
    return any(failure.stage == "reading" for failure in reading.failures)


def revision_of(reading: Reading, table: str = "") -> str:
    """Tells one state of an article from another: its words, what the reading of them depends on, and whether it broke.

    table: digest of the user's own actors it was read with.
    """
    if not readable(reading):
        return digest("unreadable", to_json(reading.failures))
    return broken_revision(reading.article) if broken(reading) else article_revision(reading.article, table)


def article_revision(article: Article, table: str = "") -> str:
    """The revision of an article that was read. Its dateline is the reader's finding, its address no matter of content."""
    content = content_hash(article.title, article.text)
    state = digest("revision", content, article.published, article.source, article.language)
    return f"{state}{_WITH}{table}" if table else state


def state_of(revision: str) -> str:
    """A revision without the user's own actors that the article was read with."""
    return revision.partition(_WITH)[0]


def broken_revision(article: Article) -> str:
    """The revision of the same article when the reader broke on it, so that a later reading supersedes that."""
    return digest("broken", article_revision(article))


def tables_of(
    readings: Iterable[Reading], *, coder: str, knowledge: str, table: str = "", sketch: Sketcher | None = None
) -> dict[str, pa.Table]:
    """The rows of all tables that have any. sketch: makes what finds an article's copies; None to leave that to readers."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for reading in readings:
        revision = revision_of(reading, table)
        if readable(reading):
            rows["articles"].append(_article_row(reading.article, revision, coder, knowledge, sketch))
        for part in _PARTS:
            rows[part] += _part_rows(part, reading, revision)
    return {name: pa.Table.from_pylist(found, arrow_schema(name)) for name, found in rows.items() if found}


def record_of[R](kind: type[R], row: Mapping[str, Any]) -> R:
    """The record in a row. A null where the field allows none is a column that the segment is too old to have."""
    nullable = optional(cast(Any, kind))
    return from_json(kind, {name: value for name, value in row.items() if value is not None or name in nullable})


def _article_row(
    article: Article, revision: str, coder: str, knowledge: str, sketch: Sketcher | None
) -> dict[str, Any]:
    row: dict[str, Any] = to_json(article)
    return row | {
        "article_id": article.id,
        "revision": revision,
        "ordinal": 0,
        "day": _day(article),
        "content": content_hash(article.title, article.text),
        "coder": coder,
        "knowledge": knowledge,
        "sketch": sketch(article) if sketch else None,
    }


def _part_rows(part: str, reading: Reading, revision: str) -> list[dict[str, Any]]:
    rows = []
    for ordinal, record in enumerate(getattr(reading, part)):
        row = to_json(record) | {"article_id": reading.article.id, "revision": revision, "ordinal": ordinal}
        if part == "events":
            row["sentence"] = _sentence(reading.article, record)
        rows.append(row)
    return rows


def _sentence(article: Article, event: Event) -> str:
    if event.span.field == "title":
        return article.title or ""
    lead = len(article.dateline) if article.dateline and article.text.startswith(article.dateline) else 0
    return sentence_around(article.text, event.span.start, event.span.end, lead=lead)


def _day(article: Article) -> date | None:
    try:
        return article.day
    except ValueError:  # a date that is none: the reader has said so in a Failure
        return None
