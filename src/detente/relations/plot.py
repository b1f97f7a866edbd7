"""The relations of two countries as a picture: the balance with its bands, the rates, the number of events."""

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
_DENSE = 60  # periods from which points become dots
# Colours of Okabe and Ito ("Color Universal Design", 2008), told apart with any kind of colour vision; lines differ in
# style, and bars in shape, as well.
_LINE, _BARS, _GREY, _CONFLICT, _EXCHANGE = "#0072B2", "#E69F00", "#5F5F5F", "#D55E00", "#009E73"


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

    drawn = Figure(figsize=(9.0, 6.4), layout="constrained")
    above, middle, below = drawn.subplots(3, 1, sharex=True, height_ratios=(3, 1, 0.8))
    days = [_middle(level) for level in relations.series]
    _balance(above, days, relations)
    _rates(middle, days, relations)
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
    axes.axhline(0, color=_GREY, linewidth=0.8, zorder=1)
    _bands(axes, days, levels)
    axes.plot(
        _numbers(days), _values(levels, "mean"), "x", color=_GREY, markersize=4, zorder=2, label="mean of the events"
    )
    axes.plot(_numbers(days), _values(levels, "balance"), color=_LINE, linewidth=1.8, zorder=3)
    for few, face, label in ((False, _LINE, f"{FEW} events or more"), (True, "white", f"fewer than {FEW} events")):
        points = [
            (day, level.balance)
            for day, level in zip(days, levels, strict=True)
            if level.balance is not None and few == (level.events < FEW)
        ]
        if points:
            x, y = zip(*points, strict=True)
            size = 6 if len(levels) <= _DENSE else 2.5
            axes.plot(_numbers(x), y, "o", markersize=size, color=_LINE, markerfacecolor=face, zorder=4, label=label)
    axes.set_ylim(*_reach(levels))
    _changes(axes, relations)
    axes.set_ylabel("balance\n(− conflict, + cooperation)")
    axes.legend(loc="best", fontsize=8, frameon=False)
    axes.spines[["top", "right"]].set_visible(False)


def _bands(axes: Axes, days: Sequence[date], levels: Sequence[Level]) -> None:
    """A bar for each period, so that one alone between gaps shows its band too; in long series they close up."""
    width = 360 / max(len(levels), 40)
    for low, high, shade in (("low90", "high90", 0.18), ("low50", "high50", 0.25)):
        lows, highs = _values(levels, low), _values(levels, high)
        axes.vlines(_numbers(days), lows, highs, color=_LINE, alpha=shade, linewidth=width, zorder=2)


def _reach(levels: Sequence[Level]) -> tuple[float, float]:
    """From the lowest value to the highest, and zero."""
    bounds = [
        bound
        for level in levels
        for bound in (level.low90, level.high90, level.balance, level.mean)
        if bound is not None
    ]
    return max(min(-1.0, *bounds) - 0.5, -10.5), min(max(1.0, *bounds) + 0.5, 10.5)


def _changes(axes: Axes, relations: Relations) -> None:
    for change in relations.changes:
        day = _numbers([days_of(change.period)[0]])[0]
        axes.axvline(day, color=_GREY, linewidth=1, linestyle=":" if change.live else "--", zorder=1)
        mark = "▲" if change.direction == "up" else "▼"
        axes.annotate(
            f"{mark} {change.period}", (day, 1), xycoords=("data", "axes fraction"), xytext=(3, -2),
            textcoords="offset points", fontsize=8, color=_GREY, va="top",
        )  # fmt: skip


def _rates(axes: Axes, days: Sequence[date], relations: Relations) -> None:
    levels, top = relations.series, 0.0
    for name, color, style, label in (
        ("friction", _CONFLICT, "-", "material conflict"),
        ("exchange", _EXCHANGE, "--", "material cooperation"),
    ):
        values = _values(levels, name)
        top = max([top, *(value for value in values if value == value)])
        axes.plot(_numbers(days), values, style, marker="o", markersize=3, color=color, linewidth=1.4, label=label)
        lows, highs = _values(levels, f"{name}_low90"), _values(levels, f"{name}_high90")
        axes.vlines(_numbers(days), lows, highs, color=color, alpha=0.25, linewidth=2)
    axes.set_ylim(0, 1.6 * top or 1.0)
    axes.set_ylabel("per 1,000\n" + relations.rate_of.replace(" in the", "\nin the"))
    axes.legend(loc="upper right", fontsize=8, frameon=False, ncols=2)
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
    read = "articles read" if relations.origin == "own" else relations.rate_of
    return (
        f"Level (PLOVER scale, −10 to 10) of {events:,} reported events, with its 50% and 90% bands"
        f"{f'; {articles:,} {read}' if articles else ''}.\nGaps: nothing reported. As of {relations.as_of}. détente"
    )


def _name(code: str) -> str:
    country = countries().by_code(code)
    return country.name if country else code


def _middle(level: Level) -> date:
    first, last = days_of(level.period)
    return first + (last - first) / 2


def _values(levels: Sequence[Level], name: str) -> list[float]:
    """One field of all periods, not a number where it is None: a line breaks there."""
    values = (getattr(level, name) for level in levels)
    return [float("nan") if value is None else value for value in values]


def _numbers(days: Sequence[date]) -> list[float]:
    from matplotlib.dates import date2num

    return [float(date2num(day)) for day in days]  # type: ignore[no-untyped-call]


def _no_date(kind: str) -> dict[str, None]:
    return {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind, {})
