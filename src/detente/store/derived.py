"""What was worked out from the segments, kept beside them so that it is worked out once: derived/<key>/<table>.parquet.

It is never part of the truth: whoever finds nothing here, or something unreadable, works it out anew. A key names all that the numbers
hang on (the generation of the manifest first), so nothing stale is ever found; each commit deletes the whole folder. No text of
an article stands here, nor its id.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.records import digest
from detente.store import manifest as manifests
from detente.store.manifest import Manifest
from detente.store.verdicts import stamp

NAME = "derived"
KEPT = 12  # results that are kept at one time
_GROUP = 4_096  # rows that are read at least
_NOTE = b"detente"

type Table = Mapping[str, Any]  # columns: arrays or lists of one length


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Tables by name, each its columns by name (numpy arrays; lists of text), and a note in words or JSON."""

    tables: Mapping[str, Table]
    note: str = ""


def key_of(folder: Path, manifest: Manifest, *what: object) -> str:
    """The key of a result: of the records it rests on, verdicts included, and of all else that it hangs on."""
    segments = [segment.id for segment in manifest.segments]
    history = [(one.article, one.revisions) for one in manifest.history]
    return digest("derived", manifest.generation, segments, history, stamp(folder), *map(str, what))


def keep(folder: Path, manifest: Manifest, key: str, found: Kept) -> None:
    """Keeps a result, whole or not at all. Two processes may do so at once. A disk that cannot be written is no error."""
    home = folder / NAME
    try:
        home.mkdir(exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=home, prefix=".draft-"))
        try:
            for name, table in found.tables.items():
                _write(draft / f"{name}.parquet", table, found.note)
            if not (home / key).exists():
                draft.rename(home / key)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        _clear(home, key)
        if manifests.load(folder).generation != manifest.generation:
            _drop(home / key)
    except OSError:
        return


def kept(folder: Path, key: str) -> Kept | None:
    """A result, None when it is not there."""
    home = folder / NAME / key
    try:
        found = {path.stem: pq.ParquetFile(path).read() for path in sorted(home.glob("*.parquet"))}
        os.utime(home)
    except (OSError, pa.ArrowException):
        return None
    if not found:
        return None
    return Kept(tables={name: _columns(table) for name, table in found.items()}, note=_note(found))


def kept_part(folder: Path, key: str, of: str, where: Mapping[str, str], rows: str) -> Kept | None:
    """The result as far as it concerns one row of the table `of`: the one that says `where`, and the rows of the table `rows`
    that its columns `first` and `number` point at; other tables whole. None when the result is not there; without rows when nothing
    says so.
    """
    home = folder / NAME / key
    try:
        paths = sorted(home.glob("*.parquet"))  # before any is read: the folder may go at any moment, as a whole
        heads = pq.ParquetFile(home / f"{of}.parquet").read()
        for column, value in where.items():
            heads = heads.filter(pc.equal(heads[column], value))
        first, number = (heads[name][0].as_py() if len(heads) else 0 for name in ("first", "number"))
        found = {of: heads, rows: _slice(home / f"{rows}.parquet", first, number)}
        for path in paths:
            if path.stem not in found:
                found[path.stem] = pq.ParquetFile(path).read()
    except (OSError, pa.ArrowException):
        return None
    return Kept(tables={name: _columns(table) for name, table in found.items()}, note=_note(found))


def forget(folder: Path) -> None:
    """Deletes all results, at once for whoever reads them."""
    _drop(folder / NAME)
    for left in folder.glob(f".{NAME}-gone-*"):  # of a process that was killed here
        shutil.rmtree(left, ignore_errors=True)


def _write(path: Path, table: Table, note: str) -> None:
    made = pa.table({name: _array(values) for name, values in table.items()})
    made = made.replace_schema_metadata({_NOTE: note.encode("utf8")})
    pq.write_table(made, path, compression="zstd", row_group_size=_GROUP, use_dictionary=False)


def _array(values: Any) -> pa.Array:
    return pa.array(values) if isinstance(values, np.ndarray) else pa.array(list(values), pa.string())


def _columns(table: pa.Table) -> Table:
    return {
        name: table[name].to_pylist() if pa.types.is_string(table[name].type) else table[name].to_numpy()
        for name in table.column_names
    }


def _slice(path: Path, first: int, number: int) -> pa.Table:
    file = pq.ParquetFile(path)
    groups = range(first // _GROUP, (first + max(number, 1) - 1) // _GROUP + 1) if file.metadata.num_rows else range(0)
    return file.read_row_groups(list(groups)).slice(first % _GROUP, number)


def _note(found: Mapping[str, pa.Table]) -> str:
    metadata = next(iter(found.values())).schema.metadata or {}
    note: str = metadata.get(_NOTE, b"").decode("utf8")
    return note


def _clear(home: Path, newest: str) -> None:
    """Leaves the results that were used last, and no draft of a process that was killed an hour ago."""
    entries = sorted((entry for entry in home.iterdir() if entry.is_dir()), key=_age)
    drafts = [entry for entry in entries if entry.name.startswith(".")]
    results: Sequence[Path] = [entry for entry in entries if entry not in drafts and entry.name != newest]
    for entry in [*drafts[: -KEPT or None], *results[: max(len(results) + 1 - KEPT, 0)]]:
        _drop(entry)


def _drop(entry: Path) -> None:
    """Deletes a folder; no reader ever sees half of it under its name."""
    gone = entry.with_name(f".{entry.name.lstrip('.')}-gone-{uuid4().hex}")
    try:
        entry.rename(gone)
    except OSError:
        return
    shutil.rmtree(gone, ignore_errors=True)


def _age(entry: Path) -> float:
    try:
        return entry.stat().st_mtime
    except OSError:
        return 0.0
