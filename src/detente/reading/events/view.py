"""One verb with its arguments, each looked up once."""

from __future__ import annotations

from spacy.tokens import Token

from detente.reading.events.frames import (
    antecedent,
    child,
    core,
    deep_object,
    deep_subject,
    is_passive,
    is_verbal,
    phrases,
)
from detente.reading.events.lexicon import Lexicon

_ABOUT = frozenset({"about", "over", "against", "at"})
_DUTY = frozenset({"must", "should", "ought"})
_GUILTY = frozenset({"responsible", "guilty", "complicit", "culpable", "liable", "responsibility"})
_THROUGH = ("to", "under", "in", "at", "for")
_NESTED = frozenset({"with", "between", "over", "about", "from", "against"})
_NAMING = frozenset(
    [
        "call",
        "declare",
        "brand",
        "label",
        "deem",
        "dub",
        "name",
        "designate",
        "term",
        "consider",
        "find",
        "rule",
        "let",
        "set",
    ]
)


class View:
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
        self._add_for()
        self._add_predicate()
        particle = child(verb, "prt")
        self.particle = particle.lower_ if particle is not None else ""
        self.adverbs = {t.lower_ for t in verb.children if t.dep_ in ("prt", "advmod", "acomp", "oprd", "prep", "dobj")}
        if self.object is not None:
            self.object = core(antecedent(self.object))
        self.clause = self._governed_clause()

    def _governed_clause(self) -> Token | None:
        """The finite clause that the verb governs: what is said, demanded, alleged."""
        inner = child(self.verb, "ccomp")
        if inner is None or not is_verbal(inner) or inner is self.verb:
            return None
        infinitive = any(t.dep_ == "aux" and t.tag_ == "TO" for t in inner.children)
        return inner if not infinitive and child(inner, "nsubj", "nsubjpass") is not None else None

    def is_duty(self) -> bool:
        """Whether the clause says what its subject must do: "said that Chile must withdraw"."""
        inner = self.clause
        if inner is None or is_passive(inner):
            return False
        if any(t.tag_ == "MD" and t.lower_ in _DUTY for t in inner.children):
            return not any(t.dep_ == "mark" and t.lower_ in ("if", "whether") for t in inner.children)
        owes = inner.lemma_ in ("need", "have", "ought") and inner.tag_ in ("VBZ", "VBP")
        return owes and any(t.dep_ == "xcomp" and t.tag_ == "VB" for t in inner.children)

    def is_guilt(self) -> bool:
        """Whether the clause says that its subject is to blame: "said the army was behind the raid"."""
        inner = self.clause
        if inner is None or inner.lemma_ not in ("be", "bear", "have") or child(inner, "neg") is not None:
            return False
        return any(
            t.lemma_ in _GUILTY
            or (t.dep_ == "prep" and t.lower_ == "behind")
            or (t.lemma_ == "blame" and t.pos_ == "VERB")
            for t in inner.children
        )

    def _add_for(self) -> None:
        """Whom something is wanted, granted for: the UN of "approval for the UN to deliver food"."""
        for item in (*self.verb.children, *(self.object.children if self.object is not None else ())):
            if item.dep_ in ("advcl", "acl", "ccomp", "xcomp", "relcl") and item.tag_ == "VB":
                mark = child(item, "mark")
                subject = child(item, "nsubj", "nsubjpass")
                if mark is not None and mark.lower_ == "for" and subject is not None:
                    self.phrases.setdefault("for", []).append(subject)

    def _add_predicate(self) -> None:
        """What somebody is called, named, declared, becomes: as if "as" stood before it."""
        for item in self.verb.children:
            if item.dep_ in ("oprd", "attr", "appos"):
                self._put_predicate(item)
            elif item.dep_ == "ccomp" and self.verb.lemma_ in _NAMING:
                self._put_predicate(item)
                self.object = self.object or child(item, "nsubj", "dobj")
        if self.verb.lemma_ in _NAMING and self.object is not None:
            beside = child(self.object, "appos")  # "called X a liar", torn
            if beside is not None and any(t.dep_ == "det" and t.lower_ in ("a", "an") for t in beside.children):
                self._put_predicate(beside)
        if self.object is None and not self.passive:
            named = child(self.verb, "oprd")
            self.object = named if named is not None and named.pos_ == "PROPN" else None

    def _put_predicate(self, item: Token) -> None:
        held = self.phrases.setdefault("as", [])
        held += [item]
        if self.passive or self.object is not None:
            held += [t for t in item.children if t.dep_ in ("dobj", "amod")]
        for name, found in phrases(item).items():
            self.phrases.setdefault(name, found)

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
        under = [t for name in _THROUGH for t in self.phrases.get(name, [])]
        for part in (*inner, *under):
            for name, found in list(phrases(part).items()):
                if name in _NESTED:
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
