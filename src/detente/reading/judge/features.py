"""What the default judge looks at: the frames and the words between two sides, as named features.

Every feature is a short string; its first part says where it was seen. Names never enter: the words of both sides and of
named entities are masked, so that the judge learns deeds, not countries.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from detente.ontology import plover_type
from detente.reading.events.frames import child, is_passive, lemma_of
from detente.reading.events.lexicon import Lexicon, ObjectTest, VerbFrame
from detente.reading.events.standing import governor_of, of_verb
from detente.reading.judge.pair import Pair, Way, inside, way_of
from detente.reading.judge.touch import BOTH, touch
from detente.reading.marks import register_of

_PLAIN = frozenset({"nsubj", "nsubjpass", "dobj", "prep", "xcomp", "ccomp", "prt", "acomp", "attr", "dative", "agent",
                    "advmod", "neg", "aux", "oprd", "advcl", "conj", "pobj"})  # fmt: skip
_TAKEN = frozenset({"dobj", "xcomp", "ccomp", "dative", "prt", "acomp", "oprd", "nsubjpass"})
_SAYING = frozenset({"say", "tell", "add", "state", "note", "report", "announce", "claim", "declare"})
_AFTER = 5  # words looked at behind the target


class Extractor:
    """Gives the features of pairs by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def features(self, pair: Pair) -> list[str]:
        """Every feature of the pair; some may occur twice."""
        sight = _Sight(pair, self.lexicon)
        return [*sight.deeds(), *sight.frames(), *sight.clause(), *sight.path(), *sight.words(), *sight.sides()]


