"""Event files coded elsewhere, into the store: in DuckDB, column by column, with every row that is not taken named.

A file is read, mapped and written piece by piece, so that memory does not grow with it: of the rows that went by, only two hashes
each are kept, to know them again. Each piece is sorted by dyad and day, so that a question about one dyad need not read all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import InputError
from detente.records import Failure, digest
from detente.store.ahead import ahead
from detente.store.folder import Store
from detente.store.formats import Format
from detente.store.formats.heading import columns_of, format_of, origin_of
from detente.store.formats.meaning import lands_in, meanings_in
from detente.store.formats.rows import Refusal, read_rows
from detente.store.imported import imported_keys
from detente.store.schema import arrow_schema
from detente.store.seen import Flags, Seen
from detente.store.snapshot import CONFIG

PIECE = 24_576  # rows that are mapped and sorted at one time
_KEPT = 2_000  # characters of a refused row that are kept with the reason
_MEMORY = "512MB"  # for one piece of a file in DuckDB
# A cell without blanks around it; NULL for none. (Most have no blanks, and to look is quicker than to trim.)
_GIVEN = """CREATE MACRO given(cell) AS nullif(nullif(
    CASE WHEN starts_with(cell, ' ') OR suffix(cell, ' ') THEN trim(cell) ELSE cell END, ''), 'NA')"""
# Rows by their words, as many as came in the pieces before (`Format.numbered`).
_EARLIER = """
CREATE TABLE IF NOT EXISTS earlier (words UBIGINT, number BIGINT);
CREATE OR REPLACE TEMP VIEW earlier_ones AS
SELECT e.words, CAST(sum(e.number) AS BIGINT) AS number
FROM earlier AS e
WHERE e.words IN (SELECT hash(r.cells) FROM raw AS r)
GROUP BY e.words"""
_NOTE = "INSERT INTO earlier SELECT hash(r.cells), count(*) FROM raw AS r GROUP BY ALL"
_TAB = "\t"
_FRAME = ("article_id", "revision", "ordinal", "line")


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
    with store.writer() as writer:
        intake = _Intake(path, form, columns, whose, _stored(store))
        with closing(ahead(intake.pieces())) as pieces:
            writer.take_in(pieces, coders=intake.origins)
        return intake.report()


class _Intake:
    """One file on its way in. Counts as it goes; `pieces` must have been run through before `report` is asked for."""

    def __init__(self, path: Path, form: Format, columns: list[str], whose: str, seen: Seen) -> None:
        self._path, self._form, self._columns, self._whose, self._seen = path, form, columns, whose, seen
        self._refused: list[Refusal] = []
        self._failures: tuple[Failure, ...] = ()
        self._counts = dict.fromkeys(("added", "unchanged", "untyped", "nowhere"), 0)
        self.origins: set[str] = set()

    def pieces(self) -> Iterator[tuple[str, pa.Table]]:
        """The fresh rows as pieces of the table `imported`, then what was refused. Raises InputError when there is no row."""
        made = False
        with duckdb.connect(":memory:", config=CONFIG | {"memory_limit": _MEMORY, "threads": 1}) as con:
            con.execute(_GIVEN)
            with closing(ahead(_joined(read_rows(self._path, self._form, self._columns, self._refused)))) as rows:
                for batch in rows:
                    made = True
                    yield "imported", self._fresh(_mapped(con, batch, self._form, self._whose))
        if not made:
            raise InputError(f"{self._path} has no row of events")
        if not self.origins:
            self.origins.add(self._whose)
        self._failures = tuple(_failure(one, self._path) for one in sorted(self._refused, key=lambda one: one.row))
        yield "failures", _failures(self._failures, self._path)

    def report(self) -> ImportReport:
        """What became of all rows."""
        return ImportReport(
            format=self._form.name,
            remark=self._form.remark,
            origins=tuple(sorted(self.origins)) if self._counts["added"] or self._counts["unchanged"] else (),
            refused=self._failures,
            **self._counts,
        )

    def _fresh(self, mapped: pa.Table) -> pa.Table:
        """The rows that are neither refused nor there, as they are stored; notes what becomes of the others."""
        bad = ~pc.is_null(mapped["refusal"]).to_numpy()
        same, other = self._met(mapped, bad)
        for place in np.flatnonzero(bad | other):
            self._refuse(mapped, int(place))
        good = ~(bad | other)
        self.origins.update(pc.unique(mapped["origin"].filter(pa.array(good))).to_pylist())
        fresh = mapped.take(_by_dyad(mapped, good & ~same, self._form))
        self._counts["added"] += len(fresh)
        self._counts["unchanged"] += int(same.sum())
        self._counts["untyped"] += fresh["intensity"].null_count
        self._counts["nowhere"] += pc.sum(
            pc.or_(pc.is_null(fresh["source_country"]), pc.is_null(fresh["target_country"])), min_count=0
        ).as_py()
        return _stored_as(fresh, self._path, self._form)

    def _met(self, mapped: pa.Table, bad: Flags) -> tuple[Flags, Flags]:
        """Which rows are the same as one that is stored or came before them, and which have its id and say otherwise."""
        order = np.flatnonzero(~bad)
        order = order[np.argsort(mapped["row"].to_numpy()[order], kind="stable")]
        keys, says = (mapped[name].to_numpy()[order] for name in ("key", "says"))
        _, first, place = np.unique(keys, return_index=True, return_inverse=True)
        stored, said = self._seen.find(keys)
        again = stored | (first[place] != np.arange(len(keys)))
        before = np.where(stored, said, says[first[place]])
        self._seen.add(keys[~again], says[~again])
        same, other = np.zeros(len(mapped), dtype=bool), np.zeros(len(mapped), dtype=bool)
        same[order], other[order] = again & (says == before), again & (says != before)
        return same, other

    def _refuse(self, mapped: pa.Table, place: int) -> None:
        row, reason, name, cells = (mapped[column][place].as_py() for column in ("row", "refusal", "id", "cells"))
        reason = reason or f"expected one event with the id {name}, found another one that says otherwise"
        text = cells if _is_line(self._form) else _line(cells, self._form)
        self._refused.append(Refusal(row=row, reason=reason, text=text))


def _joined(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in fewer tables."""
    held: list[pa.Table] = []
    for table in tables:
        held.append(table)
        if sum(map(len, held)) >= PIECE:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _stored(store: Store) -> Seen:
    """What is stored already."""
    seen = Seen()
    for keys, says in store.ask(imported_keys):
        seen.add(keys, says)
    return seen


