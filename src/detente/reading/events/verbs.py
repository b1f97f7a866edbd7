"""Verbs matched against their frames."""

from __future__ import annotations

from spacy.tokens import Token

from detente.ontology import is_conflict
from detente.reading.events.deeds import VERBAL, Deed
from detente.reading.events.frames import (
    antecedent,
    child,
    core,
    deep_object,
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

_NOBODY = frozenset({"there", "this", "that"})
_PATIENTS = frozenset({"obj.mod", "obj.of", "of", "on", "against"})
_PLANTED = frozenset({"bomb", "grenade", "explosive", "munition"})
_AWAY = frozenset({"out", "away", "off"})
_PAIRED = frozenset(
    ["country", "nation", "state", "leader", "minister", "president", "side", "government", "neighbour", "neighbor"]
)
_NEAR = 80  # tokens back: two or three sentences
_ABOUT = frozenset({"about", "over", "against", "at"})
_JUDGING = frozenset({"ACCUSE", "SUPPORT"})
_STATES = frozenset({"GOV", "IGO", "MIL", "SPY", "LEG", "JUD"})
_ARMED = frozenset({"MIL", "REB", "UAF", "COP", "SPY"})


_TWO_SIDED = frozenset({"both", "need_target"})


class VerbMatcher:
    """Finds the deeds that verbs tell in one Doc. events: the event nouns found before, by token index."""

    def __init__(self, lexicon: Lexicon, sides: Sides, events: dict[int, Deed], trace: Trace | None = None) -> None:
        self.lexicon, self.sides, self.events, self.trace = lexicon, sides, events, trace
        self.pair: tuple[int, list[int]] | None = None  # the last two who had to do with each other, and where

    def match(self, verb: Token) -> Deed | None:
        """The deed that the verb tells by the first of its frames that holds."""
        frames = self.lexicon.verbs.get(lemma_of(verb))
        if frames is None:
            return None
        view = _View(verb, self.lexicon)
        for frame in frames:
            deed, fault = self._tried(view, frame)
            if self.trace is not None:
                self.trace.tried(verb, frame, fault, view.object)
            if deed is not None:
                return deed
        return None

    def _tried(self, view: _View, frame: VerbFrame) -> tuple[Deed | None, str]:
        """The deed, or the name of what the frame misses."""
        if not self._worded(view, frame):
            return None, "wording"
        if not self._object_holds(view, frame.object):
            return None, "object"
        deed = self._deed(view, frame)
        fault = self._fault(view, frame, deed)
        if fault:
            return None, fault
        self._remember(deed)
        return deed, ""

    def _worded(self, view: _View, frame: VerbFrame) -> bool:
        if not frame.particle:
            return not view.particle or view.particle == "up"
        return frame.particle[0] in view.adverbs or " ".join(frame.particle) == view.particle

    def _object_holds(self, view: _View, test: ObjectTest) -> bool:
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

    def _deed(self, view: _View, frame: VerbFrame) -> Deed:
        if "harm" in frame.flags and view.object is None:
            view.read_as_passive()
        sources = self._sources(view, frame)
        judging = frame.type in _JUDGING and view.object is not None and view.object.i in self.events
        judging = judging or (frame.type in _JUDGING and self._is_misdeed(view.object))
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
            deed.targets = reach_firmly(view.verb, view.object, self.sides, sources)
        return deed

    def _are_the_two(self, view: _View) -> bool:
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

    def _sources(self, view: _View, frame: VerbFrame) -> list[int]:
        if not frame.source:
            if view.subject is None:
                return []
            return self._doers(view.subject) if frame.flags & {"harm", "violent"} else self._actors(view.subject)
        return self._looked_up(view, frame.source)

    def _doers(self, subject: Token) -> list[int]:
        """Who does violence: an actor, or whoever owns the arms; "Angola's wet season killed" is nobody's deed."""
        arms = self.lexicon.classes["troops"] | self.lexicon.classes["weapons"] | self.lexicon.classes["projectile"]
        storms = self.lexicon.classes["mishap"]
        if any(lemma_of(t) in storms for t in (subject, *subject.lefts)):
            return []  # "Storm Ada killed", "the Greek earthquake killed"
        found = list(self.sides.direct(subject))
        for member in members(antecedent(subject)):
            event = self.events.get(member.i)
            if event is not None:
                found += event.sources if event.type == "ASSAULT" else []
            elif lemma_of(member) in arms and self.sides.at(member) is None:
                found += self.sides.modifiers(member, adjectives=lemma_of(member) in _PLANTED)
        return list(dict.fromkeys(found))

    def _looked_up(
        self, view: _View, where: tuple[str, ...], but: list[int] | None = None, *, judging: bool = False
    ) -> list[int]:
        for place in where:
            if judging and place in _PATIENTS:
                continue  # who "condemned the attack on X" has nothing against X
            found = [i for i in self._in(view, place) if i not in (but or ())]
            if found:
                return found
        return []

    def _in(self, view: _View, place: str) -> list[int]:
        noun = view.object
        if place == "obj":
            if noun is None or noun.lower_ in _NOBODY:
                return []
            return self._actors(noun) if noun.i in self.events else self.sides.direct(noun)
        if place == "subj":
            return self._actors(view.subject) if view.subject is not None else []
        if place == "obj.mod":
            return [i for m in members(noun) for i in self.sides.modifiers(m)] if noun is not None else []
        if place == "obj.of":
            return self.sides.of_all(phrases(noun).get("of", []))
        if place == "obj.dat":
            dative = child(view.verb, "dative")
            return self.sides.of(dative) if dative is not None and dative.pos_ != "ADP" else []
        return [i for t in view.phrases.get(place, []) for i in self._authors_of(t) or self._actors(t)]

    def _authors_of(self, noun: Token | None) -> list[int]:
        """Whose deed the noun is, when "by" says so: the X of "the violation of Y's border by X"."""
        if noun is None:
            return []
        own = phrases(noun)
        return self.sides.of_all(phrases(noun, *own.get("of", [])).get("by", []))

    def _is_misdeed(self, noun: Token | None) -> bool:
        """Whether the noun tells a hostile deed, matched or not: whoever stands after its "of" suffered it."""
        frames = self.lexicon.nouns.get(lemma_of(noun), ()) if noun is not None else ()
        return any(is_conflict(f.type) for f in frames)

    def _fault(self, view: _View, frame: VerbFrame, deed: Deed) -> str:
        """Which demand of the frame is not met, by the name of its flag; "" when all are."""
        flags = frame.flags
        if "need_target" in flags and not deed.targets and not deed.parties:
            return "need_target"
        if "both" in flags and deed.sides() < 2 and "asks" not in flags:
            return "both"
        if "out" in flags and not view.adverbs & _AWAY:
            return "out"
        if "igo" in flags and not any("IGO" in self.sides.register[t].sectors for t in deed.targets):
            return "igo"
        if "crowd" in flags and (self._are_states(view, deed) or child(view.verb, "ccomp") is not None):
            return "crowd"
        if frame.mode == "visit" and "human" in flags and not self._can_visit(view, deed):
            return "visitor"
        if "forces" in flags and not self._is_armed(view, frame, deed):
            return "forces"
        if "crowd" in flags and view.subject is not None and lemma_of(view.subject) in self.lexicon.classes["crowd"]:
            return ""
        if (frame.type in VERBAL or "human" in flags) and "court" not in flags:
            return "" if deed.sources or deed.parties else "source"
        return ""

    def _are_states(self, view: _View, deed: Deed) -> bool:
        """Whether only states and their bodies do it: a ministry that protests complains, it does not march."""
        if view.subject is not None and view.subject.tag_ in ("NNS", "NNPS"):
            return False  # "Iranians protest"
        actors = [self.sides.register[i] for i in deed.sources or deed.parties]
        return bool(actors) and all(a.kind == "country" or _STATES & set(a.sectors) for a in actors)

    def _can_visit(self, view: _View, deed: Deed) -> bool:
        """Whether somebody who stands for a country comes from abroad: jets and rescuers are no visitors."""
        subject = view.subject
        if subject is None or (
            subject.pos_ not in ("PROPN", "PRON") and lemma_of(subject) not in self.lexicon.classes["visitor"]
        ):
            return False
        homes = {self.sides.country_of(i) for i in deed.sources}
        return homes == {None} or not all(
            self.sides.register[t].kind == "country" and self.sides.country_of(t) in homes for t in deed.targets
        )

    def _is_armed(self, view: _View, frame: VerbFrame, deed: Deed) -> bool:
        """Whether soldiers do it, or a state does what only its soldiers do."""
        for index in deed.sources or deed.parties:
            actor = self.sides.register[index]
            if _ARMED & set(actor.sectors) or (
                actor.kind == "country" and frame.verb not in ("leave", "quit", "abandon")
            ):
                return True
        return view.subject is not None and lemma_of(view.subject) in self.lexicon.classes["troops"]


class _View:
    """One verb with its arguments, each looked up once."""

    def __init__(self, verb: Token, lexicon: Lexicon) -> None:
        self.verb = verb
        self.passive = is_passive(verb)
        subject = deep_subject(verb, lexicon)
        self.subject = core(subject) if subject is not None else None
        self.object = deep_object(verb, lexicon)
        imposed = child(self.object, "acl") if self.object is not None else None  # "lifted the sanctions imposed on X"
        self.phrases = phrases(verb, self.object, imposed if imposed is not None and imposed.tag_ == "VBN" else None)
        self._add_nested()
        self._add_told()
        particle = child(verb, "prt")
        self.particle = particle.lower_ if particle is not None else ""
        self.adverbs = {t.lower_ for t in verb.children if t.dep_ in ("prt", "advmod", "acomp", "oprd", "prep", "dobj")}
        if self.object is not None:
            self.object = core(antecedent(self.object))

    def _add_told(self) -> None:
        """Whose deed it is in a clause: "complained about what it calls threats from X"."""
        for prep in (t for t in self.verb.children if t.dep_ == "prep" and t.lower_ in _ABOUT):
            clause = child(prep, "pcomp")
            for item in clause.subtree if clause is not None and is_verbal(clause) else ():
                if item.dep_ == "prep" and item.lower_ in ("from", "by"):
                    self.phrases.setdefault(prep.lower_, []).extend(t for t in item.children if t.dep_ == "pobj")

    def _add_nested(self) -> None:
        """With whom a "meeting of the council with X" is, too."""
        inner = phrases(self.object).get("of", []) if self.object is not None else []
        for part in (*inner, *self.phrases.get("to", [])):
            for name, found in list(phrases(part).items()):
                if name in ("with", "between", "over", "about"):
                    self.phrases.setdefault(name, found)

    def read_as_passive(self) -> None:
        """Nobody kills without an object: "Two soldiers killed in raid" is short for "were killed"."""
        self.object, self.subject = self.subject, None

    def has_gerund(self, prep: str) -> bool:
        """Whether a clause stands after the preposition: "against arming X"."""
        return any(t.dep_ == "prep" and t.lower_ == prep and child(t, "pcomp") is not None for t in self.verb.children)

    def extent(self) -> tuple[int, int]:
        """Tokens of the trigger: the verb with its particle when they stand together."""
        particle = child(self.verb, "prt")
        end = particle.i + 1 if particle is not None and particle.i == self.verb.i + 1 else self.verb.i + 1
        return self.verb.i, end
