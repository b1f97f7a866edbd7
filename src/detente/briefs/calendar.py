"""The calendar: what is planned, each plan once, and whether it was seen to occur.

A plan is settled by an event that another article tells as done, of the same type and sides, around the days set for it.
An event without a day of its own settles a plan only where it names the same people or the same town.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from detente.briefs.matching import Fit, countries_of, elsewhere, fit_of, in_one_town, parties_of, same_deed, same_place
from detente.briefs.printed import Around, Told, cited, days_of, printed_on
from detente.briefs.records import Ahead
from detente.ontology import quad
from detente.records import Event

_SLACK = timedelta(days=1)  # by which a plan and the news of it differ by time zone, or by the day of travelling
_STAY = timedelta(days=3)  # of a visitor who is known by name
_DAY_OF_ITS_OWN = timedelta(days=7)  # an event over more days is dated too loosely to be known by them
_SEASON = timedelta(days=31)  # over so many days two countries may meet twice
_LONG = timedelta(days=100)
_YEAR = timedelta(days=366)  # what is to happen within a longer time, or in a whole year to come, has no days
_PRAISE = frozenset({"051", "052", "053"})  # CAMEO: praise, defend in words, rally support
_CROWD = 4  # countries
_ANEW = timedelta(days=14)  # plans without a day that are told within so many days are one
_MEETING = re.compile(r"\b(?:talks|meetings?|summit|negotiations|rounds?|conference|session)\b", re.IGNORECASE)
_VISIT = re.compile(r"\b(?:visits?|trip|tour|travel)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Plan:
    """One plan with all that tell it, the first first. end, start: None when no day is set."""

    tellings: list[Told]
    start: date | None
    end: date | None

    @property
    def first(self) -> Told:
        return self.tellings[0]

    @property
    def articles(self) -> set[str]:
        return {told.article for told in self.tellings}


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
    deeds = [item for item in events if _is_done(item)]
    refusals = [item for item in events if _calls_off(item)]
    found = [_entry(plan, deeds, refusals, now, known) for plan in _plans(events, known) if _within(plan, since, until)]
    return tuple(sorted(found, key=lambda entry: (entry.start or "9999", entry.end or "9999", entry.event)))


def is_plan(told: Told) -> bool:
    """Whether an event is a plan ahead: not mere words, nor what is asked for, nor what was to be on a day already over."""
    event, day, days = told.event, printed_on(told), days_of(told.event)
    if event.status != "planned" or event.asked is not None or event.past or _is_talk(event):
        return False
    return days is None or day is None or days[1] >= day


def _is_talk(event: Event) -> bool:
    """Whether it is nothing to wait for: words of blame or praise, a demand, a refusal."""
    return quad(event.type) == "verbal conflict" or (event.type == "SUPPORT" and event.cameo in _PRAISE)


def _plans(events: Sequence[Told], around: Around) -> list[_Plan]:
    found: list[_Plan] = []
    for told in events:
        if not is_plan(told):
            continue
        same = next((plan for plan in found if _is_same(plan, told, around)), None)
        if same:
            same.tellings.append(told)
        else:
            start, end = _set_for(told) or (None, None)
            found.append(_Plan([told], start, end))
    return found


def _set_for(told: Told) -> tuple[date, date] | None:
    """The days set for a plan. None for a coming year or a longer time: "the 2030 goals" are for no day."""
    days, day = days_of(told.event), printed_on(told)
    if days is None or days[1] - days[0] > _YEAR:
        return None
    coming = day is not None and days[0] - day > _SEASON
    return None if coming and days[1] - days[0] > _LONG * 2 else days


def _is_same(plan: _Plan, told: Told, around: Around) -> bool:
    if not same_deed(plan.first.event, told.event):
        return False
    days, mirrored = _set_for(told), _is_mirrored(plan.first, told)
    if plan.start is None or plan.end is None or days is None:
        return (plan.start is None and days is None) and (
            mirrored or (_soon_after(plan.first, told) and _fits_all(plan, told, around))
        )
    if abs(plan.start - days[0]) > _SLACK or abs(plan.end - days[1]) > _SLACK:
        return False
    return mirrored or _fits_all(plan, told, around)


def _fits_all(plan: _Plan, told: Told, around: Around) -> bool:
    """Whether it is of the same people as every telling so far: a country's visit may be that of either minister."""
    return all(fit_of(item, told, around) is not None for item in plan.tellings)


