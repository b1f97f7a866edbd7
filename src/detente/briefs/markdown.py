"""A brief as Markdown. What comes from articles stands as text: no markup in it takes effect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.briefs.chart import chart
from detente.briefs.page import QUIET, QUOTED, STRONG, Group, Line, Page, Run, Section, Source
from detente.briefs.sourcing import address, head

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&]")
_LEAD = re.compile(r"^(\d+)([.)])|^([-+=])")  # what would begin a list or a heading


def markdown(page: Page, *, picture: str | None = None) -> str:
    """The page. picture: the name of the file that draws the series; without one it is drawn with characters."""
    parts = [f"# {_safe(page.title)}", _safe(page.subtitle), f"**{_safe(page.finding)}**"]
    if page.course:
        drawn = "\n".join(f"    {row}".rstrip() for row in chart(page.course))  # a block of code, by its indent
        parts.append(f"![The series]({_file(picture)})" if picture else drawn)
        parts.append(f"*{_safe(page.caption)}*")
    for section in page.sections:
        parts += _section(section)
    if page.sources:
        parts.append("## Sources")
        parts.append("\n".join(_source(source) for source in page.sources))
    parts.append("## How it was made")
    parts.append("\n".join(f"- {_safe(line)}" for line in page.method))
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {_safe(section.heading)}"
    yield from (_line(line) for line in section.lead)
    for group in section.groups:
        yield from _group(group)


def _group(group: Group) -> Iterator[str]:
    if group.heading:
        yield f"**{_safe(group.heading)}**"
    lines = [f"- {_line(line)}" for line in group.lines]
    if group.left_out:
        lines.append(f"- … and {group.left_out:,} more")
    yield "\n".join(lines)


def _line(line: Line) -> str:
    cites = "".join(f" [{number}]" for number in line.cites)
    return "".join(_run(run) for run in line.runs) + cites


def _run(run: Run) -> str:
    text = _safe(run.text)
    if run.kind == QUOTED:
        return f"“{text}”"
    if run.kind in (STRONG, QUIET):
        # Marks of emphasis must touch the words.
        inner = text.strip()
        mark = "**" if run.kind == STRONG else "*"
        return text.replace(inner, f"{mark}{inner}{mark}", 1) if inner else text
    return text


def _source(source: Source) -> str:
    text = _safe(head(source))
    link = f" <{link}>" if (link := address(source.url)) and source.same_as is None else ""
    sentence = f" “{_safe(source.sentence)}”" if source.sentence else ""
    return f"{source.number}. {text}{link}{'.' if sentence else ''}{sentence}"


def _safe(text: str) -> str:
    return _LEAD.sub(r"\1\\\2\3", _SPECIAL.sub(r"\\\g<0>", text))


def _file(name: str) -> str:
    """The name of a file as a link's target, in brackets where it holds more than letters."""
    return name if re.fullmatch(r"[\w.-]+", name) else "<" + re.sub(r"[\\<>]", r"\\\g<0>", name) + ">"
