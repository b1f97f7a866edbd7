"""From what was found to marks on the Doc: exact pieces, kind, speaker and addressee."""

from __future__ import annotations

from detente.reading.marks import Extent, QuoteMark, register_of
from detente.reading.quote_page import Block, Found, Page
from detente.reading.quote_speakers import Cast, extent_of

_STRAY = 4  # unquoted characters that a direct quotation may hold: a bracket, a dash, a blank


def finish(page: Page) -> tuple[QuoteMark, ...]:
    """The quotations of a page in reading order; those without words are dropped."""
    cast = Cast(page.doc, register_of(page.doc))
    made = [mark for found in page.found if (mark := _mark(page, found, cast)) is not None]
    return tuple(sorted(made, key=lambda mark: (mark.start, mark.end)))


def _mark(page: Page, found: Found, cast: Cast) -> QuoteMark | None:
    spans = _spans(page, found)
    if not spans:
        return None
    speaker, addressee = found.speaker, found.addressee
    return QuoteMark(
        start=spans[0].start,
        end=spans[-1].end,
        spans=tuple(spans),
        kind=_kind(page, spans),
        manner=found.manner,
        cue=extent_of(page.doc, *found.cue) if found.cue else None,
        speaker=cast.actor(speaker) if speaker else None,
        speaker_mention=extent_of(page.doc, speaker.start, speaker.end) if speaker else None,
        inferred=found.inferred,
        addressee=cast.actor(addressee) if addressee else None,
    )


def _spans(page: Page, found: Found) -> list[Extent]:
    """The pieces in characters: quoted ones without their outer marks, pieces that touch as one."""
    clauses = [extent_of(page.doc, start, end) for start, end in found.pieces]
    marked = {b.marked.start: b for block in found.blocks for b in page.groups[block.group]}
    for block in marked.values():
        if not any(c.start <= block.marked.start and block.marked.end <= c.end for c in clauses):
            clauses.append(_free(block, clauses))
    return _joined(page.text, clauses)


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
    return [trimmed for span in out if (trimmed := _trimmed(text, span)).start < trimmed.end]


def _trimmed(text: str, span: Extent) -> Extent:
    """Without blanks at its ends; without the marks of a quotation that is all of it."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Extent(start, end)


def _kind(page: Page, spans: list[Extent]) -> str:
    within = sum(
        max(0, min(block.marked.inner_end, span.end) - max(block.marked.inner_start, span.start))
        for span in spans
        for block in _near(page, span)
    )
    without = sum(span.end - span.start for span in spans) - within
    if not within:
        return "indirect"
    return "direct" if without <= _STRAY else "mixed"


def _near(page: Page, span: Extent) -> list[Block]:
    held = {page.inside[token.i] for token in page.doc.char_span(span.start, span.end, alignment_mode="expand") or ()}
    return [page.blocks[i] for i in held if i >= 0]
