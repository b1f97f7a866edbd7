"""The rules that read days: numbered, named by weekday or holiday, and the weeks and weekends they lie in."""

from __future__ import annotations

import re
from datetime import date, timedelta

from detente.reading.times.anchor import Timeline
from detente.reading.times.patterns import Match
from detente.reading.times.rules import Meaning, Meanings, Rule, full_year, named_year, nearest, on_day, one, story_year
from detente.reading.times.values import (
    day_value,
    moved,
    nth_weekday,
    real_day,
    unit_value,
    week_value,
    weekday_near,
)
from detente.reading.times.years import month as month_of

_SOON = 1  # days: without a tense, tomorrow's weekday is tomorrow and not six days ago


def day_number(m: Match) -> int:
    """The day of the month among the parts."""
    return m.number("DAY", "DAYTH") or 0


def iso(m: Match, at: Timeline) -> Meanings:
    """2020-08-18, 2020/08/18, 20200818."""
    if whole := m.get("ISO"):
        digits = re.sub(r"\D", "", whole)
        year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    else:
        year, month, day = (int(p.value) for p in m.parts if p.name in ("YEAR", "TWO"))
    found = real_day(year, month, day)
    return on_day(found)


def numeric(m: Match, at: Timeline) -> Meanings:
    """18/08/2020 and 8/18/2020; where both readings are days, the one near publication, else no more than the year."""
    a, b, year = (int(x) for x in re.split(r"[/.]", m.get("NDATE") or ""))
    if year < 100:
        year = full_year(year, at.published)
    days = {d for d in (real_day(year, b, a), real_day(year, a, b)) if d}
    near = [d for d in days if at.published and abs((d - at.published).days) <= 45]
    if len(days) == 1 or len(near) == 1:
        return one(day_value(near[0] if near else days.pop()))
    return one(f"{year:04}") if days else ()


def full_date(m: Match, at: Timeline) -> Meanings:
    """Monday, 17 August 2020."""
    year = m.number("YEAR")
    if year is None:
        whole = [int(p.value) for p in m.parts if p.name in ("DAY", "YEAR")]
        year = whole[-1]
    found = real_day(year, m.number("MONTH") or 0, day_number(m))
    return on_day(found)


def day_of_month(m: Match, at: Timeline) -> Meanings:
    """Aug. 7, the 5th of May: the year comes from the words, the tense, or what was told last."""
    month, day = m.number("MONTH") or 0, day_number(m)
    year, anchor = named_year(m, at)
    if year is None:
        found, anchor = near_day(m, at, month, day)
    else:
        found = real_day(year, month, day)
    if found is None:
        return one(f"{at.era or 'XXXX'}-{month:02}-{day:02}") if real_day(2000, month, day) and at.now is None else ()
    return one(day_value(found), anchor)


def near_day(m: Match, at: Timeline, month: int, day: int) -> tuple[date | None, date | None]:
    """The day of that month which the article means, and the anchor it was found from."""
    now = at.now
    if now is None:
        return None, None
    if at.narrative and at.latest:
        return real_day(story_year(at, month), month, day), now
    way, name = at.way(m.start), f"{month}-{day}"
    if not way and (before := at.said(name)):
        return before, now
    days = [d for y in (now.year - 1, now.year, now.year + 1) if (d := real_day(y, month, day))]
    weekday = m.number("WDAY")
    if weekday and (fitting := [d for d in days if d.isoweekday() == weekday]):
        days = fitting
    found = nearest(days, now, way)
    if found:
        at.say(name, found)
    return found, now


def weekday_of_month(m: Match, at: Timeline) -> Meanings:
    """Friday the 13th: the nearest day that is both."""
    weekday, day, now = m.number("WDAY") or 0, day_number(m), at.now
    if now is None:
        return one(f"XXXX-XX-{day:02}")
    days = []
    for step in range(-12, 13):
        there = moved(now.replace(day=1), "M", step)
        found = there and real_day(there.year, there.month, day)
        if found and found.isoweekday() == weekday:
            days.append(found)
    found = nearest(days, now, at.way(m.start))
    return on_day(found, now)


