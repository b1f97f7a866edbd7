"""One deed told twice in one sentence: "killed in an air strike", "shelled the town, killing eight", "a march to protest against"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.reading.events.deeds import Deed
from detente.reading.events.frames import child, deep_subject, is_verbal, lemma_of, members, phrases, surface_subject
from detente.reading.events.lexicon import Lexicon
from detente.reading.events.sides import Sides

_MEANS = frozenset({"in", "by", "with", "during", "from", "when"})
_BEFORE = frozenset(
    {"after", "following", "amid"}
)  # what came before an arrest is not the arrest; before a death it is
_FOUGHT = frozenset({"shootout", "gunfight", "firefight", "gunbattle", "shoot-out"})
_TURMOIL = frozenset({"PROTEST", "COERCE", "MOBILIZE"})  # who is killed amid these is killed by somebody
_NOT_DONE = frozenset({"none", "asked", "refused", "stopped"})
_AGAINST = frozenset({"protest", "denounce", "condemn", "decry", "oppose"})
_ACCORDS = frozenset({"AGREE", "SUPPORT"})
_PURPOSE = frozenset({"advcl", "xcomp", "relcl", "acl", "conj"})


def join_tellings(
    nouns: dict[int, Deed], verbs: dict[int, Deed], words: Lexicon, sides: Sides, swallowed: dict[int, int]
) -> None:
    """Joins tellings of one deed. swallowed: the token of each deed that another tells from now on, and that other's."""
    _verb_and_noun(nouns, verbs, words, sides, swallowed)
    _accords(nouns, verbs, swallowed)
    _purposes(nouns, verbs, swallowed)
    for verb in verbs.values():
        if "harm" in verb.flags and verb.token.i not in swallowed:
            _harm(verb, verbs, sides, swallowed)
    _aftermaths(nouns, verbs, words, sides, swallowed)


def _verb_and_noun(
    nouns: dict[int, Deed], verbs: dict[int, Deed], words: Lexicon, sides: Sides, swallowed: dict[int, int]
) -> None:
    """A verb and a noun of its clause that tell the same deed are one: "killed in an air strike"."""
    for verb in verbs.values():
        means = _MEANS | _BEFORE if "harm" in verb.flags else _MEANS
        for noun in _arguments(verb.token, nouns, words, means):
            if verb.status in _NOT_DONE and noun.staged_by is not None and noun.staged_by.i != verb.token.i:
                continue  # "talks began to negotiate": the talks were held, whatever comes of them
            if noun.type == verb.type and noun.status not in ("asked", "none"):
                _absorb(verb, noun, sides)
                swallowed[noun.token.i] = verb.token.i
            elif verb.wordy and verb.object is not None and noun.token in list(members(verb.object)):
                swallowed[noun.token.i] = verb.token.i
            elif "harm" in verb.flags and noun.type in _TURMOIL:
                verb.flags |= {"told"}


def _arguments(verb: Token, nouns: dict[int, Deed], words: Lexicon, means: frozenset[str]) -> Iterator[Deed]:
    beside = [t for t in (*verb.children, verb.head) if is_verbal(t) and "conj" in (t.dep_, verb.dep_)]
    heads = [t for t in verb.children if t.dep_ in ("nsubj", "dobj", "nsubjpass")]
    agent = deep_subject(verb, words)
    heads += [agent] if agent is not None else []
    for prep in (p for v in (verb, *beside) for p in v.children):
        if prep.dep_ in ("prep", "agent") and prep.lower_ in means:
            heads += [t for t in prep.children if t.dep_ == "pobj"]
    heads += [t for t in verb.children if t.dep_ == "advcl" and t.tag_ == "VBG"]
    seen: set[int] = set()
    for head in heads:
        for member in members(_counted(head, words)):
            if member.i in nouns and member.i not in seen:
                seen.add(member.i)
                yield nouns[member.i]