class _Sight:
    """One pair, with what is looked up once."""

    def __init__(self, pair: Pair, lexicon: Lexicon) -> None:
        self.doc, self.pair, self.lexicon = pair.doc, pair, lexicon
        self.way: Way = way_of(pair)
        self.at_source = inside(pair.doc, pair.sources)
        self.at_target = inside(pair.doc, pair.targets)
        self.verbs = self.way.verbs
        self.told = next((v for v in self.verbs if lemma_of(v) not in _SAYING), self.verbs[0] if self.verbs else None)
        anchor = self.way.source or self.way.target
        self.sentence = anchor.sent if anchor is not None else pair.doc[:]

    # -- the matcher's own deeds
    def deeds(self) -> Iterator[str]:
        seen = False
        for mark in self.doc._.detente_events:
            at = touch(mark, self.pair)
            if at is None:
                continue
            folded = plover_type(mark.type, mark.status) or "DENIED"
            kind = mark.rule.partition(":")[0]
            seen = seen or at == BOTH
            yield f"deed:{at}:{folded}"
            yield f"deed:{at}:{kind}:{mark.type}:{mark.status}"
            if mark.mode:
                yield f"deed:{at}:{mark.type}/{mark.mode}"
            if mark.asked is not None:
                yield f"deed:{at}:{folded}>{mark.asked.type}"
        if not seen:
            yield "deed:none"

    # -- the lexicon's entries
    def frames(self) -> Iterator[str]:
        on_way = {t.i for t in self.way.words}
        main = self.verbs[0].i if self.verbs else -1
        last = self.verbs[-1].i if self.verbs else -1
        near = {t.i for v in self.verbs for t in v.children}
        told: list[list[str]] = []
        for token in self.sentence:
            types = self._types(token)
            if not types:
                continue
            if token.i in on_way:
                told.append(types)
                places = ["way"] + ["main"] * (token.i == main) + ["last"] * (token.i == last)
            elif token.i in self.at_target:
                places = ["intarget"]
            elif token.i in self.at_source:
                places = ["insource"]
            else:
                places = ["near"] if token.i in near else ["else"]
            standing = of_verb(token, self.lexicon).status if token.pos_ == "VERB" else "noun"
            for type_ in types:
                for place in places:
                    yield f"lex:{place}:{type_}"
                    yield f"lex:{place}:{type_}:{standing}"
        for first, second in pairwise(told):
            for a in first:
                yield from (f"lex2:{a}>{b}" for b in second)

    def _types(self, token: Token) -> list[str]:
        if token.pos_ == "VERB":
            frames = self.lexicon.verbs.get(lemma_of(token))
            return self._fitting(token, frames) if frames else []
        if token.pos_ == "NOUN":
            nouns = self.lexicon.nouns.get(lemma_of(token), ())
            fit = [f.type for f in nouns if all(w in self._before(token) for w in f.before)]
            return list(dict.fromkeys(fit[:1]))
        return []

    def _before(self, token: Token) -> set[str]:
        return {lemma_of(t) for t in token.lefts}

    def _fitting(self, verb: Token, frames: tuple[VerbFrame, ...]) -> list[str]:
        """The type of the first frame whose words are there, whoever its actors are."""
        particle = child(verb, "prt")
        beside = {t.lower_ for t in verb.children}
        has = particle.lower_ if particle is not None else ""
        for frame in frames:
            worded = frame.particle[0] in beside or " ".join(frame.particle) == has if frame.particle else not has
            if worded and _object_fits(verb, frame.object):
                return [frame.type]
        return []

    # -- the clause
    def clause(self) -> Iterator[str]:
        if self.told is None:
            yield "clause:none"
            return
        yield from self._verb("told", self.told)
        yield from self._verb("last", self.verbs[-1])
        names = [lemma_of(v) for v in self.verbs]
        for a, b in pairwise(names):
            yield f"verbs:{a}>{b}"
        yield "verbs:" + ">".join(n for n in names if n not in _SAYING)
        top = next(
            (v for v in self.way.words if v.head.i == v.i or v.head.i not in {t.i for t in self.way.words}), None
        )
        if top is not None and top.head.i != top.i:
            yield f"above:{top.dep_}:{lemma_of(top.head)}"

    def _verb(self, name: str, verb: Token) -> Iterator[str]:
        lemma = lemma_of(verb)
        marks = self._form(verb)
        yield f"{name}:{lemma}"
        yield f"{name}:is:{'+'.join(marks) or 'plain'}"
        yield f"{name}:{lemma}:{'+'.join(marks)}"
        yield f"{name}:stands:{of_verb(verb, self.lexicon).status}"
        for governed in ("inf", "obj"):
            entry = governor_of(verb, governed, self.lexicon)
            if entry is not None:
                yield f"{name}:governs:{governed}:{entry.effect}"
        yield f"{name}:{lemma}:takes:{'+'.join(sorted(t.dep_ for t in verb.children if t.dep_ in _TAKEN))}"
        for item in verb.children:
            if item.dep_ not in _PLAIN or item.dep_ == "aux":
                continue
            word = self._word(item)
            yield f"{name}:{item.dep_}:{word}"
            if item.dep_ not in ("nsubj", "nsubjpass"):
                yield f"{name}:{lemma}:{item.dep_}:{word}"
            if item.dep_ in ("prep", "dative", "agent"):
                for inner in item.children:
                    if inner.dep_ in ("pobj", "pcomp"):
                        yield f"{name}:{item.lower_}:{self._word(inner)}"
            elif item.dep_ in ("dobj", "attr"):
                for inner in item.children:
                    if inner.dep_ in ("amod", "compound", "prep"):
                        yield f"{name}:{item.dep_}:{self._word(inner)}_{word}"

    def _form(self, verb: Token) -> list[str]:
        found = []
        for item in verb.children:
            if item.dep_ == "neg":
                found.append("not")
            elif item.dep_ == "aux" and item.tag_ in ("MD", "TO"):
                found.append(item.lower_)
        if is_passive(verb):
            found.append("passive")
        return sorted(found)

    # -- the way
    def path(self) -> Iterator[str]:
        way = self.way
        yield f"way:{'joined' if way.joined else 'apart'}"
        if way.source is not None:
            yield f"source:dep:{way.source.dep_}"
        if way.target is not None:
            yield f"target:dep:{way.target.dep_}"
            yield f"target:head:{self._word(way.target.head)}"
            if way.target.dep_ == "pobj":
                yield f"target:on:{self._word(way.target.head.head)}_{way.target.head.lower_}"
        names = [self._word(t) for t in way.words]
        for name in names:
            yield f"way:{name}"
        chain = ["S", *names, "T"]
        for a, b in pairwise(chain):
            yield f"way2:{a}_{b}"
        yield "waydeps:" + "_".join(t.dep_ for t in way.words)

    # -- the words
    def words(self) -> Iterator[str]:
        sequence = self._masked()
        before = ""
        for word in sequence:
            yield f"w:{word}"
            yield f"w2:{before}_{word}"
            before = word
        if "S" in sequence and "T" in sequence:
            a, b = sequence.index("S"), sequence.index("T")
            between = sequence[min(a, b) : max(a, b) + 1]
            side = "b" if a < b else "r"
            yield f"order:{side}"
            yield from (f"{side}:{word}" for word in between[1:-1])
            yield from (f"{side}3:{'_'.join(between[i : i + 3])}" for i in range(len(between) - 2))
            after = sequence[max(a, b) + 1 : max(a, b) + 1 + _AFTER]
            yield from (f"after:{word}" for word in after)

    def _masked(self) -> list[str]:
        found: list[str] = []
        for token in self.sentence:
            if token.is_punct or token.is_space:
                continue
            word = self._word(token)
            if not found or found[-1] != word or word.islower():
                found.append(word)
        return found

    def _word(self, token: Token) -> str:
        if token.i in self.at_source:
            return "S"
        if token.i in self.at_target:
            return "T"
        if token.ent_type_:
            return f"#{token.ent_type_}"
        return lemma_of(token) if token.pos_ != "PROPN" else "#NAME"

    # -- the sides
    def sides(self) -> Iterator[str]:
        for name, held in (("s", self.at_source), ("t", self.at_target)):
            if not held:
                yield f"{name}:nobody"
                continue
            for i in held:
                token = self.doc[i]
                if token.pos_ in ("NOUN", "VERB", "ADJ") and not token.ent_type_:
                    yield f"{name}:{lemma_of(token)}"
            yield from (f"{name}:is:{what}" for what in self._known(held))
        both = self.way
        if both.source is not None and both.source.pos_ == "NOUN":
            yield f"s:head:{lemma_of(both.source)}"
        if both.target is not None and both.target.pos_ == "NOUN":
            yield f"t:head:{lemma_of(both.target)}"

    def _known(self, held: frozenset[int]) -> set[str]:
        register = register_of(self.doc)
        found = set()
        for i in held:
            index = register.at(i)
            if index is not None:
                actor = register[index]
                found.add(actor.kind)
                found.update(actor.sectors)
        return found


def _object_fits(verb: Token, test: ObjectTest) -> bool:
    if test.kind == "any":
        return True
    if test.kind == "phrase":
        return any(
            inner.dep_ == "pobj" and (test.actor or lemma_of(inner) in test.words)
            for item in verb.children
            if item.dep_ == "prep" and item.lower_ == test.prep
            for inner in item.children
        )
    thing = child(verb, "nsubjpass") if is_passive(verb) else child(verb, "dobj")
    if test.kind == "none":
        return thing is None
    if thing is None:
        return False
    return test.kind == "actor" or lemma_of(thing) in test.words
