"""The calendar: what is planned, each plan once, and whether it was seen to occur.

A plan is settled by an event that another article tells as done, of the same type and sides, around the days set for it.
An event without a day of its own settles a plan only where it names the same people or the same town.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from detente.briefs.matching import Fit, countries_of, elsewhere, fit_of, in_one_town, parties_of, same_deed, same_place
from detente.briefs.plans import SEASON, SLACK, Plan, plans_of
from detente.briefs.printed import Around, Told, cited, days_of, printed_on
from detente.briefs.records import Ahead

_STAY = timedelta(days=3)  # of a visitor who is known by name
_DAY_OF_ITS_OWN = timedelta(days=7)  # an event over more days is dated too loosely to be known by them
_LONG = timedelta(days=100)
_CROWD = 4  # countries
_MEETING = re.compile(r"\b(?:talks|meetings?|summit|negotiations|rounds?|conference|session)\b", re.IGNORECASE)
_VISIT = re.compile(r"\b(?:visits?|trip|tour|travel)\b", re.IGNORECASE)

type _Shelves = dict[tuple[str, str], list[tuple[date, Told]]]  # by type and party: events with their day, in order


def calendar_of(
    told: Iterable[Told],
    *,
    now: date | None,
    around: Around | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Ahead, ...]:
    """The plans by their days, those without a day last.

    told: events, among them those that may settle a plan. now: the day from which one looks; None when it is unknown: then
    nothing is over. since, until: only plans with days in between. Plans for days that were over when they were told are
    none.
    """
    known = around or Around()
    events = sorted(told, key=_order)
    deeds = _by_party((item for item in events if _is_done(item)), _first_day)
    refusals = _by_party((item for item in events if _calls_off(item)), printed_on)
    found = [
        _entry(plan, deeds, refusals, now, known) for plan in plans_of(events, known) if _within(plan, since, until)
    ]
    return tuple(sorted(found, key=lambda entry: (entry.start or "9999", entry.end or "9999", entry.event)))


def _entry(plan: Plan, deeds: _Shelves, refusals: _Shelves, now: date | None, around: Around) -> Ahead:
    event = plan.first.event
    proof = _settled(plan, deeds, around)
    outcome = "seen"
    if proof is None:
        proof = _refused(plan, refusals, around)
        outcome = "called off" if proof else _pending(plan, now)
    return Ahead(
        event=event.id,
        type=event.type,
        mode=event.mode,
        sources=parties_of(event.source_countries, event.sources),
        targets=parties_of(event.target_countries, event.targets),
        start=plan.start.isoformat() if plan.start else None,
        end=plan.end.isoformat() if plan.end else None,
        when=event.date.text if event.date else "",
        outcome=outcome,
        plan=cited(plan.first, around.urls),
        origins=len({origin for told in plan.tellings for origin in told.origins}),
        seen=proof.event.id if proof else None,
        proof=cited(proof, around.urls) if proof else None,
    )


def _pending(plan: Plan, now: date | None) -> str:
    if plan.end is None:
        return "open"
    return "ahead" if now is None or now <= plan.end else "not seen"


def _settled(plan: Plan, deeds: _Shelves, around: Around) -> Told | None:
    """The event that shows the plan done: of several the most certain, then the first told."""
    if plan.start is None or plan.end is None:
        return None
    first, last = plan.start - SLACK - _DAY_OF_ITS_OWN, plan.end + _STAY
    found = [
        (quality, deed)
        for item in plan.tellings
        for deed in _of_its_parties(item, item.event.type, deeds, first, last)
        if deed.article not in plan.articles and (quality := _quality(plan, item, deed, around)) is not None
    ]
    return min(found, key=lambda pair: (pair[0], _order(pair[1])), default=(0, None))[1]


def _quality(plan: Plan, item: Told, deed: Told, around: Around) -> int | None:
    """How well a deed settles the plan as one article tells it; None where it does not.

    0: on the day by its text, done by the people named; 1: on the day by its text; 2: told in those days.
    """
    planned, told, days = printed_on(plan.first), printed_on(deed), days_of(deed.event)
    if (
        plan.start is None
        or plan.end is None
        or planned is None
        or told is None
        or told < max(planned, plan.start - SLACK)
    ):
        return None
    own = days is not None and days[1] - days[0] <= _DAY_OF_ITS_OWN
    if (days is not None and not own) or (days is None and not plan.start <= told <= plan.end + SLACK):
        return None
    if not same_deed(item.event, deed.event) or not same_place(item, deed, around):
        return None
    fit = fit_of(item, deed, around)
    if fit is None or not _is_certain(plan.end - plan.start, item, deed, fit, around):
        return None
    if days is None:
        return 2 if fit.people or in_one_town(item, deed, around) else None
    late = _STAY if fit.people and item.event.mode == "visit" else SLACK
    early = timedelta() if elsewhere(item, deed, around) else SLACK
    in_time = days[0] <= plan.end + late and days[1] >= max(plan.start - early, planned)
    return (0 if fit.people else 1) if in_time else None


def _is_certain(width: timedelta, item: Told, deed: Told, fit: Fit, around: Around) -> bool:
    """Whether enough is the same for the width of the plan's days."""
    if fit.people or in_one_town(item, deed, around):
        return True
    if _is_crowd(item, deed):
        return False
    mode = item.event.mode
    return width <= SEASON or (width <= _LONG and mode is not None and mode == deed.event.mode)


