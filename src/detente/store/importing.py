"""Event files coded elsewhere, into the store: in DuckDB, column by column, with every row that is not taken named."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa

from detente.errors import InputError
from detente.records import Failure, digest
from detente.store.folder import Store
from detente.store.formats import Format
from detente.store.formats.heading import columns_of, format_of, origin_of
from detente.store.formats.meaning import lands_in, meanings_in
from detente.store.formats.rows import Refusal, read_rows
from detente.store.imported import imported_keys
from detente.store.schema import arrow_schema

_KEPT = 2_000  # characters of a refused row that are kept with the reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of a file's rows. format: the one it was read as; remark: what to know of that. origins: whose events they are.

    added: rows stored. unchanged: rows that were there already. untyped: added rows that no measure counts, since PLOVER has no
    type for them. nowhere: added rows that lack a country on a side, or name one that no table knows. refused: rows kept aside.
    """

    format: str
    remark: str
    origins: tuple[str, ...]
    added: int
    unchanged: int
    untyped: int
    nowhere: int
    refused: tuple[Failure, ...]


def take_in(store: Store, path: Path, name: str | None = None, origin: str | None = None) -> ImportReport:
    """Takes in a file of events. name: of its format (`FORMATS`), None to tell by its first row. origin: whose they are, by
    default the format's name; a row that names its own keeps that.

    The whole file is one commit. Raises UsageError for an unknown format, InputError for a file that is not of it.
    """
    form = format_of(path, name)
    columns, whose = columns_of(path, form), origin_of(form, origin)
    with store.writer() as writer, duckdb.connect(":memory:") as con:
        refused: list[Refusal] = []
        _load(con, path, form, columns, whose, refused)
        con.register("stored", store.ask(imported_keys))
        con.execute(_statement("standing"))
        refused += [
            Refusal(row=row, reason=reason, text=_line(cells, form))
            for row, reason, cells in con.execute("SELECT row, refusal, cells FROM refused ORDER BY row").fetchall()
        ]
        table = _table(con, path)
        failures = tuple(_failure(one, path) for one in sorted(refused, key=lambda one: one.row))
        origins = tuple(
            row[0] for row in con.execute("SELECT DISTINCT origin FROM standing ORDER BY origin").fetchall()
        )
        writer.take_in({"imported": table, "failures": _failures(failures, path)}, coders=origins or (whose,))
        return ImportReport(
            format=form.name,
            remark=form.remark,
            origins=origins,
            added=len(table),
            unchanged=_number(con, "SELECT count(*) FROM standing WHERE standing = 'same'"),
            untyped=table["intensity"].null_count,
            nowhere=_number(con, "SELECT count(*) FROM fresh WHERE source_country IS NULL OR target_country IS NULL"),
            refused=failures,
        )


def _load(
    con: duckdb.DuckDBPyConnection, path: Path, form: Format, columns: list[str], origin: str, refused: list[Refusal]
) -> None:
    """Fills the table `mapped`: every row as `Imported`, with its number and the reason why it is refused, if any."""
    con.execute("CREATE MACRO given(cell) AS nullif(nullif(trim(cell), ''), 'NA')")
    made = False
    for rows in read_rows(path, form, columns, refused):
        missing = [column for column in form.columns if column not in columns]
        for column in missing:
            rows = rows.append_column(column, pa.nulls(len(rows), pa.string()))
        con.register("incoming", rows)
        cells = ", ".join(f"coalesce({_quoted(column)}, '')" for column in form.columns)
        con.execute(
            f"CREATE OR REPLACE TEMP VIEW raw AS SELECT *, [{cells}] AS cells, {_text(origin)} AS form FROM incoming WHERE concat({cells}) <> ''"
        )
        con.register("meanings", meanings_in(rows, form))
        con.register("lands", lands_in(rows, form))
        head = "INSERT INTO mapped BY NAME" if made else "CREATE TABLE mapped AS"
        con.execute(f"{head} {_statement(form.statement or form.name)}")
        made = True
    if not made:
        raise InputError(f"{path} has no row of events")


def _table(con: duckdb.DuckDBPyConnection, path: Path) -> pa.Table:
    """The fresh rows, by dyad and day, so that a question about one dyad need not read all."""
    schema = arrow_schema("imported")
    columns = ", ".join(field.name for field in schema if field.name not in ("article_id", "revision", "ordinal"))
    rows = con.sql(
        f"SELECT {columns}, row FROM fresh ORDER BY source_country, target_country, day, origin, id"
    ).to_arrow_table()
    size = len(rows)
    keys = {
        "article_id": pa.array([path.name] * size, pa.string()),
        "revision": pa.array([""] * size, pa.string()),
        "ordinal": rows["row"].cast(pa.int32()),
    }
    return pa.table({**keys, **{name: rows[name] for name in rows.column_names if name != "row"}}).cast(schema)


def _failures(found: Sequence[Failure], path: Path) -> pa.Table:
    revision = digest("refused", path.name, [one.reason for one in found])
    rows = [
        {
            "article_id": path.name,
            "revision": revision,
            "ordinal": place,
            "stage": one.stage,
            "reason": one.reason,
            "where": one.where,
        }
        for place, one in enumerate(found)
    ]
    return pa.Table.from_pylist(rows, arrow_schema("failures"))


def _failure(one: Refusal, path: Path) -> Failure:
    told = f"{one.reason}; the row was: {one.text[:_KEPT]}" if one.text else one.reason
    return Failure(stage="import", reason=told, where=f"{path.name}:{one.row}")


def _line(cells: Sequence[str], form: Format) -> str:
    if not form.quoted:
        return form.delimiter.join(cells)
    stream = io.StringIO()
    csv.writer(stream, delimiter=form.delimiter, lineterminator="").writerow(cells)
    return stream.getvalue()


def _number(con: duckdb.DuckDBPyConnection, query: str) -> int:
    found = con.execute(query).fetchone()
    return int(found[0]) if found else 0


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _statement(name: str) -> str:
    return (files("detente.store.formats") / f"{name}.sql").read_text("utf8")
