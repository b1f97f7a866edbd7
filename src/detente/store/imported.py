"""Questions to the events that others coded: one typed function for each statement. An origin is never mixed with another."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.records import Event, Evidence, Imported, When
from detente.store.queries import After
from detente.store.rows import record_of
from detente.store.seen import Hashes
from detente.store.snapshot import Snapshot
from detente.store.stored import StoredSums, StoryEvent
from detente.store.sums import kinds

_PAIR = re.compile(r"/[A-Z]{0,3}-[A-Z]{0,3}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Events of one origin: how many, how many of them count in measures, and their first and last day."""

    name: str
    events: int
    counted: int
    first: date
    last: date


def origins(at: Snapshot) -> tuple[Origin, ...]:
    """The origins of imported events, by name."""
    return tuple(Origin(**row) for row in at.rows("imported_origins"))


def imported(
    at: Snapshot,
    *,
    origin: str,
    source: str | None = None,
    target: str | None = None,
    between: tuple[str, str] | None = None,
    type_: str | None = None,
    since: date | None = None,
    until: date | None = None,
    counted: bool = False,
    after: After | None = None,
    limit: int | None = None,
) -> Iterator[Imported]:
    """Events of one origin by day. source, target, between: country codes. counted: only those that measures count."""
    one, two = between or (None, None)
    rows = at.rows(
        "imported",
        origin=origin,
        source=source,
        target=target,
        one=one,
        two=two,
        type=type_,
        since=since,
        until=until,
        counted=counted,
        after_day=after and after.day,
        after_id=after and after.id,
        limit=limit,
    )
    return (record_of(Imported, row) for row in rows)


def imported_dyads(
    at: Snapshot,
    *,
    origin: str,
    by: str,
    directed: bool = False,
    since: date | None = None,
    as_of: date | None = None,
) -> Iterator[StoredSums]:
    """What was done between every two countries in every period by one origin; see `queries.dyads`."""
    rows = at.rows("imported_dyads", origin=origin, by=by, directed=directed, since=since, as_of=as_of, **kinds())
    for row in rows:
        row["day"] = row.pop("period")
        yield StoredSums(**row)


def imported_days(at: Snapshot, *, origin: str, as_of: date | None) -> tuple[tuple[date, int], ...]:
    """How many events an origin holds of each day: what its rates are taken of."""
    return tuple((row["day"], row["events"]) for row in at.rows("imported_days", origin=origin, as_of=as_of))


def imported_keys(at: Snapshot) -> Iterator[tuple[Hashes, Hashes]]:
    """What tells whether a row is stored already: hashes of its origin and id, each once, and of its cells, in pieces."""
    for batch in at.table("imported_keys", {}).to_batches():
        yield batch["key"].to_numpy(), batch["says"].to_numpy()


def deed_of(id_: str) -> str:
    """The id of a row: rows of several countries are events of ids that end in two codes each (`5d41_1/NOR-FIN`)."""
    return _PAIR.sub("", id_)


def as_told(one: Imported) -> StoryEvent:
    """An imported event in the shape of one's own. It has no article: its words are the row's, and its evidence is that.

    The number of its sentence stands where an own event has its trigger's offset, so that a deed that was coded from either side
    of one sentence counts once.
    """
    day, words = one.day.isoformat(), one.text or ""
    at = _place(one)
    return StoryEvent(
        event=Event(
            id=one.id,
            type=one.type or "",
            span=Evidence(start=0, end=len(words), text=words),
            trigger=Evidence(start=at, end=at, text=""),
            evidence=(),
            rule="import",
            coder=one.origin,
            knowledge="",
            intensity=_first(one.intensity, one.score, 0.0),
            mode=one.mode,
            contexts=one.contexts,
            cameo=one.cameo,
            plover_type=one.type,
            sources=tuple(filter(None, (one.source,))),
            targets=tuple(filter(None, (one.target,))),
            source_countries=tuple(filter(None, (one.source_country,))),
            target_countries=tuple(filter(None, (one.target_country,))),
            date=When(start=day, end=day, text=day),
        ),
        article=one.article or one.story or one.id,
        source=one.publisher,
        published=day,
        title=None,
        sentence=words,
        origin=one.story or deed_of(one.id),
        reports=(),
        outlets=tuple(filter(None, (one.publisher,))),
        origins=(one.story or deed_of(one.id),),
    )


def _place(one: Imported) -> int:
    """The number of its sentence; without one, that of its row, since then nothing says that two rows are one deed."""
    if one.sentence is not None:
        return one.sentence
    return int.from_bytes(hashlib.sha256(deed_of(one.id).encode("utf8")).digest()[:6])


def _first(*numbers: float | None) -> Any:
    return next(number for number in numbers if number is not None)
