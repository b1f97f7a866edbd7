"""One real event, one row: the tellings of one deed in one article are joined."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from detente.reading.marks import ActorMark, EventMark, Extent, PlaceMark, Register, TimeMark

_TOLD_IN_PARTS = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "RETREAT", "CONCEDE"})
_BESIDE = 400  # characters within which a telling may leave a side to its neighbour
_FAR = 1200  # characters over which "the attack" refers back
_NEAR = 1.5  # degrees between a town and the middle of its region
_PUBLIC = frozenset({"GOV", "MIL", "SPY", "COP", "LEG", "JUD", "IGO", "REB", "UAF"})
_DONE = frozenset({"occurred", "ongoing"})


class Telling(NamedTuple):
    """A mark, and whether its standing is only presumed: "the visit" may lie ahead or behind.

    mutual: both sides do it alike. definite: "the attack", told before. told: the triggers of the tellings joined in it.
    """

    mark: EventMark
    presumed: bool
    mutual: bool = False
    definite: bool = False
    told: frozenset[Extent] = frozenset()


def merged(
    tellings: list[Telling], register: Register, times: tuple[TimeMark, ...], places: tuple[PlaceMark, ...]
) -> tuple[EventMark, ...]:
    """The events with each deed once; the telling with the most sides, date and place leads."""
    kept: dict[str, list[Telling]] = {}
    for telling in tellings:
        rivals = kept.setdefault(telling.mark.type, [])
        if not any(_is_twin(telling, other, register) for other in rivals) and not _join(
            telling, rivals, register, times, places
        ):
            rivals.append(telling)
    return tuple(sorted((t.mark for ts in kept.values() for t in ts), key=lambda m: (m.trigger, m.type)))


def _join(
    telling: Telling,
    rivals: list[Telling],
    register: Register,
    times: tuple[TimeMark, ...],
    places: tuple[PlaceMark, ...],
) -> bool:
    """Joins the telling to the first that is of the same deed; what two do alike, to both directions of it."""
    ways = (telling, _mirrored(telling)) if telling.mutual else (telling,)
    found = False
    for at, other in enumerate(rivals):
        for way in ways[: 2 if other.mutual else 1]:
            if _same(way, other, register, times, places):
                rivals[at] = _joined(other, way, register, times)
                found = True
                break
        if found and not telling.mutual:
            break
    return found


def _mirrored(telling: Telling) -> Telling:
    mark = telling.mark
    return telling._replace(mark=replace(mark, sources=mark.targets, targets=mark.sources))


def _is_twin(one: Telling, two: Telling, register: Register) -> bool:
    """Whether the other direction of this very telling has joined the event before: "A and B met", told again."""
    a, b = one.mark, two.mark
    if not (one.mutual and two.mutual) or a.trigger not in two.told:
        return False
    opposite = (a.sources, a.targets) == (b.targets, b.sources)
    return not opposite and _compatible(a.sources, b.sources, register) and _compatible(a.targets, b.targets, register)


def _same(
    one: Telling, two: Telling, register: Register, times: tuple[TimeMark, ...], places: tuple[PlaceMark, ...]
) -> bool:
    a, b = one.mark, two.mark
    if a.past != b.past or a.trigger == b.trigger:
        return False
    if a.status != b.status and not {a.status, b.status} <= _DONE and not (one.presumed or two.presumed):
        return False
    if a.mode and b.mode and a.mode != b.mode and not _is_murder(a, b, register):
        return False
    if (a.asked and a.asked.type) != (b.asked and b.asked.type):
        return False
    victims = _compatible(a.targets, b.targets, register) or (
        a.type == "ASSAULT" and a.mode == b.mode is not None and (_vague(a, register) or _vague(b, register))
    )
    if not (victims and _compatible(a.sources, b.sources, register)) and not (
        _completes(a, b, register) or _refers_back(one, two, register)
    ):
        return False
    return _dates_meet(a, b, times) and _places_meet(a, b, places)


def _completes(a: EventMark, b: EventMark, register: Register) -> bool:
    """Whether one names a side that the other leaves out and they agree on the one that both name: headline and lead."""
    if a.type not in _TOLD_IN_PARTS or (a.mode != b.mode and None not in (a.mode, b.mode)):
        return False
    if abs(a.trigger.start - b.trigger.start) > _BESIDE:
        return False
    first = not a.targets or not b.targets
    second = not a.sources or not b.sources
    if first and not second:
        return _compatible(a.sources, b.sources, register) and not _overlap(a, b)
    return (
        second
        and not first
        and a.type == "ASSAULT"
        and _compatible(a.targets, b.targets, register)
        and not _overlap(a, b)
    )


def _refers_back(one: Telling, two: Telling, register: Register) -> bool:
    """Whether the later telling is "the attack" of the earlier: then each may lack what the other names."""
    first, second = (one, two) if one.mark.trigger < two.mark.trigger else (two, one)
    a, b = first.mark, second.mark
    if not second.definite or b.trigger.start - a.trigger.start > _FAR or a.type not in _TOLD_IN_PARTS:
        return False
    if a.mode != b.mode and None not in (a.mode, b.mode):
        return False
    sources = not a.sources or not b.sources or _compatible(a.sources, b.sources, register)
    targets = not a.targets or not b.targets or _compatible(a.targets, b.targets, register)
    if b.targets and not a.targets and b.trigger.start - a.trigger.start > _BESIDE:
        return False  # "the strikes on X" far behind a strike on nobody told are others
    return sources and targets and not _overlap(a, b)


def _is_murder(a: EventMark, b: EventMark, register: Register) -> bool:
    """Whether "the murder of X" and "X was shot" tell of one named victim."""
    same = set(a.targets) & set(b.targets)
    return "targeted" in (a.mode, b.mode) and any(register[i].kind == "person" and _is_named(register[i]) for i in same)


def _overlap(a: EventMark, b: EventMark) -> bool:
    """Whether joined they would have the same actor on both sides."""
    return bool({*a.sources, *b.sources} & {*a.targets, *b.targets})


def _compatible(a: tuple[int, ...], b: tuple[int, ...], register: Register) -> bool:
    """Whether two sides may be the same: an actor of one is, or may be, one of the other."""
    if not a or not b:
        return not a and not b
    return bool(set(a) & set(b)) or any(_alike(register[i], register[j]) for i in a for j in b)


def _alike(one: ActorMark, two: ActorMark) -> bool:
    """Whether one country's army may be its air force, or the country itself: but no named person is another."""
    if one.country is None or one.country != two.country:
        return False
    names = (_is_named(one), _is_named(two))
    if "country" in (one.kind, two.kind):
        other = two if one.kind == "country" else one
        return not _is_named(other) or bool(_PUBLIC & set(other.sectors))
    if all(names) and (one.kind == "person" or two.kind == "person"):
        return one.kind != two.kind and bool(_PUBLIC & set(one.sectors) & set(two.sectors))
    shared = bool(set(one.sectors) & set(two.sectors))
    if any(names) and "group" in (one.kind, two.kind) and "person" in (one.kind, two.kind):
        return shared
    return shared or not all(names)


