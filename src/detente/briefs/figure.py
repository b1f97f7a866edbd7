"""The picture of a brief, as marks that any format can draw: the level with its bands, the turns, the two rates.

Measures are points; x grows to the right, y downwards. The kind of a mark says what it stands for; how that looks is the
format's affair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from detente.briefs.facts import Course, Point
from detente.briefs.wording import rate, score

FEW = 5  # deeds: the level of fewer is drawn hollow
_LEFT, _RIGHT, _TOP = 42.0, 10.0, 24.0
_GAP, _FOOT = 26.0, 20.0  # between the panels, and for the names of the periods
_SHARE = 0.64  # of the height, for the level
_TICKS = 8  # names of periods at most
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A straight line. kind: axis, zero, grid, level, turn, live, friction, exchange, band."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A filled rectangle. kind: band50, band90."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """kind: level, few (a level of few deeds), now, friction (round), exchange (square)."""

    kind: str
    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words. anchor: start, middle, end. kind: tick, turn, title, friction, exchange."""

    kind: str
    x: float
    y: float
    text: str
    anchor: str = "start"


type Mark = Rule | Box | Dot | Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture of so many points, and its marks from the back to the front. words: the same in a sentence or two."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """Where numbers lie: the place of each period, and the height of each value."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    number: int

    @property
    def slot(self) -> float:
        return (self.right - self.left) / max(self.number, 1)

    def x(self, index: int) -> float:
        return round(self.left + (index + 0.5) * self.slot, 2)

    def y(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return round(self.bottom - (inside - self.low) / (self.high - self.low) * (self.bottom - self.top), 2)


def drawn(course: Course, *, width: float = 680.0, height: float = 300.0) -> Drawing:
    """The picture. Periods without deeds are gaps in the line."""
    points = course.points
    split = _TOP + (height - _TOP - _GAP - _FOOT) * _SHARE
    low, high = _reach(points)
    above = _panel(width, _TOP, split, low, high, len(points))
    below = _panel(width, split + _GAP, height - _FOOT, 0.0, _top(points), len(points))
    marks = [*_level(above, course), *_rates(below, points), *_periods(below, points)]
    return Drawing(width=width, height=height, marks=tuple(marks), words=_words(course))


def _panel(width: float, top: float, bottom: float, low: float, high: float, number: int) -> _Panel:
    return _Panel(left=_LEFT, right=width - _RIGHT, top=top, bottom=bottom, low=low, high=high, number=number)


def _reach(points: Sequence[Point]) -> tuple[float, float]:
    """Whole numbers around every level, its bands, and zero."""
    bounds = [bound for p in points for bound in (p.low90, p.high90, p.balance) if bound is not None]
    low, high = min([-1.0, *bounds]), max([1.0, *bounds])
    return max(-10.0, float(int(low - 0.999))), min(10.0, float(int(high + 0.999)))


def _top(points: Sequence[Point]) -> float:
    """The height of the rates' panel: what the rates themselves need; bands may be cut off."""
    rates = [value for p in points for value in (p.friction, p.exchange) if value is not None]
    return 1.25 * max(rates, default=1.0) or 1.0


def _level(panel: _Panel, course: Course) -> Iterator[Mark]:
    yield Label(kind="title", x=0.0, y=_TOP - 13, text="Level (−10 conflict, +10 cooperation)")
    yield from _scale(panel)
    for kind, low, high in (("band90", "low90", "high90"), ("band50", "low50", "high50")):
        for index, point in enumerate(course.points):
            bottom, top = getattr(point, low), getattr(point, high)
            if bottom is not None and top is not None:
                yield _band(kind, panel, index, bottom, top)
    yield from _turns(panel, course)
    yield from _line(panel, [point.balance for point in course.points], "level")
    r = min(3.2, max(1.0, panel.slot / 3))
    for index, point in enumerate(course.points):
        if point.balance is not None:
            kind = "level" if point.events >= FEW else "few"
            yield Dot(kind=kind, x=panel.x(index), y=panel.y(point.balance), r=r)
    yield from _now(panel, course, r)


def _band(kind: str, panel: _Panel, index: int, low: float, high: float) -> Box:
    width = panel.slot if panel.slot < 3 else panel.slot * 0.8 if panel.slot < 30 else 24.0
    y = panel.y(high)
    return Box(
        kind=kind, x=round(panel.x(index) - width / 2, 2), y=y, width=round(width, 2), height=round(panel.y(low) - y, 2)
    )


def _now(panel: _Panel, course: Course, r: float) -> Iterator[Mark]:
    """The level at the end, where the last period tells of no deed and so has none of its own."""
    if course.now is None or not course.points or course.points[-1].balance is not None:
        return
    last = len(course.points) - 1
    if course.points[last].period == course.now.period:
        yield Rule(
            kind="band", x1=panel.x(last), y1=panel.y(course.now.high90), x2=panel.x(last), y2=panel.y(course.now.low90)
        )
        yield Dot(kind="now", x=panel.x(last), y=panel.y(course.now.balance), r=r)


def _turns(panel: _Panel, course: Course) -> Iterator[Mark]:
    places = {point.period: index for index, point in enumerate(course.points)}
    for turn in course.turns:
        if turn.period not in places:
            continue
        x = round(panel.x(places[turn.period]) - panel.slot / 2, 2)
        yield Rule(kind="live" if turn.live else "turn", x1=x, y1=panel.top - 2, x2=x, y2=panel.bottom)
        end = x > panel.right - 70
        mark = "▲" if turn.direction == "up" else "▼"
        yield Label(
            kind="turn", x=x - 3 if end else x + 3, y=panel.top + 6, text=f"{mark} {turn.period}", anchor="end" if end else "start"
        )  # fmt: skip


def _line(panel: _Panel, values: Sequence[float | None], kind: str) -> Iterator[Rule]:
    """From each value to the next; a period without one breaks the line."""
    for index, (one, two) in enumerate(pairwise(values)):
        if one is not None and two is not None:
            yield Rule(kind=kind, x1=panel.x(index), y1=panel.y(one), x2=panel.x(index + 1), y2=panel.y(two))


def _scale(panel: _Panel) -> Iterator[Mark]:
    step = next(step for step in (1, 2, 5) if (panel.high - panel.low) / step <= 6 or step == 5)
    first = int(panel.low // step) * step
    for value in range(first, int(panel.high) + 1, step):
        if value < panel.low:
            continue
        y = panel.y(value)
        yield Rule(kind="grid" if value else "zero", x1=panel.left, y1=y, x2=panel.right, y2=y)
        yield Label(kind="tick", x=panel.left - 5, y=y + 3, text=score(value), anchor="end")


def _rates(panel: _Panel, points: Sequence[Point]) -> Iterator[Mark]:
    yield Label(kind="title", x=0.0, y=panel.top - 8, text="Per 1,000:")
    yield Label(kind="friction", x=56.0, y=panel.top - 8, text="● material conflict")
    yield Label(kind="exchange", x=156.0, y=panel.top - 8, text="■ material cooperation")
    step = next((step for step in _STEPS if panel.high / step <= 3), panel.high)
    for n in range(int(panel.high / step) + 1):
        y = panel.y(n * step)
        yield Rule(kind="grid" if n else "axis", x1=panel.left, y1=y, x2=panel.right, y2=y)
        yield Label(kind="tick", x=panel.left - 5, y=y + 3, text=rate(n * step) if n else "0", anchor="end")
    r = min(2.2, max(0.8, panel.slot / 4))
    shift = min(2.0, panel.slot / 6)
    for kind, by in (("friction", -shift), ("exchange", shift)):
        for index, point in enumerate(points):
            yield from _rate(panel, point, kind, round(panel.x(index) + by, 2), r)
        yield from _line(panel, [getattr(point, kind) for point in points], kind)


def _rate(panel: _Panel, point: Point, kind: str, x: float, r: float) -> Iterator[Mark]:
    value, low, high = (getattr(point, f"{kind}{end}") for end in ("", "_low90", "_high90"))
    if value is None:
        return
    if low is not None and high is not None:
        yield Rule(kind=f"{kind}-band", x1=x, y1=panel.y(high), x2=x, y2=panel.y(low))
    yield Dot(kind=kind, x=x, y=panel.y(value), r=r)


def _periods(panel: _Panel, points: Sequence[Point]) -> Iterator[Label]:
    """Names of periods below, at most so many that they do not touch: the first of every so many, years where they begin."""
    starts = [i for i, p in enumerate(points) if i == 0 or p.period[:4] != points[i - 1].period[:4]]
    if len(points) <= _TICKS:
        marked = [(index, point.period) for index, point in enumerate(points)]
    elif len(starts) >= 4:
        every = -(-len(starts) // _TICKS)
        years = starts[1:] if points[starts[0]].period[4:] not in ("-01", "-Q1", "-W01") else starts
        marked = [(index, points[index].period[:4]) for index in years[::every]]
    else:
        every = -(-len(points) // _TICKS)
        marked = [(index, points[index].period) for index in range(0, len(points), every)]
    for index, text in marked:
        yield Label(kind="tick", x=panel.x(index), y=panel.bottom + 13, text=text, anchor="middle")


def _words(course: Course) -> str:
    """What somebody hears who cannot see it."""
    held = [point for point in course.points if point.balance is not None]
    if not held:
        return "No level: no deed was reported."
    first, last = held[0], held[-1]
    turns = "; ".join(f"turn {turn.direction} in {turn.period}" for turn in course.turns) or "no turn"
    told = f"Level by {course.by} from {first.balance:+.1f} in {first.period} to {last.balance:+.1f} in {last.period}"
    return f"{told.replace('-', '−', 0)}; {turns}."
