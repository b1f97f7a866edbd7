"""What a rule gives, and what the rules for dates share: the year that a month or day belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from detente.reading.times.anchor import Timeline
from detente.reading.times.patterns import Match
from detente.reading.times.values import day_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A time's type and value, what it was counted from, and its words when they are not all those of the match."""

    type: str
    value: str
    anchor: date | None = None
    start: int | None = None
    end: int | None = None


Meanings = tuple[Meaning, ...]
Rule = Callable[[Match, Timeline], Meanings]


def one(value: str | None, anchor: date | None = None, kind: str = "DATE") -> Meanings:
    """A single meaning of all the words; none for None."""
    return () if value is None else (Meaning(type=kind, value=value, anchor=anchor),)


def on_day(day: date | None, anchor: date | None = None) -> Meanings:
    """A day; none for None."""
    return () if day is None else one(day_value(day), anchor)


def named_year(m: Match, at: Timeline) -> tuple[int | None, date | None]:
    """The year said beside a month or day (1998, '98, last year, that year) and its anchor; (None, None) when none is."""
    if year := m.number("YEAR"):
        return year, None
    if short := m.get("SHORT"):
        return full_year(int(short), at.published), None
    if not m.has("UNIT") or (m.rule == "month" and m.get("UNIT") != "Y"):
        return at.ahead, None
    step = m.number("THIS", "LAST", "NEXT")
    if step is not None and at.published:
        return at.published.year + step, at.published
    if m.has("SAME") and at.latest:
        return at.latest[0].year, at.latest[0]
    return None, None


def full_year(short: int, near: date | None) -> int:
    """The four digits of '92: in the century that ends at most ten years after the article."""
    limit = (near.year if near else 2030) + 10
    return limit - (limit - short) % 100


def story_year(at: Timeline, month: int) -> int:
    """In a narrative: the year told last; the next where the month turns from the year's end to its beginning."""
    assert at.latest is not None
    first, last = at.latest
    within = (last - first).days < 200
    return first.year + (within and month <= first.month - 10)


def nearest(days: list[date], now: date, way: int) -> date | None:
    """The nearest day; one on the side that the tense points to counts as if it were four times as near."""
    return min(
        days, key=lambda d: abs((d - now).days) * (1 if way * (d - now).days >= 0 else 4 if way else 1), default=None
    )
