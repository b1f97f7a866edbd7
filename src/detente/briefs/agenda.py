"""The agenda of two countries: issue by issue what was done, what is to come, and what was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean

from detente.briefs.printed import Around, Saying, Told, cited, days_of, said_of
from detente.briefs.records import Cited, Issue, Said
from detente.records import Event

_DONE = ("occurred", "ongoing")
_AHEAD = ("planned", "conditional")
_PLACES = 2


def agenda_of(
    told: Iterable[Told], sayings: Iterable[Saying], a: str, b: str, *, around: Around | None = None
) -> tuple[Issue, ...]:
    """The issues, those with the most events first.

    told: the events between the two. sayings: what their speakers said; a position is a quotation that tells an event (or is
    told by one) and names the other side, there or in its words. An event of several contexts stands under each, one without a
    context under none; history told in passing is no issue of today.
    """
    urls = around.urls if around else {}
    events: dict[str, list[Told]] = defaultdict(list)
    for item in _once(told):
        for context in item.event.contexts:
            events[context].append(item)
    said: dict[str, list[Saying]] = defaultdict(list)
    for saying in sayings:
        for context in _contexts(saying, a, b):
            said[context].append(saying)
    found = [_issue(context, events[context], said[context], urls) for context in {*events, *said}]
    return tuple(sorted(found, key=lambda issue: (-issue.events - issue.planned, -len(issue.positions), issue.context)))


def _once(told: Iterable[Told]) -> list[Told]:
    """Each deed once, though it may be told from either side; history left out."""
    found: dict[tuple[object, ...], Told] = {}
    for item in told:
        if not item.event.past:
            trigger = item.event.trigger
            found.setdefault((item.article, item.event.type, trigger.field, trigger.start), item)
    return list(found.values())


def _issue(context: str, items: Sequence[Told], sayings: Sequence[Saying], urls: Mapping[str, str]) -> Issue:
    newest = sorted(items, key=lambda item: (_day(item), item.article, item.event.id), reverse=True)
    done = [item for item in newest if item.event.status in _DONE]
    return Issue(
        context=context,
        events=len(done),
        planned=sum(1 for item in items if item.event.status in _AHEAD or item.event.asked),
        intensity=round(fmean(item.event.intensity for item in done), _PLACES) if done else None,
        latest=next((day for item in newest if (day := _day(item))), None),
        proofs=_distinct(cited(item, urls) for item in newest),
        positions=_positions(sayings, urls),
    )


def _contexts(saying: Saying, a: str, b: str) -> set[str]:
    """The contexts in which a quotation takes a position towards the other side."""
    home = saying.speaker.country or saying.speaker.id
    other = b if home == a else a
    deeds = [event for event in saying.deeds if not event.past]
    return {context for event in deeds if _concerns(saying, event, other) for context in event.contexts}


def _concerns(saying: Saying, event: Event, other: str) -> bool:
    return other in saying.named or other in (*event.source_countries, *event.target_countries, *event.targets)


def _positions(sayings: Iterable[Saying], urls: Mapping[str, str]) -> tuple[Said, ...]:
    """The quotations, the newest first, each text once: where it was printed first."""
    ordered = sorted(sayings, key=lambda saying: (saying.published or "", saying.article, saying.quote.start))
    once: dict[tuple[str | None, str], Saying] = {}
    for saying in ordered:
        once.setdefault((saying.speaker.country, _plain(saying.quote.text)), saying)
    return tuple(said_of(saying, urls) for saying in reversed(once.values()))


def _distinct(words: Iterable[Cited]) -> tuple[Cited, ...]:
    return tuple({(one.article, one.sentence): one for one in words}.values())


def _day(item: Told) -> str:
    days = days_of(item.event)
    return (days[0].isoformat() if days else "") or (item.published or "")[:10]


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
