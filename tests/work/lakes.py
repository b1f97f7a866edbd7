"""Corpora in JSON Lines, and the rows that a lake or an observatory holds, in one order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from detente.store.lake import Lake
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