def day_alone(m: Match, at: Timeline) -> Meanings:
    """On the 5th: of the month told last, else the nearest by the tense."""
    day = day_number(m)
    if at.latest and (at.latest[1] - at.latest[0]).days < 31 and at.latest[0].month == at.latest[1].month:
        return on_day(real_day(at.latest[0].year, at.latest[0].month, day), at.latest[0])
    now = at.now
    if now is None:
        return one(f"XXXX-XX-{day:02}")
    months = [there for step in (-1, 0, 1) if (there := moved(now.replace(day=1), "M", step))]
    found = [d for there in months if (d := real_day(there.year, there.month, day))]
    return on_day(nearest(found, now, at.way(m.start)), now)


def nth_day(m: Match, at: Timeline) -> Meanings:
    """The second Thursday of October 2020."""
    month = found[0].value if (found := month_of(m, at)) else ""
    nth = m.number("ORD") or 0
    if not month[:4].isdigit() or not (nth == -1 or 1 <= nth <= 5):
        return found if month.startswith("X") else ()
    day = nth_weekday(int(month[:4]), int(month[5:7]), m.number("WDAY") or 1, nth)
    return on_day(day, found[0].anchor) if day.month == int(month[5:7]) else ()


def days(m: Match, at: Timeline) -> Meanings:
    """May 3-5, 9 and 11 November 1942: two days."""
    first, second = (p for p in m.parts if p.name == "DAY")
    month, (year, anchor) = m.number("MONTH") or 0, named_year(m, at)
    found = []
    for part in (first, second):
        day = int(part.value)
        if year is None:
            near, anchor = near_day(m, at, month, day)
            value = day_value(near) if near else f"XXXX-{month:02}-{day:02}"
        else:
            near = real_day(year, month, day)
            value = day_value(near) if near else ""
        if not value:
            return ()
        found.append(value)
    leading = m.parts[0].name == "MONTH"
    cut = second.end - 1 if leading else first.end
    ends = (cut - 1, m.end) if leading else (first.end, m.end)
    return (
        Meaning(type="DATE", value=found[0], anchor=anchor, start=m.start, end=ends[0]),
        Meaning(type="DATE", value=found[1], anchor=anchor, start=cut if leading else cut + 1, end=m.end),
    )


def week_of(m: Match, at: Timeline) -> Meanings:
    """The week of March 6."""
    found = full_date(m, at) if m.has("YEAR") else day_of_month(m, at)
    if not found or found[0].value.startswith("X"):
        return one("XXXX-WXX")
    return one(week_value(date.fromisoformat(found[0].value)), found[0].anchor)


def weekday(m: Match, at: Timeline) -> Meanings:
    """Thursday, last Friday, Monday next week."""
    number, now = m.number("WDAY", "WDAB") or 0, at.published
    if now is None:
        return one(f"XXXX-WXX-{number}")
    step = m.number("LAST", "NEXT")
    if m.has("UNIT"):
        monday = weekday_near(now, 1, -1) + timedelta(7 * (step or 0))
        return one(day_value(monday + timedelta(number - 1)), now)
    if step is not None:
        return one(day_value(weekday_near(now, number, step, strictly=True)), now)
    way = 1 if m.has("THIS") and at.way(m.start) >= 0 else at.way(m.start, 1)
    found = at.said(f"day {number}") if way == 0 else None
    if found is None:
        ahead = (number - now.isoweekday()) % 7
        found = weekday_near(now, number, way or (1 if 0 < ahead <= _SOON else -1))
    at.say(f"day {number}", found)
    return one(day_value(found), now)


def weekend(m: Match, at: Timeline) -> Meanings:
    """The weekend, last weekend: the nearest on the side of the tense."""
    now = at.published
    if now is None:
        return one("XXXX-WXX-WE")
    step = m.number("LAST", "NEXT", "THIS") or 0
    saturday = weekday_near(now, 1, -1) + timedelta(5 + 7 * step)
    way = at.way(m.start)
    if not step and saturday > now and not m.has("THIS") and (way < 0 or (way == 0 and now.isoweekday() < 3)):
        saturday -= timedelta(7)
    return one(unit_value(saturday, "WE"), now)


DAYS: dict[str, Rule] = {
    "iso": iso,
    "numeric": numeric,
    "date": full_date,
    "day": day_of_month,
    "monthday": weekday_of_month,
    "daythe": day_alone,
    "nthday": nth_day,
    "days": days,
    "weekof": week_of,
    "weekday": weekday,
    "weekend": weekend,
}
