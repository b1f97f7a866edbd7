"""The rules that read calendar dates: each turns the matched words into TIMEX3 values, or into none when they are no date."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from detente.reading.time_anchor import Timeline
from detente.reading.time_patterns import Match
from detente.reading.time_values import (
    day_value,
    easter,
    month_near,
    month_value,
    moved,
    nth_weekday,
    real_day,
    unit_value,
    week_value,
    weekday_near,
)


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


def day_number(m: Match) -> int:
    """The day of the month among the parts."""
    return m.number("DAY", "DAYTH") or 0


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


def iso(m: Match, at: Timeline) -> Meanings:
    """2020-08-18."""
    if whole := m.get("ISO"):
        year, month, day = (int(x) for x in whole.split("-"))
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
        return real_day(story_year(at, month, day), month, day), now
    years = (now.year - 1, now.year, now.year + 1)
    days = [d for y in years if (d := real_day(y, month, day))]
    weekday = m.number("WDAY")
    if weekday and (fitting := [d for d in days if d.isoweekday() == weekday]):
        days = fitting
    return nearest(days, now, at.way(m.start)), now


def nearest(days: list[date], now: date, way: int) -> date | None:
    """The nearest day; one on the side that the tense points to counts as if it were four times as near."""
    return min(
        days, key=lambda d: abs((d - now).days) * (1 if way * (d - now).days >= 0 else 4 if way else 1), default=None
    )


def story_year(at: Timeline, month: int, day: int = 28) -> int:
    """In a narrative: the year told last, or the next when the month lies more than half a year back from the latest."""
    assert at.latest is not None
    first = at.latest[0]
    whole_year = (at.latest[1] - first).days > 200
    return first.year + (not whole_year and month <= first.month - 7)


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


def month(m: Match, at: Timeline) -> Meanings:
    """June, last June, early June 2020, June this year."""
    number = m.number("MONTH") or 0
    year, anchor = named_year(m, at)
    if year is None:
        year, anchor = _near_month(m, at, number)
    if year is None:
        return one(f"{at.era or 'XXXX'}-{number:02}")
    return one(month_value(year, number), anchor)


def _near_month(m: Match, at: Timeline, number: int) -> tuple[int | None, date | None]:
    step = m.number("LAST", "NEXT", "BEFORE", "AFTER")
    base = at.latest[0] if m.has("BEFORE", "AFTER", "SAME") and at.latest else at.published
    if base and step is not None:
        moved_month = moved(base.replace(day=1), "M", step)
        return (month_near(moved_month, number, step) if moved_month else None), base
    if m.has("THIS") and base:
        return base.year, base
    now = at.now
    if now is None:
        return None, None
    if at.narrative and at.latest:
        return story_year(at, number), now
    return _month_by_tense(m, at, number, now), now


def _month_by_tense(m: Match, at: Timeline, number: int, now: date) -> int:
    """The tense decides; without one the month as it was meant before, else the nearest with the past favoured."""
    way = at.way(m.start)
    name = f"month {number}"
    if not way and (before := at.said(name)):
        return before.year
    back = (now.month - number) % 12
    year = month_near(now, number, way if way else -1 if back <= 7 else 1)
    at.say(name, date(year, number, 1))
    return year


def week_of(m: Match, at: Timeline) -> Meanings:
    """The week of March 6."""
    found = full_date(m, at) if m.has("YEAR") else day_of_month(m, at)
    if not found or found[0].value.startswith("X"):
        return one("XXXX-WXX")
    return one(week_value(date.fromisoformat(found[0].value)), found[0].anchor)


def weekday(m: Match, at: Timeline) -> Meanings:
    """Thursday, last Friday, Monday next week."""
    number, now = m.number("WDAY") or 0, at.published
    if at.narrative and at.latest_day:
        now = at.latest_day
    if now is None:
        return one(f"XXXX-WXX-{number}")
    step = m.number("LAST", "NEXT")
    if m.has("UNIT"):
        monday = weekday_near(now, 1, -1) + timedelta(7 * (step or 0))
        return one(day_value(monday + timedelta(number - 1)), now)
    if step is not None:
        return one(day_value(weekday_near(now, number, step, strictly=True)), now)
    way = 1 if m.has("THIS") and at.way(m.start) >= 0 else at.way(m.start)
    found = at.said(f"day {number}") if way == 0 else None
    if found is None:
        found = weekday_near(now, number, way or -1)
    at.say(f"day {number}", found)
    return one(day_value(found), now)


def weekend(m: Match, at: Timeline) -> Meanings:
    """The weekend, last weekend: the nearest on the side of the tense."""
    now = at.published
    if now is None:
        return one("XXXX-WXX-WE")
    step = m.number("LAST", "NEXT", "THIS") or 0
    saturday = weekday_near(now, 1, -1) + timedelta(5 + 7 * step)
    if not step and saturday > now and at.way(m.start) <= 0 and not m.has("THIS"):
        saturday -= timedelta(7)
    return one(unit_value(saturday, "WE"), now)


def year_span(m: Match, at: Timeline) -> Meanings:
    """1941-42: two years."""
    if span := m.get("SPAN"):
        first, last = re.split(r"[–/-]", span)
        if len(last) == 4 or int(last) > int(first[2:]):
            return one(first)
        return ()
    first_part, last_part = m.parts[0], m.parts[-1]
    if int(last_part.value) <= int(first_part.value[2:]):
        return ()
    return (
        Meaning(type="DATE", value=first_part.value, start=m.start, end=first_part.end),
        Meaning(type="DATE", value=first_part.value[:2] + last_part.value, start=last_part.end - 1, end=m.end),
    )


def year(m: Match, at: Timeline) -> Meanings:
    """1998, mid-1999, the end of 1942, '92."""
    if found := m.get("YEAR", "MODYEAR"):
        return one(found)
    return one(str(full_year(int(m.get("SHORT") or 0), at.published)))


