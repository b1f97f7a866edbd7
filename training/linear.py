"""Trains the default judge from what `features.py` wrote, scores it out of fold, and writes its weights.

    python training/linear.py [--report] [--folds]        needs numpy, scipy and scikit-learn (training/requirements-linear.txt)

Writes training/out/linear.jsonl (out-of-fold scores of the development rows: id, scores), linear_authored.jsonl (those of the
authored rows, for the split of YIELD) and src/detente/reading/judge/weights/linear.npz with its row in weights.tsv. --report
adds the ideas, the learning curve and the figure from authored rows alone.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import data
import numpy as np
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
OUT = HERE / "out"
JUDGE = HERE.parent / "src/detente/reading/judge"
WEIGHTS = JUDGE / "weights/linear.npz"
STRENGTH = 15.0  # inverse of the L2 penalty; 4 gives a point less, 25 the same
AUTHORED = 0.4  # weight of an authored row beside a development row
EVENING = 0.6  # how far authored rows, evenly spread over types, take on the spread of development rows: 0 not at all, 1 wholly
RAREST = 2  # rows a feature must occur in
VECTORS = 0.05  # weight of the word vectors beside the named features, which have length 1
BREADTH = 96  # main directions of the word vectors that are kept: all 2,184 make the fit ten times slower and no better
ROUNDS = 1  # of giving the YIELD rows to CONCEDE and RETREAT
YIELD = tuple(data.TYPES.index(t) for t in data.FOLDED["YIELD"])


@dataclass(frozen=True)
class Table:
    """All examples as the judge sees them. rarity: of each named feature. directions: what the vectors are reduced by."""

    examples: list[data.Example]
    names: list[str]
    rarity: np.ndarray
    directions: np.ndarray
    whole: sparse.csr_matrix


def load() -> Table:
    """The examples with their features. Raises ValueError when `features.py` has not seen exactly these examples."""
    examples = data.development() + data.authored()
    told = [json.loads(line) for line in (OUT / "names.jsonl").read_text("utf8").splitlines()]
    if [e.id for e in examples] != [id_ for id_, _ in told]:
        raise ValueError("the features are not those of today's examples: run training/features.py first")
    vectors = np.load(OUT / "vectors.npz")["vectors"].astype(np.float32)
    sets = [set(names) for _, names in told]
    count = collections.Counter(name for names in sets for name in names)
    kept = sorted(name for name, n in count.items() if n >= RAREST)
    place = {name: i for i, name in enumerate(kept)}
    rarity = np.array([np.log((1 + len(sets)) / (1 + count[n])) for n in kept], dtype=np.float32)
    index = [[place[n] for n in sorted(names) if n in place] for names in sets]
    values = [rarity[i] / (np.linalg.norm(rarity[i]) or 1.0) for i in index]
    starts = np.concatenate([[0], np.cumsum([len(i) for i in index])])
    rows = sparse.csr_matrix(
        (np.concatenate(values), np.concatenate(index), starts), shape=(len(sets), len(kept)), dtype=np.float32
    )
    directions = VECTORS * np.linalg.eigh(vectors.T @ vectors)[1][:, -BREADTH:].astype(np.float32)
    whole = sparse.hstack([rows, vectors @ directions]).tocsr()
    return Table(examples=examples, names=kept, rarity=rarity, directions=directions, whole=whole)


def fit(rows: sparse.csr_matrix, examples: list[data.Example]) -> LogisticRegression:
    """A model of the 16 types; rows that allow two are shared out between them by what the model itself thinks."""
    labels, weight = [e.labels for e in examples], weights_of(examples)
    single = [i for i, allowed in enumerate(labels) if len(allowed) == 1]
    double = [i for i, allowed in enumerate(labels) if len(allowed) == 2]
    first = [data.TYPES.index(labels[i][0]) for i in single]
    model = _model().fit(rows[single], first, sample_weight=weight[single])
    for _ in range(ROUNDS if double else 0):
        share = _columns(model, rows[double])[:, YIELD] + 1e-6
        share /= share.sum(axis=1, keepdims=True)
        both = sparse.vstack([rows[single], rows[double], rows[double]]).tocsr()
        types = np.concatenate([first, np.full(len(double), YIELD[0]), np.full(len(double), YIELD[1])])
        parts = np.concatenate([weight[single], weight[double] * share[:, 0], weight[double] * share[:, 1]])
        model = _model().fit(both, types, sample_weight=parts)
    return model


def weights_of(examples: list[data.Example]) -> np.ndarray:
    """The weight of each example in the fit."""
    own = collections.Counter(_folded(e) for e in examples if e.origin == "authored")
    wanted = collections.Counter(_folded(e) for e in examples if e.origin == "development")
    if not own or not wanted:
        return np.ones(len(examples))
    even = sum(own.values()) / sum(wanted.values())
    lean = {label: AUTHORED * (even * (wanted[label] or 1) / own[label]) ** EVENING for label in own}
    return np.array([lean[_folded(e)] if e.origin == "authored" else 1.0 for e in examples])


def _folded(example: data.Example) -> str:
    return next((name for name, types in data.FOLDED.items() if example.labels[0] in types), example.labels[0])


def _model() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3)


def _columns(model: LogisticRegression, rows: sparse.csr_matrix) -> np.ndarray:
    """Probabilities with a column for each of the 16 types, those the model never saw included."""
    scores = np.zeros((rows.shape[0], len(data.TYPES)))
    scores[:, model.classes_] = model.predict_proba(rows)
    return scores


def out_of_fold(table: Table, origin: str = "development", share: float = 1.0, *, others: bool = True) -> np.ndarray:
    """Scores of the rows of one origin, each by a model that saw no row of its fold; rows of the other are always seen.

    share: of the rows of this origin in each training set (for the learning curve); others: whether the other origin is used.
    """
    whole = table.whole
    mine = np.array([e.origin == origin for e in table.examples])
    fold = np.array(data.fold_of(table.examples))
    lot = np.random.default_rng(4).random(len(fold))
    scores = np.zeros((len(fold), len(data.TYPES)))
    for k in range(data.FOLDS):
        train = np.flatnonzero((mine & (fold != k) & (lot < share)) | (~mine & others))
        test = np.flatnonzero(mine & (fold == k))
        model = fit(whole[train], [table.examples[i] for i in train])
        scores[test] = _columns(model, whole[test])
    return scores[mine]


def temperature(scores: np.ndarray, labels: list[tuple[str, ...]]) -> float:
    """What to divide the logits by so that the scores mean what they say: the least log loss over out-of-fold scores."""
    logits = np.log(np.maximum(scores, 1e-9))
    allowed = np.array([[t in some for t in data.TYPES] for some in labels])

    def loss(log_heat: float) -> float:
        return -float(np.log((softmax(logits / np.exp(log_heat)) * allowed).sum(axis=1) + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 2), method="bounded").x))


def softmax(logits: np.ndarray) -> np.ndarray:
    """Rows to probabilities."""
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def heated(scores: np.ndarray, heat: float) -> np.ndarray:
    """The scores at another temperature."""
    return softmax(np.log(np.maximum(scores, 1e-9)) / heat)


def write_scores(path: Path, examples: list[data.Example], scores: np.ndarray) -> None:
    """One line a row: its id, its fold-honest probability of each type."""
    with path.open("w", encoding="utf8") as lines:
        for example, row in zip(examples, scores, strict=True):
            told = {t: round(float(p), 5) for t, p in zip(data.TYPES, row, strict=True)}
            lines.write(json.dumps({"id": example.id, "scores": told}) + "\n")


def write_folds(table: Table, heat: float) -> None:
    """The weights of each fold's model, for benchmarks/end_to_end.py: rows of fold k are read with linear_fold{k}.npz."""
    whole = table.whole
    fold = np.array(data.fold_of(table.examples))
    own = np.array([e.origin == "development" for e in table.examples])
    for k in range(data.FOLDS):
        train = np.flatnonzero(~own | (fold != k))
        write_weights(table, fit(whole[train], [table.examples[i] for i in train]), heat, OUT / f"linear_fold{k}.npz")


