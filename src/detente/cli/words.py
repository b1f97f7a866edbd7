"""How single things are worded in every table: a deed, a day, a sentence with its trigger."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date as Day

from rich.text import Text

from detente.ontology import TYPES
from detente.records import Evidence, Quote, When

_STYLES = {
    "verbal cooperation": "green",
    "material cooperation": "bold green",
    "verbal conflict": "yellow",
    "material conflict": "bold red",
}
_STANDING = {"occurred": "", "ongoing": "", "planned": "italic", "conditional": "italic", "denied": "strike"}
SHORT = 8  # characters of an event's id that are shown: one in four thousand million
_LONGEST = 260  # characters of a sentence that is shown
_TRIGGER = "bold underline"
_LOCAL = re.compile("a[0-9a-f]{16}")


def quad_style(type_: str) -> str:
    """The colour of a type's quad class; an unknown type has none."""
    return _STYLES.get(TYPES[type_].quad, "") if type_ in TYPES else ""


def deed(type_: str, mode: str | None) -> str:
    """CONSULT, or CONSULT/visit."""
    return f"{type_}/{mode}" if mode else type_


def status_text(status: str, *, past: bool = False) -> Text:
    """The standing of an event; history told in passing says so."""
    return Text(f"{status}, history" if past else status, style=_STANDING.get(status, "") or "dim")


def days(date: When | None) -> str:
    """A day, a whole month or year as such, else first and last day on two lines; empty when the text names none."""
    if date is None:
        return ""
    if date.start == date.end:
        return date.start
    begin, finish = Day.fromisoformat(date.start), Day.fromisoformat(date.end)
    if (begin.month, begin.day, finish.month, finish.day) == (1, 1, 12, 31) and begin.year == finish.year:
        return date.start[:4]
    if begin.day == 1 and begin.replace(day=monthrange(begin.year, begin.month)[1]) == finish:
        return date.start[:7]
    return f"{date.start}\n–{date.end}"


def counted(number: int, noun: str) -> str:
    """1 article, 2 articles."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def said(quote: Quote, pieces: tuple[str, ...] = ()) -> str:
    """The words of a quotation, in `pieces` where they are known; those of a direct one in quotation marks."""
    shown = " […] ".join(flat(piece) for piece in pieces) or flat(quote.text)
    return f"“{shown}”" if quote.kind == "direct" else shown


def sides(ids: Sequence[str], countries: Sequence[str], name: Callable[[str], str | None]) -> str:
    """One side of a stored event: countries and what is known by an id of its own; else the names of its actors."""
    known = dict.fromkeys([*countries, *(i for i in ids if not is_local(i))])
    return ", ".join(known or (flat(name(i) or "somebody") for i in ids)) or "unnamed"


def is_local(actor: str) -> bool:
    """Whether an actor's id holds within one article only: such an id says nothing to a person."""
    return _LOCAL.fullmatch(actor) is not None


def within(sentence: str, span: Evidence, trigger: Evidence) -> Text:
    """A stored sentence on one line, the trigger marked. The offsets are the article's: the span is looked for."""
    at = sentence.find(span.text)
    start = at + trigger.start - span.start if at >= 0 else sentence.find(trigger.text)
    end = start + len(trigger.text)
    if start < 0 or sentence[start:end] != trigger.text:
        return Text(flat(sentence))
    return marked(sentence[:start], trigger.text, sentence[end:])


def around(whole: str, span: Evidence, trigger: Evidence) -> Text:
    """The sentence around `span` on one line, the trigger marked; a long one is cut around its trigger."""
    start, end = _sentence(whole, min(span.start, trigger.start), max(span.end, trigger.end))
    before, after = whole[start : trigger.start], whole[trigger.end : end]
    room = _LONGEST - len(trigger.text)
    if len(before) + len(after) > room:
        keep = max(room - len(after), room // 2)
        before = before if len(before) <= keep else "…" + before[-keep:].partition(" ")[2]
        keep = max(room - len(before), room // 2)
        after = after if len(after) <= keep else after[:keep].rpartition(" ")[0] + "…"
    return marked(before, trigger.text, after)


def marked(before: str, trigger: str, after: str) -> Text:
    """Three pieces of a sentence on one line, the middle one marked."""
    text = Text()
    text.append(" ".join(before.split()) + (" " if before[-1:].isspace() else ""))
    text.append(flat(trigger), style=_TRIGGER)
    text.append((" " if after[:1].isspace() else "") + " ".join(after.split()))
    return text


def _sentence(whole: str, start: int, end: int) -> tuple[int, int]:
    """Widens [start, end) to line breaks or ends of sentences."""
    begin = start
    while begin > 0 and start - begin < _LONGEST and not _breaks(whole, begin - 1):
        begin -= 1
    finish = end
    while finish < len(whole) and finish - end < _LONGEST and not _breaks(whole, finish):
        finish += 1
    return begin, min(finish + 1, len(whole)) if finish < len(whole) and whole[finish] in ".!?" else finish


def _breaks(whole: str, at: int) -> bool:
    """Whether a sentence ends with that character: a line break, or a stop before a space and a capital."""
    if whole[at] == "\n":
        return True
    follows = whole[at + 1 : at + 3]
    return (
        whole[at] in ".!?"
        and len(follows) == 2
        and follows[0].isspace()
        and (follows[1].isupper() or follows[1] in '“"')
    )
