"""Corpora in JSON Lines, and the rows that a lake or an observatory holds, in one order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from detente.store.lake import Lake
from detente.store.lake.second import SCHEMAS, last_step
from detente.store.schema import TABLES

type Rows = dict[str, list[dict[str, Any]]]


def corpus(path: Path, texts: Iterable[str] | int) -> Path:
    """JSON Lines with an article for each text, or so many articles."""
    texts = (
        [f"Norway praised Finland in note {n}.\nIt did so twice." for n in range(texts)]
        if isinstance(texts, int)
        else texts
    )
    stem = path.stem
    with path.open("w", encoding="utf8") as stream:
        for number, text in enumerate(texts):
            row = {"id": f"{stem}-{number:04}", "text": text, "title": f"Note {number}", "published": "2021-03-04"}
            stream.write(json.dumps(row) + "\n")
    return path


def rows_of(lake: str | Path) -> Rows:
    """Every committed row of a lake, table by table, in the order of article, revision, ordinal."""
    there = Lake.open(lake)
    found: Rows = {}
    for table in TABLES:
        rows = [row for entry in there.done() if entry.segment for row in _read(there, entry, table)]
        found[table] = sorted(rows, key=lambda row: (row["article_id"], row["revision"], row["ordinal"]))
    return found


def _read(lake: Lake, entry: Any, table: str) -> list[dict[str, Any]]:
    if not entry.segment.rows(table):
        return []
    with lake.at_hand(entry) as folder:
        rows: list[dict[str, Any]] = pq.read_table(folder / f"{table}.parquet").to_pylist()
        return rows


def rows_in(observatory: Path) -> Rows:
    """The same of an observatory's segments."""
    found: Rows = {}
    for table in TABLES:
        files = list(map(str, observatory.glob(f"segments/*/{table}.parquet")))
        rows = duckdb.read_parquet(files).to_arrow_table().to_pylist() if files else []
        found[table] = sorted(rows, key=lambda row: (row["article_id"], row["revision"], row["ordinal"]))
    return found


def copied_corpus(path: Path) -> Path:
    """Four dispatches, each printed three times: as it is, with a line more, and cut; in an order in which copies lie apart."""
    deeds = [
        "praised the crews that came",
        "opened the bridge at the border",
        "signed the treaty on fishing",
        "sent its doctors",
    ]
    whole = [
        f"Norway {deed} in spring {n}.\nThe ministers of both said much about {deed} in a hall of the town, and left before it was dark. "
        f"Reporters were told that {deed.split()[-1]} {'and more ' * n}would be spoken of when they meet again in the north.\n"
        for n, deed in enumerate(deeds)
    ]  # fmt: skip
    return corpus(
        path, [*whole, *(f"{text}It was cold." for text in whole), *(text[: len(text) - 12] for text in whole)]
    )


def told_of(lake: Path) -> Rows:
    """What the last second step of a lake found, in one order."""
    step = last_step(Lake.open(lake))
    assert step
    found = {name: pq.read_table(lake / "told" / step.folder / f"{name}.parquet").to_pylist() for name in SCHEMAS}
    return {name: sorted(rows, key=lambda row: (row["article_id"], row.get("id", ""))) for name, rows in found.items()}
