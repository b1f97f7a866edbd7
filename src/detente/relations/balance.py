"""The first balance: the mean intensity of what two countries do to each other, period by period.

Each deed of an article counts once, however often and from whichever side it is told; two articles that tell of one deed
are still two events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from statistics import fmean

from detente.relations.dating import Dated, counts, dated
from detente.relations.direction import DELTA, MONTHS, Direction, direction_of
from detente.relations.periods import check_unit, days_of, period_of, periods
from detente.relations.records import Contribution, Level, Relations, Told

_PLACES = 4  # decimals: far below what the intensity scale can tell apart


def relations_of(
    events: Iterable[Told],
    a: str,
    b: str,
    *,
    by: str = "month",
    days_read: Iterable[tuple[date, int]] = (),
    since: date | None = None,
    as_of: date | None = None,
    directed: bool = False,
) -> Relations:
    """The relations of countries a and b (ISO alpha-3; an organisation's actor id will do).

    events: those of other dyads, and those that do not count, are passed over. days_read: how many articles were
    published on each day. by: week, month, quarter. since: the first day used; as_of: the last, by default the last
    day of any event or article. Raises UsageError for an unknown unit.
    """
    check_unit(by)
    read = list(days_read)
    relevant = [told for told in events if counts(told.event) and names_dyad(told, a, b, directed=directed)]
    placed = [found for told in relevant if (found := dated(told, by))]
    end = as_of or max(
        [day for day, _ in read] + [item.day for item in placed if item.by == "publication"], default=None
    )
    end = end or max((item.day for item in placed), default=None)
    within = [item for item in placed if (since is None or item.day >= since) and (end is None or item.day <= end)]
    chosen = _distinct(within)
    movement = direction_of(chosen, end) if end else Direction()
    return Relations(
        a=a,
        b=b,
        by=by,
        directed=directed,
        as_of=end.isoformat() if end else None,
        series=tuple(_series(chosen, read, by, since, end)),
        direction=movement.name,
        probability=movement.probability,
        window=f"{MONTHS} months",
        delta=DELTA,
        left_out=len(relevant) - sum(end is None or item.day <= end for item in placed),
        evidence=tuple(_evidence(chosen)),
    )


def names_dyad(told: Told, a: str, b: str, *, directed: bool = False) -> bool:
    """True when the event goes from a to b or, unless `directed`, from b to a. Each side may hold several countries."""
    doers = {*told.event.source_countries, *told.event.sources}
    others = {*told.event.target_countries, *told.event.targets}
    return (a in doers and b in others) or (not directed and b in doers and a in others)


def _distinct(found: Iterable[Dated]) -> list[Dated]:
    """In order of time, each deed once.

    A meeting that is told as an event from either side is one deed; a headline's deed is the one that the text tells, when
    that tells one of its type; a state that goes on, reported ten times in one period, counts in it once.
    """
    items = sorted(found, key=lambda item: (item.day, item.told.article, item.told.event.id))
    in_text = {_headline(item) for item in items if item.told.event.trigger.field != "title"}
    chosen: dict[tuple[object, ...], Dated] = {}
    for item in items:
        if item.told.event.trigger.field != "title" or _headline(item) not in in_text:
            chosen.setdefault(_deed(item), item)
    return list(chosen.values())


def _deed(item: Dated) -> tuple[object, ...]:
    event = item.told.event
    if event.status == "ongoing":
        return (item.period, event.type, event.mode, frozenset({event.source_countries, event.target_countries}))
    return (item.told.article, event.type, event.trigger.field, event.trigger.start)


def _headline(item: Dated) -> tuple[object, ...]:
    return (item.told.article, item.told.event.type)


def _series(
    chosen: Sequence[Dated], read: Sequence[tuple[date, int]], by: str, since: date | None, end: date | None
) -> Iterator[Level]:
    start = since or min((item.day for item in chosen), default=None)
    if start is None or end is None:
        return
    groups: dict[str, list[Dated]] = defaultdict(list)
    for item in chosen:
        groups[item.period].append(item)
    articles: dict[str, int] = defaultdict(int)
    for day, number in read:
        articles[period_of(day, by)] += number
    for period in periods(days_of(period_of(start, by))[0], end, by):
        group = groups.get(period, [])
        yield Level(
            period=period,
            balance=round(_mean(group), _PLACES) if group else None,
            events=len(group),
            origins=len({item.told.origin for item in group}),
            articles_read=articles.get(period, 0),
        )


def _evidence(chosen: Sequence[Dated]) -> Iterator[Contribution]:
    """The events behind the latest level by weight, then the earlier ones, newest first."""
    latest = max((item.period for item in chosen), default="")
    last = [item for item in chosen if item.period == latest]
    shares = [_contribution(last, item) for item in last]
    for item, share in sorted(zip(last, shares, strict=True), key=lambda pair: -abs(pair[1] or 0.0)):
        yield _told(item, share)
    for item in sorted((item for item in chosen if item.period != latest), key=lambda item: item.day, reverse=True):
        yield _told(item, 0.0)


def _contribution(group: Sequence[Dated], one: Dated) -> float | None:
    rest = [item for item in group if item is not one]
    return round(_mean(group) - _mean(rest), _PLACES) if rest else None


def _mean(group: Iterable[Dated]) -> float:
    return fmean(item.told.event.intensity for item in group)


def _told(item: Dated, share: float | None) -> Contribution:
    event = item.told.event
    return Contribution(
        event=event.id,
        contribution=share,
        date=item.day.isoformat(),
        dated_by=item.by,
        status=event.status,
        type=event.type,
        intensity=event.intensity,
        sentence=item.told.sentence,
        article=item.told.article,
        source=item.told.source,
        published=item.told.published,
    )
