"""A brief as one HTML file: no script, nothing from elsewhere; for the screen, the phone and the printer.

All text is escaped here, wherever it came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from detente.briefs.figure import drawn
from detente.briefs.page import QUIET, QUOTED, STRONG, Group, Line, Page, Run, Section, Source
from detente.briefs.sourcing import address, head
from detente.briefs.svg import STYLE, svg

_LOOK = """
:root{color-scheme:light dark;--ink:#1b1b1b;--soft:#5f5f5f;--hair:#dcdcdc;--ground:#fff;--link:#00548c}
@media (prefers-color-scheme:dark){:root{--ink:#e8e6e3;--soft:#a5a29c;--hair:#3a3d42;--ground:#16181b;--link:#7cc4f2}}
*{box-sizing:border-box}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:46rem;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
h1{margin:0;font-size:1.9rem;line-height:1.2;letter-spacing:-.01em}
h2{margin:2.2rem 0 .5rem;padding-top:.6rem;border-top:1px solid var(--hair);font-size:1.15rem}
h3{margin:1.1rem 0 .3rem;font-size:.95rem;color:var(--soft)}
p{margin:.5rem 0}
ul{margin:.3rem 0;padding-left:1.1rem}
li{margin:.35rem 0}
.sub,.quiet,.more,figcaption{color:var(--soft)}
.finding{margin:1.2rem 0;padding-left:.9rem;border-left:3px solid var(--link);font-size:1.12rem;line-height:1.5}
figure{margin:1.5rem 0}
figure .wide{overflow-x:auto}
.fig{display:block;width:100%;min-width:34rem;height:auto}
figcaption,.sources,.method{font-size:.82rem;line-height:1.45}
.sources{padding-left:2rem}
.sources li:target{outline:2px solid var(--link);outline-offset:3px}
q{quotes:none}
a{color:var(--link);text-underline-offset:.15em}
.cite{font-size:.75em;vertical-align:.3em;line-height:0;text-decoration:none;white-space:nowrap}
@page{size:A4;margin:14mm}
@media print{:root{font-size:8.5pt;--ink:#000;--soft:#444;--hair:#bbb;--ground:#fff;--link:#000}body{max-width:none;padding:0;line-height:1.35}p,li{margin:.2rem 0}h2{margin-top:1.1rem;break-after:avoid}h3{break-after:avoid}li,figure{break-inside:avoid}.fig{min-width:0}a{text-decoration:none}}
""".strip()
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html(page: Page) -> str:
    """The page."""
    return "\n".join(_document(page)) + "\n"


def _document(page: Page) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="generator" content="détente">'
    yield f"<title>{escape(page.title)}: {escape(page.subtitle[0].lower() + page.subtitle[1:])}</title>"
    yield f"<style>\n{_LOOK}\n{STYLE}\n</style>\n</head>\n<body>\n<main>"
    yield f'<h1>{escape(page.title)}</h1>\n<p class="sub">{escape(page.subtitle)}</p>'
    yield f'<p class="finding">{escape(page.finding)}</p>'
    if page.course:
        yield f'<figure>\n<div class="wide">\n{svg(drawn(page.course))}</div>'
        yield f"<figcaption>{escape(page.caption)}</figcaption>\n</figure>"
    for section in page.sections:
        yield from _section(section)
    if page.sources:
        yield '<h2>Sources</h2>\n<ol class="sources">'
        yield from map(_source, page.sources)
        yield "</ol>"
    yield '<h2>How it was made</h2>\n<ul class="method">'
    yield from (f"<li>{escape(line)}</li>" for line in page.method)
    yield "</ul>\n</main>\n</body>\n</html>"


def _section(section: Section) -> Iterator[str]:
    yield f"<h2>{escape(section.heading)}</h2>"
    yield from (f"<p>{_line(line)}</p>" for line in section.lead)
    for group in section.groups:
        yield from _group(group)


def _group(group: Group) -> Iterator[str]:
    if group.heading:
        yield f"<h3>{escape(group.heading)}</h3>"
    yield "<ul>"
    yield from (f"<li>{_line(line)}</li>" for line in group.lines)
    if group.left_out:
        yield f'<li class="more">… and {group.left_out:,} more</li>'
    yield "</ul>"


def _line(line: Line) -> str:
    cites = "".join(f'\N{NO-BREAK SPACE}<a class="cite" href="#s{number}">[{number}]</a>' for number in line.cites)
    return "".join(map(_run, line.runs)) + cites


def _run(run: Run) -> str:
    text = escape(run.text)
    if run.kind == QUOTED:
        return f"<q>“{text}”</q>"
    if run.kind == STRONG:
        return f"<strong>{text}</strong>"
    if run.kind == QUIET:
        return f'<span class="quiet">{text}</span>'
    return text


def _source(source: Source) -> str:
    text = escape(head(source))
    if source.same_as is not None:
        text = f'The same article as <a href="#s{source.same_as}">{source.same_as}</a>'
    elif link := address(source.url):
        text += f', <a href="{escape(link)}" rel="noreferrer">{escape(link)}</a>'
    sentence = f": <q>“{escape(source.sentence)}”</q>" if source.sentence else ""
    return f'<li id="s{source.number}">{text}{sentence}</li>'
