"""Whether an event that the matcher found lies between two given sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.reading.judge.pair import Pair
from detente.reading.marks import EventMark, Extent, Register, register_of

BOTH, TURNED, SOURCE, TARGET = "both", "turned", "source", "target"


def touch(mark: EventMark, pair: Pair) -> str | None:
    """Which sides of the pair the event's actors are at: both, turned round, one of them, or None for neither.

    An unnamed side is touched by anyone.
    """
    register = register_of(pair.doc)
    source = _is_at(mark.sources, pair.sources, register)
    target = _is_at(mark.targets, pair.targets, register)
    if source and target:
        return BOTH
    named = pair.sources and pair.targets
    if named and _is_at(mark.sources, pair.targets, register) and _is_at(mark.targets, pair.sources, register):
        return TURNED
    if source and pair.sources:
        return SOURCE
    if target and pair.targets:
        return TARGET
    return None


def _is_at(actors: Iterable[int], extents: Sequence[Extent], register: Register) -> bool:
    if not extents:
        return True
    for index in actors:
        actor = register[index]
        for held in (*actor.mentions, *actor.pronouns):
            if any(held.start < e.end and e.start < held.end for e in extents):
                return True
    return False
