"""Reads the development rows of the pair task with judges that never saw them: how often is there an answer, is it right, and
does its confidence say so?

    python benchmarks/end_to_end.py            the table, for the default judge and for the rules alone
    python benchmarks/end_to_end.py --fit      also the settings of reading/judge/trust.tsv that these rows speak for

Needs the weights of each fold (training/linear.py --folds writes them to training/out) and the development data; says so
when either is missing. An answer is right when both sides are touched the right way round and the type is the gold one.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from spacy.tokens import Doc

from detente.reading.exit import reading_of
from detente.reading.judge.component import Judging, Trust, pair_of, trust_in
from detente.reading.judge.linear import LinearJudge
from detente.reading.judge.pair import Scores
from detente.reading.marks import EventMark
from detente.reading.pipeline import load
from detente.records import Article, to_json

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared/bench"
OUT = ROOT / "training/out"
BINS = 10
TYPES = 16


class Answer(NamedTuple):
    """What was given for one row, and whether that is right."""

    gold: str
    given: str
    right: bool
    turned: bool
    confidence: float


def module(name: str, path: Path) -> ModuleType:
    """A script as a module."""
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    found = importlib.util.module_from_spec(spec)
    sys.modules[name] = found
    spec.loader.exec_module(found)
    return found


class Rows:
    """The development rows, read by the rules, with out-of-fold scores of each event."""

    def __init__(self) -> None:
        data = module("data", ROOT / "training/data.py")
        self.bench = module("bench", BENCH / "bench.py")
        self.examples = data.development()
        self.gold = self.bench.R.jsonl(data.DEVELOPMENT)
        folds = data.fold_of(self.examples)
        judges = {k: LinearJudge((OUT / f"linear_fold{k}.npz").read_bytes()) for k in sorted(set(folds))}
        nlp = load(judge="rules")
        self.docs = list(nlp.pipe(e.text for e in self.examples))
        self.marks: list[tuple[EventMark, ...]] = [doc._.detente_events for doc in self.docs]
        self.scores: list[Scores] = [
            judges[k].scores([pair_of(doc, m) for m in doc._.detente_events if m.sources and m.targets])
            for k, doc in zip(folds, self.docs, strict=True)
        ]

    def answers(self, trust: Trust | None) -> Iterator[Answer]:
        """The answer to each row that has one. trust: None for the rules alone."""
        for gold, doc, marks, scores in zip(self.gold, self.docs, self.marks, self.scores, strict=True):
            doc._.detente_events = marks
            if trust is not None:
                Judging(_Told(scores), trust, "default")(doc)
            answer = self._best(gold, doc)
            if answer is not None:
                yield answer

    def _best(self, gold: Mapping[str, Any], doc: Doc) -> Answer | None:
        """The surest event that touches both sides, as the pair benchmark picks it."""
        article = Article(id=str(gold["id"]), text=doc.text)
        reading = to_json(reading_of(doc, article, coder="", knowledge=""))
        people = {a["id"]: a for a in reading["actors"]}
        touches, plover, fold = self.bench.touches, self.bench.plover, self.bench.fold
        for event in sorted(reading["events"], key=lambda e: -e["confidence"]):
            forth = all(touches(people, event[s], gold[s]) for s in ("sources", "targets"))
            back = touches(people, event["sources"], gold["targets"]) and touches(
                people, event["targets"], gold["sources"]
            )
            if plover(event) and (forth or back):
                given, wanted = fold(plover(event)), fold(gold["type"])
                return Answer(wanted, given, forth and given == wanted, not forth, event["confidence"])
        return None


class _Told:
    """A judge that repeats scores given before."""

    def __init__(self, scores: Scores) -> None:
        self._scores = scores

    def scores(self, pairs: Sequence[object]) -> Scores:
        """The scores as they came."""
        return self._scores if len(pairs) else np.zeros((0, TYPES), dtype=np.float32)


def show(name: str, rows: Rows, answers: Sequence[Answer]) -> None:
    """One line of the table."""
    count = len(answers)
    right, turned = sum(a.right for a in answers), sum(a.turned for a in answers)
    print(
        f"{name:30} answered {100 * count / len(rows.gold):5.1f}%  right when answered {100 * right / count:5.1f}%  "
        f"sides reversed {100 * turned / count:4.1f}%  calibration error {100 * calibration_error(answers):4.1f}"
    )


def calibration_error(answers: Sequence[Answer]) -> float:
    """The expected calibration error over BINS bins of equal width (M. P. Naeini and others, AAAI 2015); 0 is best."""
    confidence = np.array([a.confidence for a in answers])
    right = np.array([a.right for a in answers], dtype=float)
    at = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(confidence[at == b].mean() - right[at == b].mean()) * (at == b).mean() for b in set(at.tolist())]
    return float(sum(gaps))


def fitted(rows: Rows, trust: Trust) -> Trust:
    """The same settings with the logistic of the confidence that makes these rows' outcomes likeliest."""
    plain = replace(trust, bias=0.0, weight=1.0)  # the confidence is then the judge's score itself
    answers = list(rows.answers(plain))
    score = np.clip([a.confidence for a in answers], 1e-4, 1 - 1e-4)
    x = np.log(score / (1 - score))
    y = 2.0 * np.array([a.right for a in answers]) - 1

    def loss(w: Any) -> float:
        return float(np.logaddexp(0, -y * (w[0] + w[1] * x)).mean())

    bias, weight = minimize(loss, np.array([0.0, 1.0])).x
    return replace(trust, bias=round(float(bias), 2), weight=round(float(weight), 2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true")
    args = parser.parse_args()
    if not BENCH.exists() or not (OUT / "linear_fold0.npz").exists():
        raise SystemExit("end_to_end: needs the development data beside the checkout and training/linear.py --folds")
    rows = Rows()
    show("rules alone", rows, list(rows.answers(None)))
    trust = trust_in("default")
    show("default judge, as shipped", rows, list(rows.answers(trust)))
    if args.fit:
        for take, leave in ((2.0, 0.0), (0.9, 0.02), (0.8, 0.05), (0.7, 0.1), (0.6, 0.1), (0.5, 0.2), (0.4, 0.3)):
            best = fitted(rows, replace(trust, take=take, leave=leave))
            print(best)
            show(f"take {take} leave {leave}, fitted", rows, list(rows.answers(best)))


if __name__ == "__main__":
    main()
