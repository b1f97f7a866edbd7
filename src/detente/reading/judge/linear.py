"""The default judge: logistic regression over frame features and word vectors, in plain numpy."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from detente.errors import ModelError
from detente.ontology import TYPES
from detente.reading.events.lexicon import lexicon
from detente.reading.judge.features import Extractor
from detente.reading.judge.pair import Pair, Scores
from detente.reading.judge.vectors import vector_of
from detente.reading.judge.weights import weights_bytes

FILE = "linear.npz"


class LinearJudge:
    """Judges pairs by a weighted sum of their features, calibrated on out-of-fold scores. Loads its weights when made.

    weights: those of another training, as training/linear.py writes them; by default the ones that ship.
    """

    def __init__(self, weights: bytes | None = None) -> None:
        held = np.load(io.BytesIO(weights or weights_bytes(FILE)), allow_pickle=False)
        if tuple(held["types"].tolist()) != tuple(TYPES):
            raise ModelError(f"the judge's weights {FILE} are for other types than this version's: reinstall detente")
        self.places = {name: i for i, name in enumerate(held["names"].tobytes().decode("utf8").split("\n"))}
        self.rarity: NDArray[np.float32] = held["rarity"].astype(np.float32)
        self.weights: NDArray[np.float32] = held["weights"].astype(np.float32)
        self.vector_weights: NDArray[np.float32] = held["vector_weights"].astype(np.float32)
        self.bias: NDArray[np.float32] = held["bias"].astype(np.float32)
        self.extractor = Extractor(lexicon())

    def scores(self, pairs: Sequence[Pair]) -> Scores:
        """The probability of each PLOVER type, one row a pair."""
        if not pairs:
            return np.zeros((0, len(TYPES)), dtype=np.float32)
        logits = np.stack([self._logits(pair) for pair in pairs])
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)

    def _logits(self, pair: Pair) -> NDArray[np.float32]:
        names = set(self.extractor.features(pair))
        found = sorted(i for name in names if (i := self.places.get(name)) is not None)  # sums hang on their order
        rare = self.rarity[found]
        size = float(np.linalg.norm(rare)) or 1.0
        sparse = (rare / size) @ self.weights[found]
        return np.asarray(sparse + vector_of(pair) @ self.vector_weights + self.bias)


@cache
def linear_judge() -> LinearJudge:
    """The judge that ships with the package, loaded once."""
    return LinearJudge()