def _counted(noun: Token, words: Lexicon) -> Token:
    """The air strikes of "a wave of air strikes"."""
    if lemma_of(noun) not in words.classes["series"]:
        return noun
    of = next((t for t in noun.rights if t.dep_ == "prep" and t.lower_ == "of"), None)
    return (child(of, "pobj") if of is not None else None) or noun


def _absorb(verb: Deed, noun: Deed, sides: Sides) -> None:
    if noun.type == "ASSAULT" and not verb.sources and set(verb.targets) <= set(noun.sources):
        verb.targets = []  # "were hit in Greek air strikes": the Greeks did it
    verb.sources = verb.sources or [s for s in noun.sources if s not in verb.targets]
    if "harm" in verb.flags and lemma_of(noun.token) in _FOUGHT and noun.token.head.lower_ == "in":
        foes = sides.of_all(phrases(noun.token).get("with", []))  # "killed in a shootout with the police"
        verb.sources = verb.sources or [t for t in foes if t not in verb.targets]
    elif "harm" in verb.flags and "mutual" in noun.flags and verb.object is not None:
        pass  # "twelve were hurt in clashes between": nobody says whose they were
    elif not verb.targets or verb.type == "CONSULT":
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


def _accords(nouns: dict[int, Deed], verbs: dict[int, Deed], swallowed: dict[int, int]) -> None:
    """The accord that the sentence has told before: "signed a pact, their first agreement since"."""
    told: dict[int, list[Deed]] = {}
    for verb in verbs.values():
        if verb.type in _ACCORDS and verb.parties:
            told.setdefault(verb.token.sent.start, []).append(verb)
    for noun in nouns.values():
        if noun.type != "AGREE" or noun.token.i in swallowed:
            continue
        parties = set(noun.parties or [*noun.sources, *noun.targets])
        for verb in told.get(noun.token.sent.start, ()):
            if verb.token.i < noun.token.i and parties <= set(verb.parties):
                swallowed[noun.token.i] = verb.token.i
                break


def _purposes(nouns: dict[int, Deed], verbs: dict[int, Deed], swallowed: dict[int, int]) -> None:
    """Who marches does it to protest: "held a rally to protest against the levy" is one protest."""
    staged = {n.staged_by.i: n for n in nouns.values() if n.type == "PROTEST" and n.staged_by is not None}
    for verb in verbs.values():
        against = verb.type == "ACCUSE" and lemma_of(verb.token) in _AGAINST and verb.token.tag_ == "VB"
        if not (verb.type == "PROTEST" or against) or verb.token.dep_ not in _PURPOSE:
            continue
        head = verb.token.head
        march = nouns.get(head.i) or verbs.get(head.i) or staged.get(head.i)
        if march is not None and march.token.i in swallowed:
            march = verbs.get(swallowed[march.token.i], march)
        if march is None or march is verb or march.type != "PROTEST":
            continue
        if not march.is_verb:
            march.sources = march.sources or list(verb.sources)
        march.targets = march.targets or [t for t in verb.targets if t not in march.sources]
        march.absorbed.append(verb.token)
        swallowed[verb.token.i] = march.token.i


def _killed_where(verb: Deed, sides: Sides) -> bool:
    """Whether a relative clause was hung on the place: "the raid in Sefan, Mali, that killed ten"."""
    head = verb.token.head
    if verb.token.dep_ != "relcl" or not verb.sources or sides.place_at.get(head.i) is None:
        return False
    return head.dep_ in ("appos", "pobj", "conj") and all(sides.register[s].kind == "country" for s in verb.sources)


