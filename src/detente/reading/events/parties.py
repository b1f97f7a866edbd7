"""What the parties make of a deed: who holds public power, who is only a firm, whose own business it is."""

from __future__ import annotations

from detente.reading.events.deeds import Deed
from detente.reading.events.frames import deep_subject, lemma_of, phrases
from detente.reading.events.lexicon import Lexicon
from detente.reading.events.sides import Sides
from detente.reading.marks import ActorMark

_POWERS = frozenset({"GOV", "MIL", "REB", "UAF", "OPP", "PTY", "LEG", "JUD", "COP", "SPY", "IGO", "ELI"})
_PRIVATE = frozenset({"BUS", "MED", "JRN", "EDU", "HLH"})
_OF_LAW = frozenset({"arrest", "convict", "seize", "deport"})  # whoever does these holds public power, known or not
_CRAFT = frozenset({"aircraft", "ship", "vessel", "boat", "plane", "jet", "helicopter", "alert", "alarm"})
_CHATTING = frozenset({"speak", "talk", "discuss"})
_PRESS = frozenset({"MED", "JRN"})
_ARMED = frozenset({"MIL", "REB", "UAF", "COP"})


def is_public(deed: Deed, sides: Sides) -> bool:
    """Whether one of the parties is of a country or holds public power: what friends agree on is not news."""
    actors = (sides.register[i] for i in (*deed.sources, *deed.targets, *deed.parties))
    return any(is_power(a) for a in actors)


def is_private_business(deed: Deed, sides: Sides) -> bool:
    """Whether firms, media or schools mind their own: an airline that drops a route sanctions nobody.

    A firm that is fined is ordinary law, whoever enforces it; sanctions, bans and seizures are none of it.
    """
    if "penalty" in deed.flags and deed.targets and all(is_unknown(sides.register[t]) for t in deed.targets):
        return True
    if deed.mode in _OF_LAW or not deed.sources:
        return False
    if deed.mode == "expel" and any(_POWERS & set(sides.register[t].sectors) for t in deed.targets):
        return False  # an unknown body that ousts a minister is no firm
    actors = [sides.register[s] for s in deed.sources]
    if deed.type == "MOBILIZE":
        craft = deed.object is not None and lemma_of(deed.object) in _CRAFT
        return craft and not any(a.kind == "country" or _POWERS & set(a.sectors) for a in actors)
    return all(_is_firm(a) or (a.sectors and set(a.sectors) <= _PRIVATE) for a in actors)


def is_at_one_firm(deed: Deed, words: Lexicon, sides: Sides) -> bool:
    """Whether the staff of one firm strike, and no government is their target: a quarrel within a business."""
    if any(is_power(sides.register[t]) for t in deed.targets):
        return False
    staff = deep_subject(deed.staged_by or deed.token, words)
    if staff is None:
        return False
    around = phrases(staff)
    near = [t for t in staff.lefts if t.dep_ in ("compound", "poss")] + around.get("of", []) + around.get("at", [])
    employers = [sides.register[i] for t in near if (i := sides.at(t)) is not None]
    return any(_is_firm(a) or "BUS" in a.sectors for a in employers if a.kind == "organization")


def is_unknown(actor: ActorMark) -> bool:
    """Whether it is a firm, or a name that the text gives no office and no country."""
    return _is_firm(actor) or (actor.key is None and actor.country is None and not actor.sectors)


def _is_firm(actor: ActorMark) -> bool:
    """Whether it is a business, or an organisation of which nothing is known that would make it more."""
    if actor.key is not None:
        return False
    if set(actor.sectors) == {"BUS"}:
        return True
    return not actor.sectors and (actor.kind == "organization" or (actor.kind == "group" and actor.country is None))


def is_power(actor: ActorMark) -> bool:
    """Whether the actor is of a country or holds public power, by arms or by office."""
    return actor.country is not None or bool(_POWERS & set(actor.sectors))


def is_interview(deed: Deed, sides: Sides) -> bool:
    """Whether one side only reports: talking to a newspaper, or to nobody in particular, is no consultation."""
    groups = [[sides.register[i] for i in side] for side in (deed.sources, deed.targets) if side]
    if any(all(_PRESS & set(a.sectors) for a in group) for group in groups):
        return True
    chat = deed.is_verb and lemma_of(deed.token) in _CHATTING and not deed.parties
    return chat and any(all(not (a.country or a.key or a.sectors) for a in group) for group in groups)


def is_at_home(deed: Deed, sides: Sides) -> bool:
    """Whether whoever is received is nobody's guest: "welcomed refugees", "received the other delegate"."""
    if deed.mode != "visit" or not deed.is_verb or not deed.targets:
        return False
    return all(a.country is None and a.name[:1].islower() for a in (sides.register[t] for t in deed.targets))


def are_armed(actors: list[int], sides: Sides) -> bool:
    """Whether one of them is a state or bears arms."""
    return any(sides.register[a].kind == "country" or _ARMED & set(sides.register[a].sectors) for a in actors)


def domestic_holds(deed: Deed) -> bool:
    """The same actor on both sides is no event."""
    return not (deed.sources and deed.targets and set(deed.sources) == set(deed.targets))
