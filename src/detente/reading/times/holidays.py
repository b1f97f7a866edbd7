"""The rules that read holidays: fixed days, weekdays of a month, days counted from Easter, and the feasts of other calendars."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from detente.errors import TableError
from detente.ontology import read_table
from detente.reading.times.anchor import Timeline
from detente.reading.times.patterns import Match
from detente.reading.times.rules import Meanings, Rule, named_year, nearest, on_day, one
from detente.reading.times.values import day_value, easter, nth_weekday, orthodox_easter, week_value

_EASTERS = {"easter": easter, "orthodox": orthodox_easter}
_COUNTED = re.compile(r"(easter|orthodox)([+-]\d+)")
_FIXED = re.compile(r"(\d\d)-(\d\d)")
_WEEKDAY = re.compile(r"(\d\d)/(\d)/(-?\d)(?:\+(\d))?")


def holiday(m: Match, at: Timeline) -> Meanings:
    """Christmas 1941, last Thanksgiving, Easter, Yom Kippur."""
    rule = m.get("HOLIDAY") or ""
    named, anchor = named_year(m, at)
    if named is not None:
        found = days_in(rule, named)
        return one(day_value(found[0]) if found else f"{named:04}", anchor)
    now = at.now
    if now is None:
        return one(f"XXXX-{rule}" if _FIXED.fullmatch(rule) else "XXXX-XX-XX")
    if at.narrative and at.latest:
        told = days_in(rule, now.year)
        return on_day(told[0] if told else None, now)
    days = [day for y in (now.year - 1, now.year, now.year + 1) for day in days_in(rule, y)]
    step = m.number("LAST", "NEXT")
    if step is not None:
        days = [d for d in days if step * (d - now).days > 0]
    return on_day(nearest(days, now, at.way(m.start)), now)


def holiday_week(m: Match, at: Timeline) -> Meanings:
    """Easter week, Thanksgiving weekend."""
    found = holiday(m, at)
    if not found or len(found[0].value) < len("2020-08-20") or "X" in found[0].value:
        return one("XXXX-WXX")
    return one(week_value(date.fromisoformat(found[0].value)), found[0].anchor)


def days_in(rule: str, year: int) -> tuple[date, ...]:
    """The days of a holiday in a year, by its rule in holidays.tsv: one, or for a feast of feasts.tsv up to two.

    Empty for a feast in a year that the table does not reach, and outside the calendar.
    """
    if not 1 <= year <= 9999:
        return ()
    if m := _FIXED.fullmatch(rule):
        return (date(year, int(m[1]), int(m[2])),)
    if m := _WEEKDAY.fullmatch(rule):
        return (nth_weekday(year, int(m[1]), int(m[2]), int(m[3])) + timedelta(int(m[4] or 0)),)
    if m := _COUNTED.fullmatch(rule):
        return (_EASTERS[m[1]](year) + timedelta(int(m[2])),)
    return tuple(day for day in feasts()[rule] if day.year == year)


@cache
def feasts() -> dict[str, tuple[date, ...]]:
    """The days of every feast of the table, in order. Raises TableError, with the line, for a day that is none."""
    found: dict[str, tuple[date, ...]] = {}
    for line, row in read_table("detente.reading.times", "feasts.tsv", ("feast", "days")):
        try:
            found[row["feast"]] = tuple(date.fromisoformat(day) for day in row["days"].split(" "))
        except ValueError as error:
            raise TableError(f"feasts.tsv:{line}: expected ISO dates parted by spaces, found: {error}") from error
    return found


HOLIDAYS: dict[str, Rule] = {"holiday": holiday, "holidayweek": holiday_week}
