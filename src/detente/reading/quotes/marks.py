"""Quotation marks before syntax: which stretches of a text stand between marks. Pure text, any text, linear time, never raises.

Understands curly, straight and German marks, guillemets either way round, doubled single marks and back-ticks, single marks
in the British style (apostrophes are no marks), marks within marks, quotations re-opened at each paragraph and closed
once, and marks that nobody closed: those end with their paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

_MARK = re.compile(r"``|''|‘‘|’’|[\"“”„‟«»‘’‚']|\n\s*")
_FAMILY = {
    **dict.fromkeys(('"', "“", "”", "„", "‟", "``", "''", "‘‘", "’’"), "double"),
    **dict.fromkeys(("‘", "’", "‚", "'"), "single"),
    **dict.fromkeys(("«", "»"), "guillemet"),
}
_OPENERS = frozenset("“„‟«‚") | {"``", "‘‘"}
_CLOSERS = frozenset("”»") | {"’’"}
_BEFORE_OPENING = frozenset(" \t\n\xa0\u2009\u202f([{—–―-/“\"‘'«:…")
_AFTER_CLOSING = frozenset(" \t\n\xa0\u2009\u202f)]}—–―-/”\"’'»,.;:!?…")
_ELISIONS = re.compile(r"(?:\d\ds?|[Tt]is|[Tt]was|em|n|[Tt]il|cause|bout|round|nuff)\b")
_SENTENCE_END = frozenset(".!?:\"”’'»)")
_DEEPEST = 6  # marks within marks beyond this depth are a broken text


class _Turn(Enum):
    OPENS = 1
    CLOSES = 2
    EITHER = 3
    WEAKLY_CLOSES = 4  # an apostrophe after a plural, or the end of a quotation in single marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A stretch between marks, in characters.

    start, end: with the marks. inner_start, inner_end: without them. depth: 0 outermost. closed: whether its mark was found.
    resumes: it re-opens, at the head of a paragraph, the quotation that the paragraph before left open.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    resumes: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: str
    turn: _Turn
    head: bool  # the first thing in its paragraph


def quoted(text: str) -> list[Quoted]:
    """Every stretch between marks, by its start; an outer one before those inside it."""
    found: list[Quoted] = []
    carried: str | None = None  # the family of the mark that the paragraph before left open
    for marks, end in _paragraphs(text):
        resumes = bool(marks) and marks[0].head and carried == marks[0].family and marks[0].turn is not _Turn.CLOSES
        pairs, left = _matched(marks)
        stop = _stripped(text, left.end, end) if left else end
        carried = left.family if left else None
        if left and stop > left.end:
            pairs.append((left, None))
        found += [_quoted(opening, closing, stop, resumes and opening is marks[0]) for opening, closing in pairs]
    return _nested(sorted(found, key=lambda q: (q.start, -q.end)))


def _quoted(opening: _Mark, closing: _Mark | None, stop: int, resumes: bool) -> Quoted:
    return Quoted(
        start=opening.start,
        end=closing.end if closing else stop,
        inner_start=opening.end,
        inner_end=closing.start if closing else stop,
        closed=closing is not None,
        resumes=resumes,
    )


def _nested(found: list[Quoted]) -> list[Quoted]:
    """The same stretches, each with its depth."""
    ends: list[int] = []
    out = []
    for q in found:
        while ends and ends[-1] <= q.start:
            ends.pop()
        out.append(replace(q, depth=len(ends)) if ends else q)
        ends.append(q.end)
    return out


def _parts(text: str, start: int, gap: str, blank: bool) -> bool:
    """Whether a line end parts paragraphs: a blank line; after a finished sentence, too, where the text has no blank
    lines or the next line opens with a mark.
    """
    if gap.count("\n") > 1:
        return True
    if start == 0 or text[start - 1] not in _SENTENCE_END:
        return False
    end = start + len(gap)
    return not blank or (end < len(text) and text[end] in '"“”«„')


def _paragraphs(text: str) -> Iterator[tuple[list[_Mark], int]]:
    """The marks of each paragraph, and where it ends."""
    blank = re.search(r"\n[^\S\n]*\n", text) is not None
    marks: list[_Mark] = []
    head = len(text) - len(text.lstrip())
    for match in _MARK.finditer(text):
        sign = match.group()
        if sign[0] == "\n":
            if _parts(text, match.start(), sign, blank):
                yield marks, match.start()
                marks, head = [], match.end()
            continue
        mark = _mark(text, match.start(), match.end(), sign, match.start() == head)
        if mark is not None:
            marks.append(mark)
    yield marks, len(text)


def _mark(text: str, start: int, end: int, sign: str, head: bool) -> _Mark | None:
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    family = _FAMILY[sign]
    turn = _single(text, end, sign, before, after) if family == "single" else _double(sign, before, after)
    return None if turn is None else _Mark(start, end, family, turn, head)


def _double(sign: str, before: str, after: str) -> _Turn:
    """What a double mark does, from its shape and its neighbours: typists mix up opening and closing curls."""
    opens = before in _BEFORE_OPENING and after not in _AFTER_CLOSING
    closes = after in _AFTER_CLOSING and before not in _BEFORE_OPENING
    if sign in _OPENERS:
        return _Turn.CLOSES if closes and sign in "“‟«" and not before.isspace() else _Turn.OPENS
    if sign in _CLOSERS:
        return _Turn.EITHER if opens and after.isalnum() else _Turn.CLOSES
    if opens == closes:
        return _Turn.EITHER
    return _Turn.OPENS if opens else _Turn.CLOSES


def _single(text: str, end: int, sign: str, before: str, after: str) -> _Turn | None:
    """What a single mark does; None for an apostrophe."""
    if before not in _BEFORE_OPENING and after.isalnum():
        return None
    if before in _BEFORE_OPENING and (after.isalnum() or after in '“"[…'):
        elided = sign != "‚" and _ELISIONS.match(text, end) is not None
        return None if elided or sign == "’" else _Turn.OPENS
    if sign in "‘‚" or before.isspace():
        return None
    if before in "sS" and after in " \t\n\xa0":
        return _Turn.WEAKLY_CLOSES
    return _Turn.CLOSES


def _matched(marks: list[_Mark]) -> tuple[list[tuple[_Mark, _Mark | None]], _Mark | None]:
    """Opening and closing marks of one paragraph by pairs, and the outermost mark that nobody closed.

    A single mark left open was an apostrophe.
    """
    later = _closings_ahead(marks)
    stack: list[_Mark] = []
    pairs: list[tuple[_Mark, _Mark | None]] = []
    for i, mark in enumerate(marks):
        at = _partner(stack, mark.family)
        if mark.turn is _Turn.WEAKLY_CLOSES and (at is None or later[i]):
            continue
        closes = mark.turn in (_Turn.CLOSES, _Turn.WEAKLY_CLOSES) or (mark.turn is _Turn.EITHER and at is not None)
        if closes and at is not None:
            pairs.append((stack[at], mark))
            del stack[at:]
        elif not closes and len(stack) < _DEEPEST:
            stack.append(mark)
    return pairs, next((mark for mark in stack if mark.family != "single"), None)


def _stripped(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _partner(stack: list[_Mark], family: str) -> int | None:
    """Where on the stack the mark stands that one of this family would close."""
    for at in range(len(stack) - 1, -1, -1):
        if stack[at].family == family:
            return at
    return None


def _closings_ahead(marks: list[_Mark]) -> list[bool]:
    """For each mark, whether a sure single closing follows before the next single opening."""
    ahead, out = False, [False] * len(marks)
    for i in range(len(marks) - 1, -1, -1):
        out[i] = ahead
        if marks[i].family == "single":
            ahead = marks[i].turn is _Turn.CLOSES or (ahead and marks[i].turn is not _Turn.OPENS)
    return out
