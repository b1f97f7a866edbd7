"""The relations of two countries: which of their events count, in which period, and all that is measured on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from statistics import fmean
from typing import Any

import numpy as np

from detente.ontology import quad
from detente.relations.cells import cells_of
from detente.relations.changes import changes_of
from detente.relations.dating import Dated, counts, dated
from detente.relations.deeds import distinct, names_dyad, origins
from detente.relations.direction import DELTA, MONTHS, Direction, direction_of
from detente.relations.evidence import evidence_of
from detente.relations.levels import filtered, smoothed
from detente.relations.periods import check_unit, days_of, period_of, periods
from detente.relations.pooling import pool_of, scatter
from detente.relations.rates import rates
from detente.relations.records import Level, Now, Pool, Relations, Told
from detente.relations.without import with_all

Z50, Z90 = 0.6744898, 1.6448536  # half the width of the 50% and 90% bands, in standard deviations
PLACES = 4  # decimals: far below what the intensity scale can tell apart

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
    relevant = [one for one in told if counts(one.event) and names_dyad(one, a, b, directed=directed)]
    placed = [found for one in relevant if (found := dated(one, by))]
    end = as_of or _end(placed, read)
    items = distinct(_between(placed, since, end))
    start = since or min((item.day for item in items), default=None)
    span = tuple(periods(days_of(period_of(start, by))[0], end, by)) if start and end else ()
    if pool is None:
        pool = pool_events(told, by=by, stories_read=stories, since=since, as_of=end, directed=directed)
    spread = _scatter((a, b), items, span, pool)
    movement = direction_of(items, span, by, spread, pool.drift) if items else Direction(why="no event counts")
    return Relations(
        a=a,
        b=b,
        by=by,
        directed=directed,
        as_of=end.isoformat() if end else None,
        series=tuple(_series(items, span, _by_period(read, by), _by_period(stories, by), spread, pool)),
        changes=changes_of(items, span, spread, pool.drift),
        direction=movement.name,
        probability=movement.probability,
        window=f"{MONTHS} months",
        delta=DELTA,
        left_out=len(relevant) - sum(end is None or item.day <= end for item in placed),
        evidence=tuple(evidence_of(items, span, spread, pool.drift)),
        why=movement.why,
        now=_now(items, span, spread, pool.drift),
        pool=pool,
    )


def pool_events(
    events: Iterable[Told],
    *,
    by: str = "month",
    stories_read: DaysRead = (),
    since: date | None = None,
    as_of: date | None = None,
    directed: bool = False,
) -> Pool:
    """What all dyads of these events share; the arguments are those of `relations_of`. The same for every dyad asked for."""
    check_unit(by)
    placed = [found for told in events if counts(told.event) and (found := dated(told, by))]
    return pool_of(_between(placed, since, as_of), _by_period(stories_read, by), by, directed=directed)


def _end(placed: Sequence[Dated], read: Sequence[tuple[date, int]]) -> date | None:
    """The last day of any article; without one, of any event."""
    published = [day for day, _ in read] + [item.day for item in placed if item.by == "publication"]
    return max(published or [item.day for item in placed], default=None)


def _between(placed: Iterable[Dated], since: date | None, end: date | None) -> list[Dated]:
    return [item for item in placed if (since is None or item.day >= since) and (end is None or item.day <= end)]


def _by_period(days: DaysRead, by: str) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for day, number in days:
        found[period_of(day, by)] += number
    return found


def _scatter(dyad: tuple[str, str], items: Sequence[Dated], span: Sequence[str], pool: Pool) -> float:
    entries = [(dyad, item.period, item.told.event.intensity, item.told.event.type) for item in items]
    return float(scatter(cells_of(entries, span, {}), pool)[0]) if entries else pool.variance


def _series(
    items: Sequence[Dated],
    span: Sequence[str],
    articles: Mapping[str, int],
    stories: Mapping[str, int],
    spread: float,
    pool: Pool,
) -> Iterator[Level]:
    groups: dict[str, list[Dated]] = defaultdict(list)
    for item in items:
        groups[item.period].append(item)
    levels = smoothed(*with_all(items, span, spread), pool.drift) if items else None
    for column, period in enumerate(span):
        group = groups.get(period, [])
        empty = Level(period=period, articles_read=articles.get(period, 0), stories_read=stories.get(period, 0))
        if levels is None or not group:
            yield empty
            continue
        yield replace(
            empty,
            events=len(group),
            origins=origins(group),
            mean=round(fmean(item.told.event.intensity for item in group), PLACES),
            **bands(float(levels.level[0, column]), float(levels.variance[0, column])),
            **_rates(group, empty.stories_read, pool),
        )


def bands(level: float, variance: float) -> dict[str, Any]:
    """A level with the bounds of its bands, which end where the scale does, by the names that `Level` gives them."""
    around = {"balance": 0.0, "low50": -Z50, "high50": Z50, "low90": -Z90, "high90": Z90}
    return {name: round(min(max(level + z * variance**0.5, -10.0), 10.0), PLACES) + 0.0 for name, z in around.items()}


def _rates(group: Sequence[Dated], stories: int, pool: Pool) -> dict[str, Any]:
    """Friction and exchange of one period. Stories read are at least those that tell of it: some are published later."""
    exposure = np.array(float(max(stories, origins(group))))
    quads = [quad(item.told.event.type) for item in group]
    found = {}
    for name, kind, prior in (
        ("friction", "material conflict", pool.friction),
        ("exchange", "material cooperation", pool.exchange),
    ):
        rate = rates(np.array(float(quads.count(kind))), exposure, prior)
        for part in fields(rate):
            key = name if part.name == "mean" else f"{name}_{part.name}"
            found[key] = round(float(getattr(rate, part.name)), PLACES)
    return found


def _now(items: Sequence[Dated], span: Sequence[str], spread: float, drift: float) -> Now | None:
    if not items:
        return None
    found = filtered(*with_all(items, span, spread), drift)
    return Now(period=span[-1], **bands(float(found.level[0, -1]), float(found.variance[0, -1])))
