"""Who did what to whom."""

from __future__ import annotations

from dataclasses import dataclass

from detente.records.explanation import Explanation
from detente.records.spans import Evidence
from detente.records.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The deed that a call, demand or offer is about: it has not happened by being asked for."""

    type: str
    mode: str | None = None
    by: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One PLOVER event, with every telling of it in the article.

    type, mode, contexts: PLOVER. cameo: a CAMEO code or None. plover_type: the code book's folding, None when denied.
    sources, targets: actor ids. source_countries, target_countries: ISO alpha-3, without repetition.
    status: occurred, ongoing, planned, conditional, denied. past: history told in passing.
    date: days named in the text for this event, never the publication date. place: index into the reading's places.
    intensity: -10 to 10 (ontology). confidence: 0 to 1. quote: id of the quotation that reports it.
    span: the clause of the most specific telling. evidence: every telling. trigger: the word that carries the deed.
    rule: the lexicon entry and pattern that made it. coder, knowledge: version of the code, digest of its tables.
    explanation: why it was read so; only when it was asked for, and never kept.
    """

    id: str
    type: str
    span: Evidence
    trigger: Evidence
    evidence: tuple[Evidence, ...]
    rule: str
    coder: str
    knowledge: str
    intensity: float
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    plover_type: str | None = None
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    source_countries: tuple[str, ...] = ()
    target_countries: tuple[str, ...] = ()
    status: str = "occurred"
    past: bool = False
    asked: Asked | None = None
    date: When | None = None
    place: int | None = None
    confidence: float = 0.5
    quote: str | None = None
    explanation: Explanation | None = None
