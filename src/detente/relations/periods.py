"""Weeks, months and quarters as text that sorts in time: 2020-W34, 2020-08, 2020-Q3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from detente.errors import UsageError

UNITS = ("week", "month", "quarter")
_FORM = re.compile(r"(\d{4})(?:-(?:W(\d\d)|Q([1-4])|(\d\d)(?:-(\d\d))?))?")


def period_of(day: date, by: str) -> str:
    """The period that a day lies in. Weeks are ISO 8601 weeks, so that 2021-01-01 is in 2020-W53."""
    if by == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if by == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return f"{day.year:04}-{day.month:02}"


def days_of(period: str) -> tuple[date, date]:
    """First and last day of a year, quarter, month, week or day. Raises UsageError for anything else."""
    match = _FORM.fullmatch(period.strip())
    try:
        if match:
            return _bounds(*(int(part) if part else None for part in match.groups()))
    except (ValueError, OverflowError):
        pass
    raise UsageError(f"expected a day or period (2020-08-20, 2020-08, 2020-Q3, 2020-W34, 2020), found {period!r}")


def periods(first: date, last: date, by: str) -> Iterator[str]:
    """Every period from the one of `first` to the one of `last`, without a gap."""
    day = first
    while day <= last:
        period = period_of(day, by)
        yield period
        day = days_of(period)[1] + timedelta(days=1)


def check_unit(by: str) -> None:
    """Raises UsageError when `by` is no unit."""
    if by not in UNITS:
        raise UsageError(f"expected one of {', '.join(UNITS)} as the period, found {by!r}")


def _bounds(
    year: int | None, week: int | None, quarter: int | None, month: int | None, day: int | None
) -> tuple[date, date]:
    if year is None:
        raise ValueError("no year")
    if week:
        monday = date.fromisocalendar(year, week, 1)
        return monday, monday + timedelta(days=6)
    if day and month:
        only = date(year, month, day)
        return only, only
    start, length = (3 * quarter - 2, 3) if quarter else (month, 1) if month else (1, 12)
    end = date(year, start + length - 1, 28) + timedelta(days=4)
    return date(year, start, 1), end.replace(day=1) - timedelta(days=1)
