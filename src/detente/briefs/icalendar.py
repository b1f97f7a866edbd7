"""A calendar as an iCalendar file (RFC 5545), for any calendar program: one all-day event for each plan with days.

The same plans give the same bytes: DTSTAMP is the day of publication, UID the event's id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from detente.briefs.records import Ahead

_OCTETS = 75  # of a line, its end not counted
_STATUS = {"seen": "CONFIRMED", "called off": "CANCELLED"}
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def icalendar(plans: Iterable[Ahead], *, name: Callable[[str], str] = str) -> bytes:
    """The plans that have days, as UTF-8. name: of a country, by its code."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//detente//calendar//EN", "CALSCALE:GREGORIAN"]
    for plan in plans:
        if plan.start and plan.end:
            lines += _event(plan, date.fromisoformat(plan.start), date.fromisoformat(plan.end), name)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _event(plan: Ahead, start: date, end: date, name: Callable[[str], str]) -> Iterator[str]:
    told = plan.plan
    stamp = date.fromisoformat(told.published) if told.published else start
    deed = f"{plan.type}/{plan.mode}" if plan.mode else plan.type
    doers, others = (" and ".join(name(code) for code in side) or "somebody" for side in (plan.sources, plan.targets))
    where = ", ".join(part for part in (told.source, told.published) if part)
    words = f"{told.sentence}\n({where})" if where else told.sentence
    yield "BEGIN:VEVENT"
    yield f"UID:{plan.event}@detente"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{end + timedelta(days=1):%Y%m%d}"  # the first day after it
    yield f"SUMMARY:{_escaped(f'{doers} – {others}: {deed} ({plan.outcome})')}"
    yield f"DESCRIPTION:{_escaped(words)}"
    yield f"STATUS:{_STATUS.get(plan.outcome, 'TENTATIVE')}"
    yield "TRANSP:TRANSPARENT"
    if told.url and told.url.isprintable():
        yield f"URL:{told.url}"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    return "".join(c for c in text.translate(_ESCAPES) if c.isprintable())


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 octets, none of which ends within a character."""
    pieces, piece = [], b""
    for octets in (char.encode("utf8", "replace") for char in line):
        if len(piece) + len(octets) > _OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece])
