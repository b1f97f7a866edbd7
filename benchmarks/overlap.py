"""Do sentences written for this project stand in the development data, or the other way round?

Every run of eight words in our cases, tests, examples and documentation is looked up in all development texts. A score
reached with a sentence of the test set is worth nothing; this says whether one slipped in. Without the data it says so.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
RUN = 8  # words: shorter runs are phrases that any two newspapers share
OURS = (
    "src/detente/examples/*",
    "tests/**/*.py",
    "tests/cases/*",
    "training/**/*.py",
    "training/authored/*",
    "docs/**/*.md",
    "README.md",
)
OURS_TABLES = ("src/detente/reading/**/*.tsv",)  # tables of knowledge hold names, which are facts
_WORD = re.compile(r"\w+")


def runs(text: str) -> Iterator[str]:
    """Every run of RUN words, in lower case, with one space between."""
    words = _WORD.findall(text.lower())
    return (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def texts() -> Iterator[str]:
    """All development texts."""
    for path in sorted(SHARED.rglob("*")):
        if path.suffix in (".jsonl", ".json") and path.name != "iso3to2.json":
            for line in path.read_text("utf8").split("\n") if path.suffix == ".jsonl" else [path.read_text("utf8")]:
                yield from strings(json.loads(line or "null"))
        elif path.suffix in (".txt", ".rss") and "seed" in path.parts:
            yield path.read_text("utf8")
        elif path.name.endswith(".csv.gz"):
            yield gzip.decompress(path.read_bytes()).decode("utf8")


def strings(value: object) -> Iterator[str]:
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def ours() -> dict[str, str]:
    """Run of words to the file of ours that holds it."""
    found: dict[str, str] = {}
    for pattern in (*OURS, *OURS_TABLES):
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                found.update(dict.fromkeys(runs(path.read_text("utf8", errors="replace")), str(path.relative_to(ROOT))))
    return found


def overlaps(mine: dict[str, str], theirs: Iterable[str]) -> dict[str, str]:
    """The runs that stand in both, with our file."""
    return {run: mine[run] for text in theirs for run in runs(text) if run in mine}


def main() -> int:
    """Gives the exit status: 1 when something overlaps."""
    if not SHARED.exists():
        print("overlap: the development data are not beside the checkout; nothing was compared")
        return 0
    mine = ours()
    found = overlaps(mine, texts())
    for run, path in sorted(found.items(), key=lambda item: item[1]):
        print(f"{path}: {run}")
    print(f"overlap: {len(mine):,} runs of {RUN} words compared, {len(found)} also in the development data")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
