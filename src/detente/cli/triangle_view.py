"""A triangle in the terminal: two balances side by side, and what links them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.cli.relations_view import country_name, signed
from detente.cli.words import counted
from detente.relations import Level, Triangle

_GAP = 3  # periods without events in a row that become one line


def triangle_view(found: Triangle) -> RenderableType:
    """Every period in which either dyad has events; then the correlation in words."""
    title = Text(f"{country_name(found.a)} between {country_name(found.b)} and {country_name(found.c)}", style="bold")
    about = f"Balance with each, −10 conflict to +10 cooperation{f', as of {found.as_of}' if found.as_of else ''}"
    parts: list[RenderableType] = [title, Text(about, style="dim"), "", _table(found), "", _link(found)]
    if found.shared:
        parts.append(Text(f"{counted(found.shared, 'event')} of all three countries in both balances", style="dim"))
    return Group(*parts)


def _table(found: Triangle) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    table.add_column("", no_wrap=True)
    for code in (found.b, found.c):
        table.add_column(code, justify="right", no_wrap=True)
        table.add_column("90% band", justify="right", no_wrap=True)
        table.add_column("events", justify="right", no_wrap=True)
    for row in _rows(found):
        table.add_row(*row)
    return table


def _rows(found: Triangle) -> Iterator[list[str]]:
    dyads = [{level.period: level for level in dyad.series} for dyad in (found.with_b, found.with_c)]
    periods = sorted({*dyads[0], *dyads[1]})
    for empty, run in groupby(periods, key=lambda period: not any(_events(dyad.get(period)) for dyad in dyads)):
        names = list(run)
        if empty and len(names) >= _GAP:
            yield [f"none in {len(names)}", "", "", "", "", "", ""]
            continue
        for period in names:
            yield [period, *(cell for dyad in dyads for cell in _cells(dyad.get(period)))]


def _events(level: Level | None) -> int:
    return level.events if level else 0


def _cells(level: Level | None) -> tuple[str, str, str]:
    if level is None or level.balance is None or level.low90 is None or level.high90 is None:
        return "·", "", "0"
    return signed(level.balance), f"{signed(level.low90)} to {signed(level.high90)}", str(level.events)


def _link(found: Triangle) -> Text:
    common = f"{counted(found.periods, found.by)} with events in both"
    if found.correlation is None or found.low90 is None or found.high90 is None:
        return Text(f"No correlation is given: {common}; {found.why}")
    text = Text(f"Correlation of the {found.by}s' means ").append(signed(found.correlation, 2), style="bold")
    interval = (
        f" (90% interval {signed(found.low90, 2)} to {signed(found.high90, 2)}; {common}, worth {found.effective:g})"
    )
    return text.append(interval, style="dim").append(f": {found.why}")
