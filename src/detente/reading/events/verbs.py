"""Verbs matched against their frames."""

from __future__ import annotations

from spacy.tokens import Token

from detente.ontology import is_conflict, quad
from detente.reading.events.deeds import VERBAL, Deed
from detente.reading.events.demands import Demands
from detente.reading.events.frames import (
    agent_of,
    antecedent,
    child,
    deep_subject,
    is_passive,
    is_verbal,
    lemma_of,
    members,
    phrases,
)
from detente.reading.events.lexicon import Lexicon, ObjectTest, VerbFrame
from detente.reading.events.reach import reach_firmly
from detente.reading.events.sides import Sides
from detente.reading.events.trace import Trace
from detente.reading.events.view import View

_NOBODY = frozenset({"there", "this", "that"})
_PATIENTS = frozenset({"obj.mod", "obj.of", "of", "on", "against"})
_PLANTED = frozenset({"bomb", "grenade", "explosive", "munition"})
_PAIRED = frozenset(
    ["country", "nation", "state", "leader", "minister", "president", "side", "government", "neighbour", "neighbor"]
)
_NEAR = 80  # tokens back: two or three sentences
_JUDGING = frozenset({"ACCUSE", "SUPPORT"})
_OF_LAW = frozenset({"arrest", "convict", "expel", "deport"})
_VICTIMS_OWN = frozenset(
    ["killing", "murder", "assassination", "arrest", "detention", "abduction", "kidnapping", "execution"]
)
_OF_COURTS = frozenset(
    ["verdict", "sentence", "conviction", "jailing", "sentencing", "treatment", "death", "disqualification"]
)
_THIRD = frozenset({"it", "him", "her", "them"})
_TWO_SIDED = frozenset({"both", "need_target"})


