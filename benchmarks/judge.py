"""Scores the judges' out-of-fold predictions on the development rows: the figures of docs/reference/judge.md.

    python benchmarks/judge.py [--errors N]

Reads training/out/*.jsonl, which `training/linear.py` and `training/encoder.py` write; says so when there are none. Scores of
the same name with a seed (encoder_1.jsonl, encoder_2.jsonl) are averaged, as are those of both judges for the full one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training"))
import data  # noqa: E402

OUT = ROOT / "training/out"
QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}
BINS = 10
Scores = dict[str, dict[str, float]]


def folded(type_: str) -> str:
    """The type as the development rows name it."""
    return next((name for name, types in data.FOLDED.items() if type_ in types), type_)


def read(path: Path) -> Scores:
    """Row id to probabilities of the folded types."""
    found: Scores = {}
    for line in path.read_text("utf8").splitlines():
        row = json.loads(line)
        sums: dict[str, float] = {}
        for type_, p in row["scores"].items():
            sums[folded(type_)] = sums.get(folded(type_), 0.0) + p
        found[row["id"]] = sums
    return found


def mean(several: list[Scores]) -> Scores:
    """The average of several judges' probabilities."""
    return {
        id_: {t: sum(s[id_][t] for s in several) / len(several) for t in scores} for id_, scores in several[0].items()
    }


def macro(pairs: list[tuple[str, str]], labels: Iterable[str]) -> float:
    """Macro F1 in percent of (gold, predicted) pairs, over the labels that gold holds."""
    values = []
    for label in labels:
        hit = sum(a == b == label for a, b in pairs)
        given, gold = sum(b == label for _, b in pairs), sum(a == label for a, _ in pairs)
        if gold:
            values.append(200 * hit / (given + gold))
    return sum(values) / len(values)


def calibration(rows: list[tuple[float, bool]]) -> float:
    """Expected calibration error in percent: how far confidence and share of right answers lie apart, over ten bins."""
    total = 0.0
    for k in range(BINS):
        held = [(p, right) for p, right in rows if min(BINS - 1, int(p * BINS)) == k]
        if held:
            total += abs(sum(p for p, _ in held) - sum(right for _, right in held))
    return 100 * total / len(rows)


def figures(gold: dict[str, str], scores: Scores) -> dict[str, float]:
    """All figures of one judge."""
    tops = {id_: max(scores[id_].items(), key=lambda item: item[1]) for id_ in gold}
    pairs = [(gold[id_], tops[id_][0]) for id_ in gold]
    quads = [(QUAD[a], QUAD[b]) for a, b in pairs]
    return {
        "type macro-F1": macro(pairs, sorted(set(gold.values()))),
        "quad macro-F1": macro(quads, sorted(set(QUAD.values()))),
        "accuracy": 100 * sum(a == b for a, b in pairs) / len(pairs),
        "calibration error": calibration([(tops[id_][1], gold[id_] == tops[id_][0]) for id_ in gold]),
    }


def judges() -> dict[str, Scores]:
    """Every judge that has out-of-fold scores, and both together."""
    found = {}
    if (OUT / "linear.jsonl").exists():
        found["default"] = read(OUT / "linear.jsonl")
    seeds = [read(path) for path in sorted(OUT.glob("encoder_?.jsonl"))]
    for number, scores in enumerate(seeds, 1):
        found[f"encoder, seed {number}"] = scores
    if seeds:
        found["encoder"] = mean(seeds)
    if seeds and "default" in found:
        found["full (both)"] = mean([found["default"], found["encoder"]])
    for path in sorted(OUT.glob("linear_curve_*.jsonl")) + sorted(OUT.glob("linear_authored_only.jsonl")):
        found[path.stem.removeprefix("linear_").replace("_", " ")] = read(path)
    return found


def split() -> str | None:
    """How well CONCEDE and RETREAT are told apart, on authored rows out of fold."""
    path = OUT / "linear_authored.jsonl"
    if not path.exists():
        return None
    wanted = {e.id: e.labels[0] for e in data.authored() if e.labels[0] in data.FOLDED["YIELD"]}
    rows = [row for line in path.read_text("utf8").splitlines() if (row := json.loads(line))["id"] in wanted]
    right = sum(max(data.FOLDED["YIELD"], key=row["scores"].__getitem__) == wanted[row["id"]] for row in rows)
    return f"CONCEDE and RETREAT told apart: {100 * right / len(rows):.1f}% of {len(rows)} authored rows, out of fold"


def errors(gold: dict[str, str], scores: Scores, number: int) -> None:
    """Prints rows that are judged wrongly, surest first."""
    texts = {e.id: e.text for e in data.development()}
    tops = {id_: max(scores[id_].items(), key=lambda item: item[1]) for id_ in gold}
    wrong = sorted((id_ for id_ in gold if tops[id_][0] != gold[id_]), key=lambda id_: -tops[id_][1])
    for id_ in wrong[:number]:
        print(f"{gold[id_]:10} -> {tops[id_][0]:10} {tops[id_][1]:.2f}  {texts[id_][:180]}")


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=int, default=0, help="wrong rows of the best judge to show")
    arguments = parser.parse_args()
    gold = {e.id: "YIELD" if len(e.labels) > 1 else e.labels[0] for e in data.development()}
    if not gold:
        print("judge: the development data are not beside the checkout; nothing was scored")
        return 0
    found = judges()
    if not found:
        print("judge: no out-of-fold scores in training/out; run training/features.py and training/linear.py first")
        return 0
    for name, scores in found.items():
        told = "  ".join(f"{what} {value:5.1f}" for what, value in figures(gold, scores).items())
        print(f"{name:22} {told}")
    if told := split():
        print(told)
    errors(gold, found.get("full (both)", found.get("default", {})), arguments.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
