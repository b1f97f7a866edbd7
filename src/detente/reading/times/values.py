"""TIMEX3 values and the arithmetic of days: pure functions, no text.

Values are strings as ISO-TimeML writes them: 2020-08-20, 2020-W34, 2020-W34-WE, 2020-08, 2020-Q3, 2020-H2, 2020-SU,
2020, 202X, 20XX, BC0044, with TMO, TAF, TEV, TNI or Thh:mm after a day; P3D, PT5H, PXW; X stands for what is unknown.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta

PAST, PRESENT, FUTURE = "PAST_REF", "PRESENT_REF", "FUTURE_REF"
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_DAYS = {"D": 1, "W": 7, "FN": 14, "WE": 7}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
_CLOCK_UNITS = {"H": "H", "MIN": "M", "S": "S"}

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(WE|[1-7]))?(?:T.*)?")
_PART = re.compile(r"(\d{4})-(?:(\d\d)|Q([1-4])|H([12])|(SP|SU|FA|WI))")
_YEARS = re.compile(r"(\d{4})|(\d{3})X|(\d\d)XX")
_PERIOD = re.compile(r"PT?(?:\d+(?:\.\d+)?|X)(?:Y|M|W|D|H|S|DE|CE|FN|WE|Q)(?:\d+M)?")
_UNKNOWN = re.compile(
    r"(?:\d{4}|XXXX)(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?|-W(?:\d\d|XX)(?:-(?:WE|[1-7X]))?|-(?:SP|SU|FA|WI|Q[1-4X]|H[12X]))?"
    r"(?:T(?:MO|AF|EV|NI|MI|DT|XX|\d\d(?::\d\d)?))?"
)
_BC = re.compile(r"BC\d{2,4}(?:-(?:SP|SU|FA|WI|\d\d))?|BC\d\dXX")


def is_value(value: str) -> bool:
    """Whether `value` is one that this room writes."""
    if value in {PAST, PRESENT, FUTURE}:
        return True
    shapes = (_DAY, _WEEK, _PART, _YEARS, _PERIOD, _UNKNOWN, _BC)
    return any(shape.fullmatch(value) for shape in shapes) or value in {"XXX", "XXXX-WE"}


def bounds(value: str) -> tuple[date, date] | None:
    """First and last day that a value names; None for durations, references, and values with unknown parts."""
    if not value[:2].isdigit():
        return None
    try:
        if m := _DAY.fullmatch(value):
            day = date(int(m[1]), int(m[2]), int(m[3]))
            return day, day
        if m := _WEEK.fullmatch(value):
            return _week_bounds(int(m[1]), int(m[2]), m[3])
        if m := _PART.fullmatch(value):
            return _part_bounds(m)
        if m := _YEARS.fullmatch(value):
            first, count = (int(m[1]), 1) if m[1] else (int(m[2]) * 10, 10) if m[2] else (int(m[3]) * 100, 100)
            return date(max(first, MINYEAR), 1, 1), date(first + count - 1, 12, 31)
    except (ValueError, OverflowError):
        return None
    return None


def _week_bounds(year: int, week: int, day: str | None) -> tuple[date, date]:
    monday = date.fromisocalendar(year, week, 1)
    if day is None:
        return monday, monday + timedelta(6)
    if day == "WE":
        return monday + timedelta(5), monday + timedelta(6)
    return (monday + timedelta(int(day) - 1),) * 2


def _part_bounds(m: re.Match[str]) -> tuple[date, date]:
    year = int(m[1])
    if m[2]:
        return months_from(year, int(m[2]), 1)
    if m[3]:
        return months_from(year, 3 * int(m[3]) - 2, 3)
    if m[4]:
        return months_from(year, 6 * int(m[4]) - 5, 6)
    return months_from(year, _SEASON_MONTH[m[5]], 3)


def months_from(year: int, month: int, count: int) -> tuple[date, date]:
    """First day of a month and last day of the `count` months that begin there."""
    after = year * 12 + month - 1 + count
    return date(year, month, 1), date(after // 12, after % 12 + 1, 1) - timedelta(1)


def day_value(day: date) -> str:
    """2020-08-20."""
    return day.isoformat()


def week_value(day: date) -> str:
    """The ISO week that holds a day: 2020-W34."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def month_value(year: int, month: int) -> str:
    """2020-08."""
    return f"{year:04}-{month:02}"


