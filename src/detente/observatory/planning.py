"""The calendar, promises, agenda and concerns of an observatory: what is stored, handed to the room of briefs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from detente.errors import UsageError
from detente.observatory.telling import Storyteller

if TYPE_CHECKING:
    from detente.briefs.printed import Around, Printed
    from detente.briefs.records import Ahead, Concern, Issue, Pledge
    from detente.store import StoryEvent
    from detente.store.planning import StoredCommitment, StoredSaying
    from detente.store.snapshot import Snapshot

STATES = ("kept", "due", "overdue", "open")


def calendar(
    at: Snapshot,
    told: Storyteller,
    a: str | None,
    b: str | None,
    *,
    since: date | None,
    until: date | None,
    as_of: date | None,
) -> tuple[Ahead, ...]:
    """The plans of a, or between a and b, or of all. since, until: with days in between."""
    from detente.briefs.calendar import calendar_of
    from detente.briefs.plans import is_plan

    events = list(_events(at, told, a, b, as_of))
    kinds = {event.event.type for event in events if is_plan(event)}
    concerned = [event for event in events if event.event.type in kinds or event.event.type == "REJECT"]
    around = _around(at, concerned, as_of)
    return calendar_of(concerned, now=_today(at, as_of), around=around, since=since, until=until)


def commitments(
    at: Snapshot, told: Storyteller, a: str | None, b: str | None, *, state: str | None, as_of: date | None
) -> tuple[Pledge, ...]:
    """The promises of a, or between a and b, or of all. Raises UsageError for a state that there is not."""
    from detente.briefs.commitments import pledges_of, promised_types
    from detente.store.planning import commitments as promises

    if state is not None and state not in STATES:
        raise UsageError(f"expected one of the states {', '.join(STATES)}; found {state!r}")
    stories = told(at, as_of).stories
    promised = [
        replace(item, origin=story.id) if (story := stories.get(item.article)) else item
        for item in promises(at, as_of=as_of)
        if _is_between(item, a, b)
    ]
    givers = {item.by.country for item in promised if item.by is not None}
    kinds = promised_types(promised)
    deeds = [
        event
        for event in told.events(at, as_of=as_of)
        if event.event.type in kinds and givers.intersection(event.event.source_countries)
    ]
    found = pledges_of(promised, deeds, now=_today(at, as_of), around=_around(at, deeds, as_of, others=promised))
    return tuple(pledge for pledge in found if state in (None, pledge.state))


def agenda(
    at: Snapshot, told: Storyteller, a: str, b: str, *, since: date | None, as_of: date | None
) -> tuple[Issue, ...]:
    """The issues between a and b."""
    from detente.briefs.agenda import agenda_of
    from detente.store.planning import addresses

    events = list(told.events(at, between=(a, b), since=since, as_of=as_of))
    spoken = [saying for saying in _spoken(at, (a, b), as_of) if _is_since(saying, since)]
    cited = {*(event.article for event in events), *(saying.article for saying in spoken)}
    return agenda_of(events, spoken, a, b, urls=addresses(at, cited, as_of=as_of))


def concerns(
    at: Snapshot, a: str | None, b: str | None, *, since: date | None, as_of: date | None
) -> tuple[Concern, ...]:
    """What those who speak for a (or for any country) call a concern; with b, in quotations that name it."""
    from detente.briefs.concerns import concerns_of
    from detente.store.planning import addresses

    spoken = [
        saying
        for saying in _spoken(at, None if a is None else (a,), as_of)
        if (b is None or b in saying.named) and _is_since(saying, since)
    ]
    found = concerns_of(spoken)
    urls = addresses(at, {concern.said.words.article for concern in found}, as_of=as_of)
    return concerns_of(spoken, urls=urls) if urls else found


def _today(at: Snapshot, as_of: date | None) -> date | None:
    """The day from which one looks: the one given, else the last on which an article was published; never the clock's."""
    from detente.store import queries

    if as_of is not None:
        return as_of
    days = queries.days(at, as_of=None)
    return days[-1][0] if days else None


def _events(at: Snapshot, told: Storyteller, a: str | None, b: str | None, as_of: date | None) -> Iterator[StoryEvent]:
    if a is None:
        yield from told.events(at, as_of=as_of)
    elif b is not None:
        yield from told.events(at, between=(a, b), as_of=as_of)
    else:
        seen = set()
        for event in (*told.events(at, source=a, as_of=as_of), *told.events(at, target=a, as_of=as_of)):
            if (event.article, event.event.id) not in seen:
                seen.add((event.article, event.event.id))
                yield event


def _is_between(item: StoredCommitment, a: str | None, b: str | None) -> bool:
    if a is None:
        return True
    from detente.briefs.printed import home_of

    giver = item.by and home_of(item.by)
    others = {*item.named, *map(home_of, item.to)}
    others |= {code for deed in item.deeds for code in deed.target_countries}
    return (giver == a and (b is None or b in others)) or (giver == b and a in others)


def _spoken(at: Snapshot, countries: Collection[str] | None, as_of: date | None) -> Iterator[StoredSaying]:
    """What was said by those who may be counted to the countries; for None, to any."""
    from detente.briefs.printed import home_of
    from detente.store.planning import sayings

    found = sayings(at, countries=countries, as_of=as_of)
    return (saying for saying in found if home_of(saying.speaker) in (countries or (saying.speaker.country,)))


def _is_since(item: Printed, since: date | None) -> bool:
    return since is None or (item.published is not None and item.published[:10] >= since.isoformat())


def _around(
    at: Snapshot, events: Collection[StoryEvent], as_of: date | None, *, others: Iterable[Printed] = ()
) -> Around:
    """What is known beside the events: their actors and towns, and the addresses of all that is cited."""
    from detente.briefs.printed import Around
    from detente.store.planning import addresses, parties, towns

    articles = {event.article for event in events}
    actors = {id_ for event in events for id_ in (*event.event.sources, *event.event.targets)}
    return Around(
        actors={(article, actor.id): actor for article, actor in parties(at, articles, actors, as_of=as_of)},
        towns=towns(at, articles, as_of=as_of),
        urls=addresses(at, {*articles, *(item.article for item in others)}, as_of=as_of),
    )