def decade(m: Match, at: Timeline) -> Meanings:
    """The 1990s, the '60s, the late nineties."""
    if found := m.get("DECADE", "MODDECADE"):
        return one(f"{found}X")
    tens = m.get("SHORTDECADE", "DECADEWORD")
    first = full_year(int(tens or 0) * 10, at.published)
    return one(f"{first // 10}X")


def century(m: Match, at: Timeline) -> Meanings:
    """The 19th century: 18XX."""
    number = m.number("ORD") or 0
    if number < 1:
        return ()
    return one(f"BC{number - 1:02}XX" if m.get("ERA") == "BC" else f"{number - 1:02}XX")


def era(m: Match, at: Timeline) -> Meanings:
    """44 BC, the winter of 218 BC, AD 70."""
    number = m.number("NUM") or 0
    tail = f"-{m.get('SEASON')}" if m.has("SEASON") else f"-{m.number('MONTH'):02}" if m.has("MONTH") else ""
    if not 0 < number <= 9999:
        return ()
    return one(f"BC{number:04}{tail}" if m.get("ERA") == "BC" else f"{number:04}{tail}")


def part_of_year(m: Match, at: Timeline) -> Meanings:
    """The second quarter of 2020, Q3, the first half of this year, last quarter."""
    letter = "Q" if m.has("QUARTER", "QUARTERNO") else "H"
    number = m.number("ORD", "QUARTERNO", "HALFNO")
    if number is None:
        step = m.number("LAST", "NEXT", "THIS")
        there = at.published and step is not None and moved(at.published.replace(day=1), "Q", step)
        return one(unit_value(there, "Q"), at.published) if there else one("XXXX-QX")
    count = 4 if letter == "Q" else 2
    if number == -1:
        number = count
    if not 1 <= number <= count:
        return ()
    named, anchor = named_year(m, at)
    if named is None and at.now:
        named, anchor = _near_part(m, at, number * 12 // count - 12 // count + 1, at.now), at.now
    return one(f"{named:04}-{letter}{number}" if named else f"XXXX-{letter}{number}", anchor)


_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def season(m: Match, at: Timeline) -> Meanings:
    """Last fall, the summer of 1942, this winter."""
    name = m.get("SEASON") or ""
    named, anchor = named_year(m, at)
    if named is None:
        base = at.latest[0] if m.has("BEFORE", "AFTER", "SAME") and at.latest else at.now
        if base is None:
            return one(f"{at.era or 'XXXX'}-{name}")
        named, anchor = _near_part(m, at, _SEASON_MONTH[name], base), base
    return one(f"{named:04}-{name}", anchor)


def _near_part(m: Match, at: Timeline, first_month: int, base: date) -> int:
    """The year of the nearest such quarter, half or season, by the words, then by the tense."""
    step = m.number("LAST", "NEXT", "BEFORE", "AFTER")
    if m.has("THIS", "SAME"):
        return base.year - (first_month == 12 and base.month < 3)
    if step is not None:
        inside = first_month <= base.month <= first_month + 2
        return month_near(base, first_month, step) + (step if inside else 0)
    if at.narrative and at.latest:
        return story_year(at, first_month)
    return month_near(base, first_month, at.way(m.start) or -1)


def season_span(m: Match, at: Timeline) -> Meanings:
    """The winter of 1941-42."""
    first = (m.get("SPAN") or m.get("YEAR") or "")[:4]
    return one(f"{first}-{m.get('SEASON')}")


def holiday(m: Match, at: Timeline) -> Meanings:
    """Christmas 1941, last Thanksgiving, Easter."""
    rule = m.get("HOLIDAY") or ""
    named, anchor = named_year(m, at)
    if named is not None:
        return one(day_value(holiday_in(rule, named)), anchor)
    now = at.now
    if now is None:
        return one(f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else "XXXX-XX-XX")
    if at.narrative and at.latest:
        return one(day_value(holiday_in(rule, now.year)), now)
    days = [holiday_in(rule, y) for y in (now.year - 1, now.year, now.year + 1)]
    step = m.number("LAST", "NEXT")
    if step is not None:
        days = [d for d in days if step * (d - now).days > 0]
    found = nearest(days, now, at.way(m.start))
    return on_day(found, now)


def holiday_week(m: Match, at: Timeline) -> Meanings:
    """Easter week, Thanksgiving weekend."""
    found = holiday(m, at)
    if not found or "X" in found[0].value:
        return one("XXXX-WXX")
    return one(week_value(date.fromisoformat(found[0].value)), found[0].anchor)


def holiday_in(rule: str, year_: int) -> date:
    """The day of a holiday in a year, by its rule in time_holidays.tsv."""
    if rule.startswith("easter"):
        return easter(year_) + timedelta(int(rule[6:]))
    if "/" not in rule:
        month_, day = rule.split("-")
        return date(year_, int(month_), int(day))
    month_, weekday_, nth = rule.split("/")
    count, _, plus = nth.partition("+")
    return nth_weekday(year_, int(month_), int(weekday_), int(count)) + timedelta(int(plus or 0))


CALENDAR: dict[str, Rule] = {
    "iso": iso,
    "numeric": numeric,
    "date": full_date,
    "day": day_of_month,
    "monthday": weekday_of_month,
    "days": days,
    "month": month,
    "monthend": month,
    "weekof": week_of,
    "weekday": weekday,
    "weekend": weekend,
    "yearspan": year_span,
    "year": year,
    "decade": decade,
    "century": century,
    "era": era,
    "quarter": part_of_year,
    "half": part_of_year,
    "season": season,
    "seasons": season_span,
    "holiday": holiday,
    "holidayweek": holiday_week,
}
