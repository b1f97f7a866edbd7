"""A brief as PDF, at most two A4 pages where its lists can be cut so far. The same brief gives the same bytes: no clock, no chance.

Text is set in DejaVu (free licence, shipped with matplotlib), of which the file embeds what it uses. A character that the
font lacks is shown as an empty square.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from detente.briefs.composing import laid_out
from detente.briefs.facts import Brief
from detente.briefs.figure import Box, Dot, Drawing, Label, Mark, Rule, drawn
from detente.briefs.lengths import STEPS
from detente.briefs.page import QUIET, QUOTED, STRONG, Group, Line, Page, Run, Section, Source
from detente.briefs.sourcing import address, head

PAGES = 2
_MARGIN = 45.0  # points
_PADDING = 6.0  # of the frame that holds the text
_WIDTH = 595.28 - 2 * (_MARGIN + _PADDING)  # of A4
_FONT, _BOLD = "DejaVuSans", "DejaVuSans-Bold"
_LACKING = "□"
_INK, _SOFT, _HAIR, _LINK = "#1b1b1b", "#5f5f5f", "#dcdcdc", "#00548c"
_LEVEL, _CONFLICT, _EXCHANGE = "#0072b2", "#d55e00", "#00805d"


def pdf(brief: Brief) -> bytes:
    """The file: the fullest lists that fit on two pages, else the barest on as many as they need."""
    built = cache(lambda step: _built(laid_out(brief, STEPS[step])))
    fits = bisect_left(range(len(STEPS)), True, key=lambda step: built(step)[1] <= PAGES)
    return built(min(fits, len(STEPS) - 1))[0]


def _built(page: Page) -> tuple[bytes, int]:
    from reportlab.platypus import SimpleDocTemplate

    _fonts()
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream, pagesize=(595.28, 841.89), leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=40, bottomMargin=40,
        title=page.title, subject=page.subtitle, author="détente", creator="détente", lang="en", invariant=1,
    )  # fmt: skip
    document.build(list(_story(page)), onFirstPage=_foot(page.title), onLaterPages=_foot(page.title))
    return stream.getvalue(), document.page


def _story(page: Page) -> Iterator[Any]:
    from reportlab.platypus import Paragraph

    looks = _looks()
    yield Paragraph(_text(page.title), looks["title"])
    yield Paragraph(_text(page.subtitle), looks["quiet"])
    yield Paragraph(_text(page.finding), looks["finding"])
    if page.course:
        yield _picture(drawn(page.course, width=_WIDTH, height=215.0))
        yield Paragraph(_text(page.caption), looks["small"])
    for section in page.sections:
        yield from _section(section, looks)
    if page.sources:
        yield Paragraph("Sources", looks["heading"])
        yield Paragraph("\N{EM SPACE}".join(map(_source, page.sources)), looks["source"])
    yield Paragraph("How it was made", looks["heading"])
    yield from (Paragraph(_text(line), looks["small"]) for line in page.method)


def _section(section: Section, looks: dict[str, Any]) -> Iterator[Any]:
    from reportlab.platypus import Paragraph

    yield Paragraph(_text(section.heading), looks["heading"])
    yield from (Paragraph(_line(line), looks["body"]) for line in section.lead)
    for group in section.groups:
        yield from _group(group, looks)


def _group(group: Group, looks: dict[str, Any]) -> Iterator[Any]:
    from reportlab.platypus import Paragraph

    if group.heading:
        yield Paragraph(_text(group.heading), looks["group"])
    yield from (Paragraph(_line(line), looks["item"], bulletText="•") for line in group.lines)
    if group.left_out:
        yield Paragraph(f"… and {group.left_out:,} more", looks["more"])


def _line(line: Line) -> str:
    cites = "".join(
        f'\N{NO-BREAK SPACE}<a href="#s{number}" color="{_LINK}" fontSize="6.4">[{number}]</a>' for number in line.cites
    )
    return "".join(map(_run, line.runs)) + cites


def _run(run: Run) -> str:
    text = _text(run.text)
    if run.kind == QUOTED:
        return f"“{text}”"
    if run.kind == STRONG:
        return f"<b>{text}</b>"
    if run.kind == QUIET:
        return f'<font color="{_SOFT}">{text}</font>'
    return text


def _source(source: Source) -> str:
    text = f'<a name="s{source.number}"/><b>{source.number}</b>\N{NO-BREAK SPACE}{_text(head(source))}'
    link = address(source.url) if source.same_as is None else None
    shown = f', <a href="{escape(link)}" color="{_LINK}">{_text(link)}</a>' if link else ""
    sentence = f": “{_text(source.sentence)}”" if source.sentence else ""
    return f"{text}{shown}{sentence}"


def _text(text: str) -> str:
    """Escaped, with what the font lacks shown as such."""
    known = _known()
    return escape("".join(c if ord(c) in known or c.isspace() else _LACKING for c in text))


@cache
def _looks() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    def look(name: str, size: float, **more: Any) -> Any:
        given = {"fontName": _FONT, "fontSize": size, "leading": round(1.32 * size, 2), "textColor": _INK, **more}
        return ParagraphStyle(name, **given)

    return {
        "title": look("title", 14, fontName=_BOLD, spaceAfter=2),
        "quiet": look("quiet", 8, textColor=_SOFT, spaceAfter=4),
        "finding": look("finding", 9, fontName=_FONT, spaceAfter=6, spaceBefore=2, leftIndent=8, borderPadding=0),
        "heading": look("heading", 9.5, fontName=_BOLD, spaceBefore=6, spaceAfter=2, keepWithNext=1),
        "group": look("group", 7.6, fontName=_BOLD, textColor=_SOFT, spaceBefore=3, spaceAfter=1, keepWithNext=1),
        "body": look("body", 7.4, spaceAfter=1),
        "item": look("item", 7.4, leftIndent=9, bulletIndent=1, spaceAfter=1),
        "more": look("more", 7, leftIndent=9, textColor=_SOFT, spaceAfter=1),
        "small": look("small", 6.6, textColor=_SOFT, spaceAfter=1),
        "source": look("source", 6.4, splitLongWords=1),
    }


def _foot(title: str) -> Any:
    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont(_FONT, 6.4)
        canvas.setFillColor(_SOFT)
        canvas.drawString(_MARGIN + _PADDING, 24, title)
        canvas.drawRightString(_MARGIN + _PADDING + _WIDTH, 24, f"page {document.page}")

    return foot


@cache
def _fonts() -> None:
    from matplotlib import get_data_path
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(get_data_path()) / "fonts" / "ttf"
    for name in (_FONT, _BOLD):
        registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    for bold, italic, name in ((0, 0, _FONT), (1, 0, _BOLD), (0, 1, _FONT), (1, 1, _BOLD)):
        addMapping(_FONT, bold, italic, name)


@cache
def _known() -> frozenset[int]:
    """The characters that both weights of the font hold."""
    from reportlab.pdfbase.pdfmetrics import getFont

    _fonts()
    return frozenset.intersection(*(frozenset(getFont(name).face.charToGlyph) for name in (_FONT, _BOLD)))


def _picture(drawing: Drawing) -> Any:
    from reportlab.graphics.shapes import Drawing as Sheet

    sheet = Sheet(drawing.width, drawing.height)
    for mark in drawing.marks:
        sheet.add(_shape(mark, drawing.height))
    return sheet


_STROKES = {
    "grid": (_HAIR, 0.5, None, 1.0),
    "axis": (_SOFT, 0.6, None, 1.0),
    "zero": (_SOFT, 0.8, None, 1.0),
    "level": (_LEVEL, 1.4, None, 1.0),
    "turn": (_SOFT, 0.8, [4, 3], 1.0),
    "live": (_SOFT, 0.8, [1, 3], 1.0),
    "band": (_LEVEL, 1.0, None, 0.5),
    "friction": (_CONFLICT, 1.1, None, 1.0),
    "exchange": (_EXCHANGE, 1.1, [5, 2], 1.0),
    "friction-band": (_CONFLICT, 1.0, None, 0.3),
    "exchange-band": (_EXCHANGE, 1.0, None, 0.3),
}
_FILLS = {"band90": 0.17, "band50": 0.28}
_DOTS = {"level": (_LEVEL, None), "few": ("#ffffff", _LEVEL), "now": ("#ffffff", _LEVEL), "friction": (_CONFLICT, None),
         "exchange": (_EXCHANGE, None)}  # fmt: skip
_INKS = {"title": _INK, "turn": _INK, "friction": _CONFLICT, "exchange": _EXCHANGE}


def _shape(mark: Mark, height: float) -> Any:
    """The mark in reportlab's measure, which grows upwards."""
    from reportlab.graphics.shapes import Circle, Rect, String
    from reportlab.graphics.shapes import Line as Stroke
    from reportlab.lib.colors import Color, HexColor

    def colour(text: str, opacity: float = 1.0) -> Any:
        base = HexColor(text)
        return Color(base.red, base.green, base.blue, alpha=opacity)

    match mark:
        case Rule():
            ink, width, dashes, opacity = _STROKES[mark.kind]
            return Stroke(
                mark.x1, height - mark.y1, mark.x2, height - mark.y2,
                strokeColor=colour(ink, opacity), strokeWidth=width, strokeDashArray=dashes,
            )  # fmt: skip
        case Box():
            fill = colour(_LEVEL, _FILLS[mark.kind])
            return Rect(
                mark.x, height - mark.y - mark.height, mark.width, mark.height, fillColor=fill, strokeColor=None
            )
        case Dot() if mark.kind == "exchange":
            side = 2 * mark.r
            return Rect(
                mark.x - mark.r, height - mark.y - mark.r, side, side, fillColor=colour(_EXCHANGE), strokeColor=None
            )
        case Dot():
            inside, edge = _DOTS[mark.kind]
            return Circle(
                mark.x, height - mark.y, mark.r, fillColor=colour(inside), strokeColor=colour(edge) if edge else None, strokeWidth=1
            )  # fmt: skip
        case Label():
            ink = colour(_INKS.get(mark.kind, _SOFT))
            return String(
                mark.x, height - mark.y, mark.text, fontName=_FONT, fontSize=6.6, fillColor=ink, textAnchor=mark.anchor
            )
