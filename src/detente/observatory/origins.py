"""Events that others coded beside one's own readings: asked for by their origin, never mixed with another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import IO, TYPE_CHECKING

from detente.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from detente.relations import Relations
    from detente.store import After, DropReport, ExportReport, Origin, Store, StoryEvent

OWN = "own"
WHOLE = frozenset({"jsonl", "parquet"})  # formats that hold whole records, with what was said of them


def meant(store: Store, origin: str | None, origins: tuple[Origin, ...]) -> str:
    """The origin that is meant: the one named; by default one's own, or the only one there is.

    Raises UnknownNameError for one that is not there, UsageError where there are several and none of one's own.
    """
    names = [one.name for one in origins]
    if origin is not None:
        if origin not in (OWN, *names):
            raise UnknownNameError(
                f"{store.folder} holds no events of the origin {origin!r}; it has {', '.join([OWN, *names])}"
            )
        return origin
    if not names or store.counts().articles:
        return OWN
    if len(names) > 1:
        raise UsageError(
            f"{store.folder} holds events of {', '.join(names)} and none of its own: name one, as --origin"
        )
    return names[0]


def imported_events(
    store: Store,
    origin: str,
    *,
    source: str | None,
    target: str | None,
    between: tuple[str, str] | None,
    type_: str | None,
    status: str | None,
    since: date | None,
    until: date | None,
    limit: int | None,
    after: After | None = None,
) -> Iterator[StoryEvent]:
    """Events of one origin. All of them occurred: event files tell of nothing else."""
    from detente.store.imported import as_told, imported

    if status not in (None, "occurred"):
        return iter(())
    found = store.ask(
        lambda at: imported(
            at,
            origin=origin,
            source=source,
            target=target,
            between=between,
            type_=type_,
            since=since,
            until=until,
            after=after,
            limit=limit,
        )
    )
    return map(as_told, found)


def imported_relations(
    store: Store,
    origin: str,
    a: str,
    b: str,
    *,
    by: str,
    since: date | None,
    as_of: date | None,
    directed: bool,
) -> Relations:
    """The relations of two countries by what one origin tells: its own number of events is what the rates are taken of."""
    from detente.relations import pool_sums, relations_of
    from detente.store.imported import as_told, imported, imported_days, imported_dyads

    events, days, sums = store.ask(
        lambda at: (
            map(as_told, imported(at, origin=origin, between=(a, b), since=since, until=as_of, counted=True)),
            imported_days(at, origin=origin, as_of=as_of),
            imported_dyads(at, origin=origin, by=by, directed=directed, since=since, as_of=as_of),
        )
    )
    found = relations_of(
        events,
        a,
        b,
        by=by,
        days_read=days,
        stories_read=days,
        since=since,
        as_of=as_of,
        directed=directed,
        pool=pool_sums(sums, by=by, stories_read=days),
    )
    return replace(found, origin=origin)


def export(store: Store, events: Iterator[StoryEvent], origin: str, stream: IO[bytes], form: str) -> ExportReport:
    """Writes one's own events, or in their stead all those of another origin. Raises UsageError for an unknown format."""
    from detente.records import Imported
    from detente.store import EXPORTS, StoryEvent
    from detente.store.details import details
    from detente.store.exporting import nothing_known
    from detente.store.imported import imported

    if form not in EXPORTS:
        raise UsageError(f"there is no format {form!r} to export; there are {', '.join(EXPORTS)}")
    if origin == OWN:
        return EXPORTS[form](events, StoryEvent, stream, lambda articles: store.ask(lambda at: details(at, articles)))
    return EXPORTS[form](store.ask(lambda at: imported(at, origin=origin)), Imported, stream, nothing_known)


def remove_origin(store: Store, origin: str, origins: tuple[Origin, ...]) -> DropReport:
    """Erases the events of one origin for good. Raises UsageError for one's own, UnknownNameError for one that is not there."""
    if origin == OWN:
        raise UsageError("your own readings are removed article by article; name the articles")
    meant(store, origin, origins)
    with store.writer() as writer:
        return writer.drop_origin(origin)
