"""One real event, one row: the tellings of one deed in one article are joined."""

from __future__ import annotations

from dataclasses import replace

from detente.reading.marks import EventMark, Extent, Register, TimeMark

_FAMILY = {"AGREE": "CONSULT", "CONSULT": "CONSULT", "ASSAULT": "ASSAULT"}
_DONE = frozenset({"occurred", "ongoing"})


def merged(marks: list[EventMark], register: Register, times: tuple[TimeMark, ...]) -> tuple[EventMark, ...]:
    """The events with each deed once; the telling with the most sides, date and place leads."""
    kept: list[EventMark] = []
    for mark in marks:
        for at, other in enumerate(kept):
            if _same(mark, other, register, times):
                kept[at] = _joined(other, mark, times)
                break
        else:
            kept.append(mark)
    return tuple(kept)


def _same(a: EventMark, b: EventMark, register: Register, times: tuple[TimeMark, ...]) -> bool:
    if a.type != b.type or a.past != b.past or a.trigger == b.trigger:
        return False
    if a.status != b.status and not {a.status, b.status} <= _DONE:
        return False
    if a.mode and b.mode and a.mode != b.mode:
        return False
    if (a.asked and a.asked.type) != (b.asked and b.asked.type):
        return False
    if not (_compatible(a.sources, b.sources, register) and _compatible(a.targets, b.targets, register)):
        return False
    return _dates_meet(a, b, times) and (
        a.place is None or b.place is None or a.place == b.place or a.status == "planned"
    )


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


def _width(time: int | None, times: tuple[TimeMark, ...]) -> int:
    if time is None:
        return 10**9
    begin, finish = times[time].begin, times[time].finish
    if not begin or not finish:
        return 10**8
    return int(finish[:10].replace("-", "")) - int(begin[:10].replace("-", ""))


def _joined(first: EventMark, second: EventMark, times: tuple[TimeMark, ...]) -> EventMark:
    lead, other = (second, first) if _weight(second) > _weight(first) else (first, second)
    time = min(first.time, second.time, key=lambda t: _width(t, times))
    evidence = tuple(dict.fromkeys((*first.evidence, *second.evidence)))
    return replace(
        lead,
        time=time,
        mode=lead.mode or other.mode,
        contexts=tuple(dict.fromkeys((*lead.contexts, *other.contexts))),
        place=lead.place if lead.place is not None else other.place,
        quote=first.quote if second.quote is None or first.quote is None else lead.quote,
        evidence=tuple(sorted(evidence, key=lambda e: e.start)),
        confidence=min(0.98, max(first.confidence, second.confidence) + 0.03),
    )


def _weight(mark: EventMark) -> tuple[int, int, float]:
    exact = (mark.time is not None) + (mark.place is not None)
    return (bool(mark.sources) + bool(mark.targets), exact, mark.confidence)


def inside(extent: Extent, outer: Extent) -> bool:
    """Whether the first lies in the second."""
    return outer.start <= extent.start and extent.end <= outer.end
