"""The rules that read months and longer: quarters, halves, seasons, years, decades, centuries, years before Christ."""

from __future__ import annotations

import re
from datetime import date

from detente.reading.times.anchor import Timeline
from detente.reading.times.patterns import Match
from detente.reading.times.rules import Meaning, Meanings, Rule, full_year, named_year, one, story_year
from detente.reading.times.values import month_near, month_value, moved, unit_value


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
    way = at.way(m.start, 1)
    name = f"month {number}"
    if not way and (before := at.said(name)):
        return before.year
    back = (now.month - number) % 12
    if not way or back == (11 if way < 0 else 1):  # nobody says plain "June" of a June eleven months off
        way = -1 if back <= 7 else 1
    year = month_near(now, number, way)
    at.say(name, date(year, number, 1))
    return year


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
    """The 1990s, the '60s, the late nineties; the 1800s are a century."""
    if found := m.get("DECADE", "MODDECADE"):
        return one(f"{found[:2]}XX" if found[2] == "0" and found < "190" else f"{found}X")
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


_LATELY = 7  # months: what has begun no longer ago is meant rather than what is to come
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
    step, begun = m.number("LAST", "NEXT", "BEFORE", "AFTER"), month_near(base, first_month, -1)
    back = (base.month - first_month) % 12
    inside = back < 3  # a half's last months count as past: nobody speaks of "the first half" in June as to come
    if m.has("THIS", "SAME"):
        return base.year - (first_month == 12 and base.month < 3)
    if step is not None:
        return begun + step if inside else month_near(base, first_month, step)
    if at.narrative and at.latest:
        return story_year(at, first_month)
    way = at.way(m.start, 1)
    past = inside or (back <= _LATELY if way == 0 else way < 0)
    return begun if past else month_near(base, first_month, 1)


def season_span(m: Match, at: Timeline) -> Meanings:
    """The winter of 1941-42."""
    first = (m.get("SPAN") or m.get("YEAR") or "")[:4]
    return one(f"{first}-{m.get('SEASON')}")


YEARS: dict[str, Rule] = {
    "month": month,
    "monthend": month,
    "yearspan": year_span,
    "year": year,
    "decade": decade,
    "century": century,
    "era": era,
    "quarter": part_of_year,
    "half": part_of_year,
    "season": season,
    "seasons": season_span,
}
