"""The default judge's features and weights."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from detente.errors import ModelError
from detente.ontology import TYPES
from detente.reading.judge import FILES, weights_bytes
from detente.records import PairText

if TYPE_CHECKING:
    from spacy.language import Language


def test_weights_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert weights_bytes("linear.npz")
    monkeypatch.setitem(FILES, "linear.npz", "0" * 64)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="not those that were trained"):
        weights_bytes("linear.npz")
    with pytest.raises(ModelError, match="found none"):
        weights_bytes("other.npz")


@pytest.mark.model
def test_no_name_is_a_feature(nlp: Language, marked: Callable[..., PairText]) -> None:
    from detente.reading.coder import pairs_of
    from detente.reading.events.lexicon import lexicon
    from detente.reading.judge.features import Extractor

    text = "{Foreign Minister Ingrid Solheim of Norway} told <Jordan> in Amman that Solheim & Sons had left Jordan."
    (pair,) = pairs_of(nlp, [marked(text)])
    found = " ".join(Extractor(lexicon()).features(pair)).lower()
    assert not [name for name in ("ingrid", "solheim", "norway", "jordan", "amman") if name in found]


@pytest.mark.model
def test_no_pair_no_scores() -> None:
    from detente.reading.judge.linear import linear_judge

    assert linear_judge().scores([]).shape == (0, len(TYPES))


_SCORES = """
from detente.reading.coder import pairs_of
from detente.reading.judge.linear import linear_judge
from detente.reading.pipeline import load
from detente.records import PairText
text = "Norway's foreign minister accused Finland of blocking the accord on grain and threatened to recall its ambassador."
pair = PairText(id="x", text=text, sources=((0, 6),), targets=((34, 41),))
print(linear_judge().scores(list(pairs_of(load(), [pair]))).tobytes().hex())
"""


@pytest.mark.model
def test_the_order_of_sets_moves_no_bit_of_a_score() -> None:
    found = set()
    for seed in "123":
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", _SCORES], env=environment, check=True, capture_output=True)
        found.add(done.stdout)
    assert len(found) == 1
