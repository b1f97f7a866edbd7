"""The feature step: every example as the default judge sees it. Run in the product's environment.

    .venv/bin/python training/features.py        writes training/out/names.jsonl and vectors.npz

Rows are in the order of `data.development() + data.authored()`; `training/linear.py` reads them in its own environment.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import batched
from pathlib import Path

import data
import numpy as np

from detente.reading.coder import BATCH, pairs_of
from detente.reading.events.lexicon import lexicon
from detente.reading.judge.features import Extractor
from detente.reading.judge.pair import Pair
from detente.reading.judge.vectors import vector_of
from detente.reading.pipeline import load
from detente.records import PairText

OUT = Path(__file__).resolve().parent / "out"


def pairs(examples: list[data.Example]) -> Iterator[Pair]:
    """Every example, read by the whole pipeline as `detente classify` reads it."""
    nlp = load(judge="rules")
    texts = (PairText(id=e.id, text=e.text, sources=e.sources, targets=e.targets) for e in examples)
    for batch in batched(texts, BATCH):
        yield from pairs_of(nlp, batch)


def main() -> None:
    """Writes the features of all examples."""
    examples = data.development() + data.authored()
    extractor = Extractor(lexicon())
    names, vectors = [], []
    for pair in pairs(examples):
        names.append(extractor.features(pair))
        vectors.append(vector_of(pair))
    OUT.mkdir(exist_ok=True)
    np.savez(OUT / "vectors.npz", vectors=np.asarray(vectors, dtype=np.float16))
    with (OUT / "names.jsonl").open("w", encoding="utf8") as lines:
        for example, found in zip(examples, names, strict=True):
            lines.write(json.dumps([example.id, found], ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
