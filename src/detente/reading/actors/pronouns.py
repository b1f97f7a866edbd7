"""Pronouns of the third person: whom "he", "it" or "they" stand for, where that is plain."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from detente.reading.actors.scene import Scene
from detente.reading.actors.words import words

_GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_ONE = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "their", "them", "themselves"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "pobj", "dative"})
_NAME_PARTS = frozenset({"compound", "amod", "nmod", "nummod"})
_REPORTING = words("reporting")
_IMPERSONAL = words("impersonal")
_REACH = 2  # sentences back
_MEMORY = 24  # mentions back
_OUTSIDE = 0.7  # what a mention in another paragraph loses


class _Seen(NamedTuple):
    """A mention that a later pronoun may stand for. verb: whose subject it is; speaks: as the source of a report."""

    actor: int
    sentence: int
    weight: float
    verb: int
    speaks: bool


def mark_pronouns(scene: Scene) -> None:
    """Adds the pronouns that stand for people, and the subjects "it" and "they" that take up the subject before."""
    reader = _Reader(scene)
    for token in scene.tokens:
        reader.step(token)


class _Reader:
    """Goes through the Doc once, remembering who was mentioned lately."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.genders = {p.index: p.gender for p in scene.people.persons}
        self.people: list[_Seen] = []
        self.bodies: list[_Seen] = []
        self.sentence = -1
        self.paragraph = 0  # the sentence that it begins with
        self.quoted = False

    def step(self, token: Token) -> None:
        if token.is_sent_start:
            self.sentence += 1
        if token.is_space and "\n" in token.text:
            self.paragraph = self.sentence + 1
        if token.is_quote and token.text in ('"', "“", "”"):
            self.quoted = token.text == "“" or (token.text == '"' and not self.quoted)
            return
        held = self.scene.register.at(token.i)
        if held is not None:
            self._remember(token, held)
        elif token.pos_ == "PRON":
            self._resolve(token, token.lower_)

    def _remember(self, token: Token, held: int) -> None:
        if token.dep_ in _NAME_PARTS and self.scene.register.at(token.head.i) == held:
            return
        kind = self.scene.register[held].kind
        seen = self._seen(token, held)
        (self.people if kind == "person" else self.bodies).append(seen)

    def _seen(self, token: Token, actor: int) -> _Seen:
        dep, head = token.dep_, token.head
        if dep in _SUBJECTS:
            speaks = head.lemma_ in _REPORTING
            return _Seen(actor, self.sentence, 1.4 if speaks else 2.0, head.i, speaks)
        if dep == "poss" and head.dep_ in _SUBJECTS:
            return _Seen(actor, self.sentence, 1.6, -1, False)
        return _Seen(actor, self.sentence, 1.0 if dep in ("dobj", "appos", "conj", "agent") else 0.6, -1, False)

    def _resolve(self, token: Token, word: str) -> None:
        gender = _GENDER.get(word)
        if gender:
            actor = self._person(token, gender)
        elif word in _ONE:
            actor = self._body(token, plural=False)
        elif word in _MANY:
            actor = self._body(token, plural=True)
        else:
            return
        if actor is None:
            return
        self.scene.register.mention(actor, token.i, token.i + 1, pronoun=True)
        if gender:
            self.genders[actor] = self.genders.get(actor) or gender
            self.people.append(self._seen(token, actor))
        else:
            self.bodies.append(self._seen(token, actor))

    def _person(self, token: Token, gender: str) -> int | None:
        object_of = _verb(token) if token.dep_ in _OBJECTS and token.lower_ not in ("himself", "herself") else -2
        closing = _closes_report(token)
        reach = 2 * _REACH if closing else _REACH
        best, best_score = None, 0.0
        for seen in self.people[-_MEMORY:]:
            away = self.sentence - seen.sentence
            if away > reach or self.genders.get(seen.actor, "") not in ("", gender) or seen.verb == object_of:
                continue
            if (self.quoted and seen.speaks) or (closing and away == 0):
                continue
            score = seen.weight + (1.0 if closing and seen.speaks else 0.0) - (0.4 if closing else 0.9) * away + 2.5
            score -= _OUTSIDE if seen.sentence < self.paragraph and not closing else 0.0
            if score >= best_score:
                best, best_score = seen.actor, score
        return best

    def _body(self, token: Token, *, plural: bool) -> int | None:
        """The country, organisation or group that was the subject lately; nobody when another might be meant."""
        if self.quoted or token.dep_ not in ("nsubj", "poss", "nsubjpass"):
            return None
        if token.dep_ != "poss" and (token.head.pos_ not in ("VERB", "AUX") or token.head.lemma_ in _IMPERSONAL):
            return None
        for seen in reversed(self.bodies[-8:]):
            away = self.sentence - seen.sentence
            if seen.verb < 0 or away > 1 or (away == 1 and not self._carries_over(token, seen)):
                continue
            many = self.scene.register[seen.actor].kind == "group" and self._plural(seen.verb)
            if plural == many:
                return seen.actor
        return None

    def _carries_over(self, token: Token, seen: _Seen) -> bool:
        """Whether the pronoun is in the subject of its sentence and the mention was the subject of the one before."""
        subject = token if token.dep_ != "poss" else token.head
        return subject.dep_ in _SUBJECTS and self.scene.tokens[seen.verb].dep_ == "ROOT"

    def _plural(self, verb: int) -> bool:
        subjects = (c for c in self.scene.tokens[verb].children if c.dep_ in _SUBJECTS)
        return any(c.tag_ in ("NNS", "NNPS") or c.lower_ in _MANY for c in subjects)


def _closes_report(token: Token) -> bool:
    """Whether the pronoun is the speaker named after what was said: "..., he said"."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.lemma_ not in _REPORTING:
        return False
    return any(child.dep_ in ("ccomp", "parataxis") and child.i < token.i for child in verb.children)


def _verb(token: Token) -> int:
    for _ in range(3):
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token.i
    return -2
