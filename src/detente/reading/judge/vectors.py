"""The parser's own vectors around a pair: static word vectors and the parser's view of the words in their sentence."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from detente.reading.judge.pair import Pair, inside, way_of

Vector = NDArray[np.float32]
_WIDTH = 300  # of a static vector
_OBJECTS = ("dobj", "nsubjpass", "attr", "xcomp", "ccomp", "prt", "acomp", "oprd", "prep")


def vector_of(pair: Pair) -> Vector:
    """Sums of static vectors over places of the sentence, then of the parser's vectors; each has length 1, or 0 for no word."""
    way = way_of(pair)
    masked = inside(pair.doc, pair.sources) | inside(pair.doc, pair.targets)
    verbs = way.verbs
    anchor = way.source or way.target
    sentence = list(anchor.sent) if anchor is not None else []
    rest = [t for t in sentence if t.i not in masked and not t.ent_type_ and not t.is_stop and t.is_alpha]
    things = [c for v in verbs for c in v.children if c.dep_ in _OBJECTS and c.i not in masked]
    target = [way.target.head] if way.target is not None else []
    places = (verbs[:1], verbs[-1:], [t for t in way.words if not t.is_stop], things, target, rest)
    parts = [_mean_static(p) for p in places]
    parts += [_mean_parsed(pair, p) for p in (verbs[:1], verbs[-1:], way.words, rest)]
    return np.concatenate(parts).astype(np.float32)


def _mean_static(tokens: Iterable[Token]) -> Vector:
    total = np.zeros(_WIDTH, dtype=np.float32)
    for token in tokens:
        if token.has_vector:
            total += np.asarray(token.vector, dtype=np.float32)
    return _unit(total)


def _mean_parsed(pair: Pair, tokens: Iterable[Token]) -> Vector:
    tensor = np.asarray(pair.doc.tensor, dtype=np.float32)
    return _unit(np.asarray(tensor[[t.i for t in tokens]].sum(axis=0), dtype=np.float32))


def _unit(vector: Vector) -> Vector:
    size = float(np.linalg.norm(vector))
    return np.asarray(vector / size, dtype=np.float32) if size else vector
