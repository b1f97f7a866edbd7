"""How deeds bear on one another: what is asked for, told twice in one clause, staged by a verb, or an accident."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from detente.ontology import is_conflict, quad
from detente.reading.events.deeds import COOPERATIVE, VIOLENT, Deed
from detente.reading.events.frames import child, deep_subject, is_passive, is_verbal, lemma_of, members
from detente.reading.events.lexicon import Blocker, Lexicon
from detente.reading.events.sides import Sides
from detente.reading.events.trace import Trace
from detente.reading.marks import ActorMark

_SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b(?![-–])")
_ADDRESSED = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE"})
_PUBLIC = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_POWERS = frozenset({"GOV", "MIL", "REB", "UAF", "OPP", "PTY", "LEG", "JUD", "COP", "SPY", "IGO", "ELI"})
_ACCORD = frozenset({"agree", "consent", "accede", "assent"})  # "agreed to expel X" agrees, whatever it is about
_ASKING_FOR = frozenset({"for", "to", "on", "of", "against", "with", "from", "into", "upon", "about"})
_ASKING = ("xcomp", "ccomp", "dobj", "prep")
_STAGED_ONLY = frozenset({"AID", "COOPERATE", "SUPPORT"})  # "US assistance" alone is a topic, not a deed
_MEANS = frozenset({"in", "by", "with", "during", "after", "from", "when", "amid"})
_ALSO_MILD = frozenset({"hit", "strike", "pound", "target", "damage", "destroy", "engage", "down", "beat", "batter"})
_PRESS = frozenset({"MED", "JRN"})
_ARMED = frozenset({"MIL", "REB", "UAF", "COP"})
_MODES: dict[str, dict[str, str | None]] = {
    "REQUEST": {
        "CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "RETREAT": "yield", "CONCEDE": "yield",
    },
    "REJECT": {
        "CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "RETREAT": "yield", "CONCEDE": "yield",
    },
    "THREATEN": {
        "ASSAULT": "violence", "MOBILIZE": "violence", "SANCTION": "relations", "COERCE": "restrict", "PROTEST": None,
    },
}  # fmt: skip


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
    _answer(every, sides)
    blocked = _blocked([d for i, d in every.items() if i not in swallowed], words)
    standing = []
    for i, deed in sorted(every.items()):
        flaw = "told" if i in swallowed else "topic" if i in blocked else _flaw(deed, nouns, words, sides)
        if trace is not None:
            trace.linked(deed, flaw, swallowed.get(i), blocked.get(i))
        if not flaw:
            standing.append(deed)
    return standing


def _blocked(deeds: list[Deed], words: Lexicon) -> dict[int, Blocker]:
    """The deeds of sentences that are about a game, and what says so."""
    seen: dict[int, tuple[frozenset[str], bool]] = {}
    found: dict[int, Blocker] = {}
    for deed in deeds:
        sentence = deed.token.sent
        if sentence.start not in seen:
            lemmas = frozenset(lemma_of(t) for t in sentence)
            seen[sentence.start] = lemmas, _SCORE.search(sentence.text) is not None
        lemmas, score = seen[sentence.start]
        for blocker in words.blockers:
            hits = len(lemmas & blocker.words)
            if deed.type in blocker.types and (hits > 1 or (score and (hits or deed.mode == "beat"))):
                found.setdefault(deed.token.i, blocker)
    return found


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
    if {"need_deed", "both"} <= verb.flags and not _asks_something(verb.token):
        return  # "told the agency that" reports; only "told X to" asks
    verb.asked = deed
    if deed.governor is not None or deed.status in ("asked", "refused"):
        swallowed[deed.token.i] = verb.token.i
    promised = verb.type == "AGREE" and lemma_of(verb.token) not in _ACCORD
    if (promised or verb.type == "THREATEN") and quad(deed.type) == "material conflict":
        verb.type, verb.cameo = "THREATEN", "130"
    if verb.type in _MODES:
        verb.mode = _MODES[verb.type].get(deed.type, "change" if verb.type != "THREATEN" else None)
    if not verb.targets:
        verb.targets = [t for t in _addressed(verb, deed) if t not in verb.sources]


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


def _flaw(deed: Deed, nouns: dict[int, Deed], words: Lexicon, sides: Sides) -> str:
    """Why the deed is no event, by name; "" when it stands."""
    if deed.refused and deed.type in COOPERATIVE and deed.sources and deed.status == "denied":
        return "" if _becomes_refusal(deed) else "refused"
    if deed.status in ("asked", "refused", "stopped", "none", "denied") and not _told_denial(deed):
        return "status"
    if "need_deed" in deed.flags and deed.asked is None and (deed.sides() < 2 or not _asks_something(deed.token)):
        return "need_deed"
    if "need_conflict" in deed.flags and (deed.asked is None or not is_conflict(deed.asked.type)):
        return "need_conflict"
    if "denial" in deed.flags:
        return "denial"
    if not deed.is_verb and not _noun_stands(deed):
        return "unstaged"
    if deed.is_verb and deed.flags & {"harm", "violent"} and not _is_violent(deed, nouns, words, sides):
        return "accident"
    if deed.flags & {"both", "weak"} and deed.sides() < 2 and deed.asked is None:
        return "both"
    if deed.type == "ACCUSE" and deed.asked is not None and not deed.targets:
        return "own claim"  # who claims a deed of his own accuses nobody
    if deed.type in _ADDRESSED and deed.is_verb and deed.sides() < 2 and deed.asked is None:
        return "addressee"
    _settle(deed, sides)
    if deed.type in _PUBLIC and not _is_public(deed, sides):
        return "private"
    if deed.type == "CONSULT" and (_is_interview(deed, sides) or _is_at_home(deed, sides)):
        return "interview" if _is_interview(deed, sides) else "at home"
    if not deed.sides() and "crowd" not in deed.flags:
        return "sides"
    return "" if _domestic_holds(deed) else "same sides"


def _settle(deed: Deed, sides: Sides) -> None:
    """What the parties say of the deed: leaving an organisation is no withdrawal of troops."""
    members_only = deed.targets and all("IGO" in sides.register[t].sectors for t in deed.targets)
    if deed.rule == "noun:strike" and deed.sources and not deed.targets and not _are_armed(deed.sources, sides):
        deed.type, deed.mode, deed.cameo, deed.contexts = "PROTEST", "strike", "143", ()
    if deed.type == "RETREAT" and deed.mode == "withdraw" and members_only:
        deed.type, deed.cameo, deed.contexts = "SANCTION", "164", ("diplomatic",)


def _asks_something(verb: Token) -> bool:
    """Whether an infinitive or clause says what is asked, though the lexicon does not know the deed."""
    inner = child(verb, "xcomp", "ccomp")
    return inner is not None and any(t.dep_ == "aux" and t.tag_ == "TO" for t in inner.children)


def _told_denial(deed: Deed) -> bool:
    return deed.status == "denied" and deed.governor is not None


def _becomes_refusal(deed: Deed) -> bool:
    deed.mode = _MODES["REJECT"].get(deed.type, "change")
    deed.rule += "+refused"
    deed.type, deed.cameo, deed.status, deed.asked = "REJECT", "120", "occurred", None
    return bool(deed.targets)


def _noun_stands(deed: Deed) -> bool:
    if deed.staged_by is None and deed.type in _STAGED_ONLY and deed.status == "occurred":
        return False
    needed = 0 if "crowd" in deed.flags and deed.staged_by is not None else 1 if "any" in deed.flags else 2
    if "blast" in deed.flags and not deed.sources and deed.sides() < 2 and "explosion" in deed.rule:
        return False
    return deed.sides() >= needed


def _is_violent(deed: Deed, nouns: dict[int, Deed], words: Lexicon, sides: Sides) -> bool:
    """Whether somebody, or a violent deed, did the harm: an accident is no event."""
    if "told" in deed.flags:
        return True
    agent = deep_subject(deed.token, words)
    if agent is not None:
        if deed.sources:
            nobody = lemma_of(deed.token) in _ALSO_MILD and not any(_is_power(sides.register[s]) for s in deed.sources)
            return not nobody and not _is_mishap(deed, sides, words)
        return any(
            lemma_of(m) in words.classes["violence"] or (m.i in nouns and nouns[m.i].type in VIOLENT)
            for m in members(agent)
        )
    if "violent" in deed.flags and deed.targets and is_passive(deed.token) and lemma_of(deed.token) not in _ALSO_MILD:
        return True
    armed = _are_armed(deed.targets, sides)
    return armed and not any(lemma_of(t) in words.classes["mishap"] for t in deed.token.sent)


def _is_public(deed: Deed, sides: Sides) -> bool:
    """Whether one of the parties is of a country or holds public power: what friends agree on is not news."""
    actors = (sides.register[i] for i in (*deed.sources, *deed.targets, *deed.parties))
    return any(_is_power(a) for a in actors)


def _is_power(actor: ActorMark) -> bool:
    return actor.country is not None or bool(_POWERS & set(actor.sectors))


def _is_interview(deed: Deed, sides: Sides) -> bool:
    """Whether one side only reports: talking to a newspaper is no consultation."""
    groups = [[sides.register[i] for i in side] for side in (deed.sources, deed.targets) if side]
    return any(all(_PRESS & set(a.sectors) for a in group) for group in groups)


def _is_mishap(deed: Deed, sides: Sides, words: Lexicon) -> bool:
    """Whether a country only stands beside what killed: "the flood in Angola, which drowned nine"."""
    country = all(sides.register[s].kind == "country" for s in deed.sources)
    return (
        country and deed.token.dep_ == "relcl" and any(lemma_of(t) in words.classes["mishap"] for t in deed.token.sent)
    )


def _is_at_home(deed: Deed, sides: Sides) -> bool:
    """Whether whoever is received is nobody's guest: "welcomed refugees", "received the other delegate"."""
    if deed.mode != "visit" or not deed.is_verb or not deed.targets:
        return False
    return all(a.country is None and a.name[:1].islower() for a in (sides.register[t] for t in deed.targets))


def _are_armed(actors: list[int], sides: Sides) -> bool:
    """Whether one of them is a state or bears arms."""
    return any(sides.register[a].kind == "country" or _ARMED & set(sides.register[a].sectors) for a in actors)


def _domestic_holds(deed: Deed) -> bool:
    """The same actor on both sides is no event."""
    return not (deed.sources and deed.targets and set(deed.sources) == set(deed.targets))
