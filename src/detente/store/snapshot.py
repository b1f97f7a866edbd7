"""One generation of an observatory, open for questions: DuckDB in memory over the Parquet files that its manifest names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from detente.store.limit import check_time, interrupted
from detente.store.manifest import Manifest
from detente.store.schema import TABLES, arrow_schema

_CHUNK = 2_000  # rows that become Python objects at one time
# Nothing is fetched from the network, and nothing spills into whatever folder the process happens to stand in.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
}
# Columns that stand otherwise in the files than in the records (store/schema.py).
_SHOWN = {"imported": "* EXCLUDE (line) REPLACE (coalesce(cells, string_split(line, chr(9))) AS cells)"}


class Snapshot:
    """The rows of one generation. Raises duckdb.Error when a file has gone or is damaged; the store explains it."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self._con = duckdb.connect(":memory:", config=CONFIG)
        for table in TABLES:
            self._view(folder, table)
        self._load("history", _history(manifest))
        self._con.execute(statement("views"))

    def table(self, name: str, parameters: Mapping[str, object]) -> pa.Table:
        """What the statement `name`.sql gives, whole."""
        with self._con.cursor() as cursor, interrupted(cursor):
            return cursor.sql(statement(name), params=dict(parameters)).to_arrow_table()

    def rows(self, name: str, /, **parameters: object) -> Iterator[dict[str, Any]]:
        """The same as dicts, made a chunk at a time. The question is put at once, not when the first row is asked for."""
        batches = self.table(name, parameters).to_batches(_CHUNK)
        return (row for batch in batches for row in _listed(batch))

    def _view(self, folder: Path, table: str) -> None:
        """all_<table>: every row, with today's columns, whatever the segments were written with."""
        self._load(f"no_{table}", arrow_schema(table).empty_table())
        found = [str(folder / s.id / f"{table}.parquet") for s in self.manifest.segments if s.rows(table)]
        source = f"SELECT * FROM no_{table}"
        if found:
            names = ", ".join("'" + name.replace("'", "''") + "'" for name in found)
            source += f" UNION ALL BY NAME SELECT * FROM read_parquet([{names}], union_by_name = true)"
        self._con.execute(f"CREATE VIEW all_{table} AS SELECT {_SHOWN.get(table, '*')} FROM ({source})")

    def _load(self, name: str, table: pa.Table) -> None:
        self._con.register("incoming", table)
        self._con.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")
        self._con.unregister("incoming")


def _listed(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    check_time()
    rows: list[dict[str, Any]] = batch.to_pylist()
    return rows


@cache
def statement(name: str) -> str:
    """The text of a statement in store/sql."""
    return (files("detente.store") / "sql" / f"{name}.sql").read_text("utf8")


def _history(manifest: Manifest) -> pa.Table:
    rows = [
        {"article_id": history.article, "revision": revision, "position": position}
        for history in manifest.history
        for revision, position in {r: i for i, r in enumerate(history.revisions)}.items()
    ]
    columns = [("article_id", pa.string()), ("revision", pa.string()), ("position", pa.int32())]
    return pa.Table.from_pylist(rows, pa.schema(columns))
