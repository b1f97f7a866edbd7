"""Two countries' relations in the terminal: the series drawn, then the sentences that bear it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.cli.chart import chart
from detente.cli.list_view import event_head, event_words
from detente.cli.words import counted, flat, quad_style
from detente.knowledge.countries import countries
from detente.relations import Contribution, Relations
from detente.store import StoredEvent

_DIRECTIONS = {"upswing": "green", "downswing": "red"}


def relations_view(
    found: Relations, told: Mapping[str, StoredEvent], *, width: int, sentences: int, unicode: bool
) -> RenderableType:
    """The drawing and at most so many sentences.

    told: the events by id, for their sides and triggers; one that is missing is shown without. width: of the terminal.
    """
    points = [(level.period, level.balance, level.events) for level in found.series]
    parts: list[RenderableType] = [_header(found), "", chart(points, width=width, unicode=unicode)]
    parts += ["", _direction(found)]
    if sentences and found.evidence:
        parts += [
            "",
            Text("Behind it, the latest period first", style="bold cyan"),
            _sentences(found.evidence[:sentences], told),
        ]
    rest = len(found.evidence) - sentences
    if rest > 0 and sentences:
        parts.append(Text(f"  and {rest} more: --sentences {len(found.evidence)} shows all", style="dim"))
    if found.left_out:
        left = "1 event is" if found.left_out == 1 else f"{found.left_out:,} events are"
        parts.append(Text(f"  {left} left out: no {found.by} of the series can be given", style="dim"))
    return Group(*parts)


def _header(found: Relations) -> RenderableType:
    link = " towards " if found.directed else " and "
    title = Text(country_name(found.a) + link + country_name(found.b), style="bold")
    events = sum(level.events for level in found.series)
    periods = sum(1 for level in found.series if level.events)
    about = f"{counted(events, 'event')} in {periods} of {counted(len(found.series), found.by)}"
    if found.as_of:
        about += f", as of {found.as_of}"
    return Group(title, Text(f"{about} (−10 conflict, +10 cooperation)", style="dim"))


def _direction(found: Relations) -> Text:
    """Where it goes, with the probability that stands behind the word."""
    if found.probability is None:
        return Text(f"Direction over {found.window}: {found.direction} to name one", style="dim")
    change = f"by {'no ' if found.direction == 'steady' else ''}more than {found.delta:g}"
    text = Text(f"Direction over {found.window}: ")
    text.append(found.direction, style=f"bold {_DIRECTIONS.get(found.direction, '')}".strip())
    text.append(f" ({change}: probability {found.probability:.0%})", style="dim")
    return text


def country_name(code: str) -> str:
    """Greece (GRC); an organisation is named by its id."""
    country = countries().by_code(code)
    return f"{country.name} ({code})" if country else code


def _sentences(evidence: Iterable[Contribution], told: Mapping[str, StoredEvent]) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=12, no_wrap=True)
    grid.add_column(ratio=1)
    for item in evidence:
        stored = told.get(item.event)
        head = event_head(stored.event) if stored else Text(item.type, style=quad_style(item.type))
        head.append(f"  {item.intensity:+g}".replace("-", "−"))
        words = event_words(stored) if stored else Text(flat(item.sentence))
        grid.add_row(_day(item), Group(head, words, _origin(item), ""))
    return Padding(grid, (0, 0, 0, 2))


def _day(item: Contribution) -> Text:
    """The day the text names; in brackets that of publication."""
    return Text(item.date) if item.dated_by == "text" else Text(f"({item.date})", style="dim")


def _origin(item: Contribution) -> Text:
    published = item.published[:10] if item.published else None
    return Text(" · ".join(part for part in (item.article, item.source, published) if part), style="dim")
