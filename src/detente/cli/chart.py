"""A series of balances drawn with characters: bars that grow left and right of zero, one period a line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.table import Table
from rich.text import Text

_FULL, _RIGHT_HALF, _LEFT_HALF, _ZERO = "█", "▐", "▌", "│"
_PLAIN = {_FULL: "#", _RIGHT_HALF: "#", _LEFT_HALF: "#", _ZERO: "|", "…": "...", "−": "-", "·": "."}
_GAP = 3  # periods without events in a row that become one line
_SCALES = (1.0, 2.5, 5.0, 10.0)
_WORST, _BEST = "red", "green"

Point = tuple[str, float | None, int]  # period, balance (None without events), number of events


def chart(
    points: Sequence[Point], *, width: int, unicode: bool = True, means: Mapping[str, float] | None = None
) -> Table:
    """The series as a table: period, bar, balance, events. width: columns of the terminal. means: by period, a column more."""
    half = max(5, min(30, (width - (34 if means is None else 42)) // 2))
    scale = _scale(points)
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    table.add_column("", no_wrap=True)
    table.add_column(_axis(half, scale, unicode=unicode), no_wrap=True)
    table.add_column("balance", justify="right", no_wrap=True)
    table.add_column("events", justify="right", no_wrap=True)
    if means is not None:
        table.add_column("mean", justify="right", no_wrap=True)
    for row in _rows(points, half, scale):
        more = [_signed(means[row[0].plain]) if row[0].plain in means else Text("")] if means is not None else []
        table.add_row(*(_encoded(cell, unicode=unicode) for cell in [*row, *more]))
    return table


def _scale(points: Sequence[Point]) -> float:
    """The smallest round end of the axis that holds every balance."""
    widest = max((abs(balance) for _, balance, _ in points if balance is not None), default=0.0)
    return next((scale for scale in _SCALES if widest <= scale), _SCALES[-1])


def _axis(half: int, scale: float, *, unicode: bool) -> Text:
    left, right = f"−{scale:g}", f"+{scale:g}"
    line = left + " " * (half - len(left)) + "0" + " " * (half - len(right)) + right
    return _encoded(Text(line), unicode=unicode)


def _rows(points: Sequence[Point], half: int, scale: float) -> Iterator[tuple[Text, Text, Text, Text]]:
    nothing = Text(" " * half + _ZERO, style="dim")
    for empty, run in groupby(points, key=lambda point: point[1] is None):
        periods = list(run)
        if empty and len(periods) >= _GAP:
            yield Text("…", style="dim"), nothing, Text(""), Text(f"none in {len(periods)}", style="dim")
            continue
        for period, balance, events in periods:
            if balance is None:
                yield Text(period, style="dim"), nothing, Text("·", style="dim"), Text("0", style="dim")
            else:
                yield Text(period), _bar(balance, half, scale), _signed(balance), Text(str(events))


def _bar(balance: float, half: int, scale: float) -> Text:
    """Half a cell is the smallest step; anything but zero shows at least that."""
    steps = min(2 * half, math.ceil(abs(balance) / scale * 2 * half - 0.5)) if balance else 0
    steps = max(steps, 1) if balance else 0
    full, rest = divmod(steps, 2)
    text = Text()
    if balance < 0:
        bar = (_RIGHT_HALF if rest else "") + _FULL * full
        text.append(" " * (half - len(bar)) + bar, style=_WORST)
        text.append(_ZERO, style="dim")
    else:
        text.append(" " * half)
        text.append(_ZERO, style="dim")
        text.append(_FULL * full + (_LEFT_HALF if rest else ""), style=_BEST)
    return text


def _signed(balance: float) -> Text:
    style = _WORST if balance < 0 else _BEST if balance > 0 else ""
    shown = f"{balance:+.1f}".replace("-", "−") if round(balance, 1) else "0.0"
    return Text(shown, style=style)


def _encoded(text: Text, *, unicode: bool) -> Text:
    """The same in ASCII, for terminals that cannot show more."""
    if unicode:
        return text
    plain = text.copy()
    plain.plain = "".join(_PLAIN.get(character, character) for character in text.plain)
    return plain
