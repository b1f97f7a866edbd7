"""Two countries' relations in the terminal: the series drawn, then the sentences that bear it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    """The drawing, what it comes to, and at most so many sentences on either side.

    told: the events by id, for their sides and triggers; one that is missing is shown without. width: of the terminal.
    """
    points = [(level.period, level.balance, level.events) for level in found.series]
    means = {level.period: level.mean for level in found.series if level.mean is not None}
    parts: list[RenderableType] = [_header(found), "", chart(points, width=width, unicode=unicode, means=means), ""]
    parts += [*_now(found), *_changes(found), _direction(found)]
    if sentences:
        raised = [item for item in found.evidence if item.contribution is None or item.contribution > 0]
        lowered = [item for item in found.evidence if item.contribution is not None and item.contribution < 0]
        parts += _side("What raises the level now, the weightiest first", raised, told, sentences)
        parts += _side("What lowers it", lowered, told, sentences)
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


def _now(found: Relations) -> Iterator[Text]:
    """The level at the end with its band, and how often there were deeds in the last period that has any."""
    if found.now is None:
        return
    now, last = found.now, next(level for level in reversed(found.series) if level.events)
    yield (
        Text(f"Level in {now.period}: ")
        .append(signed(now.balance), style="bold")
        .append(f" (90% band {signed(now.low90)} to {signed(now.high90)})", style="dim")
    )
    if last.friction is not None:
        yield Text(
            f"Per 1,000 {found.rate_of} in {last.period}: material conflict {_rate(last.friction, last.friction_low90, last.friction_high90)}, "
            f"material cooperation {_rate(last.exchange, last.exchange_low90, last.exchange_high90)}",
            style="dim",
        )


def _rate(mean: float | None, low: float | None, high: float | None) -> str:
    return f"{_short(mean, 3)} (90% band {_short(low, 2)} to {_short(high, 3)})"


def _short(rate: float | None, figures: int) -> str:
    """To so many figures: 0.0061, 23.5; from a hundred on without decimals."""
    return f"{rate:,.0f}" if rate and rate >= 100 else f"{rate or 0:.{figures}g}"


def _changes(found: Relations) -> Iterator[Text]:
    for change in found.changes:
        style = _DIRECTIONS["upswing" if change.direction == "up" else "downswing"]
        text = Text(f"Change in {change.period}: ").append(change.direction, style=f"bold {style}")
        again = f" (found again in {change.support:.0%} of samples of the stories)"
        yield text.append(again + (", may still pass" if change.live else ""), style="dim")


def _direction(found: Relations) -> Text:
    """Where it goes, with the probability that stands behind the word, or why there is none."""
    text = Text(f"Direction over {found.window}: ")
    if found.probability is None:
        return text.append(found.direction).append(f" ({found.why})" if found.why else "", style="dim")
    change = f"by {'no ' if found.direction == 'steady' else ''}more than {found.delta:g}"
    text.append(found.direction, style=f"bold {_DIRECTIONS.get(found.direction, '')}".strip())
    return text.append(f" ({change}: probability {found.probability:.0%}; {found.why})", style="dim")


def _side(
    heading: str, evidence: Sequence[Contribution], told: Mapping[str, StoredEvent], sentences: int
) -> Iterator[RenderableType]:
    if not evidence:
        return
    yield ""
    yield Text(heading, style="bold cyan")
    yield _sentences(evidence[:sentences], told)
    if (rest := len(evidence) - sentences) > 0:
        yield ""
        yield Text(f"  and {rest} more: --sentences {len(evidence)} shows all", style="dim")


def signed(value: float, places: int = 1) -> str:
    """+1.5, −0.4, 0.0."""
    return f"{value:+.{places}f}".replace("-", "−") if round(value, places) else f"{0:.{places}f}"


def country_name(code: str) -> str:
    """Greece (GRC); an organisation is named by its id."""
    country = countries().by_code(code)
    return f"{country.name} ({code})" if country else code


def _sentences(evidence: Iterable[Contribution], told: Mapping[str, StoredEvent]) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=12, no_wrap=True)
    grid.add_column(ratio=1)
    for number, item in enumerate(evidence):
        if number:
            grid.add_row()
        stored = told.get(item.event)
        head = event_head(stored.event) if stored else Text(item.type, style=quad_style(item.type))
        head.append(f"  {item.intensity:+g}".replace("-", "−"))
        if item.contribution is not None:
            head.append(f"  moves it by {signed(item.contribution, 2)}", style="dim")
        words = event_words(stored) if stored else Text(flat(item.sentence))
        grid.add_row(_day(item), Group(head, words, _origin(item)))
    return Padding(grid, (0, 0, 0, 2))


def _day(item: Contribution) -> Text:
    """The day the text names; in brackets that of publication."""
    return Text(item.date) if item.dated_by == "text" else Text(f"({item.date})", style="dim")


def _origin(item: Contribution) -> Text:
    published = item.published[:10] if item.published else None
    return Text(" · ".join(part for part in (item.article, item.source, published) if part), style="dim")
