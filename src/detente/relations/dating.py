"""Which period an event counts in.

Deeds that occurred count on their own day where the text names one that lies within one period, else on the day their
article was published. A span over several periods ("this year") counts with its article when that was published within
the span; otherwise no period can be named and the event is left out, and counted as left out. An ongoing state counts
in the period in which it is reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.records import Event
from detente.relations.periods import period_of
from detente.relations.records import Told

COUNTED = ("occurred", "ongoing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """An event with its period and day. by: "text" or "publication"."""

    told: Told
    period: str
    day: date
    by: str


def counts(event: Event) -> bool:
    """True for deeds that the index is made of: done or under way, and not history told in passing."""
    return event.status in COUNTED and not event.past


def dated(told: Told, unit: str) -> Dated | None:
    """The event in its period, None when there is none that could be named."""
    published = _day(told.published)
    span = _span(told.event)
    reported = None
    if published:
        reported = Dated(told=told, period=period_of(published, unit), day=published, by="publication")
    if span is None or (told.event.status == "ongoing" and reported):
        return reported
    first, last = span
    if period_of(first, unit) == period_of(last, unit):
        return Dated(told=told, period=period_of(first, unit), day=first, by="text")
    return reported if published and first <= published <= last else None


def _span(event: Event) -> tuple[date, date] | None:
    if event.date is None:
        return None
    first, last = _day(event.date.start), _day(event.date.end)
    return (first, last) if first and last and first <= last else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