def _is_named(actor: ActorMark) -> bool:
    return actor.kind != "country" and actor.kind != "group" and actor.name[:1].isupper()


def _vague(mark: EventMark, register: Register) -> bool:
    """Whether the victims are nobody in particular: the "three people" of an attack that another sentence places."""
    return bool(mark.targets) and all(
        register[t].country is None and register[t].key is None and register[t].name[:1].islower() for t in mark.targets
    )


def _dates_meet(a: EventMark, b: EventMark, times: tuple[TimeMark, ...]) -> bool:
    if a.time is None or b.time is None or a.time == b.time:
        return True
    one, two = times[a.time], times[b.time]
    if not (one.begin and one.finish and two.begin and two.finish):
        return one.value == two.value or not (one.value.startswith("XXXX") and two.value.startswith("XXXX"))
    return one.begin <= two.finish and two.begin <= one.finish


def _places_meet(a: EventMark, b: EventMark, places: tuple[PlaceMark, ...]) -> bool:
    """Whether both can have happened in one place: two towns of one country are two places."""
    if a.place is None or b.place is None:
        return True
    one, two = places[a.place], places[b.place]
    if one.name == two.name:
        return True
    if one.country != two.country:
        return False
    return "country" in (one.precision, two.precision) or a.type == "CONSULT" or _lies_in(one, two)


def _lies_in(one: PlaceMark, two: PlaceMark) -> bool:
    """Whether one may be a town of the region that the other is."""
    if "region" not in (one.precision, two.precision) or one.precision == two.precision:
        return False
    if one.latitude is None or two.latitude is None or one.longitude is None or two.longitude is None:
        return False
    return abs(one.latitude - two.latitude) < _NEAR and abs(one.longitude - two.longitude) < _NEAR


def _width(time: int | None, times: tuple[TimeMark, ...]) -> int:
    if time is None:
        return 10**9
    begin, finish = times[time].begin, times[time].finish
    if not begin or not finish:
        return 10**8
    return int(finish[:10].replace("-", "")) - int(begin[:10].replace("-", ""))


def _joined(one: Telling, two: Telling, register: Register, times: tuple[TimeMark, ...]) -> Telling:
    first, second = one.mark, two.mark
    lead, other = (second, first) if _weight(second) > _weight(first) else (first, second)
    sources, targets = _fuller(lead.sources, other.sources, register), _fuller(lead.targets, other.targets, register)
    if set(sources) & set(targets):
        sources, targets = lead.sources, lead.targets
    time = min(first.time, second.time, key=lambda t: _width(t, times))
    evidence = tuple(dict.fromkeys((*first.evidence, *second.evidence)))
    surest = first if two.presumed else second if one.presumed else lead
    mark = replace(
        lead,
        sources=sources,
        targets=targets,
        status=surest.status,
        time=time,
        mode=lead.mode or other.mode,
        contexts=tuple(dict.fromkeys((*lead.contexts, *other.contexts))),
        place=lead.place if lead.place is not None else other.place,
        quote=first.quote if second.quote is None or first.quote is None else lead.quote,
        evidence=tuple(sorted(evidence, key=lambda e: e.start)),
        confidence=min(0.98, max(first.confidence, second.confidence) + 0.03),
    )
    told = one.told | two.told | {first.trigger, second.trigger}
    return Telling(mark, one.presumed and two.presumed, one.mutual, one.definite and two.definite, told)


def _fuller(lead: tuple[int, ...], other: tuple[int, ...], register: Register) -> tuple[int, ...]:
    """The side that says more: actors of a country before nameless ones, its people and bodies before a bare country."""
    if not lead or not other:
        return lead or other

    def told(side: tuple[int, ...]) -> tuple[bool, bool, bool]:
        actors = [register[i] for i in side]
        known = any(a.country or a.key for a in actors)
        return (
            known,
            known and any(a.kind != "country" for a in actors),
            any(a.kind == "person" and _is_named(a) for a in actors),
        )

    return other if told(other) > told(lead) else lead


def _weight(mark: EventMark) -> tuple[int, int, float]:
    exact = (mark.time is not None) + (mark.place is not None)
    return (bool(mark.sources) + bool(mark.targets), exact, mark.confidence)
