"""Who is who as a table, and one actor in full."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.cli.words import counted, flat
from detente.observatory import Office, Who


def actor_table(found: Iterable[Who]) -> RenderableType:
    """One line for each actor."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("actor", ratio=3)
    table.add_column("of")
    table.add_column("office", ratio=3)
    for column in ("source", "target", "quotes"):
        table.add_column(column, justify="right")
    table.add_column("seen", no_wrap=True)
    for who in found:
        name = Text(flat(who.name), style="bold")
        office = Text(_office(who.offices[0])) if who.offices else Text(" ".join(who.sectors), style="dim")
        counts = (str(n) if n else "" for n in (who.sources, who.targets, who.quotes))
        table.add_row(name, _home(who), office, *counts, _days(who.first, who.last))
    return table


def actor_pages(found: Iterable[Who]) -> RenderableType:
    """A paragraph for each actor, with the words that state its offices."""
    return Group(*(_page(who) for who in found))


def _page(who: Who) -> RenderableType:
    head = Text(flat(who.name), style="bold")
    about = ", ".join(filter(None, (who.kind, _home(who), " ".join(who.sectors))))
    head.append(f"  {about}", style="dim not bold")
    seen = f"in {counted(who.articles, 'article')}, {_days(who.first, who.last)}"
    did = f"source of {counted(who.sources, 'event')}, target of {who.targets}, {counted(who.quotes, 'quotation')}"
    lines = [Text(f"also {', '.join(map(flat, who.names))}")] if who.names else []
    lines += [Text(f"{did}; {seen}"), *(_line(office) for office in who.offices)]
    return Padding(Group(head, Padding(Group(*lines), (0, 0, 0, 2))), (0, 0, 1, 0))


def _line(office: Office) -> Text:
    text = Text(_office(office))
    text.append(f"  {_basis(office)}", style="dim")
    return text


def _basis(office: Office) -> str:
    """Where an office stands: the words and their article, or that a table knows it."""
    days = _days(office.first, office.last)
    if office.basis == "known":
        return f"known at the time, not stated; {counted(office.articles, 'article')}, {days}"
    words = f"“{flat(office.evidence.text)}” in {office.article}" if office.evidence else f"stated in {office.article}"
    more = f" and {office.articles - 1} more" if office.articles > 1 else ""
    return f"{words}{more}, {days}"


def _office(office: Office) -> str:
    return flat(", ".join(filter(None, (office.role, office.affiliation))))


def _home(who: Who) -> str:
    """The country, or the id of what is no country's."""
    return who.country or who.id or ""


def _days(first: str | None, last: str | None) -> str:
    if first is None:
        return "no date"
    return first if first == last else f"{first} – {last}"
