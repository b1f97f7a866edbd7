"""The relations of two countries: which of their events count, in which period, and all that is measured on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from detente.relations.cells import Entry, Sums, cells_of, cells_of_sums
from detente.relations.changes import changes_of
from detente.relations.dating import Dated, counts, dated
from detente.relations.deeds import distinct, dyads_of, names_dyad
from detente.relations.direction import DELTA, MONTHS, Direction, direction_of
from detente.relations.evidence import evidence_of
from detente.relations.measures import latest, levels_of, measured
from detente.relations.periods import check_unit, days_of, period_of, periods
from detente.relations.pooling import fallback, pooled, scatter
from detente.relations.records import Pool, Relations, Told

type DaysRead = Iterable[tuple[date, int]]


def relations_of(
    events: Iterable[Told],
    a: str,
    b: str,
    *,
    by: str = "month",
    days_read: DaysRead = (),
    since: date | None = None,
    as_of: date | None = None,
    directed: bool = False,
    stories_read: DaysRead | None = None,
    pool: Pool | None = None,
) -> Relations:
    """The relations of countries a and b (ISO alpha-3; an organisation's actor id will do).

    events: those that do not count are passed over; those of other dyads serve only to fit the pool when none is given.
    days_read, stories_read: how many articles, and how many stories (by default the same), were published on each day. by: week,
    month, quarter. since: the first day used; as_of: the last, by default the last day of any event or article of a and b.
    pool: from `pool_events`, when one wants many dyads. Raises UsageError for an unknown unit.
    """
    check_unit(by)
    told = list(events)
    read = list(days_read)
    stories = read if stories_read is None else list(stories_read)
    chosen = chosen_of(told, a, b, by=by, days_read=read, since=since, as_of=as_of, directed=directed)
    items, span, end = chosen.items, chosen.periods, chosen.end
    if pool is None:
        pool = pool_events(told, by=by, stories_read=stories, since=since, as_of=end, directed=directed)
    cells = cells_of(_entries((a, b), items), span, by_period(stories, by), dyads=[(a, b)])
    spread, drift = float(scatter(cells, pool)[0]), pool.drift
    found = measured(cells, pool)
    movement = direction_of(items, span, by, spread, drift) if items else Direction(why="no event counts")
    return Relations(
        a=a,
        b=b,
        by=by,
        directed=directed,
        as_of=end.isoformat() if end else None,
        series=tuple(levels_of(cells, found, 0, by_period(read, by))),
        changes=changes_of(items, span, spread, drift),
        direction=movement.name,
        probability=movement.probability,
        window=f"{MONTHS} months",
        delta=DELTA,
        left_out=chosen.left_out,
        evidence=tuple(evidence_of(items, span, spread, drift)),
        why=movement.why,
        now=latest(cells, found, 0),
        pool=pool,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One dyad's events in order of time, each deed once; the periods of its series, up to the day `end`; how many events count
    that no period could be given."""

    items: list[Dated]
    periods: tuple[str, ...]
    end: date | None
    left_out: int


def chosen_of(
    told: Iterable[Told],
    a: str,
    b: str,
    *,
    by: str,
    days_read: Sequence[tuple[date, int]],
    since: date | None = None,
    as_of: date | None = None,
    directed: bool = False,
) -> Chosen:
    """What the series of a and b is made of; the arguments are those of `relations_of`."""
    relevant = [one for one in told if counts(one.event) and names_dyad(one, a, b, directed=directed)]
    placed = [item for one in relevant if (item := dated(one, by))]
    end = as_of or _end(placed, days_read)
    items = distinct(_between(placed, since, end))
    start = since or min((item.day for item in items), default=None)
    span = tuple(periods(days_of(period_of(start, by))[0], end, by)) if start and end else ()
    left_out = len(relevant) - sum(end is None or item.day <= end for item in placed)
    return Chosen(items=items, periods=span, end=end, left_out=left_out)


def pool_events(
    events: Iterable[Told],
    *,
    by: str = "month",
    stories_read: DaysRead = (),
    since: date | None = None,
    as_of: date | None = None,
    directed: bool = False,
) -> Pool:
    """What all dyads of these events share, the same for every dyad asked for; the arguments are those of `relations_of`."""
    check_unit(by)
    groups: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    placed = (item for told in events if counts(told.event) and (item := dated(told, by)))
    for item in _between(placed, since, as_of):
        for dyad in dyads_of(item.told, directed=directed):
            groups[dyad].append(item)
    entries = [entry for dyad in sorted(groups) for entry in _entries(dyad, distinct(groups[dyad]))]
    if not entries:
        return fallback(by)
    first, last = (days_of(pick(entry.period for entry in entries))[0] for pick in (min, max))
    return pooled(cells_of(entries, tuple(periods(first, last, by)), by_period(stories_read, by)), by)


def pool_sums(rows: Iterable[Sums], *, by: str = "month", stories_read: DaysRead = ()) -> Pool:
    """The same from sums that a database made of each deed once."""
    check_unit(by)
    cells = cells_of_sums(rows, by, by_period(stories_read, by))
    return pooled(cells, by) if cells.dyads else fallback(by)


def _entries(dyad: tuple[str, str], items: Iterable[Dated]) -> list[Entry]:
    return [
        Entry(dyad, item.period, item.told.event.intensity, item.told.event.type, item.told.origin) for item in items
    ]


def _end(placed: Sequence[Dated], read: Sequence[tuple[date, int]]) -> date | None:
    """The last day of any article; without one, of any event."""
    published = [day for day, _ in read] + [item.day for item in placed if item.by == "publication"]
    return max(published or [item.day for item in placed], default=None)


def _between(placed: Iterable[Dated], since: date | None, end: date | None) -> list[Dated]:
    return [item for item in placed if (since is None or item.day >= since) and (end is None or item.day <= end)]


def by_period(days: DaysRead, by: str) -> dict[str, int]:
    """How many there are in each period."""
    found: dict[str, int] = defaultdict(int)
    for day, number in days:
        found[period_of(day, by)] += number
    return found