def unit_value(day: date, unit: str) -> str:
    """The calendar unit that holds a day: its week, weekend, month, quarter, year, decade or century; the day for smaller units."""
    match unit:
        case "W" | "FN":
            return week_value(day)
        case "WE":
            return week_value(day) + "-WE"
        case "M":
            return month_value(day.year, day.month)
        case "Q":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case "Y":
            return f"{day.year:04}"
        case "DE":
            return f"{day.year // 10:03}X"
        case "CE":
            return f"{day.year // 100:02}XX"
        case _:
            return day_value(day)


def unknown_value(unit: str) -> str:
    """The unit with no anchor to count from: XXXX-WXX for a week."""
    return {
        "W": "XXXX-WXX", "FN": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX",
        "Y": "XXXX", "DE": "XXX", "CE": "XXXX",
    }.get(unit, "XXXX-XX-XX")  # fmt: skip


def moved(day: date, unit: str, count: float) -> date | None:
    """A day some units later (earlier when negative), clipped to the month's end; None outside the calendar."""
    try:
        if unit in _DAYS:
            return day + timedelta(round(_DAYS[unit] * count))
        if unit in _MONTHS:
            months = day.year * 12 + day.month - 1 + round(_MONTHS[unit] * count)
            year, month = divmod(months, 12)
            if not MINYEAR <= year <= MAXYEAR - 1:
                return None
            last = months_from(year, month + 1, 1)[1].day
            return date(year, month + 1, min(day.day, last))
        return day + timedelta(hours=round(count * {"H": 1, "MIN": 1 / 60}.get(unit, 0)))
    except OverflowError:
        return None


def period(unit: str, count: float | None) -> str:
    """A duration: P3D, PT5H, P2.5Y, PXW when it is not known how many."""
    number = "X" if count is None else f"{count:g}" if count < 1e6 else str(round(count))
    if unit in _CLOCK_UNITS:
        if unit == "H" and count is not None and count % 1 == 0.5:
            return f"PT{int(count)}H30M" if count > 1 else "PT30M"
        return f"PT{number}{_CLOCK_UNITS[unit]}"
    if unit == "FN":
        return "PXW" if count is None else f"P{count * 2:g}W"
    if unit == "Q":
        return "PXM" if count is None else f"P{count * 3:g}M"
    return f"P{number}{unit}"


def weekday_near(anchor: date, weekday: int, direction: int, *, strictly: bool = False) -> date:
    """The nearest Monday (1) to Sunday (7) on that side of the anchor: -1 before, 1 after; the anchor itself unless `strictly`."""
    if direction < 0:
        gap = (anchor.isoweekday() - weekday) % 7
        return anchor - timedelta(gap or 7 * strictly)
    gap = (weekday - anchor.isoweekday()) % 7
    return anchor + timedelta(gap or 7 * strictly)


def month_near(anchor: date, month: int, direction: int) -> int:
    """The year of the nearest such month on that side of the anchor, the anchor's own month included."""
    if direction < 0:
        return anchor.year - (month > anchor.month)
    return anchor.year + (month < anchor.month)


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, or None when there is none such (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Eastern Easter Sunday: the Julian calendar's (Meeus), as a Gregorian day."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(year // 100 - year // 400 - 2)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth (last when -1) such weekday of a month."""
    first, last = months_from(year, month, 1)
    if nth < 0:
        return weekday_near(last, weekday, -1)
    return weekday_near(first, weekday, 1) + timedelta(7 * (nth - 1))