def _mapped(con: duckdb.DuckDBPyConnection, rows: pa.Table, form: Format, origin: str) -> pa.Table:
    """Rows as `Imported`, in any order, each with its number, the reason why it is refused, if any, and two hashes: of
    its origin and id, and of all that it says."""
    missing = [column for column in form.columns if column not in rows.column_names]
    for column in missing:
        rows = rows.append_column(column, pa.nulls(len(rows), pa.string()))
    con.register("incoming", rows)
    con.register("meanings", meanings_in(rows, form))
    con.register("lands", lands_in(rows, form))
    cells = [f"coalesce({_quoted(column)}, '')" if column in missing else _quoted(column) for column in form.columns]
    line = f"concat_ws({_text(_TAB)}, {', '.join(cells)})"
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW raw AS SELECT *, {line if _is_line(form) else f'[{", ".join(cells)}]'} AS cells, "
        f"{_text(origin)} AS form FROM incoming WHERE {' OR '.join(f"{cell} <> ''" for cell in cells)}"
    )
    if form.numbered:
        con.execute(_EARLIER)
    columns = ", ".join(f"m.{field.name}" for field in arrow_schema("imported") if field.name not in _FRAME)
    said = "m.cells" if _is_line(form) else f"array_to_string(m.cells, {_text(_TAB)})"
    found: pa.Table = con.sql(
        f"SELECT {columns}, m.row, m.refusal, hash(m.origin, m.id) AS key, hash({said}) AS says "
        f"FROM ({_statement(form.statement or form.name)}) AS m "
    ).to_arrow_table()
    if form.numbered:
        con.execute(_NOTE)
    return found


def _is_line(form: Format) -> bool:
    """Whether no cell can hold a tab, so that a row may be kept as one line."""
    return form.delimiter == _TAB and not form.quoted


def _stored_as(fresh: pa.Table, path: Path, form: Format) -> pa.Table:
    size, schema = len(fresh), arrow_schema("imported")
    kept, empty = ("line", "cells") if _is_line(form) else ("cells", "line")
    columns = {name: fresh[name] for name in fresh.column_names} | {
        "article_id": pa.repeat(pa.scalar(path.name), size),
        "revision": pa.repeat(pa.scalar(""), size),
        "ordinal": fresh["row"].cast(pa.int32()),
        kept: fresh["cells"],
        empty: pa.nulls(size, schema.field(empty).type),
    }
    return pa.table([columns[name] for name in schema.names], names=schema.names).cast(schema)


def _by_dyad(rows: pa.Table, wanted: Flags, form: Format) -> pa.Array:
    """Where the wanted rows stand: those of one dyad together, in the order of the file."""
    names = ["source_country", "target_country", "row", *(["id"] if form.separators else [])]
    keys = rows.select(names).append_column("place", pa.array(np.arange(len(rows)))).filter(pa.array(wanted))
    return keys["place"].take(pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in names]))


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
    stream = io.StringIO()
    csv.writer(stream, delimiter=form.delimiter, lineterminator="").writerow(cells)
    return stream.getvalue()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _statement(name: str) -> str:
    return (files("detente.store.formats") / f"{name}.sql").read_text("utf8")
