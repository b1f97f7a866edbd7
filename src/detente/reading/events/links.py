"""How deeds bear on one another: what one asks for, promises or answers, and what one clause tells twice."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.ontology import quad
from detente.reading.events.deeds import ASKED_MODES, Deed
from detente.reading.events.frames import child, deep_subject, is_verbal, lemma_of, members
from detente.reading.events.lexicon import Lexicon
from detente.reading.events.reach import reach
from detente.reading.events.sides import Sides
from detente.reading.events.stands import asks_something, blocked, flaw_of
from detente.reading.events.trace import Trace

_ACCORD = frozenset({"agree", "consent", "accede", "assent"})  # "agreed to expel X" agrees, whatever it is about
_ASKING_FOR = frozenset({"for", "to", "on", "of", "against", "with", "from", "into", "upon", "about"})
_ASKING = ("xcomp", "ccomp", "dobj", "prep")
_MEANS = frozenset({"in", "by", "with", "during", "after", "from", "when", "amid"})


def link(
    nouns: dict[int, Deed], verbs: dict[int, Deed], words: Lexicon, sides: Sides, trace: Trace | None = None
) -> list[Deed]:
    """The deeds that stand, in the order of the text."""
    swallowed: dict[int, int] = {}  # the token of a deed that another tells, and that other's
    _partners(nouns, verbs)
    _one_telling(nouns, verbs, words, sides, swallowed)
    _one_clause(verbs, sides, swallowed)
    every = nouns | verbs
    for verb in verbs.values():
        if "asks" in verb.flags:
            _ask(verb, every, swallowed)
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


def _one_telling(
    nouns: dict[int, Deed], verbs: dict[int, Deed], words: Lexicon, sides: Sides, swallowed: dict[int, int]
) -> None:
    """A verb and a noun of its clause that tell the same deed are one: "killed in an air strike"."""
    for verb in verbs.values():
        for noun in _arguments(verb.token, nouns, words):
            if noun.type == verb.type and noun.status not in ("asked", "none"):
                _absorb(verb, noun, sides)
                swallowed[noun.token.i] = verb.token.i
            elif verb.wordy and verb.object is not None and noun.token in list(members(verb.object)):
                swallowed[noun.token.i] = verb.token.i


def _one_clause(verbs: dict[int, Deed], sides: Sides, swallowed: dict[int, int]) -> None:
    """The harm and what did it, told as two verbs: "killed when X shelled the town", "shelled it, killing"."""
    for verb in verbs.values():
        cause = verbs.get(verb.token.head.i)
        if "harm" not in verb.flags or ("told" in verb.flags and verb.token.dep_ != "conj"):
            continue
        if verb.token.dep_ == "advcl" and verb.token.tag_ == "VBG" and cause is not None and cause.type == "ASSAULT":
            cause.targets = cause.targets or [t for t in verb.targets if t not in cause.sources]
            swallowed[verb.token.i] = cause.token.i  # "shelled the town, killing eight"
            continue
        told = cause is not None and "told" in cause.flags
        if verb.token.dep_ == "conj" and cause is not None and _same_harm(cause, verb, sides):
            _absorb(cause, verb, sides)
            cause.absorbed += verb.absorbed
            cause.flags -= set() if "told" in verb.flags or told else {"told"}
            swallowed[verb.token.i] = cause.token.i  # "three were killed and two injured"
            continue
        if verb.sources or "told" in verb.flags:
            continue
        for item in verb.token.subtree:
            cause = verbs.get(item.i)
            if (
                item.dep_ == "advcl"
                and cause is not None
                and cause.type == "ASSAULT"
                and cause.sources
                and cause is not verb
            ):
                _absorb(verb, cause, sides)
                swallowed[item.i] = verb.token.i
                break


def _same_harm(first: Deed, second: Deed, sides: Sides) -> bool:
    """Whether two verbs count the victims of one attack: nobody else does the second, nobody else's people suffer it."""
    if "harm" not in first.flags or child(second.token, "nsubj") is not None:
        return False
    if first.sources and not set(second.sources) <= set(first.sources):
        return False
    homes = {sides.country_of(t) for t in second.targets} - {None}
    return not homes or homes <= {sides.country_of(t) for t in first.targets}


def _arguments(verb: Token, nouns: dict[int, Deed], words: Lexicon) -> Iterator[Deed]:
    beside = [t for t in (*verb.children, verb.head) if is_verbal(t) and "conj" in (t.dep_, verb.dep_)]
    heads = [t for t in verb.children if t.dep_ in ("nsubj", "dobj", "nsubjpass")]
    agent = deep_subject(verb, words)
    heads += [agent] if agent is not None else []
    for prep in (p for v in (verb, *beside) for p in v.children):
        if prep.dep_ in ("prep", "agent") and prep.lower_ in _MEANS:
            heads += [t for t in prep.children if t.dep_ == "pobj"]
    heads += [t for t in verb.children if t.dep_ == "advcl" and t.tag_ == "VBG"]
    seen: set[int] = set()
    for head in heads:
        for member in members(head):
            if member.i in nouns and member.i not in seen:
                seen.add(member.i)
                yield nouns[member.i]


def _absorb(verb: Deed, noun: Deed, sides: Sides) -> None:
    verb.sources = verb.sources or [s for s in noun.sources if s not in verb.targets]
    if not verb.targets or verb.type == "CONSULT":
        known = bool(verb.targets)
        verb.targets += [
            t
            for t in noun.targets
            if t not in (*verb.sources, *verb.targets) and not (known and sides.country_of(t) is None)
        ]
    verb.mode = noun.mode or verb.mode
    verb.contexts = tuple(dict.fromkeys((*verb.contexts, *noun.contexts)))
    verb.cameo = noun.cameo if noun.mode else verb.cameo
    verb.flags |= {"told"}
    verb.absorbed.append(noun.token)


def _ask(verb: Deed, every: dict[int, Deed], swallowed: dict[int, int]) -> None:
    deed = _leaving(verb) if "out" in verb.flags else _governed(verb.token, every, 0)
    if deed is None or deed is verb:
        return
    if {"need_deed", "both"} <= verb.flags and not asks_something(verb.token):
        return  # "told the agency that" reports; only "told X to" asks
    verb.asked = deed
    if deed.governor is not None or deed.status in ("asked", "refused"):
        swallowed[deed.token.i] = verb.token.i
    promised = verb.type == "AGREE" and lemma_of(verb.token) not in _ACCORD
    if (promised or verb.type == "THREATEN") and quad(deed.type) == "material conflict":
        verb.type, verb.cameo = "THREATEN", "130"
    if verb.type in ASKED_MODES:
        verb.mode = ASKED_MODES[verb.type].get(deed.type, "change" if verb.type != "THREATEN" else None)
    if not verb.targets:
        verb.targets = [t for t in _addressed(verb, deed) if t not in verb.sources]


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
