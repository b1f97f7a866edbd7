"""Plans as a calendar file, held to RFC 5545."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from detente.briefs.icalendar import icalendar
from detente.briefs.records import Ahead, Cited


def plan(**more: object) -> Ahead:
    given: dict[str, object] = {
        "event": "e1", "type": "CONSULT", "mode": "visit", "sources": ("NOR",), "targets": ("FIN",), "start": "2024-03-07",
        "end": "2024-03-08", "when": "Thursday", "outcome": "ahead", "plan": Cited(sentence="Moen will visit.", article="d1"),
    } | more  # fmt: skip
    return Ahead(**given)  # type: ignore[arg-type]


def unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode("utf8").removesuffix("\r\n").split("\r\n")


def test_an_event_lasts_whole_days_and_says_where_it_stands() -> None:
    cited = Cited(
        sentence="Moen, the minister; will visit.",
        article="d1",
        source="Fjord Post",
        published="2024-03-04",
        url="https://fjord.example/1",
    )
    lines = unfolded(icalendar([plan(plan=cited)], name={"NOR": "Norway", "FIN": "Finland"}.__getitem__))
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//detente//calendar//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:e1@detente",
        "DTSTAMP:20240304T000000Z",
        "DTSTART;VALUE=DATE:20240307",
        "DTEND;VALUE=DATE:20240309",
        "SUMMARY:Norway – Finland: CONSULT/visit (ahead)",
        "DESCRIPTION:Moen\\, the minister\\; will visit.\\n(Fjord Post\\, 2024-03-04)",
        "STATUS:TENTATIVE",
        "TRANSP:TRANSPARENT",
        "URL:https://fjord.example/1",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_what_has_no_day_is_left_out_and_outcomes_have_their_status() -> None:
    data = icalendar(
        [plan(start=None, end=None), plan(outcome="seen"), plan(outcome="called off"), plan(outcome="not seen")]
    )
    assert re.findall(rb"STATUS:(\w+)", data) == [b"CONFIRMED", b"CANCELLED", b"TENTATIVE"]


@given(st.text(max_size=300))
def test_no_words_break_the_file(words: str) -> None:
    data = icalendar([plan(plan=Cited(sentence=words, article="d1", url=f"https://x.example/{words}"))])
    assert data.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf8")
    lines = unfolded(data)
    assert len(lines) in (15, 16)
    assert all(re.match(r"[A-Z;=-]+:", line) and line.isprintable() for line in lines)
    assert sum(line.startswith("DESCRIPTION:") for line in lines) == 1
