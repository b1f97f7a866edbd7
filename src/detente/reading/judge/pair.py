"""Two sides in a parsed text, and what the parse says lies between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from detente.reading.events.frames import is_verbal
from detente.reading.marks import Extent

Scores = NDArray[
    np.float32
]  # one row a pair, one column a type in the order of detente.ontology.TYPES; rows add up to 1
_HEIGHT = 12  # tokens climbed from a side at most: longer paths are torn parses


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The two sides whose deed is judged, in characters of the Doc; a side may be empty (unnamed)."""

    doc: Doc
    sources: tuple[Extent, ...]
    targets: tuple[Extent, ...]


class Judge(Protocol):
    """Says what lies between two sides."""

    def scores(self, pairs: Sequence[Pair]) -> Scores:
        """The probability of each PLOVER type for each pair."""
        ...


@dataclass(frozen=True, slots=True)
class Way:
    """How the parse leads from the source to the target.

    source, target: the head words of the first mention of each, None for an unnamed side. up: the words above the source
    up to the one that holds both sides; down: from there to the target. Without a common word each side's own climb.
    clause: the verb in whose clause the way lies, for two sides that no verb parts ("A and B signed", "A's pact with B").
    """

    source: Token | None
    target: Token | None
    up: tuple[Token, ...]
    down: tuple[Token, ...]
    joined: bool
    clause: Token | None = None

    @property
    def words(self) -> tuple[Token, ...]:
        """All words between the two, from the source to the target."""
        return self.up + self.down

    @property
    def verbs(self) -> list[Token]:
        """The verbs among them, or else the one of the clause."""
        found = [t for t in self.words if is_verbal(t)]
        return found or ([self.clause] if self.clause is not None else [])


def inside(doc: Doc, extents: Sequence[Extent]) -> frozenset[int]:
    """The indices of the tokens that the extents touch."""
    found: set[int] = set()
    for extent in extents:
        span = doc.char_span(extent.start, extent.end, alignment_mode="expand")
        if span is not None:
            found.update(range(span.start, span.end))
    return frozenset(found)


def head_of(doc: Doc, extents: Sequence[Extent]) -> Token | None:
    """The head word of the first extent that holds a word."""
    for extent in extents:
        span = doc.char_span(extent.start, extent.end, alignment_mode="expand")
        if span is not None and len(span):
            return span.root
    return None


def way_of(pair: Pair) -> Way:
    """The way from the pair's source to its target."""
    source, target = head_of(pair.doc, pair.sources), head_of(pair.doc, pair.targets)
    above_source, above_target = _climb(source), _climb(target)
    if source is None or target is None:
        only = above_source or above_target
        return Way(source, target, tuple(_to_verb(only)), (), joined=False)
    at_target = {t.i: n for n, t in enumerate([target, *above_target])}
    for n, token in enumerate([source, *above_source]):
        if token.i in at_target:
            down = above_target[: max(0, at_target[token.i] - 1)]
            clause = next((t for t in above_source[n:] if is_verbal(t)), None)
            return Way(source, target, tuple(above_source[:n]), tuple(reversed(down)), joined=True, clause=clause)
    return Way(source, target, tuple(_to_verb(above_source)), tuple(reversed(_to_verb(above_target))), joined=False)


def _climb(token: Token | None) -> list[Token]:
    """The words above a token, nearest first."""
    found: list[Token] = []
    while token is not None and token.head.i != token.i and len(found) < _HEIGHT:
        token = token.head
        found.append(token)
    return found


def _to_verb(above: list[Token]) -> list[Token]:
    """The climb up to the first verb, that one included."""
    for n, token in enumerate(above):
        if is_verbal(token):
            return above[: n + 1]
    return above
