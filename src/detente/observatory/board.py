"""The board: which pairs of countries have moved, the greatest change first; and the page of one pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from detente.observatory.measuring import Asked, Measured, OnStep, measured, measured_one
from detente.observatory.origins import OWN
from detente.relations.records import Contribution, Level, Now, Pool  # the API's document reads them off the fields
from detente.store.stored import StoryEvent

if TYPE_CHECKING:
    from detente.observatory.telling import Storyteller
    from detente.relations.movement import Movement
    from detente.store import Store
    from detente.store.snapshot import Snapshot

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One pair of countries. change: of the balance from `then` to `now`, given all that is known of both.

    direction, probability, why: as `Relations` has them, by the full rule. events, origins: of the window. reason: the event
    of the window that moves the level now most in the way it went; None where none does.
    """

    a: str
    b: str
    change: float
    direction: str
    probability: float | None
    why: str
    then: Now
    now: Now
    events: int
    origins: int
    reason: Contribution | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Pairs by how much their balance has changed over the window: six months, or three or one where no pair that could be
    ranked reaches back further. dyads: pairs with any event at all. ranked: those with
    `min_events` in the window that had events before it, too; `rows` are the first of these.
    """

    schema: int = SCHEMA
    origin: str
    by: str
    as_of: str | None
    window: str
    min_events: int
    dyads: int
    ranked: int
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadPage:
    """What one pair's page shows: its series and level now, as `Relations` has them, and events from `since` to `until`.

    more: there are more events than were asked for.
    """

    schema: int = SCHEMA
    a: str
    b: str
    origin: str
    by: str
    as_of: str | None
    series: tuple[Level, ...]
    now: Now | None
    pool: Pool
    events: tuple[StoryEvent, ...]
    more: bool


def board(
    store: Store, told: Storyteller, asked: Asked, *, min_events: int, limit: int, on_step: OnStep = lambda _: None
) -> Board:
    """The board of one origin. Its first rows are worked out by the full rule, one after another."""
    found = measured(store, told, asked, on_step)
    months, window, ranked = _ranked(found, min_events)
    rows: list[BoardRow] = []
    for number, dyad in enumerate(ranked[:limit], 1):
        a, b = found.whole.columns.dyads[dyad]
        on_step(f"weighing the evidence, pair {number} of {min(limit, len(ranked))}")
        if (movement := _movement(store, told, found, a, b, window)) is not None:
            rows.append(_row(a, b, movement))
    return Board(
        origin=asked.origin,
        by=asked.by,
        as_of=found.end.isoformat() if found.end else None,
        window=f"{months} months" if months > 1 else "month",
        min_events=min_events,
        dyads=len(found.whole.columns.dyads),
        ranked=len(ranked),
        rows=tuple(sorted(rows, key=lambda row: -abs(row.change))),
    )


def page(
    store: Store,
    told: Storyteller,
    asked: Asked,
    pair: tuple[str, str],
    *,
    since: date | None,
    until: date | None,
    limit: int,
) -> DyadPage:
    """The page of one pair. pair: in the order of `asked.directed`."""
    from detente.relations.whole import series_of

    key = pair if asked.directed else (min(pair), max(pair))
    found = measured_one(store, told, asked, key)
    whole = found.whole
    series: tuple[Level, ...] = ()
    now: Now | None = None
    if whole.columns.dyads:
        series, now = series_of(whole, 0, int(whole.columns.period[0]), found.articles)
    events = tuple(islice(_events(store, told, found, pair, since, until, limit + 1), limit + 1))
    return DyadPage(
        a=pair[0],
        b=pair[1],
        origin=asked.origin,
        by=asked.by,
        as_of=found.end.isoformat() if found.end else None,
        series=series,
        now=now,
        pool=whole.pool,
        events=events[:limit],
        more=len(events) > limit,
    )


def _ranked(found: Measured, min_events: int) -> tuple[int, int, list[int]]:
    """The window in months and in periods, and what `_moved` finds in it: the longest window in which it finds any pair."""
    from detente.relations.direction import MONTHS, PERIODS, SHORTER

    for months, periods in {MONTHS: PERIODS, **SHORTER}.items():
        window = periods.get(found.asked.by)
        if window and (ranked := _moved(found, window, min_events)):
            return months, window, ranked
    return MONTHS, PERIODS[found.asked.by], []


def _moved(found: Measured, window: int, min_events: int) -> list[int]:
    """Pairs with so many events in the window and any before it, by how much their level is expected to have changed."""
    import numpy as np

    from detente.relations.whole import shifts_of

    columns = found.whole.columns
    first = len(columns.periods) - window
    if first < 1:
        return []
    recent = np.bincount(columns.dyad, np.where(columns.period >= first, columns.events, 0), len(columns.dyads))
    began = np.full(len(columns.dyads), len(columns.periods))
    np.minimum.at(began, columns.dyad, columns.period)
    wanted = np.flatnonzero((recent >= min_events) & (began < first))
    if not len(wanted):
        return []
    shifts = shifts_of(found.whole, wanted.tolist(), window)
    order = np.lexsort((shifts.dyad, -np.abs(shifts.mean).round(6)))
    return [int(dyad) for dyad in shifts.dyad[order]]


def _movement(store: Store, told: Storyteller, found: Measured, a: str, b: str, window: int) -> Movement | None:
    from detente.relations.movement import movement_of
    from detente.relations.pooling import scatter
    from detente.relations.series import chosen_of

    asked, whole = found.asked, found.whole
    first, last = (None, None) if asked.origin == OWN else (asked.since, asked.as_of)  # as `relations` asks
    events = _events(store, told, found, (a, b), first, last, None)
    end = ((found.end, 0),) if found.end else ()
    chosen = chosen_of(
        events, a, b, by=asked.by, days_read=end, since=asked.since, as_of=asked.as_of, directed=asked.directed
    )
    dyad = whole.columns.dyads.index((a, b))
    return movement_of(
        chosen.items, chosen.periods, asked.by, float(scatter(whole.columns, whole.pool)[dyad]), whole.pool, window
    )


def _row(a: str, b: str, found: Movement) -> BoardRow:
    return BoardRow(
        a=a,
        b=b,
        change=round(found.change, 4),
        direction=found.direction.name,
        probability=found.direction.probability,
        why=found.direction.why,
        then=found.then,
        now=found.now,
        events=found.events,
        origins=found.origins,
        reason=found.reason,
    )


def _events(
    store: Store,
    told: Storyteller,
    found: Measured,
    pair: tuple[str, str],
    since: date | None,
    until: date | None,
    limit: int | None,
) -> Iterator[StoryEvent]:
    """The events of one pair that a measure may count, by day."""
    from detente.store.imported import as_told, imported

    asked = found.asked

    def question(at: Snapshot) -> Iterator[StoryEvent]:
        sides = {"source": pair[0], "target": pair[1]} if asked.directed else {"between": pair}
        if asked.origin == OWN:
            return told.events(at, as_of=asked.as_of, since=since, until=until, limit=limit, **sides)
        rows = imported(at, origin=asked.origin, since=since, until=until, counted=True, limit=limit, **sides)
        return map(as_told, rows)

    return store.ask(question)
