"""A brief as a file: one function for each format, in one visible place."""

from __future__ import annotations

from collections.abc import Callable

from detente.briefs.composing import laid_out
from detente.briefs.facts import Brief
from detente.errors import UsageError


def write(brief: Brief, form: str = "md", *, picture: str | None = None) -> bytes:
    """The brief in a format of `FORMATS`; the same brief gives the same bytes.

    picture: for Markdown alone, the name of the file that `picture_of` fills; without one the series is drawn with characters.
    Raises UsageError for an unknown format.
    """
    if form not in FORMATS:
        raise UsageError(f"expected one of {', '.join(FORMATS)} as the format of a brief, found {form!r}")
    return FORMATS[form](brief, picture)


def picture_of(brief: Brief) -> bytes | None:
    """The series as an SVG file; None when there is nothing to draw."""
    from detente.briefs.figure import drawn
    from detente.briefs.svg import svg

    course = laid_out(brief).course
    return svg(drawn(course), alone=True).encode("utf8") if course else None


def _markdown(brief: Brief, picture: str | None) -> bytes:
    from detente.briefs.markdown import markdown

    return markdown(laid_out(brief), picture=picture).encode("utf8", "replace")


def _html(brief: Brief, picture: str | None) -> bytes:  # noqa: ARG001
    from detente.briefs.html import html

    return html(laid_out(brief)).encode("utf8", "replace")


def _pdf(brief: Brief, picture: str | None) -> bytes:  # noqa: ARG001
    from detente.briefs.pdf import pdf

    return pdf(brief)


FORMATS: dict[str, Callable[[Brief, str | None], bytes]] = {"md": _markdown, "html": _html, "pdf": _pdf}
