"""The rules for times that are counted: days from now, weeks ago, durations, sets, parts of the day, vague references."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from detente.reading.times.anchor import Timeline
from detente.reading.times.patterns import Match
from detente.reading.times.rules import Meanings, Rule, one
from detente.reading.times.values import PAST, day_value, moved, period, unit_value, unknown_value

_SHORT_UNITS = {"H", "MIN", "S"}
_STORY = ("SAME", "AFTER", "BEFORE")


def count_of(m: Match) -> float | None:
    """How many units; None when only "several"."""
    if glued := m.get("GLUED"):
        return float(glued.split(" ")[0])
    number = m.get("NUM", "ONE", "HALFA", "WHOLE")
    return None if number is None else float(number)


def unit_of(m: Match) -> str:
    """The unit's letter: D, W, M, Y, DE, CE, H, MIN, S, WE, FN."""
    if glued := m.get("GLUED"):
        return glued.split(" ")[1]
    return m.get("UNIT", "UNITS") or "D"


def counted(base: date | None, unit: str, count: float) -> Meanings:
    """The unit that lies `count` units from the base, at its own granularity; a unit of unknown days without a base."""
    if base is None:
        return one(unknown_value(unit))
    there = moved(base, unit, count)
    return one(unit_value(there, unit), base) if there else ()


def today(m: Match, at: Timeline) -> Meanings:
    """today, yesterday, the day after tomorrow."""
    return counted(at.published, "D", m.number("TODAY") or 0)


def tonight(m: Match, at: Timeline) -> Meanings:
    """Tonight."""
    return with_clock(counted(at.published, "D", 0), "NI")


def today_part(m: Match, at: Timeline) -> Meanings:
    """Yesterday morning, tomorrow at noon."""
    return with_clock(today(m, at), m.get("PART", "NOON") or "")


def this_part(m: Match, at: Timeline) -> Meanings:
    """As in this morning, last night, that afternoon, the next morning."""
    part = m.get("PART") or ""
    if m.has(*_STORY):
        step = m.number(*_STORY) or 0
        if m.has("AFTER") and part in ("AF", "EV", "NI"):
            step = min(step, 1)
        return with_clock(counted(at.latest_day, "D", step), part)
    away = m.number("LAST", "THIS", "NEXT")
    return with_clock(counted(at.published, "D", 1 if away is None else away), part)


def with_clock(meanings: Meanings, clock: str) -> Meanings:
    """The day with a part of it (MO, AF, EV, NI) or a time (10:35)."""
    return tuple(replace(m, type="TIME", value=f"{m.value.partition('T')[0]}T{clock}") for m in meanings)


def clock_of(m: Match) -> str:
    """10 p.m. as 22:00."""
    if noon := m.get("NOON"):
        return noon
    raw = m.get("CLOCKPM", "CLOCK", "DOTTED", "MILITARY", "DAY", "NUM") or "0"
    found = re.match(r"(\d{1,2}?)[:.]?(\d\d)?(?!\d)", raw)
    if found is None:
        return "XX"
    hour, minute = int(found[1]), found[2] or "00"
    half = m.get("AMPM") or ("pm" if "p" in raw else "am" if "a" in raw else None)
    if half and hour > 12:
        return f"{hour % 24:02}:{minute}"
    if half:
        hour = hour % 12 + 12 * (half == "pm")
    return f"{hour % 24:02}:{minute}"


def clock(m: Match, at: Timeline) -> Meanings:
    """10:35 a.m., noon: on the day told last, else that of publication."""
    day = at.latest_day or at.published
    return with_clock(one(day_value(day) if day else "XXXX-XX-XX", day), clock_of(m))


def relative(m: Match, at: Timeline) -> Meanings:
    """As in this week, last month, early next year, later this year, the current quarter."""
    unit, step = unit_of(m), m.number("LAST", "NEXT", "THIS") or 0
    if unit in _SHORT_UNITS or (unit == "D" and not m.has("THIS")):
        return ()
    if unit == "D":
        return counted(at.published, "D", 0)
    return counted(at.published, unit, step)


def the_unit(m: Match, at: Timeline) -> Meanings:
    """The end of the year: of the year told last in a narrative, of this one in news."""
    unit = unit_of(m)
    if unit in _SHORT_UNITS or unit in ("D", "CE"):
        return ()
    return counted(at.now, unit, 0)


def same(m: Match, at: Timeline) -> Meanings:
    """The next day, that year, the following week: from what was told last."""
    unit, step = unit_of(m), m.number("SAME", "AFTER", "BEFORE")
    if step is None:
        step = 1
    return counted(_told(at, unit), unit, step) if unit not in _SHORT_UNITS else ()


