"""From what was found to marks on the Doc: exact pieces, kind, speaker and addressee."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from detente.reading.marks import Extent, QuoteMark, Register, register_of
from detente.reading.quotes.page import Block, Found, Page
from detente.reading.quotes.speakers import Cast, Speaker, extent_of

_VOICES = frozenset(("i", "you"))  # in running text: the writer, the reader; neither is an actor
_STRAY = 4  # unquoted characters that a direct quotation may hold: a bracket, a dash, a blank


def finish(page: Page) -> tuple[QuoteMark, ...]:
    """The quotations of a page in reading order, one for each stretch of text; those without words are dropped."""
    cast = Cast(page.doc, register_of(page.doc))
    _lend_voices(page)
    laid = [(spans, found) for found in page.found if (spans := _spans(page, found))]
    made: dict[tuple[int, int], QuoteMark] = {}
    last: int | None = None
    for spans, found in sorted(laid, key=lambda item: item[0]):
        mark = _mark(page, found, spans, cast, last)
        if mark.kind == "indirect" and mark.speaker is None and found.speaker and found.speaker.head.lower_ in _VOICES:
            continue
        last = mark.speaker
        held = made.get((mark.start, mark.end))
        if held is None or (held.speaker is None and mark.speaker is not None):
            made[mark.start, mark.end] = mark
    return tuple(made[place] for place in sorted(made))


def _lend_voices(page: Page) -> None:
    """The "I" inside a turn of a transcript is the one whose turn it is."""
    turns = sorted(
        ((found.pieces[0], found.speaker) for found in page.found if found.verbatim and found.speaker is not None),
        key=lambda turn: turn[0],
    )
    starts = [start for (start, _), _ in turns]
    for found in page.found:
        if found.speaker is None or found.speaker.head.lower_ != "i":
            continue
        at = bisect_right(starts, found.speaker.start) - 1
        if at >= 0 and found.speaker.start < turns[at][0][1]:
            found.speaker = replace(found.speaker, actor=turns[at][1].actor)


def _mark(page: Page, found: Found, spans: list[Extent], cast: Cast, last: int | None) -> QuoteMark:
    addressee = found.addressee
    mention = found.speaker
    return QuoteMark(
        start=spans[0].start,
        end=spans[-1].end,
        spans=tuple(spans),
        kind=_kind(page, found, spans),
        manner=found.manner,
        cue=extent_of(page.doc, *found.cue) if found.cue else None,
        speaker=_speaker(page, found, mention, cast, last) if mention else None,
        speaker_mention=extent_of(page.doc, mention.start, mention.end) if mention else None,
        inferred=found.inferred,
        addressee=cast.actor(addressee) if addressee else None,
    )


def _speaker(page: Page, found: Found, mention: Speaker, cast: Cast, last: int | None) -> int | None:
    """The actor; for "he" and "she" never one whom the reported words name, but then the speaker before."""
    index = cast.actor(mention)
    if index is None or last is None or index == last or mention.head.lower_ not in ("he", "she"):
        return index
    named = _named(page, found, cast.register)
    return last if index in named and last not in named and cast.register[last].kind == "person" else index


def _named(page: Page, found: Found, register: Register) -> set[int | None]:
    ranges = found.pieces + [(block.start, block.end) for block in found.blocks]
    return {register.at(i) for start, end in ranges for i in range(start, end) if page.doc[i].pos_ != "PRON"}


def _spans(page: Page, found: Found) -> list[Extent]:
    """The pieces in characters: quoted ones without their outer marks, pieces that touch as one."""
    clauses = [extent_of(page.doc, start, end) for start, end in found.pieces]
    marked = {b.marked.start: b for block in found.blocks for b in page.groups[block.group]}
    for block in marked.values():
        if not any(c.start <= block.marked.inner_start and block.marked.inner_end <= c.end for c in clauses):
            clauses.append(_free(block, clauses))
    spans = (_bare(page, span) for span in _joined(page.text, clauses))
    return [trimmed for span in spans if (trimmed := _trimmed(page.text, span)).start < trimmed.end]


def _bare(page: Page, span: Extent) -> Extent:
    """A stretch that is all between one pair of marks without them."""
    block = page.marked.get(span.start)
    if block is None or block.marked.end != span.end:
        return span
    return Extent(block.marked.inner_start, block.marked.inner_end)


def _free(block: Block, clauses: list[Extent]) -> Extent:
    """A block with its marks where a clause runs into it, else the words between the marks."""
    marked = block.marked
    touched = any(c.end >= marked.start - 1 and c.start < marked.end for c in clauses)
    return Extent(marked.start, marked.end) if touched else Extent(marked.inner_start, marked.inner_end)


def _joined(text: str, spans: list[Extent]) -> list[Extent]:
    out: list[Extent] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end + 1:
            out[-1] = Extent(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return [_trimmed(text, span) for span in out]


def _trimmed(text: str, span: Extent) -> Extent:
    """Without blanks at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Extent(start, end)


def _kind(page: Page, found: Found, spans: list[Extent]) -> str:
    if found.verbatim:
        return "direct"
    held = {page.inside[i] for start, end in found.pieces for i in range(start, end)} - {-1}
    blocks = [page.blocks[i] for i in held] + [b for block in found.blocks for b in page.groups[block.group]]
    marked = {(block.marked.inner_start, block.marked.inner_end) for block in blocks}
    within = sum(max(0, min(end, span.end) - max(start, span.start)) for span in spans for start, end in marked)
    if not within:
        return "indirect"
    return "direct" if sum(span.end - span.start for span in spans) - within <= _STRAY else "mixed"
