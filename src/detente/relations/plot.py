"""The relations of two countries as a picture: the balance above, the number of events it rests on below."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from detente.errors import UsageError
from detente.knowledge.countries import countries
from detente.relations.periods import days_of
from detente.relations.records import Level, Relations

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("png", "svg", "pdf")
FEW = 5  # events: a level of fewer is drawn hollow
# Two of the colours of Okabe and Ito ("Color Universal Design", 2008), told apart with any kind of colour vision; the
# line and the bars differ in shape and place as well.
_LINE, _BARS, _GREY = "#0072B2", "#E69F00", "#5F5F5F"


def plot(relations: Relations, path: str | Path) -> Path:
    """Draws relations into a file, PNG, SVG or PDF by the file's name, whole or not at all; gives its path.

    Periods without events are gaps in the line. Raises UsageError when there is nothing to draw, or the name has none
    of these endings.
    """
    path = Path(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    kind = path.suffix.lower().lstrip(".")
    _check(relations, kind)
    try:
        with draft.open("wb") as stream:
            draw(relations, stream, kind)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def draw(relations: Relations, stream: IO[bytes], kind: str) -> None:
    """The same into an open file. kind: png, svg, pdf. The same relations give the same bytes."""
    _check(relations, kind)
    import matplotlib

    # Text in an SVG stays text.
    with matplotlib.rc_context({"svg.hashsalt": "detente", "svg.fonttype": "none", "font.size": 10.0}):
        figure(relations).savefig(stream, format=kind, dpi=150, metadata=_no_date(kind))


def figure(relations: Relations) -> Figure:
    """The same as a matplotlib figure, for notebooks."""
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(9.0, 5.2), layout="constrained")
    above, below = drawn.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    days = [_middle(level) for level in relations.series]
    _balance(above, days, relations)
    _events(below, days, relations.series)
    drawn.suptitle(_title(relations), fontsize=13, fontweight="bold", x=0.01, ha="left")
    drawn.supxlabel(_source(relations), fontsize=8, color=_GREY, x=0.01, ha="left")
    return drawn


def _check(relations: Relations, kind: str) -> None:
    if kind not in FORMATS:
        endings = ", ".join("." + name for name in FORMATS)
        raise UsageError(f"expected a file name ending in {endings}, found {'.' + kind if kind else 'none'}")
    if not any(level.events for level in relations.series):
        raise UsageError(
            f"nothing to draw: no event between {relations.a} and {relations.b} counts in the time asked for"
        )


def _balance(axes: Axes, days: Sequence[date], relations: Relations) -> None:
    levels = relations.series
    values = [float("nan") if level.balance is None else level.balance for level in levels]
    axes.axhline(0, color=_GREY, linewidth=0.8, zorder=1)
    axes.plot(_numbers(days), values, color=_LINE, linewidth=1.8, zorder=2)  # breaks where a value is not a number
    for few, face, label in ((False, _LINE, f"{FEW} events or more"), (True, "white", f"fewer than {FEW} events")):
        points = [
            (d, v)
            for d, v, level in zip(days, values, levels, strict=True)
            if level.events > 0 and few == (level.events < FEW)
        ]
        if points:
            x, y = zip(*points, strict=True)
            axes.plot(_numbers(x), y, "o", markersize=6, color=_LINE, markerfacecolor=face, zorder=3, label=label)
    known = [level.balance for level in levels if level.balance is not None]
    axes.set_ylim(min(-1.0, *known) - 1, max(1.0, *known) + 1)
    axes.set_ylabel("balance\n(− conflict, + cooperation)")
    axes.legend(loc="best", fontsize=8, frameon=False)
    axes.spines[["top", "right"]].set_visible(False)


def _events(axes: Axes, days: Sequence[date], levels: Sequence[Level]) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.ticker import MaxNLocator

    width = 0.8 * (days_of(levels[0].period)[1] - days_of(levels[0].period)[0]).days
    axes.bar(_numbers(days), [level.events for level in levels], width=width, color=_BARS)
    axes.set_ylabel("events")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=3))
    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    axes.spines[["top", "right"]].set_visible(False)
    if len(days) == 1:  # one bar would fill the whole width
        axes.set_xlim(_numbers(days)[0] - 3 * width, _numbers(days)[0] + 3 * width)


def _title(relations: Relations) -> str:
    arrow = "→" if relations.directed else "–"
    return f"{_name(relations.a)} {arrow} {_name(relations.b)}, by {relations.by}"


def _source(relations: Relations) -> str:
    events = sum(level.events for level in relations.series)
    articles = sum(level.articles_read for level in relations.series)
    return (
        f"Mean intensity (PLOVER scale, −10 to 10) of {events:,} reported events; {articles:,} articles read. "
        f"Gaps: nothing reported. As of {relations.as_of}. détente"
    )


def _name(code: str) -> str:
    country = countries().by_code(code)
    return country.name if country else code


def _middle(level: Level) -> date:
    first, last = days_of(level.period)
    return first + (last - first) / 2


def _numbers(days: Sequence[date]) -> list[float]:
    from matplotlib.dates import date2num

    return [float(date2num(day)) for day in days]  # type: ignore[no-untyped-call]


def _no_date(kind: str) -> dict[str, None]:
    return {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind, {})
