"""A brief laid out as a page."""

from __future__ import annotations

from detente.briefs.facts import OWN, Brief
from detente.briefs.lengths import WHOLE, Lengths
from detente.briefs.lists import agenda, calendar, concerns, promises, quotations
from detente.briefs.moved import moved
from detente.briefs.page import Line, Page, Run, Section
from detente.briefs.sources import Sources
from detente.briefs.summary import caption, coverage, finding, method, subtitle, title

_SECTIONS = (moved, quotations, calendar, promises, agenda, concerns)


def laid_out(brief: Brief, lengths: Lengths = WHOLE) -> Page:
    """The page. Nothing stands in it that the brief does not hold; what `lengths` cut is counted where it was cut."""
    sources = Sources(lengths.sentence, lengths.listed, brief.origin)
    found = [section(brief, lengths, sources) for section in _SECTIONS]
    filled = [section for section in found if section.groups or section.lead]
    empty = [section.heading.lower() for section in found if not section.groups and not section.lead]
    read = coverage(brief, lengths)
    if empty and brief.origin == OWN:
        read = Section(heading=read.heading, lead=(*read.lead, Line(runs=(Run(text=_nothing(empty)),))))
    course = brief.course if any(point.events for point in brief.course.points) else None
    return Page(
        title=title(brief),
        subtitle=subtitle(brief),
        finding=finding(brief),
        course=course,
        caption=caption(brief) if course else "",
        sections=(*filled, read),
        sources=sources.listed(),
        method=method(brief),
    )


def _nothing(empty: list[str]) -> str:
    return f"Nothing was found for: {', '.join(empty)}."
