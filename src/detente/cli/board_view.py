"""The board in the terminal: for each pair of countries the way it went, the two levels, and why."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.cli.relations_view import country_name, signed
from detente.cli.words import counted, deed, flat, quad_style
from detente.observatory.board import Board, BoardRow
from detente.relations import Now

# The sign of each direction, the same in ASCII, and its colour: shapes differ, so that nothing hangs on colours.
_SIGNS = {
    "upswing": ("▲", "^", "bold green"),
    "downswing": ("▼", "v", "bold red"),
    "volatile": ("◆", "~", "bold yellow"),
    "steady": ("■", "=", "bold"),
    "too little evidence": ("·", ".", "dim"),
}


def board_view(found: Board, *, unicode: bool) -> RenderableType:
    """One entry for each pair."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=1, no_wrap=True)
    grid.add_column(ratio=1)
    for number, row in enumerate(found.rows):
        if number:
            grid.add_row()
        sign, plain, style = _SIGNS[row.direction]
        grid.add_row(Text(sign if unicode else plain, style=style), Group(*_entry(row)))
    return Group(*_header(found), "", grid)


def _header(found: Board) -> Iterator[Text]:
    until = f" to {found.as_of}" if found.as_of else ""
    yield Text(f"What moved in the {found.window}{until}", style="bold")
    shown = f"{len(found.rows)} of {found.ranked:,}" if len(found.rows) < found.ranked else f"{found.ranked:,}"
    yield Text(
        f"{shown} {'pair' if found.ranked == 1 else 'pairs'} of countries with {counted(found.min_events, 'event')} or more in that "
        f"time, of {found.dyads:,} in all (balance: −10 conflict, +10 cooperation; 90% bands)",
        style="dim",
    )


def _entry(row: BoardRow) -> Iterator[Text]:
    """Who, from which level to which, the word, and the event that counts most."""
    head = Text(f"{country_name(row.a)} and {country_name(row.b)}", style="bold")
    yield head.append(f"  {signed(row.change)}", style=_SIGNS[row.direction][2])
    yield Text(
        f"{_level(row.then)}, {_level(row.now)}; {counted(row.events, 'event')} of {counted(row.origins, 'origin')}"
    )
    word = Text(row.direction, style=_SIGNS[row.direction][2])
    sure = f"probability {row.probability:.0%}; " if row.probability is not None else ""
    yield word.append(f" ({sure}{row.why})" if sure or row.why else "", style="dim")
    if row.reason is not None:
        one = row.reason
        text = Text(f"{one.date}  ", style="dim").append(deed(one.type, None), style=quad_style(one.type))
        text.append(f" {one.intensity:+g}".replace("-", "−"), style="dim")
        yield text.append(f"  {flat(one.sentence)}" if one.sentence else "")


def _level(found: Now) -> str:
    return f"{found.period} {signed(found.balance)} ({signed(found.low90)} to {signed(found.high90)})"
