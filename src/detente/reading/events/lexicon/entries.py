"""What a row of the lexicon says, as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FLAGS: Mapping[str, str] = {
    "mutual": "two parties in one role do it to each other",
    "state": "told in the simple present it goes on",
    "asks": "governs the deed asked for, promised or threatened",
    "both": "holds only when both sides are actors",
    "human": "the source must be an actor or another deed",
    "harm": "hurts bodies: without an actor or a violent deed it may be an accident",
    "violent": "has peaceful senses: the source must be an actor or a violent deed, or violence be named",
    "need_deed": "holds only when the deed asked for is found",
    "need_target": "holds only with a target",
    "need_conflict": "holds only when the deed asked for is a conflict",
    "need_kindness": "holds only when the deed asked for is a cooperation",
    "clause": "holds only when it governs a clause with a subject of its own",
    "duty": "holds only when the clause says what its subject must do",
    "guilt": "holds only when the clause says that its subject is to blame",
    "blame": "holds only when a state or its body tells of another country's material conflict",
    "person": "the target must be a person, of whom nothing is said beside",
    "office": "the source must stand for a state or an alliance",
    "peacekeepers": "the source must be peacekeepers",
    "forces": "one side must be armed: the same words have peaceful senses",
    "crowd": "the source must be people, not a state",
    "weak": "a vague word: lower confidence",
    "court": "the source is often unnamed",
    "denial": "denies the deed it governs",
    "answer": "contradicts what was said: without a target, the last one who said it in the text",
    "out": "holds only when the order is to leave",
    "igo": "the target must be an intergovernmental organisation",
    "any": "one named side is enough",
    "light": "holds only when a verb stages it",
    "penalty": "a fine of law: no event when it falls on a firm",
    "blast": "may be an accident: asks for violence in the clause",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectTest:
    """What a verb's object must be. kind: any, none, actor, words, or phrase (a prepositional one); words: lemmas."""

    kind: str = "any"
    words: frozenset[str] = frozenset()
    actor: bool = False
    prep: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbFrame:
    """One frame of one verb. name: verb and object test as the rule names them; particle: "" or the words after the verb.

    written: the object test as the table has it. file, line: where the row stands.
    """

    name: str
    verb: str
    particle: tuple[str, ...]
    object: ObjectTest
    written: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    flags: frozenset[str]
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NounFrame:
    """One frame of one event noun. before: the lemmas that must stand before the head. file, line: where the row stands."""

    name: str
    noun: str
    before: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    flags: frozenset[str]
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Governor:
    """What a governing word does to its deed; see governors.tsv. file, line: where the row stands."""

    effect: str
    side: str = ""
    control: str = "subj"
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """A topic whose words take the force out of others: no deed of `types` where two of `words` stand.

    file, line: where the row stands.
    """

    topic: str
    types: frozenset[str]
    words: frozenset[str]
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All frames, indexed by the lemma of the head word."""

    verbs: Mapping[str, tuple[VerbFrame, ...]]
    nouns: Mapping[str, tuple[NounFrame, ...]]
    governors: Mapping[tuple[str, str, str], Governor]
    classes: Mapping[str, frozenset[str]]
    blockers: tuple[Blocker, ...] = ()

    def governor(self, pos: str, governed: str, words: str) -> Governor | None:
        """How the word (a lemma, with its particle) governs: None when the table has nothing on it."""
        return self.governors.get((pos, governed, words))
