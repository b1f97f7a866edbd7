"""The series drawn with characters, for pages that hold nothing but text: one period a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from detente.briefs.facts import Course, Point
from detente.briefs.wording import signed

MOST = 24  # periods that are drawn, the last ones
_GAP = 3  # periods without deeds in a row that become one line
_CELLS = 40  # of the scale; a cell more for its end
_SCALES = (2.5, 5.0, 10.0)
_WIDE, _NARROW, _LEVEL, _ZERO = "─", "━", "●", "┊"


def chart(course: Course) -> list[str]:
    """The lines: period, level, bands (thin 90%, thick 50%), and the number of deeds. Turns are marked."""
    points = course.points[-MOST:]
    turns = {turn.period: "▲" if turn.direction == "up" else "▼" for turn in course.turns}
    scale = _scale(points)
    rows = [_axis(scale), *_rows(points, scale, turns)]
    if len(course.points) > MOST:
        rows.append(f"the last {MOST} of {len(course.points)} periods")
    return [row.rstrip() for row in rows]


def _scale(points: Sequence[Point]) -> float:
    widest = max((abs(b) for p in points for b in (p.low90, p.high90, p.balance) if b is not None), default=0.0)
    return next((scale for scale in _SCALES if widest <= scale), _SCALES[-1])


def _axis(scale: float) -> str:
    left, right = f"−{scale:g}", f"+{scale:g}"
    half = _CELLS // 2
    return " " * 16 + left + " " * (half - len(left)) + "0" + " " * (half - len(right)) + right + "   deeds"


def _rows(points: Sequence[Point], scale: float, turns: dict[str, str]) -> Iterator[str]:
    nothing = " " * (_CELLS // 2) + _ZERO
    for empty, run in groupby(points, key=lambda point: not point.events):
        periods = list(run)
        if empty and len(periods) >= _GAP:
            yield f"{'…':8}{'':8}{nothing}{'':{_CELLS // 2}}  none in {len(periods)}"
            continue
        for point in periods:
            level = "·" if point.balance is None else signed(point.balance)
            mark = turns.get(point.period, "")
            yield f"{point.period:8} {level:>5}  {_bar(point, scale)}  {point.events:5,} {mark}"


def _bar(point: Point, scale: float) -> str:
    cells = [" "] * (_CELLS + 1)
    cells[_CELLS // 2] = _ZERO
    for low, high, sign in ((point.low90, point.high90, _WIDE), (point.low50, point.high50, _NARROW)):
        if low is not None and high is not None:
            for at in range(_cell(low, scale), _cell(high, scale) + 1):
                cells[at] = sign
    if point.balance is not None:
        cells[_cell(point.balance, scale)] = _LEVEL
    return "".join(cells)


def _cell(value: float, scale: float) -> int:
    inside = min(max(value, -scale), scale)
    return round((inside + scale) / (2 * scale) * _CELLS)
