"""Plans: which events are plans, for which days, and which tellings are of one plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from detente.briefs.matching import fit_of, is_mutual, parties_of, same_deed
from detente.briefs.printed import Around, Told, days_of, printed_on
from detente.ontology import quad
from detente.records import Event

SLACK = timedelta(days=1)  # by which a plan and the news of it differ by time zone, or by the day of travelling
SEASON = timedelta(days=31)  # over so many days two countries may meet twice
_YEAR = timedelta(days=366)  # what is to happen within a longer time, or in a whole year to come, has no days
_FAR = timedelta(days=200)
_ANEW = timedelta(days=14)  # plans without a day that are told within so many days are one
_WORDS = frozenset(
    {"051", "052", "053", None}
)  # CAMEO: praise, defend in words, rally support; no code: no deed is named

type _Key = tuple[object, ...]


@dataclass(slots=True)
class Plan:
    """One plan with all that tell it, the first first. start, end: None when no day is set."""

    tellings: list[Told]
    start: date | None
    end: date | None

    @property
    def first(self) -> Told:
        """Its first telling."""
        return self.tellings[0]

    @property
    def articles(self) -> set[str]:
        """The articles that tell it."""
        return {told.article for told in self.tellings}


def is_plan(told: Told) -> bool:
    """Whether an event is a plan ahead: not mere words, nor what is asked for, nor what was to be on a day already over."""
    event, day, days = told.event, printed_on(told), days_of(told.event)
    if event.status != "planned" or event.asked is not None or event.past or _is_talk(event):
        return False
    return days is None or day is None or days[1] >= day


def plans_of(events: Iterable[Told], around: Around) -> list[Plan]:
    """The plans among the events, which come by day of publication; each with all its tellings."""
    found: list[Plan] = []
    shelves: dict[_Key, list[Plan]] = defaultdict(list)
    for told in events:
        if not is_plan(told):
            continue
        days = _set_for(told)
        near = (plan for key in _near(told, days) for plan in reversed(shelves.get(key, ())))
        same = next((plan for plan in near if _is_same(plan, told, days, around)), None)
        if same:
            same.tellings.append(told)
            continue
        start, end = days or (None, None)
        found.append(Plan([told], start, end))
        for key in _shelves(told, start):
            shelves[key].append(found[-1])
    return found


def _is_talk(event: Event) -> bool:
    """Whether it is nothing to wait for: words of blame or praise, a demand, a refusal."""
    return quad(event.type) == "verbal conflict" or (event.type == "SUPPORT" and event.cameo in _WORDS)


def _set_for(told: Told) -> tuple[date, date] | None:
    """The days set for a plan. None for a coming year or a longer time: "the 2030 goals" are for no day."""
    days, day = days_of(told.event), printed_on(told)
    if days is None or days[1] - days[0] > _YEAR:
        return None
    coming = day is not None and days[0] - day > SEASON
    return None if coming and days[1] - days[0] > _FAR else days


def _shelves(told: Told, start: date | None) -> Iterator[_Key]:
    """Where a plan is put: by the word that tells it, and by its first day, else by its sides."""
    event = told.event
    yield _place(told)
    if start is not None:
        yield (event.type, start)
        return
    for doer, other in _pairs(event):
        yield (event.type, doer, other)
        if is_mutual(event) and doer != other:
            yield (event.type, other, doer)


def _near(told: Told, days: tuple[date, date] | None) -> Iterator[_Key]:
    """Where a plan may stand that this event tells again."""
    event = told.event
    yield _place(told)
    if days is not None:
        yield from ((event.type, days[0] + shift) for shift in (timedelta(), -SLACK, SLACK))
        return
    yield from ((event.type, doer, other) for doer, other in _pairs(event))


def _place(told: Told) -> _Key:
    return (told.article, told.event.trigger)


def _pairs(event: Event) -> Iterator[tuple[str, str]]:
    doers = parties_of(event.source_countries, event.sources) or ("",)
    return product(doers, parties_of(event.target_countries, event.targets) or ("",))


def _is_same(plan: Plan, told: Told, days: tuple[date, date] | None, around: Around) -> bool:
    if not same_deed(plan.first.event, told.event):
        return False
    mirrored = _is_mirrored(plan.first, told)
    if plan.start is None or plan.end is None or days is None:
        return (plan.start is None and days is None) and (
            mirrored or (_soon_after(plan.first, told) and _fits_all(plan, told, around))
        )
    if abs(plan.start - days[0]) > SLACK or abs(plan.end - days[1]) > SLACK:
        return False
    return mirrored or _fits_all(plan, told, around)


def _fits_all(plan: Plan, told: Told, around: Around) -> bool:
    """Whether it is of the same people as every telling so far: a country's visit may be that of either minister."""
    return all(fit_of(item, told, around) is not None for item in plan.tellings)


def _is_mirrored(first: Told, told: Told) -> bool:
    """Whether one deed is told from either side: "Norway and Finland will sign an accord"."""
    return first.article == told.article and first.event.trigger == told.event.trigger


def _soon_after(first: Told, told: Told) -> bool:
    one, two = printed_on(first), printed_on(told)
    return first.article != told.article and one is not None and two is not None and abs(two - one) <= _ANEW
