"""One reading as people see it: a header, then events, quotes, promises and failures, each in its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from detente.cli.words import SHORT, around, days, deed, flat, quad_style, said, status_text
from detente.records import Actor, Article, Commitment, Event, Failure, Quote, Reading


def reading_view(reading: Reading, *, explain: bool = False) -> RenderableType:
    """The whole reading, ready to print at any width. explain: with its explanations below."""
    names = {actor.id: actor for actor in reading.actors}
    parts: list[RenderableType] = [_header(reading.article)]
    if reading.events:
        parts.append(_section("Events", (_event(e, names, reading.article) for e in reading.events)))
    if reading.quotes:
        parts.append(_section("Quotes", (_quote(q, names, reading.article) for q in reading.quotes)))
    if reading.commitments:
        parts.append(_section("Promises", (_commitment(c, names) for c in reading.commitments)))
    if reading.failures:
        parts.append(_section("Not read", (_failure(f) for f in reading.failures)))
    if len(parts) == 1:
        parts.append(Padding(Text("No event and no quotation found.", style="dim"), (0, 2)))
    if explain:
        from detente.cli.explain_view import reading_explained

        why = Padding(reading_explained(reading), (0, 0, 0, 2))
        parts.append(Padding(Group(Text("Why", style="bold cyan"), why), (1, 0, 0, 0)))
    return Group(*parts, "")


def _header(article: Article) -> RenderableType:
    title = flat(article.title) if article.title else f"Article {article.id}"
    about = [part for part in (article.source, article.published and article.published[:10], article.language) if part]
    if article.title:
        about.append(article.id)
    if not article.published:
        about.append("no date: relative dates stay open")
    return Group(
        Rule(Text(title, style="bold"), align="left", style="dim"),
        Text(" · ".join(about), style="dim"),
    )


def _section(title: str, rows: Iterator[tuple[RenderableType, RenderableType]]) -> RenderableType:
    grid = Table.grid(padding=(0, 2), expand=False)
    grid.add_column(min_width=10, max_width=24, overflow="fold")
    grid.add_column(ratio=1)
    for left, right in rows:
        grid.add_row(left, right)
    return Padding(Group(Text(title, style="bold cyan"), Padding(grid, (0, 0, 0, 2))), (1, 0, 0, 0))


def event_head(event: Event, names: Mapping[str, Actor]) -> Text:
    """Sides, deed, standing, and how the id begins: enough for `detente explain --event`."""
    head = Text()
    head.append(_side(event.sources, names), style="bold")
    head.append(" → ", style="dim")
    head.append(_side(event.targets, names), style="bold")
    head.append("  ")
    head.append(deed(event.type, event.mode), style=quad_style(event.type))
    head.append("  ")
    head.append_text(status_text(event.status, past=event.past))
    if event.asked:
        about = "asks for" if event.type == "REQUEST" else "about"
        head.append(f"  {about} {deed(event.asked.type, event.asked.mode)}", style="dim")
    head.append(f"  {event.id[:SHORT]}", style="dim")
    return head


def _event(event: Event, names: dict[str, Actor], article: Article) -> tuple[RenderableType, RenderableType]:
    whole = (article.title or "") if event.trigger.field == "title" else article.text
    return Text(days(event.date) or "no date", style="" if event.date else "dim"), Group(
        event_head(event, names), around(whole, event.span, event.trigger)
    )


def _quote(quote: Quote, names: dict[str, Actor], article: Article) -> tuple[RenderableType, RenderableType]:
    speaker = names[quote.speaker].name if quote.speaker in names else None
    who = Text(speaker or "nobody named", style="bold" if speaker else "dim")
    if quote.inferred:
        who.append("\n(carried over)", style="dim")
    whole = (article.title or "") if quote.field == "title" else article.text
    words = said(quote, tuple(whole[start:end] for start, end in quote.spans))
    return who, Text(words, style="" if quote.kind == "direct" else "italic")


def _commitment(commitment: Commitment, names: dict[str, Actor]) -> tuple[RenderableType, RenderableType]:
    words = Text(flat(commitment.text))
    if commitment.to:
        words.append(f"  to {_side(commitment.to, names)}", style="dim")
    if commitment.due:
        words.append(f"  due {days(commitment.due)}", style="dim")
    return Text(_side((commitment.by,), names), style="bold"), words


def _failure(failure: Failure) -> tuple[RenderableType, RenderableType]:
    where = f"{failure.where}: " if failure.where else ""
    return Text(failure.stage, style="red"), Text(where + failure.reason)


def _side(ids: tuple[str, ...], names: Mapping[str, Actor]) -> str:
    """The actors of one side: a name, with the country in brackets where the name does not say it."""
    return ", ".join(_name(names[i]) if i in names else i for i in ids) or "unnamed"


def _name(actor: Actor) -> str:
    name = flat(actor.name)
    return f"{name} ({actor.country})" if actor.country and actor.kind != "country" else name