def write_weights(table: Table, model: LogisticRegression, heat: float, path: Path) -> None:
    """A file of weights, temperature folded in."""
    kept = len(table.names)
    weights = np.zeros((table.whole.shape[1], len(data.TYPES)), dtype=np.float32)
    weights[:, model.classes_] = model.coef_.T / heat
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        path,
        types=np.array(data.TYPES),
        names=np.frombuffer("\n".join(table.names).encode("utf8"), dtype=np.uint8),
        rarity=table.rarity.astype(np.float16),
        weights=weights[:kept].astype(np.float16),
        vector_weights=(table.directions @ weights[kept:]).astype(np.float16),
        bias=(model.intercept_ / heat).astype(np.float32),
    )


def note_hash(path: Path) -> None:
    """Puts the file's SHA-256 into judge/weights.tsv, in place of the one that stands there."""
    sheet = JUDGE / "weights.tsv"
    rows = [r for r in sheet.read_text("utf8").splitlines() if not r.startswith(f"{path.name}\t")]
    rows.append(f"{path.name}\t{hashlib.sha256(path.read_bytes()).hexdigest()}")
    sheet.write_text("\n".join(rows) + "\n", "utf8")


def main() -> None:
    """Trains, scores, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--report", action="store_true", help="also the learning curve and the authored-only figure")
    parser.add_argument("--folds", action="store_true", help="also each fold's weights, for benchmarks/end_to_end.py")
    arguments = parser.parse_args()
    table = load()
    development = [e for e in table.examples if e.origin == "development"]
    authored = [e for e in table.examples if e.origin == "authored"]
    heat = 1.0
    if development:
        scores = out_of_fold(table)
        heat = temperature(scores, [e.labels for e in development])
        write_scores(OUT / "linear.jsonl", development, heated(scores, heat))
        write_scores(OUT / "linear_authored.jsonl", authored, out_of_fold(table, "authored"))
    model = fit(table.whole, table.examples)
    write_weights(table, model, heat, WEIGHTS)
    note_hash(WEIGHTS)
    print(f"{len(development)} development and {len(authored)} authored rows, {len(table.names)} features, "
          f"temperature {heat:.2f}")  # fmt: skip
    if arguments.report:
        curve(table)
    if arguments.folds:
        write_folds(table, heat)


def curve(table: Table) -> None:
    """Writes the out-of-fold scores of smaller training sets, for benchmarks/judge.py to tell."""
    development = [e for e in table.examples if e.origin == "development"]
    for share in (0.25, 0.5, 1.0):
        for others in (False, True):
            name = f"linear_curve_{int(100 * share):03}_{'with' if others else 'without'}.jsonl"
            write_scores(OUT / name, development, out_of_fold(table, share=share, others=others))
    authored = [i for i, e in enumerate(table.examples) if e.origin == "authored"]
    whole = table.whole
    model = fit(whole[authored], [table.examples[i] for i in authored])
    rows = [i for i, e in enumerate(table.examples) if e.origin == "development"]
    write_scores(OUT / "linear_authored_only.jsonl", development, _columns(model, whole[rows]))


if __name__ == "__main__":
    main()
