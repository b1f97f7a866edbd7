"""How deeds bear on one another: what one asks for, promises or answers."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from detente.ontology import quad
from detente.reading.events.deeds import ASKED_MODES, Deed
from detente.reading.events.frames import child, is_verbal, lemma_of, members, phrases
from detente.reading.events.lexicon import Lexicon
from detente.reading.events.reach import reach
from detente.reading.events.settle import settle_strike
from detente.reading.events.sides import Sides
from detente.reading.events.stands import asks_something, blames, blocked, flaw_of
from detente.reading.events.stops import turn_stops
from detente.reading.events.tellings import join_tellings
from detente.reading.events.trace import Trace

_GIVING_WAY = frozenset({"RETREAT", "CONCEDE"})
_WILLING = frozenset({"willing", "ready", "prepared", "willingness", "readiness", "committed", "happy", "keen", "open"})
_VOWING = frozenset({"vow", "swear"})
_ACCORD = frozenset({"agree", "consent", "accede", "assent"})  # "agreed to expel X" agrees, whatever it is about
_ASKING_FOR = frozenset({"for", "to", "on", "of", "against", "with", "from", "into", "upon", "about"})
_ASKING = ("xcomp", "ccomp", "dobj", "prep")


def link(
    nouns: dict[int, Deed], verbs: dict[int, Deed], words: Lexicon, sides: Sides, trace: Trace | None = None
) -> list[Deed]:
    """The deeds that stand, in the order of the text."""
    swallowed: dict[int, int] = {}  # the token of a deed that another tells, and that other's
    _partners(nouns, verbs)
    for noun in nouns.values():
        settle_strike(noun, sides)
    for verb in verbs.values():
        if "harm" in verb.flags and verb.object is not None:
            verb.targets = sides.victims(verb.object) or verb.targets
    join_tellings(nouns, verbs, words, sides, swallowed)
    turn_stops(nouns, verbs, words, sides)
    every = nouns | verbs
    for verb in verbs.values():
        if "asks" in verb.flags:
            _ask(verb, every, sides, swallowed)
    for deed in every.values():
        _offer(deed)
    _reach(verbs, sides)
    _answer(every, sides)
    off_topic = blocked([d for i, d in every.items() if i not in swallowed], words)
    standing = []
    for i, deed in sorted(every.items()):
        flaw = "told" if i in swallowed else "topic" if i in off_topic else flaw_of(deed, nouns, words, sides)
        if trace is not None:
            trace.linked(deed, flaw, swallowed.get(i), off_topic.get(i))
        if not flaw:
            standing.append(deed)
    return standing


def _partners(nouns: dict[int, Deed], verbs: dict[int, Deed]) -> None:
    """Whom one meets, one talks to in the next breath: "will meet Y and open talks"."""
    for noun in nouns.values():
        if "mutual" not in noun.flags or noun.targets or noun.parties or not noun.sources or noun.staged_by is None:
            continue
        node = noun.staged_by
        for _ in range(3):
            node = node.head
            met = verbs.get(node.i)
            if met is not None and met.type == "CONSULT" and set(met.sources) == set(noun.sources):
                noun.targets = list(met.targets)


def _ask(verb: Deed, every: dict[int, Deed], sides: Sides, swallowed: dict[int, int]) -> None:
    deed = _leaving(verb) if "out" in verb.flags else _governed(verb.token, every, 0)
    if deed is None or deed is verb:
        return
    if {"need_deed", "both"} <= verb.flags and not asks_something(verb.token, mandative="clause" in verb.flags):
        return  # "told the agency that" reports; only "told X to" asks
    verb.asked = deed
    if "blame" in verb.flags and not blames(verb, sides):
        return  # "plans to sign a deal, the minister said": he tells of a plan
    if deed.governor is not None or deed.status in ("asked", "refused"):
        swallowed[deed.token.i] = verb.token.i
    promised = verb.type == "AGREE" and lemma_of(verb.token) not in _ACCORD and not _is_help(verb, deed)
    if (promised or verb.type == "THREATEN") and quad(deed.type) == "material conflict":
        verb.type, verb.cameo = "THREATEN", "130"
    if verb.type in ASKED_MODES:
        verb.mode = ASKED_MODES[verb.type].get(deed.type, "change" if verb.type != "THREATEN" else None)
    if verb.type == "REQUEST" and deed.mode == "release":
        verb.targets = _captors(verb, deed, sides)
        verb.judging = not verb.targets  # the captive, whom its clause names, is nobody's other side
    elif not verb.targets:
        verb.targets = [t for t in _addressed(verb, deed) if t not in verb.sources]


def _is_help(verb: Deed, deed: Deed) -> bool:
    """Whether forces are offered, not vowed: "offered to send police to Haiti"."""
    return deed.type == "MOBILIZE" and lemma_of(verb.token) not in _VOWING


def _offer(deed: Deed) -> None:
    """Who is willing to give way offers it: the offer is made, the deed is not."""
    governor = deed.governor
    if deed.type not in _GIVING_WAY or deed.status != "planned" or governor is None:
        return
    if governor.lower_ not in _WILLING:
        return
    deed.asked = replace(deed)
    deed.type, deed.mode, deed.cameo, deed.contexts = "AGREE", None, "035", ("diplomatic",)
    deed.status, deed.governor, deed.rule = "occurred", None, f"{deed.rule}+offered"
    deed.flags = frozenset({"asks"})


def _reach(verbs: dict[int, Deed], sides: Sides) -> None:
    """Gives deeds that name nobody on the other side whom their clause names beside them."""
    for verb in verbs.values():
        if verb.sources and not verb.targets and not verb.parties and "answer" not in verb.flags and not verb.judging:
            verb.targets = reach(verb, sides)


def _answer(every: dict[int, Deed], sides: Sides) -> None:
    """Whom one contradicts: who denies "the allegation" rejects the last one who accused him in the text before."""
    heard: list[Deed] = []
    for _, deed in sorted(every.items()):
        if deed.type == "REJECT" and "answer" in deed.flags and not deed.targets and deed.sources:
            said = _said_to(deed, heard, sides)
            deed.targets = [s for s in said.sources if s not in deed.sources] if said is not None else []
        elif deed.type in ("ACCUSE", "THREATEN", "REQUEST") and deed.sources and deed.targets:
            heard.append(deed)


def _said_to(answer: Deed, heard: list[Deed], sides: Sides) -> Deed | None:
    homes = {sides.country_of(s) for s in answer.sources} - {None}
    for deed in reversed(heard):
        if set(deed.targets) & set(answer.sources) or homes & {sides.country_of(t) for t in deed.targets}:
            return deed
    return None


def _leaving(order: Deed) -> Deed:
    """The deed of "order the troops out": that they leave."""
    return Deed(
        token=order.object or order.token,
        type="RETREAT",
        mode="withdraw",
        contexts=("military",),
        cameo="0872",
        flags=frozenset(),
        rule=order.rule,
        sources=list(order.targets),
    )


def _addressed(verb: Deed, deed: Deed) -> list[int]:
    """Who is asked, blamed or refused when nobody is named beside the verb: a party of the deed."""
    if verb.type in ("REQUEST", "ACCUSE") and set(deed.sources) - set(verb.sources):
        return deed.sources
    others = [p for p in deed.parties if p not in verb.sources]
    if verb.type == "REQUEST" and deed.governor is None:
        return others
    return deed.targets or others


def _captors(verb: Deed, release: Deed, sides: Sides) -> list[int]:
    """Who is asked to release somebody: never the captive; where nobody else is named, who holds him."""
    captive = child(release.token, "poss")
    captives = [*release.targets, *(sides.of(captive) if captive is not None else ())]
    asked = [t for t in (*release.sources, *verb.targets) if t not in (*captives, *verb.sources)]
    if asked:
        return asked
    held = (t for prep in release.token.rights for noun in prep.children for t in noun.rights if t.tag_ == "VBN")
    where = phrases(*held)
    found = sides.of_all(where.get("by", [])) or sides.of_all(where.get("in", []))
    return [t for t in found if t not in verb.sources]


def _governed(token: Token, every: dict[int, Deed], depth: int) -> Deed | None:
    """The deed that the asking verb governs: its infinitive, clause, object, or what stands after "for", "to", "on"."""
    if depth > 3:
        return None
    for item in token.children:
        if item.dep_ not in _ASKING:
            continue
        if item.dep_ == "prep" and item.lower_ not in _ASKING_FOR:
            continue
        if item.dep_ == "prep":
            inner = child(item, "pobj", "pcomp")
            if inner is None:
                continue
            item = inner
        for member in members(item) if item.pos_ in ("NOUN", "PROPN") else (item,):
            if member.i in every:
                return every[member.i]
        if is_verbal(item) and item.dep_ in ("xcomp", "ccomp", "pcomp", "advcl", "acl"):
            found = _governed(item, every, depth + 1)
            if found is not None:
                return found
    return None
