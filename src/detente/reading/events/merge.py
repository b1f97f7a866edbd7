"""One real event, one row: the tellings of one deed in one article are joined."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from detente.reading.marks import EventMark, PlaceMark, Register, TimeMark

_DONE = frozenset({"occurred", "ongoing"})


class Telling(NamedTuple):
    """A mark, and whether its standing is only presumed: "the visit" may lie ahead or behind."""

    mark: EventMark
    presumed: bool


def merged(
    tellings: list[Telling], register: Register, times: tuple[TimeMark, ...], places: tuple[PlaceMark, ...]
) -> tuple[EventMark, ...]:
    """The events with each deed once; the telling with the most sides, date and place leads."""
    kept: dict[str, list[Telling]] = {}
    for telling in tellings:
        rivals = kept.setdefault(telling.mark.type, [])
        for at, other in enumerate(rivals):
            if _same(telling, other, register, times, places):
                rivals[at] = _joined(other, telling, times)
                break
        else:
            rivals.append(telling)
    return tuple(sorted((t.mark for ts in kept.values() for t in ts), key=lambda m: (m.trigger, m.type)))


def _same(
    one: Telling, two: Telling, register: Register, times: tuple[TimeMark, ...], places: tuple[PlaceMark, ...]
) -> bool:
    a, b = one.mark, two.mark
    if a.past != b.past or a.trigger == b.trigger:
        return False
    if a.status != b.status and not {a.status, b.status} <= _DONE and not (one.presumed or two.presumed):
        return False
    if a.mode and b.mode and a.mode != b.mode:
        return False
    if (a.asked and a.asked.type) != (b.asked and b.asked.type):
        return False
    if not (_compatible(a.sources, b.sources, register) and _compatible(a.targets, b.targets, register)):
        return False
    return _dates_meet(a, b, times) and _places_meet(a, b, places)


def _compatible(a: tuple[int, ...], b: tuple[int, ...], register: Register) -> bool:
    if not a or not b:
        return not a and not b
    if set(a) & set(b):
        return True
    return bool(_countries(a, register) & _countries(b, register))


def _countries(side: tuple[int, ...], register: Register) -> set[str]:
    return {c for i in side if (c := register[i].country)}


def _dates_meet(a: EventMark, b: EventMark, times: tuple[TimeMark, ...]) -> bool:
    if a.time is None or b.time is None or a.time == b.time:
        return True
    one, two = times[a.time], times[b.time]
    if not (one.begin and one.finish and two.begin and two.finish):
        return True
    return one.begin <= two.finish and two.begin <= one.finish


def _places_meet(a: EventMark, b: EventMark, places: tuple[PlaceMark, ...]) -> bool:
    """Whether both can have happened in one place: two towns of one country are two places."""
    if a.place is None or b.place is None:
        return True
    one, two = places[a.place], places[b.place]
    if one.name == two.name:
        return True
    return (one.country == two.country and "country" in (one.precision, two.precision)) or (
        a.type == "CONSULT" and one.country == two.country
    )


def _width(time: int | None, times: tuple[TimeMark, ...]) -> int:
    if time is None:
        return 10**9
    begin, finish = times[time].begin, times[time].finish
    if not begin or not finish:
        return 10**8
    return int(finish[:10].replace("-", "")) - int(begin[:10].replace("-", ""))


def _joined(one: Telling, two: Telling, times: tuple[TimeMark, ...]) -> Telling:
    first, second = one.mark, two.mark
    lead, other = (second, first) if _weight(second) > _weight(first) else (first, second)
    time = min(first.time, second.time, key=lambda t: _width(t, times))
    evidence = tuple(dict.fromkeys((*first.evidence, *second.evidence)))
    surest = first if two.presumed else second if one.presumed else lead
    mark = replace(
        lead,
        status=surest.status,
        time=time,
        mode=lead.mode or other.mode,
        contexts=tuple(dict.fromkeys((*lead.contexts, *other.contexts))),
        place=lead.place if lead.place is not None else other.place,
        quote=first.quote if second.quote is None or first.quote is None else lead.quote,
        evidence=tuple(sorted(evidence, key=lambda e: e.start)),
        confidence=min(0.98, max(first.confidence, second.confidence) + 0.03),
    )
    return Telling(mark, one.presumed and two.presumed)


def _weight(mark: EventMark) -> tuple[int, int, float]:
    exact = (mark.time is not None) + (mark.place is not None)
    return (bool(mark.sources) + bool(mark.targets), exact, mark.confidence)