def _is_mirrored(first: Told, told: Told) -> bool:
    """Whether one deed is told from either side: "Norway and Finland will sign an accord"."""
    return first.article == told.article and first.event.trigger == told.event.trigger


def _soon_after(first: Told, told: Told) -> bool:
    one, two = printed_on(first), printed_on(told)
    return first.article != told.article and one is not None and two is not None and abs(two - one) <= _ANEW


def _entry(plan: _Plan, deeds: Sequence[Told], refusals: Sequence[Told], now: date | None, around: Around) -> Ahead:
    event = plan.first.event
    proof = _settled(plan, deeds, around)
    outcome = "seen"
    if proof is None:
        proof = next((item for item in refusals if _is_called_off(plan, item, around)), None)
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


def _pending(plan: _Plan, now: date | None) -> str:
    if plan.end is None:
        return "open"
    return "ahead" if now is None or now <= plan.end else "not seen"


def _settled(plan: _Plan, deeds: Sequence[Told], around: Around) -> Told | None:
    """The event that shows the plan done: of several the most certain, then the first told."""
    found = [
        (quality, deed)
        for deed in deeds
        if deed.article not in plan.articles
        for item in plan.tellings
        if (quality := _quality(plan, item, deed, around)) is not None
    ]
    return min(found, key=lambda pair: (pair[0], _order(pair[1])), default=(0, None))[1]


def _quality(plan: _Plan, item: Told, deed: Told, around: Around) -> int | None:
    """How well a deed settles the plan as one article tells it; None where it does not.

    0: on the day by its text, done by the people named; 1: on the day by its text; 2: told in those days.
    """
    planned, told = printed_on(plan.first), printed_on(deed)
    if plan.start is None or plan.end is None or planned is None or told is None:
        return None
    if told < max(planned, plan.start - _SLACK) or not same_deed(item.event, deed.event):
        return None
    fit = fit_of(item, deed, around) if same_place(item, deed, around) else None
    if fit is None or not _is_certain(plan.end - plan.start, item, deed, fit, around):
        return None
    days = days_of(deed.event)
    if days is not None and days[1] - days[0] <= _DAY_OF_ITS_OWN:
        late = _STAY if fit.people and item.event.mode == "visit" else _SLACK
        early = timedelta() if elsewhere(item, deed, around) else _SLACK
        in_time = days[0] <= plan.end + late and days[1] >= max(plan.start - early, planned)
        return (0 if fit.people else 1) if in_time else None
    if days is not None or not plan.start <= told <= plan.end + _SLACK:
        return None
    return 2 if fit.people or in_one_town(item, deed, around) else None


def _is_certain(width: timedelta, item: Told, deed: Told, fit: Fit, around: Around) -> bool:
    """Whether enough is the same for the width of the plan's days."""
    if fit.people or in_one_town(item, deed, around):
        return True
    if _is_crowd(item, deed):
        return False
    mode = item.event.mode
    return width <= _SEASON or (width <= _LONG and mode is not None and mode == deed.event.mode)


def _is_crowd(plan: Told, deed: Told) -> bool:
    """Whether many more met than had been meant to: two of a hundred ministers have not had their talk."""
    return len(countries_of(deed.event)) > max(_CROWD, 2 * len(countries_of(plan.event)))


def _is_done(told: Told) -> bool:
    return told.event.status in ("occurred", "ongoing") and not told.event.past and told.event.asked is None


def _calls_off(told: Told) -> bool:
    event = told.event
    return event.type == "REJECT" and event.mode == "meet" and event.status == "occurred" and not event.past


def _is_called_off(plan: _Plan, refusal: Told, around: Around) -> bool:
    """Whether a meeting or a visit was called off after it had been planned, before it was due."""
    planned, told = printed_on(plan.first), printed_on(refusal)
    if plan.first.event.type != "CONSULT" or planned is None or told is None or plan.end is None:
        return False
    word = _VISIT if plan.first.event.mode == "visit" else _MEETING
    in_time = planned <= told <= plan.end + _SLACK and refusal.article not in plan.articles
    return in_time and bool(word.search(refusal.event.span.text)) and fit_of(plan.first, refusal, around) is not None


def _within(plan: _Plan, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    if plan.start is None or plan.end is None:
        return False
    return (since is None or plan.end >= since) and (until is None or plan.start <= until)


def _order(told: Told) -> tuple[str, str, str]:
    return (told.published or "9999", told.article, told.event.id)
