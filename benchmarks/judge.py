"""Scores the judges' out-of-fold predictions on the development rows: the figures of docs/reference/judge.md.

    python benchmarks/judge.py [--types] [--errors N]

Reads training/out/*.jsonl, which `training/linear.py` and `training/encoder.py` write; says so when there are none. Each seed of
the encoder is scored alone and together with the default judge, as `--judge full` puts the two together.
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
FLOOR = 1e-6
SHARPNESS = 1.15  # as in detente.reading.judge.encoder
Scores = dict[str, dict[str, float]]


def folded(type_: str) -> str:
    """The type as the development rows name it."""
    return next((name for name, types in data.FOLDED.items() if type_ in types), type_)


def read(path: Path) -> Scores:
    """Row id to the probability of each of the 16 types."""
    rows = (json.loads(line) for line in path.read_text("utf8").splitlines())
    return {row["id"]: row["scores"] for row in rows}


def fold(scores: Scores) -> Scores:
    """The same with the probabilities of types that the development rows fold together added up."""
    found: Scores = {}
    for id_, row in scores.items():
        sums = found.setdefault(id_, {})
        for type_, p in row.items():
            sums[folded(type_)] = sums.get(folded(type_), 0.0) + p
    return found


def together(one: Scores, other: Scores) -> Scores:
    """Two judges' probabilities as one: the sharpened mean of their logarithms, as detente.reading.judge.encoder takes it."""
    found: Scores = {}
    for id_, row in one.items():
        odds = {t: ((p + FLOOR) * (other[id_][t] + FLOOR)) ** (SHARPNESS / 2) for t, p in row.items()}
        found[id_] = {t: o / sum(odds.values()) for t, o in odds.items()}
    return found


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
    """Every judge that has out-of-fold scores, and both together, by name."""
    found = {}
    default = read(OUT / "linear.jsonl") if (OUT / "linear.jsonl").exists() else None
    if default:
        found["default"] = fold(default)
    for path in sorted(OUT.glob("encoder_seed?.jsonl")):
        seed, scores = path.stem[-1], read(path)
        found[f"encoder, seed {seed}"] = fold(scores)
        if default:
            found[f"full, seed {seed}"] = fold(together(scores, default))
    for path in sorted(OUT.glob("linear_curve_*.jsonl")) + sorted(OUT.glob("linear_authored_only.jsonl")):
        found[path.stem.removeprefix("linear_").replace("_", " ")] = fold(read(path))
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


def by_type(gold: dict[str, str], scores: Scores) -> None:
    """Prints precision, recall and F1 of each type, as rows of a table."""
    tops = {id_: max(scores[id_], key=scores[id_].__getitem__) for id_ in gold}
    for label in sorted(set(gold.values())):
        hit = sum(gold[i] == tops[i] == label for i in gold)
        given, wanted = sum(t == label for t in tops.values()), sum(t == label for t in gold.values())
        print(f"| {label} | {wanted} | {100 * hit / max(1, given):.0f} | {100 * hit / wanted:.0f} | "
              f"{200 * hit / (given + wanted):.0f} |")  # fmt: skip


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
    parser.add_argument("--types", action="store_true", help="precision, recall and F1 of each type")
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
    best = next((s for name, s in found.items() if name.startswith("full")), found.get("default", {}))
    if arguments.types and best:
        by_type(gold, best)
    errors(gold, best, arguments.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
