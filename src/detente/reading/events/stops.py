"""What it is to stop a deed: who suspends aid sanctions, who lifts a ban gives way, who halts his strikes holds fire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from spacy.tokens import Token

from detente.reading.events.deeds import Deed
from detente.reading.events.frames import child, deep_subject, is_verbal, lemma_of, phrases
from detente.reading.events.lexicon import Lexicon
from detente.reading.events.sides import Sides
from detente.reading.events.standing import of_verb

_LATER = frozenset({"postpone", "delay", "postponement", "avoid", "evade", "shelve"})  # put off, not given up
_DONE = frozenset({"end", "cease", "quit", "cut", "reduce"})  # talks that end are over
_TOLD = frozenset({"announce", "order", "declare", "confirm", "impose", "approve", "decide", "extend", "begin"})


class _Stop(NamedTuple):
    type: str
    mode: str | None
    cameo: str
    aimed: bool  # whether it needs somebody on the other side


_STOPS: Mapping[str, _Stop] = {
    "AID": _Stop("SANCTION", "discontinue", "162", True),
    "COOPERATE": _Stop("SANCTION", "discontinue", "162", True),
    "CONSULT": _Stop("REJECT", "meet", "125", True),
    "SANCTION": _Stop("CONCEDE", None, "080", False),
    "COERCE": _Stop("CONCEDE", None, "080", False),
    "ASSAULT": _Stop("RETREAT", "ceasefire", "0871", False),
}
_FREED = _Stop("RETREAT", "release", "0841", True)


def turn_stops(nouns: dict[int, Deed], verbs: dict[int, Deed], words: Lexicon, sides: Sides) -> None:
    """Turns event nouns that their own doer stops into the deed that this is. Verbs whose frames tell the stop stand as they are."""
    for deed in nouns.values():
        stop = _FREED if deed.mode == "arrest" else _STOPS.get(deed.type)
        stopper = deed.governor
        if (
            deed.status != "stopped"
            or stop is None
            or stopper is None
            or stopper.i in verbs
            or lemma_of(stopper) in _LATER
        ):
            continue
        doers, told = _stoppers(stopper, words, sides)
        if told is None or told.i in verbs or not doers or not _own(deed, doers, sides):
            continue
        others = [
            a for a in (*deed.targets, *deed.parties, *deed.sources) if a not in doers and not _kin(a, doers, sides)
        ]
        if stop.aimed and not others:
            continue
        standing = of_verb(told, words)
        if standing.status not in ("occurred", "ongoing", "planned"):
            continue
        deed.sources, deed.targets, deed.parties = doers, others, []
        deed.type, deed.mode, deed.cameo = stop.type, stop.mode, stop.cameo
        deed.status, deed.governor, deed.staged_by = standing.status, None, told
        deed.rule += "+stopped"


def _stoppers(stopper: Token, words: Lexicon, sides: Sides) -> tuple[list[int], Token | None]:
    """Who stops it, and the verb that tells so: "X halted", "X announced the suspension of", "X's suspension of"."""
    if is_verbal(stopper):
        return sides.of(deep_subject(stopper, words)), stopper
    verb = stopper.head if stopper.dep_ in ("dobj", "nsubjpass") and is_verbal(stopper.head) else None
    own = sides.of(child(stopper, "poss")) or sides.of_all(phrases(stopper).get("by", []))
    if verb is not None and lemma_of(verb) in _TOLD:
        return own or sides.of(deep_subject(verb, words)), verb
    return [], None


def _own(deed: Deed, doers: list[int], sides: Sides) -> bool:
    """Whether who stops it is the one who did it, or could have."""
    doing = deed.sources or deed.parties
    return not doing or any(a in doers or _kin(a, doers, sides) for a in doing)


def _kin(actor: int, doers: list[int], sides: Sides) -> bool:
    home = sides.country_of(actor)
    return home is not None and any(sides.country_of(d) == home for d in doers)