def _harm(verb: Deed, verbs: dict[int, Deed], sides: Sides, swallowed: dict[int, int]) -> None:
    """The harm and what did it, told as two verbs: "killed when X shelled the town", "three were killed and two hurt"."""
    if "told" in verb.flags and verb.token.dep_ != "conj":
        return
    first = verbs.get(verb.token.head.i)
    if verb.token.dep_ == "conj" and first is not None and _same_harm(first, verb, sides):
        lasting = {"told"} if "told" in (verb.flags | first.flags) else set()
        _absorb(first, verb, sides)
        first.absorbed += verb.absorbed
        first.flags = first.flags - {"told"} | lasting
        swallowed[verb.token.i] = first.token.i
        return
    if verb.sources or "told" in verb.flags:
        return
    for item in verb.token.subtree:
        cause = verbs.get(item.i)
        if item.dep_ != "advcl" or cause is None or cause is verb or cause.type != "ASSAULT" or not cause.sources:
            continue
        if "mutual" in cause.flags and cause.targets:  # "twelve were hurt as A clashed with B"
            cause.absorbed.append(verb.token)
            swallowed[verb.token.i] = item.i
            return
        _absorb(verb, cause, sides)
        swallowed[item.i] = verb.token.i
        return


def _same_harm(first: Deed, second: Deed, sides: Sides) -> bool:
    """Whether two verbs count the victims of one attack: nobody else does the second, nobody else's people suffer it."""
    if "harm" not in first.flags or second.mode == "abduct" or _has_own_subject(second.token, sides):
        return False
    if first.sources and not set(second.sources) <= set(first.sources):
        return False
    counted = child(second.token, "nsubj", "nsubjpass")
    if counted is not None and not sides.of(counted):
        return True  # "and two others were hurt"
    homes = {sides.country_of(t) for t in second.targets} - {None}
    return not homes or homes <= {sides.country_of(t) for t in first.targets}


def _has_own_subject(verb: Token, sides: Sides) -> bool:
    """Whether somebody else does it; the "two others" of "and two others injured" are only counted."""
    subject = child(verb, "nsubj")
    return subject is not None and (child(verb, "dobj") is not None or bool(sides.of(subject)))


def _aftermaths(
    nouns: dict[int, Deed], verbs: dict[int, Deed], words: Lexicon, sides: Sides, swallowed: dict[int, int]
) -> None:
    """What an attack did, told behind it: "launched a raid on the camp, killing eight" is one attack."""
    last: Deed | None = None
    every = nouns | verbs
    for _, deed in sorted(every.items()):
        if deed.type != "ASSAULT" or deed.status in ("none", "asked") or deed.token.i in swallowed:
            continue
        misled = "harm" in deed.flags and last is not None and _killed_where(deed, sides)
        if misled:
            deed.sources = []
        elif "harm" not in deed.flags or not _is_result(deed.token):
            last = deed
            continue
        above = every.get(deed.token.head.i)
        cause = above if above is not None and above.type == "ASSAULT" and above.token.i not in swallowed else last
        if cause is not None and cause.token.sent.start == deed.token.sent.start and _shared(cause, deed):
            cause.targets = cause.targets or [t for t in deed.targets if t not in cause.sources]
            cause.absorbed.append(deed.token)
            swallowed[deed.token.i] = cause.token.i
        elif not deed.sources:
            deed.sources = _attacker(deed.token, words, sides)
            deed.flags |= {"told"} if deed.sources else set()


def _is_result(token: Token) -> bool:
    """Whether a participle is set off behind what it results from."""
    first = token.left_edge.i
    return (
        token.tag_ == "VBG" and token.dep_ != "pcomp" and first > token.sent.start and token.doc[first - 1].text == ","
    )


def _shared(cause: Deed, result: Deed) -> bool:
    return not cause.sources or not result.sources or bool(set(cause.sources) & set(result.sources))


def _attacker(result: Token, words: Lexicon, sides: Sides) -> list[int]:
    """Who struck, when the sentence's main verb is one of force whose frame did not hold: "strikes a boat ..., killing four"."""
    root = result.sent.root
    if not is_verbal(root) or not any(f.type == "ASSAULT" for f in words.verbs.get(lemma_of(root), ())):
        return []
    return sides.direct(surface_subject(root, words))
