"""When an article was published: what was written, as ISO 8601, on the outlet's own calendar."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from detente.sources.outlets import zone_of

EXPECTED = "an ISO date (2020-08-18), date and time (2020-08-18T09:30:00+03:00), RFC 2822 date, or 18 August 2020"
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?")
_MAIL = re.compile(
    r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d\d:\d\d(?::\d\d)?"
    r"(?:\s+(?:[+-]\d{4}|[A-Z]{1,5}))?(?:\s+\([^()]*\))?"
)
_LONGEST = 100  # characters; no date is longer
_DAY_FIRST = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(?:[a-z]+,? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def iso(written: str) -> str | None:
    """`written` as an ISO date, or date and time, that begins with the day; None when it names no single day."""
    if len(written) > _LONGEST:
        return None
    written = written.strip()
    return _iso(written) or _compact(written) or _spelled(written) or _mail(written)


def outlet_day(published: str, source: str | None, url: str | None) -> str:
    """`published` (ISO) in the outlet's own time, when it has a zone and falls on another day there; else unchanged.

    An agency in Seoul that files at 08:00 on the 19th has published on the 19th, though its feed says 23:00Z on the 18th.
    """
    moment = _moment(published)
    if moment is None or moment.tzinfo is None:
        return published
    zone = zone_of(source, url)
    if zone is None:
        return published
    try:
        local = moment.astimezone(ZoneInfo(zone))
    except (OverflowError, ValueError):  # the first and last day of the calendar
        return published
    return published if local.date() == moment.date() else local.isoformat()


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _iso(text: str) -> str | None:
    moment = _moment(text)
    if moment is None or not text[:4].isdecimal():
        return None
    if _ISO.match(text) and text[10:11] in ("", "T"):
        return text
    return moment.isoformat() if ":" in text or "T" in text else moment.date().isoformat()


def _compact(text: str) -> str | None:
    match = _COMPACT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups())
    try:
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return moment.isoformat() if match[4] else moment.date().isoformat()


def _spelled(text: str) -> str | None:
    """A day with its month in English words: nothing to mistake, unlike 08/09/2020."""
    text = " ".join(text.split())
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(text):
        month, day, year = match.groups()
    else:
        return None
    month = "sep" if month.lower() == "sept" else month.lower()
    numbers = [i for i, name in enumerate(_MONTHS, 1) if name.startswith(month)]
    try:
        return date(int(year), numbers[0], int(day)).isoformat() if len(numbers) == 1 else None
    except ValueError:
        return None


def _mail(text: str) -> str | None:
    """RFC 2822, as in feeds and mail: Tue, 18 Aug 2020 22:14:56 GMT."""
    from email.utils import parsedate_to_datetime  # 10 ms, for the few dates written so

    if not _MAIL.fullmatch(text):  # the parser itself is content with much less
        return None
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