def prior(m: Match, at: Timeline) -> Meanings:
    """The day before, with nothing after it that it could be before of."""
    return counted(_told(at, unit_of(m)), unit_of(m), -1)


def day_part(m: Match, at: Timeline) -> Meanings:
    """In the morning: of the day told last, else that of publication."""
    day = at.latest_day or at.published
    return with_clock(one(day_value(day) if day else "XXXX-XX-XX", day), m.get("PART") or "")


def part_alone(m: Match, at: Timeline) -> Meanings:
    """Overnight, and a night in a post: of the day of publication."""
    return with_clock(counted(at.now, "D", 0), m.get("PART") or "")


def _told(at: Timeline, unit: str) -> date | None:
    """What was told last, if it is fine enough to count such units from."""
    if at.latest is None:
        return None
    days = {"D": 1, "W": 7, "FN": 7, "WE": 7, "M": 31}.get(unit, 366)
    return at.latest[0] if (at.latest[1] - at.latest[0]).days < days else None


def later(m: Match, at: Timeline) -> Meanings:
    """Two days later, a year later."""
    return _off(m, at, 1)


def earlier(m: Match, at: Timeline) -> Meanings:
    """Two days earlier, a year earlier."""
    return _off(m, at, -1)


def _off(m: Match, at: Timeline, sign: int) -> Meanings:
    unit, count = unit_of(m), count_of(m)
    if unit in _SHORT_UNITS:
        return one(period(unit, count), kind="DURATION")
    if count is None:
        return ()
    return counted(_told(at, unit), unit, sign * count)


def ago(m: Match, at: Timeline) -> Meanings:
    """Six weeks ago, half a century ago; years ago is PAST_REF."""
    unit, count = unit_of(m), count_of(m)
    if count is None:
        return one(PAST)
    return _years_off(at.published, unit, -count)


def from_now(m: Match, at: Timeline) -> Meanings:
    """Two years from now."""
    return _years_off(at.published, unit_of(m), count_of(m) or 1)


def _years_off(base: date | None, unit: str, count: float) -> Meanings:
    if unit in ("DE", "CE"):
        unit, count = "Y", count * (10 if unit == "DE" else 100)
    if unit in _SHORT_UNITS:
        return counted(base, "H", 0 if unit != "H" else count)
    if unit == "Y" and count % 1:
        unit, count = "M", count * 12
    return counted(base, unit, count)


def duration(m: Match, at: Timeline) -> Meanings:
    """Three days, a 16-hour flight, several weeks, the past four months."""
    unit, count = unit_of(m), count_of(m)
    if m.has("UNIT") and count is None:
        count = 1.0
    return one(period(unit, count), kind="DURATION")


def vague(m: Match, at: Timeline) -> Meanings:
    """Recent weeks, the coming days."""
    return one(m.get("RECENT", "COMING", "AHEAD"))


def ref(m: Match, at: Timeline) -> Meanings:
    """now, recently, the future."""
    return one(m.get("REF"))


def every(m: Match, at: Timeline) -> Meanings:
    """daily, every Friday, each week, Mondays, twice a month."""
    if word := m.get("SETWORD"):
        return one(word, kind="SET")
    if weekday := m.get("WDAY", "WDAYS", "WDAB"):
        return one(f"XXXX-WXX-{weekday}" + (f"T{m.get('PART')}" if m.has("PART") else ""), kind="SET")
    if m.has("WEEKENDS"):
        return one("XXXX-WXX-WE", kind="SET")
    if part := m.get("PART"):
        return one(f"XXXX-XX-XXT{part}", kind="SET")
    if number := m.number("MONTH"):
        return one(f"XXXX-{number:02}", kind="SET")
    if name := m.get("SEASON"):
        return one(f"XXXX-{name}", kind="SET")
    return one(period(unit_of(m), None if m.has("SEVERAL") else count_of(m) or 1.0), kind="SET")


COUNTED: dict[str, Rule] = {
    "today": today,
    "tonight": tonight,
    "todaypart": today_part,
    "thispart": this_part,
    "relative": relative,
    "the": the_unit,
    "same": same,
    "prior": prior,
    "daypart": day_part,
    "part": part_alone,
    "later": later,
    "earlier": earlier,
    "ago": ago,
    "fromnow": from_now,
    "spell": duration,
    "vague": vague,
    "duration": duration,
    "set": every,
    "ref": ref,
    "clock": clock,
}
