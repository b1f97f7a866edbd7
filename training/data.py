"""The judge's examples: a text, the spans of both actors, the type of the deed between them.

Two origins: sentences authored for this project (`authored/*.tsv`), and the development rows of the pair task, when they
lie beside the checkout. Standard library only: the feature step and the encoder step run in different environments.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEVELOPMENT = HERE.parent.parent / "shared/bench/data/events/plv_train.jsonl"
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
FOLDED = {"YIELD": ("CONCEDE", "RETREAT")}  # the development rows do not tell these two apart
FOLDS = 5
_MARK = re.compile(r"[{}<>]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """labels: the types that the row allows (two where it folds them). origin: "authored" or "development"."""

    id: str
    text: str
    sources: tuple[tuple[int, int], ...]
    targets: tuple[tuple[int, int], ...]
    labels: tuple[str, ...]
    origin: str


def authored() -> list[Example]:
    """All authored sentences. Raises ValueError with file and line for a bad type, bad marks, or a sentence told twice."""
    found: dict[str, str] = {}
    examples = []
    for path in sorted((HERE / "authored").glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
            if not line or line.startswith(("#", "type\t")):
                continue
            where = f"{path.name}:{number}"
            kind, _, marked = line.partition("\t")
            if kind not in TYPES:
                raise ValueError(f"{where}: expected one of the 16 types before a tab, got {kind!r}")
            text, sources, targets = unmarked(marked.strip(), where)
            if text in found:
                raise ValueError(f"{where}: the sentence stands at {found[text]} already")
            found[text] = where
            examples.append(
                Example(id=where, text=text, sources=sources, targets=targets, labels=(kind,), origin="authored")
            )
    return examples


def development() -> list[Example]:
    """The rows of the pair task; none when the data are not beside the checkout."""
    if not DEVELOPMENT.exists():
        return []
    return list(_rows())


def _rows() -> Iterator[Example]:
    for line in DEVELOPMENT.read_text("utf8").splitlines():
        row = json.loads(line)
        yield Example(
            id=str(row["id"]),
            text=row["text"],
            sources=tuple((a, b) for a, b in row["sources"]),
            targets=tuple((a, b) for a, b in row["targets"]),
            labels=FOLDED.get(row["type"], (row["type"],)),
            origin="development",
        )


def unmarked(marked: str, where: str) -> tuple[str, tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """The text of "{Norway} condemned <the junta>" with the spans of its sources {} and targets <>."""
    text, spans, open_at = "", {"{": [], "<": []}, {}  # type: ignore[var-annotated]
    start = 0
    for mark in _MARK.finditer(marked):
        text += marked[start : mark.start()]
        start = mark.end()
        sign = mark[0]
        if sign in "{<":
            if open_at:
                raise ValueError(f"{where}: {sign} stands inside another mark")
            open_at[sign] = len(text)
        else:
            opened = "{" if sign == "}" else "<"
            if opened not in open_at:
                raise ValueError(f"{where}: {sign} closes nothing")
            spans[opened].append((open_at.pop(opened), len(text)))
    text += marked[start:]
    if open_at or not (spans["{"] or spans["<"]):
        raise ValueError(f"{where}: expected at least one side, marked {{source}} or <target>, each mark closed")
    return text, tuple(spans["{"]), tuple(spans["<"])


def fold_of(examples: list[Example]) -> list[int]:
    """The fold of each example, 0 to FOLDS-1: equal texts share one, types are spread evenly, the order is fixed."""
    texts = sorted({(e.labels, _digest(e.text)) for e in examples})
    fold = {}
    for at, (_, key) in enumerate(texts):
        fold.setdefault(key, at % FOLDS)
    return [fold[_digest(e.text)] for e in examples]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
