"""What moved the balance: the deeds around each turn, then those that bear the level now, on either side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.briefs.facts import Brief, Course, Deed, Turn
from detente.briefs.lengths import Lengths
from detente.briefs.page import QUIET, STRONG, Group, Line, Run, Section
from detente.briefs.sources import Sources
from detente.briefs.wording import counted, days, deed, score, sides, signed

_AFTER = 2  # periods with deeds, from that of the turn on, that make it
_SHOWN = 0.005  # a contribution that two digits can show


def moved(brief: Brief, lengths: Lengths, sources: Sources) -> Section:
    """The section. A deed stands in it once: at a turn, else by what it does to the level now."""
    shown: set[str] = set()
    groups = []
    for turn in sorted(brief.course.turns, key=lambda turn: turn.period, reverse=True)[: lengths.turns]:
        found = [one for one in _around(turn, brief.course, brief.deeds) if one.event not in shown]
        groups.append(_group(_turn(turn), found, lengths.around, sources, shown))
    rest = [one for one in brief.deeds if one.event not in shown]
    alone = [one for one in rest if one.contribution is None]
    up = [one for one in rest if one.contribution is not None and one.contribution > 0]
    down = [one for one in rest if one.contribution is not None and one.contribution < 0]
    for heading, deeds in (
        ("The level rests on this alone", alone),
        ("What holds the level up now", up),
        ("What weighs it down now", down),
    ):
        groups.append(_group(heading, deeds, lengths.deeds, sources, shown))
    return Section(heading="What moved it", lead=tuple(_lead(brief)), groups=tuple(g for g in groups if g.lines))


def _lead(brief: Brief) -> Iterator[Line]:
    """That nothing turned, and which deeds stand nowhere below."""
    if not brief.deeds:
        return
    if not brief.course.turns:
        yield _quiet("No turn of the series was found.")
    if idle := sum(one.contribution == 0 for one in brief.deeds):
        yield _quiet(f"{counted(idle, 'deed does', 'deeds do')} nothing to the level now.")
    if brief.course.left_out:
        number = counted(brief.course.left_out, "deed is", "deeds are")
        yield _quiet(f"{number} left out: no {brief.course.by} of the series can be given.")


def _quiet(text: str) -> Line:
    return Line(runs=(Run(text=text, kind=QUIET),))


def _turn(turn: Turn) -> str:
    live = "; it may still pass" if turn.live else ""
    return f"Turn {turn.direction} in {turn.period} (found again in {turn.support:.0%} of samples{live})"


def _around(turn: Turn, course: Course, deeds: Sequence[Deed]) -> list[Deed]:
    """The deeds of its first periods that pull the way it went, those furthest from the level before first."""
    held = [point.period for point in course.points if point.events and point.period >= turn.period][:_AFTER]
    levels = [p.balance for p in course.points if p.balance is not None and p.period < turn.period]
    before = levels[-1] if levels else 0.0
    sign = 1 if turn.direction == "up" else -1
    found = [one for one in deeds if one.period in held and sign * (one.intensity - before) > 0]
    return sorted(found, key=lambda one: (-sign * one.intensity, -abs(one.contribution or 0.0), one.date, one.event))


def _group(heading: str, deeds: Sequence[Deed], most: int, sources: Sources, shown: set[str]) -> Group:
    taken = deeds[:most]
    shown.update(one.event for one in taken)
    return Group(heading=heading, lines=tuple(_line(one, sources) for one in taken), left_out=max(0, len(deeds) - most))


def _line(one: Deed, sources: Sources) -> Line:
    day = days(one.date, one.end) if one.dated_by == "text" else f"reported {one.date}"
    about = [f"intensity {score(one.intensity)}"]
    if one.status != "occurred":
        about.insert(0, one.status)
    if one.contribution:
        about.append(f"moves the level {_moves(one.contribution)}")
    if one.origins > 1:
        about.append(f"told by {one.origins} independent origins")
    return Line(
        runs=(
            Run(text=f"{day} "),
            Run(text=f"{sides(one.doers)} → {sides(one.others)}", kind=STRONG),
            Run(text=f" {deed(one.type, one.mode)}"),
            Run(text=f" ({', '.join(about)})", kind=QUIET),
            *sources.quoted(one.words, one.clause),
        ),
        cites=(sources.cite(one.words),),
    )


def _moves(contribution: float) -> str:
    if abs(contribution) >= _SHOWN:
        return f"by {signed(contribution, 2)}"
    return f"{'up' if contribution > 0 else 'down'} by less than {2 * _SHOWN:g}"
