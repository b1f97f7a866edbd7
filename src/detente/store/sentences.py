"""The sentence around a span, for showing an event in its words. By punctuation alone: the store knows no parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 600  # characters: what is longer is cut around the span, with an ellipsis
_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-Z0-9])|\n\s*\n|\n(?=\s*[-•*])")
_NOT_AN_END = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Amb|Hon|St|Jr|Sr|No|vs|etc|Co|Inc|Ltd"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec))\.$"
)


def sentence_around(text: str, start: int, end: int, *, lead: int = 0) -> str:
    """The sentence (or sentences) of `text` that hold [start, end), white space made single.

    lead: the length of a dateline that the first sentence is shown without.
    """
    left, right = _after_dateline(text, lead) if lead < start else 0, len(text)
    for match in _ends(text, max(0, start - 4 * LONGEST), end + 4 * LONGEST):
        if match.end() <= start:
            left = max(left, match.end())
        elif match.end() >= end:
            right = match.end()
            break
    return _cut(text, start, end, left, right)


def sentence_number(text: str, start: int) -> int:
    """Which sentence of `text` a place is in, counted from 1."""
    return 1 + sum(1 for match in _ends(text, 0, start + 1) if match.end() <= start)


def _ends(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for match in _END.finditer(text, start, end):
        if text[match.start()] != "." or not _NOT_AN_END.search(text[max(0, match.start() - 6) : match.start() + 1]):
            yield match


def _after_dateline(text: str, lead: int) -> int:
    rest = text[lead : lead + 8]
    return lead + len(rest) - len(rest.lstrip(" \t\n\u00a0-–—:")) if lead else 0


def _cut(text: str, start: int, end: int, left: int, right: int) -> str:
    spare = max(0, LONGEST - (end - start)) // 2
    from_, to = max(left, start - spare), min(right, end + spare)
    if right - left <= LONGEST:
        from_, to = left, right
    words = " ".join(text[from_:to].split())
    return f"{'… ' if from_ > left else ''}{words}{' …' if to < right else ''}"
