"""Time: expressions in the text, and the days an event took."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A time expression, normalised to TIMEX3 (ISO-TimeML).

    type: DATE, TIME, DURATION, SET. value: TIMEX3 (2020-08-20, 2020-W34, P3D, PAST_REF).
    begin, finish: first and last day as ISO dates, or None when the value names no days.
    anchor: the ISO date it was resolved against, or None. rule: the rule that gave the value, then what
    bends it: month+start (early June), year+mid, duration+approx, weekday+clock.
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    begin: str | None = None
    finish: str | None = None
    anchor: str | None = None
    rule: str = ""
    field: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """First and last day of an event (ISO dates), and the words that say so."""

    start: str
    end: str
    text: str
