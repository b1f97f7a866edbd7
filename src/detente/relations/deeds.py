"""Which events make up the relations of two countries, each deed once.

An article's deed counts once, however often and from whichever side it is told there. Articles that tell of one deed are told
apart by their origin: copies of one text (or, where the caller knows its stories, one story) count once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.relations.dating import Dated
from detente.relations.records import Told


def names_dyad(told: Told, a: str, b: str, *, directed: bool = False) -> bool:
    """True when the event goes from a to b or, unless `directed`, from b to a. Each side may hold several countries."""
    doers = {*told.event.source_countries, *told.event.sources}
    others = {*told.event.target_countries, *told.event.targets}
    return (a in doers and b in others) or (not directed and b in doers and a in others)


def dyads_of(told: Told, *, directed: bool = False) -> set[tuple[str, str]]:
    """The dyads of countries that an event counts for: (source, target), or in alphabetical order unless `directed`."""
    pairs = {(s, t) for s in told.event.source_countries for t in told.event.target_countries if s != t}
    return pairs if directed else {(min(pair), max(pair)) for pair in pairs}


def distinct(found: Iterable[Dated]) -> list[Dated]:
    """One dyad's events in order of time, each deed once.

    A meeting that is told as an event from either side is one deed; a headline's deed is the one that the text tells, when
    that tells one of its type; a state that goes on, reported ten times in one period, counts in it once.
    """
    items = sorted(found, key=lambda item: (item.day, item.told.article, item.told.event.id))
    in_text = {_headline(item) for item in items if item.told.event.trigger.field != "title"}
    chosen: dict[tuple[object, ...], Dated] = {}
    for item in items:
        if item.told.event.trigger.field != "title" or _headline(item) not in in_text:
            chosen.setdefault(_deed(item), item)
    return list(chosen.values())


def origins(items: Iterable[Dated]) -> int:
    """How many independent origins tell these events."""
    return len({origin for item in items for origin in item.told.origins})


def lone_outlet(items: Iterable[Dated]) -> str | None:
    """The outlet that alone tells all of these events; None for several, and where one of the events names none."""
    told = [item.told.outlets for item in items]
    found = {outlet for outlets in told for outlet in outlets}
    return found.pop() if len(found) == 1 and all(told) else None


def stories(items: Sequence[Dated]) -> list[list[int]]:
    """The positions of the events that each story alone tells, in an order that depends on the events, not on names.

    An event that several independent origins tell stands by itself: it falls with none of them.
    """
    groups: dict[tuple[str, int], list[int]] = {}
    for number, item in enumerate(items):
        alone = len(set(item.told.origins)) < 2
        groups.setdefault((item.told.origin, -1 if alone else number), []).append(number)
    return sorted(groups.values(), key=lambda group: [(items[n].day, items[n].told.event.intensity) for n in group])


def _deed(item: Dated) -> tuple[object, ...]:
    event = item.told.event
    if event.status == "ongoing":
        return (item.period, event.type, event.mode, frozenset({event.source_countries, event.target_countries}))
    return (item.told.origin, event.type, event.trigger.field, event.trigger.start)


def _headline(item: Dated) -> tuple[object, ...]:
    return (item.told.article, item.told.event.type)