class VerbMatcher:
    """Finds the deeds that verbs tell in one Doc. events: the event nouns found before, by token index."""

    def __init__(self, lexicon: Lexicon, sides: Sides, events: dict[int, Deed], trace: Trace | None = None) -> None:
        self.lexicon, self.sides, self.events, self.trace = lexicon, sides, events, trace
        self.demands = Demands(lexicon, sides)
        self.done: dict[int, Deed] = {}  # by the token of the verb
        self.pair: tuple[int, list[int]] | None = None  # the last two who had to do with each other, and where

    def match(self, verb: Token) -> Deed | None:
        """The deed that the verb tells by the first of its frames that holds."""
        frames = self.lexicon.verbs.get(lemma_of(verb))
        if frames is None:
            return None
        if _is_adjective(verb):
            return None
        view = View(verb, self.lexicon)
        for frame in frames:
            deed, fault = self._tried(view, frame)
            if self.trace is not None:
                self.trace.tried(verb, frame, fault, view.object)
            if deed is not None:
                self.done[verb.i] = deed
                return deed
        return None

    def _tried(self, view: View, frame: VerbFrame) -> tuple[Deed | None, str]:
        """The deed, or the name of what the frame misses."""
        if not self._worded(view, frame):
            return None, "wording"
        if not self._object_holds(view, frame.object):
            return None, "object"
        deed = self._deed(view, frame)
        fault = self.demands.fault(view, frame, deed)
        if fault:
            return None, fault
        self._remember(deed)
        return deed, ""

    def _worded(self, view: View, frame: VerbFrame) -> bool:
        if not frame.particle:
            return not view.particle or view.particle == "up"
        return frame.particle[0] in view.adverbs or " ".join(frame.particle) == view.particle

    def _object_holds(self, view: View, test: ObjectTest) -> bool:
        if test.kind == "any":
            return True
        if test.kind == "none":
            return view.object is None
        if test.kind == "phrase":
            heads = view.phrases.get(test.prep, [])
            return any(self._word_holds(h, test) for h in heads) or (
                not test.words and not test.actor and (bool(heads) or view.has_gerund(test.prep))
            )
        if view.object is None:
            return False
        if test.kind == "actor":
            if lemma_of(view.object) in self.lexicon.classes["work"]:
                return False
            return bool(self.sides.direct(view.object)) or view.object.i in self.events
        return any(self._word_holds(m, test) for m in members(view.object))

    def _word_holds(self, token: Token, test: ObjectTest) -> bool:
        lemma = lemma_of(token)
        if lemma in test.words or token.lower_ in test.words:
            return True
        if "town" in test.words and token.ent_type_ in ("GPE", "LOC", "FAC"):
            return True
        if test.actor and self.sides.direct(token):
            return True
        if any(" " in w for w in test.words):
            before = lemma_of(token.nbor(-1)) if token.i > token.sent.start else ""
            if f"{before} {lemma}" in test.words:
                return True
            return any(f"{lemma} of {lemma_of(t)}" in test.words for t in phrases(token).get("of", []))
        return False

    def _actors(self, token: Token) -> list[int]:
        if token.lower_ in _NOBODY:
            return []
        event = self.events.get(token.i)
        if event is not None:
            return event.sources or event.parties
        return self.sides.of(token)

    def _deed(self, view: View, frame: VerbFrame) -> Deed:
        if "harm" in frame.flags and view.object is None and view.verb.tag_ in ("VBN", "VBD"):
            view.read_as_passive()
        sources = self._sources(view, frame)
        judging = self._judges(view, frame)
        authors = self._authors_of(view.object) if frame.type in _JUDGING else []
        if judging and not authors and not view.passive:
            authors = self.sides.of_all(view.phrases.get("by", []))
        targets = [a for a in authors if a not in sources] or self._looked_up(
            view, frame.target, sources, judging=judging
        )
        parties: list[int] = []
        each_other = view.object is not None and view.object.lower_ in ("other", "another") and bool(frame.target)
        if ("mutual" in frame.flags or each_other) and not targets and len(sources) > 1:
            parties, sources = sources, []
        targets = [t for t in targets if t not in sources]
        if "mutual" in frame.flags and not targets and not parties and self._are_the_two(view):
            parties, sources = self.pair[1] if self.pair else [], []
        if "mutual" in frame.flags and len(sources) > 1 and all(self._is_generic(t) for t in targets):
            parties, sources, targets = sources, [], []  # "A and B sign a treaty between the two countries"
        deed = Deed(
            token=view.verb,
            type=frame.type,
            mode=frame.mode,
            contexts=frame.contexts,
            cameo=frame.cameo,
            flags=frame.flags,
            rule=f"verb:{frame.name}",
            sources=sources,
            targets=targets,
            parties=parties,
            trigger=view.extent(),
            object=view.object,
            wordy=frame.object.kind in ("words", "phrase"),
            judging=judging,
        )
        if not targets and not parties and not judging and frame.flags & _TWO_SIDED and sources:
            where = {*frame.target, frame.object.prep}
            deed.targets = reach_firmly(view.verb, view.object, self.sides, sources, where, frame.type)
        if quad(frame.type) == "material conflict" and sources:
            self._own_people(view, deed)
        return deed

    def _own_people(self, view: View, deed: Deed) -> None:
        """Whose people suffer by a report: "Ghana said Togo had detained two of its soldiers" tells of Ghana's."""
        noun, verb = view.object, view.verb
        owner = child(noun, "poss") if noun is not None else None
        if owner is None or owner.pos_ != "PRON" or verb.dep_ != "ccomp" or view.passive:
            return
        speaker = child(verb.head, "nsubj")
        homes = {self.sides.country_of(s) for s in deed.sources} - {None}
        told = [i for i in self.sides.of(speaker) if i not in deed.sources] if speaker is not None else []
        home = self.sides.country_of(told[0]) if told else None
        if home is None or home in homes:
            return
        if not deed.targets:
            deed.targets = told[:1]
        for index in deed.targets:
            actor = self.sides.register[index]
            if actor.kind == "group" and actor.key is None and actor.country in homes:
                actor.country = home

    def _are_the_two(self, view: View) -> bool:
        """Whether the subject is "the two leaders", "both countries", and a few sentences back two met."""
        subject = view.subject
        if subject is None or self.pair is None or subject.i - self.pair[0] > _NEAR:
            return False
        return lemma_of(subject) in _PAIRED and any(t.lower_ in ("two", "both") for t in subject.lefts)

    def _remember(self, deed: Deed) -> None:
        two = deed.parties or [*deed.sources, *deed.targets]
        if len(two) == 2 and len({self.sides.country_of(i) for i in two} - {None}) == 2:
            self.pair = (deed.token.i, list(two))

    def _is_generic(self, index: int) -> bool:
        """Whether only a common noun stands for the actor: "the two leaders"."""
        actor = self.sides.register[index]
        return actor.country is None and actor.key is None and actor.name[:1].islower()

    def _sources(self, view: View, frame: VerbFrame) -> list[int]:
        if not frame.source:
            if view.subject is None:
                by = [t for p in view.phrases.get("as", []) for t in phrases(p).get("by", [])]
                return self.sides.of_all(by) or self._authorities(view, frame)
            if frame.flags & {"harm", "violent"}:
                return self._doers(view.subject)
            subject = _speaker(view.verb) if frame.type in VERBAL else None
            if subject is not None and (found := self._actors(subject)):
                return found
            return self._issuers(view.subject) or self._actors(view.subject)
        return self._looked_up(view, frame.source)

    def _authorities(self, view: View, frame: VerbFrame) -> list[int]:
        """Who alone arrests and expels where nobody is named: the country it happens in, or that they must leave."""
        if frame.mode not in _OF_LAW or not view.passive:
            return []
        where = view.phrases.get("from" if frame.mode in ("expel", "deport") else "in", [])
        found = self.sides.of_all(t for t in where if t.ent_type_ == "GPE")
        return [i for i in found if self.sides.register[i].kind == "country"]

    def _issuers(self, subject: Token) -> list[int]:
        """Who speaks by a document: "issued a letter urging", "a report released by Kenya"."""
        if lemma_of(subject) not in self.lexicon.classes["document"]:
            return []
        if subject.dep_ == "dobj" and is_verbal(subject.head):
            author = deep_subject(subject.head, self.lexicon)  # "passed a resolution condemning"
            return self._actors(author) if author is not None else []
        made = [t for t in subject.children if t.dep_ in ("acl", "relcl")]
        found = phrases(*made)
        return self.sides.of_all([*found.get("by", []), *found.get("in", [])])

    def _doers(self, subject: Token) -> list[int]:
        """Who does violence: an actor, or whoever owns the arms; "Angola's wet season killed" is nobody's deed."""
        arms = self.lexicon.classes["troops"] | self.lexicon.classes["weapons"] | self.lexicon.classes["projectile"]
        storms = self.lexicon.classes["mishap"]
        if any(lemma_of(t) in storms for t in (subject, *subject.lefts)):
            return []  # "Storm Ada killed", "the Greek earthquake killed"
        if lemma_of(subject) in arms and (launched := self._launchers(subject)):
            return launched
        found = list(self.sides.direct(subject))
        for member in members(antecedent(subject)):
            event = self.events.get(member.i)
            if event is not None:
                found += event.sources if event.type == "ASSAULT" else []
            elif lemma_of(member) in arms and self.sides.at(member) is None:
                found += self.sides.modifiers(member, adjectives=lemma_of(member) in _PLANTED)
        return list(dict.fromkeys(found))

    def _launchers(self, arm: Token) -> list[int]:
        """Who sent what hit: the Peru of "a drone launched by Peru", "a rocket fired from Peru"."""
        sent = [t for t in arm.children if t.dep_ in ("acl", "relcl") and t.tag_ in ("VBN", "VBD")]
        found = phrases(*sent)
        return self.sides.of_all(found.get("by", [])) or self.sides.of_all(found.get("from", []))

    def _looked_up(
        self, view: View, where: tuple[str, ...], but: list[int] | None = None, *, judging: bool = False
    ) -> list[int]:
        owned = view.object is not None and lemma_of(view.object) not in _VICTIMS_OWN
        for place in where:
            if judging and place in _PATIENTS and not (owned and place == "obj.mod"):
                continue  # who "condemned the attack on X" has nothing against X
            found = [i for i in self._in(view, place) if i not in (but or ())]
            if found:
                return found
        return []

    def _in(self, view: View, place: str) -> list[int]:
        noun = view.object
        if place == "obj":
            if noun is None or noun.lower_ in _NOBODY:
                return []
            if noun.i in self.events:
                return self._actors(noun)
            return self.sides.direct(noun) or self._meant_before(view)
        if place == "subj":
            return self._actors(view.subject) if view.subject is not None else []
        if place == "obj.mod":
            return [i for m in members(noun) for i in self.sides.modifiers(m)] if noun is not None else []
        if place == "obj.of":
            return self.sides.of_all(phrases(noun).get("of", []))
        if place == "clause":
            return self._of_clause(view.clause)
        if place == "obj.dat":
            dative = child(view.verb, "dative")
            return self.sides.of(dative) if dative is not None and dative.pos_ != "ADP" else []
        return [i for t in view.phrases.get(place, []) for i in self._authors_of(t) or self._actors(t)]

    def _meant_before(self, view: View) -> list[int]:
        """Whom an unresolved "it" means after the deed it goes with: "severed ties with Chad, accusing it of"."""
        noun, verb = view.object, view.verb
        if noun is None or noun.pos_ != "PRON" or noun.lower_ not in _THIRD or verb.dep_ != "advcl":
            return []
        before = self.done.get(verb.head.i)
        return list(before.targets) if before is not None and len(before.targets) == 1 else []

    def _of_clause(self, clause: Token | None) -> list[int]:
        """Who is to act, or has acted, by the clause that the verb governs."""
        if clause is None:
            return []
        subject = agent_of(clause) if is_passive(clause) else child(clause, "nsubj")
        if subject is None or subject.pos_ == "PRON":
            return []
        return self.sides.direct(subject) or self.sides.modifiers(subject, places=False)

    def _authors_of(self, noun: Token | None) -> list[int]:
        """Whose deed the noun is, when "by" says so: the X of "the violation of Y's border by X"."""
        if noun is None:
            return []
        own = phrases(noun)
        done = [t for t in noun.children if t.dep_ == "acl" and t.tag_ == "VBN"]
        return self.sides.of_all(phrases(noun, *own.get("of", []), *done).get("by", []))

    def _judges(self, view: View, frame: VerbFrame) -> bool:
        """Whether the frame praises or blames a deed: "condemned the attack", not "filed a complaint"."""
        if frame.type not in _JUDGING or view.object is None:
            return False
        if frame.type == "ACCUSE" and frame.object.kind == "words":
            return False
        return view.object.i in self.events or self._is_misdeed(view.object)

    def _is_misdeed(self, noun: Token | None) -> bool:
        """Whether the noun tells a hostile deed, matched or not: whoever stands after its "of" suffered it."""
        if noun is not None and lemma_of(noun) in _OF_COURTS:
            return True
        frames = self.lexicon.nouns.get(lemma_of(noun), ()) if noun is not None else ()
        return any(is_conflict(f.type) for f in frames)


def _speaker(verb: Token) -> Token | None:
    """Who speaks in a participle after a report: "Iran said Israel had struck, accusing it of piracy" is Iran's."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.head.dep_ != "ccomp" or verb.left_edge.i == 0:
        return None
    saying = verb.head.head
    if verb.i < saying.i or verb.doc[verb.left_edge.i - 1].text != "," or not is_verbal(saying):
        return None
    return child(saying, "nsubj")


def _is_adjective(verb: Token) -> bool:
    """Whether a participle stands before a name that the parser took for its object: "occupied East Jerusalem"."""
    if verb.tag_ != "VBN" or verb.lower_ != "occupied":
        return False
    labels = {t.dep_ for t in verb.children}
    return "dobj" in labels and not labels & {"aux", "auxpass", "nsubj", "nsubjpass", "agent"}
