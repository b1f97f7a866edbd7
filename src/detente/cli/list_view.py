"""Events and quotations of many articles as lists: what, in which words, and where it was printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.cli.words import SHORT, counted, days, deed, flat, quad_style, said, sides, status_text, within
from detente.records import Actor, Event
from detente.store import StoredEvent, StoredQuote, StoredStory, StoryArticle, StoryEvent

Names = Mapping[tuple[str, str], str]  # (article id, actor id) to the actor's name


def event_list(found: Iterable[StoredEvent], names: Names) -> RenderableType:
    """One entry for each event: day, sides, deed; its sentence; its article."""
    grid = _grid()
    for stored in found:
        event = stored.event
        head = event_head(event, partial(_name, names, stored.article))
        words = event_words(stored)
        grid.add_row(_day(days(event.date), stored.published), Group(head, words, _origin(stored)))
    return grid


def event_head(event: Event, name: Callable[[str], str | None] = lambda _: None) -> Text:
    """Sides, deed, standing, and how the id begins. name: of an actor by its id, for sides without a country."""
    head = Text()
    head.append(sides(event.sources, event.source_countries, name), style="bold")
    head.append(" → ", style="dim")
    head.append(sides(event.targets, event.target_countries, name), style="bold")
    head.append("  ")
    head.append(deed(event.type, event.mode), style=quad_style(event.type))
    head.append("  ")
    head.append_text(status_text(event.status, past=event.past))
    head.append(f"  {event.id[:SHORT]}", style="dim")
    return head


def event_words(stored: StoredEvent) -> Text:
    """The sentence of an event with its trigger marked."""
    return within(stored.sentence, stored.event.span, stored.event.trigger)


def _name(names: Names, article: str, actor: str) -> str | None:
    return names.get((article, actor))


def quote_list(found: Iterable[StoredQuote]) -> RenderableType:
    """One entry for each quotation: day, speaker, words, article."""
    grid = _grid()
    for stored in found:
        head = Text()
        if stored.speaker is None:
            head.append("nobody named", style="dim")
        else:
            head.append(flat(stored.speaker.name), style="bold")
            head.append(_about(stored.speaker), style="dim")
        quote = stored.quote
        pieces = tuple(quote.text[start - quote.start : end - quote.start] for start, end in quote.spans)
        words = Text(said(quote, pieces), style="" if quote.kind == "direct" else "italic")
        grid.add_row(_day("", stored.published), Group(head, words, _origin(stored)))
    return grid


def _about(speaker: Actor) -> str:
    """Role and country, where the name does not say them: " (foreign minister, GRC)"."""
    role = speaker.role if speaker.role and speaker.role.lower() not in speaker.name.lower() else None
    about = ", ".join(part for part in (role, speaker.country) if part)
    return f" ({about})" if about else ""


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2, 1, 0))
    grid.add_column(width=12, no_wrap=True)
    grid.add_column(ratio=1)
    return grid


def _day(named: str, published: str | None) -> Text:
    """The day the text names, else, in brackets, the day of publication."""
    if named:
        return Text(named)
    return Text(f"({published[:10]})" if published else "no date", style="dim")


def story_list(found: Iterable[StoredStory]) -> RenderableType:
    """One entry for each story: its days, the headline of its first article, then where and under which titles it was printed."""
    grid = _grid()
    for story in found:
        first = story.articles[0]
        head = Text(flat(first.title) if first.title else first.id, style="bold")
        head.append(f"  {counted(len(story.articles), 'article')}", style="dim")
        head.append(f" · {story.agency}" if story.agency else "", style="dim")
        lines = [_head(article) for article in story.articles]
        until = f"\n–{story.last}" if story.last != story.first else ""
        grid.add_row(Text(f"{story.first}{until}" if story.first else "no date"), Group(head, *lines))
    return grid


def _head(article: StoryArticle) -> Text:
    day = article.published[:10] if article.published else None
    parts = (article.id, article.source, day, flat(article.title) if article.title else None)
    return Text(" · ".join(part for part in parts if part), style="dim", no_wrap=True, overflow="ellipsis")


def _reports(stored: StoredEvent | StoredQuote) -> str | None:
    """How many articles tell an event, where there are several: "6 reports, 5 outlets, 1 origin"."""
    if not isinstance(stored, StoryEvent) or len(stored.reports) < 2:
        return None
    return ", ".join(
        counted(len(found), word)
        for found, word in ((stored.reports, "report"), (stored.outlets, "outlet"), (stored.origins, "origin"))
    )


def _origin(stored: StoredEvent | StoredQuote) -> Text:
    day = stored.published[:10] if stored.published else None
    parts = (stored.article, stored.source, day, _reports(stored), flat(stored.title) if stored.title else None)
    return Text(" · ".join(part for part in parts if part), style="dim", no_wrap=True, overflow="ellipsis")
