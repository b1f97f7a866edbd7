"""A brief laid out: headings, lines and numbered sources, before any format. What the writers of formats share."""

from __future__ import annotations

from dataclasses import dataclass

from detente.briefs.facts import Course

PLAIN, STRONG, QUIET, QUOTED = "plain", "strong", "quiet", "quoted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Some words. kind: plain, strong, quiet (by the way), or quoted: the exact words of a source, which get quotation marks."""

    text: str
    kind: str = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One statement, with the numbers of the sources that bear it."""

    runs: tuple[Run, ...]
    cites: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements under one heading, the weightiest first. left_out: how many more there are."""

    heading: str
    lines: tuple[Line, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, what holds for all under it, and the groups."""

    heading: str
    lead: tuple[Line, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a number stands for: a sentence of an article.

    outlet, published (ISO day), title, article, url: None where unknown. sentence: in full where the page does not quote it
    so. same_as: the number of an earlier sentence of that article. imported: the origin of an event that came without sentence.
    """

    number: int
    article: str
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None
    sentence: str = ""
    same_as: int | None = None
    imported: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole brief. course: what the picture shows, None when there is nothing to draw. method: how it was made, a line each."""

    title: str
    subtitle: str
    finding: str
    course: Course | None
    caption: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    method: tuple[str, ...]
