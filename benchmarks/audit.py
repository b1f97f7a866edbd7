"""Draws events to be judged by eye, and counts the verdicts.

    python benchmarks/audit.py draw [--seed N] [--size 100] > sheet.tsv     a sheet with empty verdicts, text beside each event
    python benchmarks/audit.py count docs/reference/audit.tsv               the table of verdicts

The frame: every event read from `ARTICLES` articles drawn from each of the two news files of the development data; of these
events `size` are drawn. All draws use the one seed, so the sample is anybody's to draw again. The published sheet holds
ids and verdicts only: the texts belong to their publishers.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from detente.reading.reader import Reader
from detente.records import Article, Event, Reading

NEWS = Path(__file__).resolve().parent.parent.parent / "shared/bench/data/news"
ARTICLES = {"current_events_2025.jsonl": 300, "wikinews.jsonl": 40}
POINTS = ("source", "target", "type", "status")
FIELDS = ("article", "event", "type_given", "status_given", "sources", "targets", *POINTS, "why")


def articles(chance: random.Random) -> Iterator[Article]:
    """The articles of the frame."""
    for name, size in ARTICLES.items():
        rows = [json.loads(line) for line in (NEWS / name).read_text("utf8").splitlines()]
        for row in chance.sample(rows, size):
            yield Article(
                id=str(row["id"]),
                **{k: row.get(k) for k in ("title", "text", "published", "source", "url", "language")},
            )


def draw(seed: int, size: int) -> None:
    """Prints the sheet, each event with its sentence and what the coder gave."""
    chance = random.Random(seed)
    found = [(r, e) for r in Reader().read(articles(chance)) for e in r.events]
    out = csv.DictWriter(sys.stdout, (*FIELDS, "trigger", "sentence"), delimiter="\t")
    out.writeheader()
    for reading, event in chance.sample(found, min(size, len(found))):
        out.writerow(_row(reading, event))


def _row(reading: Reading, event: Event) -> dict[str, str]:
    names = {a.id: f"{a.name} ({a.country or '-'})" for a in reading.actors}
    given = f"{event.type}/{event.mode}" if event.mode else event.type
    asked = f" [asks {event.asked.type}: {event.asked.text}]" if event.asked else ""
    return {
        "article": reading.article.id,
        "event": event.id,
        "type_given": given + asked,
        "status_given": event.status + (" past" if event.past else ""),
        "sources": "; ".join(names[i] for i in event.sources) or "-",
        "targets": "; ".join(names[i] for i in event.targets) or "-",
        "trigger": event.trigger.text,
        "sentence": _around(reading, event),
    }


def _around(reading: Reading, event: Event) -> str:
    text = reading.article.text if event.trigger.field == "text" else reading.article.title or ""
    start, end = max(0, event.trigger.start - 300), event.trigger.end + 300
    return " ".join(text[start:end].split())


def count(rows: Iterable[dict[str, str]]) -> None:
    """Prints how many are right on each point, and on all."""
    sheet = list(rows)
    if empty := [r["event"] for r in sheet if any(r[p] not in ("right", "wrong") for p in POINTS)]:
        raise SystemExit(f"expected 'right' or 'wrong' on every point, found none for {', '.join(empty[:5])}")
    right = Counter(p for r in sheet for p in POINTS if r[p] == "right")
    whole = sum(all(r[p] == "right" for p in POINTS) for r in sheet)
    for point in POINTS:
        print(f"{point:8} {right[point]:4} of {len(sheet)}")
    print(f"{'all four':8} {whole:4} of {len(sheet)}  ({100 * whole / len(sheet):.0f}%)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["draw", "count"])
    parser.add_argument("sheet", nargs="?", type=Path)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--size", type=int, default=100)
    args = parser.parse_args()
    if args.what == "count":
        with args.sheet.open(encoding="utf8", newline="") as lines:
            count(csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"))
    elif NEWS.exists():
        draw(args.seed, args.size)
    else:
        print("audit: the development data are not beside the checkout; nothing was drawn", file=sys.stderr)


if __name__ == "__main__":
    main()
