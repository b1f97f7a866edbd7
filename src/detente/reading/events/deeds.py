"""A deed under construction: what the matcher has found of an event before it is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from detente.reading.events.standing import Standing

VIOLENT = frozenset({"ASSAULT"})
COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})

ASKED_MODES: Mapping[str, Mapping[str, str | None]] = {
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
"""The mode of a deed that asks for, refuses or threatens another, by the type of that other."""


@dataclass(slots=True, kw_only=True)
class Deed:
    """One telling of an event.

    asked: the deed that this one asks for, promises, refuses or threatens. absorbed: nouns that tell it in the same clause.
    standing: what gave status and governor. refused: "will not". presumed: named without a word on its standing. wordy: the frame asked for the object's words.
    judging: it praises or blames another deed, whose parties are not its own.
    """

    token: Token
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    flags: frozenset[str]
    rule: str
    sources: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    parties: list[int] = field(default_factory=list)
    status: str = "occurred"
    governor: Token | None = None
    standing: Standing | None = None
    trigger: tuple[int, int] = (0, 0)
    object: Token | None = None
    absorbed: list[Token] = field(default_factory=list)
    asked: Deed | None = None
    staged_by: Token | None = None
    confidence: float = 0.5
    wordy: bool = False
    refused: bool = False
    presumed: bool = False
    judging: bool = False

    @property
    def is_verb(self) -> bool:
        """Whether a verb tells it."""
        return self.rule.startswith("verb:")

    def sides(self) -> int:
        """How many sides have an actor."""
        return bool(self.sources or self.parties) + bool(self.targets or len(self.parties) > 1)