def _is_crowd(plan: Told, deed: Told) -> bool:
    """Whether many more met than had been meant to: two of a hundred ministers have not had their talk."""
    return len(countries_of(deed.event)) > max(_CROWD, 2 * len(countries_of(plan.event)))


def _is_done(told: Told) -> bool:
    return told.event.status in ("occurred", "ongoing") and not told.event.past and told.event.asked is None


def _calls_off(told: Told) -> bool:
    event = told.event
    return event.type == "REJECT" and event.mode == "meet" and event.status == "occurred" and not event.past


def _refused(plan: Plan, refusals: _Shelves, around: Around) -> Told | None:
    """The first news that it was called off."""
    planned = printed_on(plan.first)
    if plan.first.event.type != "CONSULT" or plan.end is None or planned is None:
        return None
    found = _of_its_parties(plan.first, "REJECT", refusals, planned, plan.end + SLACK)
    fitting = [item for item in found if _is_called_off(plan, item, around)]
    return min(fitting, key=_order, default=None)


def _by_party(items: Iterable[Told], day_of: Callable[[Told], date | None]) -> _Shelves:
    """Events by type and each of their parties, in order of their day; under "" those with a side whose parties nobody knows."""
    found: _Shelves = defaultdict(list)
    for item in items:
        day = day_of(item)
        doers, others = _parties(item)
        for party in {*(doers or ("",)), *(others or ("",))} if day else ():
            found[item.event.type, party].append((day or date.min, item))
    for shelf in found.values():
        shelf.sort(key=_shelf_day)
    return found


def _of_its_parties(plan: Told, type_: str, shelves: _Shelves, first: date, last: date) -> list[Told]:
    """The events of a type and of those days that share a party with the plan, by the side that has fewer of them."""
    sides = [{*side, ""} for side in _parties(plan) if side] or [{party for kind, party in shelves if kind == type_}]
    fewest = min(sides, key=lambda side: sum(len(shelves.get((type_, party), ())) for party in side))
    found: dict[int, Told] = {}
    for party in sorted(fewest):
        shelf = shelves.get((type_, party), [])
        within = shelf[bisect_left(shelf, first, key=_shelf_day) : bisect_right(shelf, last, key=_shelf_day)]
        found |= {id(item): item for _, item in within}
    return list(found.values())


def _shelf_day(entry: tuple[date, Told]) -> date:
    return entry[0]


def _first_day(item: Told) -> date | None:
    """The first day that the text gives an event, else that of publication."""
    days = days_of(item.event)
    return days[0] if days else printed_on(item)


def _parties(item: Told) -> tuple[tuple[str, ...], tuple[str, ...]]:
    event = item.event
    return parties_of(event.source_countries, event.sources), parties_of(event.target_countries, event.targets)


def _is_called_off(plan: Plan, refusal: Told, around: Around) -> bool:
    """Whether another article tells that this meeting or visit was called off."""
    word = _VISIT if plan.first.event.mode == "visit" else _MEETING
    if refusal.article in plan.articles or not word.search(refusal.event.span.text):
        return False
    return fit_of(plan.first, refusal, around) is not None


def _within(plan: Plan, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    if plan.start is None or plan.end is None:
        return False
    return (since is None or plan.end >= since) and (until is None or plan.start <= until)


def _order(told: Told) -> tuple[str, str, str]:
    return (told.published or "9999", told.article, told.event.id)
