"""Segments: immutable folders of Parquet files, one file for each table that has rows."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.errors import SchemaError
from detente.records import Reading, digest
from detente.store.rows import Sketcher, tables_of
from detente.store.schema import TABLES, arrow_schema


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInfo:
    """One Parquet file of a segment: its table, rows, size in bytes, and SHA-256."""

    table: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentInfo:
    """What the manifest says of a segment.

    id: a hash of its files, and the name of its folder. inputs: a hash of the article revisions it was read from.
    coders, knowledge: every coder version, and digest of knowledge tables, that made rows of it.
    """

    id: str
    inputs: str
    coders: tuple[str, ...]
    knowledge: tuple[str, ...]
    files: tuple[FileInfo, ...]

    def rows(self, table: str) -> int:
        """How many rows of a table it holds."""
        return sum(file.rows for file in self.files if file.table == table)

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.bytes for file in self.files)


def write_segment(
    readings: Sequence[Reading],
    folder: Path,
    *,
    coder: str,
    knowledge: str,
    table: str = "",
    sketch: Sketcher | None = None,
) -> SegmentInfo:
    """Writes readings as one segment into an empty or new `folder`; nothing else is read or changed.

    The same readings give the same bytes, so that a batch engine's workers may write segments wherever they run and
    leave it to one committer to take them in. table: digest of the user's own actors they were read with. sketch: see
    `tables_of`.
    """
    tables = tables_of(readings, coder=coder, knowledge=knowledge, table=table, sketch=sketch)
    return write_tables(tables, folder, coders=(coder,), knowledge=(knowledge,))


def write_tables(
    tables: Mapping[str, pa.Table], folder: Path, *, coders: Iterable[str], knowledge: Iterable[str]
) -> SegmentInfo:
    """Writes tables as one segment, on disk when this returns."""
    folder.mkdir(parents=True, exist_ok=True)
    files = tuple(_write(tables[name], name, folder) for name in TABLES if name in tables and len(tables[name]))
    sync_folder(folder)
    return SegmentInfo(
        id=digest("segment", [(file.table, file.sha256) for file in files]),
        inputs=digest("inputs", sorted(_keys(tables))),
        coders=tuple(sorted(set(coders))),
        knowledge=tuple(sorted(set(knowledge))),
        files=files,
    )


def read_table(folder: Path, info: SegmentInfo, table: str) -> pa.Table:
    """One table of a segment, with today's columns. Raises SchemaError, naming the file, when it is damaged."""
    schema = arrow_schema(table)
    if not info.rows(table):
        return schema.empty_table()
    path = folder / f"{table}.parquet"
    try:
        found = pq.ParquetFile(path).read()
        return pa.concat_tables([schema.empty_table(), found], promote_options="default")
    except (OSError, pa.ArrowException) as error:
        raise damaged(path, str(error)) from error


def holds(folder: Path, info: SegmentInfo, articles: Iterable[str]) -> bool:
    """Whether any table has a row of one of the articles: read from the one column that tells."""
    wanted = pa.array(list(articles), pa.string())
    return any(
        pc.any(pc.is_in(_ids(folder / f"{file.table}.parquet"), value_set=wanted)).as_py() for file in info.files
    )


def check(folder: Path, info: SegmentInfo) -> None:
    """Raises SchemaError, naming the file, when one is missing or is not what was committed."""
    for file in info.files:
        path = folder / f"{file.table}.parquet"
        if not path.exists():
            raise damaged(path, "it is missing")
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != file.sha256:
            raise damaged(path, f"its SHA-256 is {found[:12]}…, {file.sha256[:12]}… was committed")


def damaged(path: Path, reason: str) -> SchemaError:
    """The error for a file that is not what was committed."""
    return SchemaError(
        f"{path} is damaged ({reason}); restore the file from a copy, or add the articles to a new observatory"
    )


def without(table: pa.Table, articles: Iterable[str]) -> pa.Table:
    """The rows that belong to none of the articles."""
    return table.filter(pc.invert(pc.is_in(table["article_id"], value_set=pa.array(list(articles), pa.string()))))


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder last through a power cut. Windows has no such call; its renames are journalled."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def link_or_copy(there: Path, here: Path) -> None:
    """Gives a file that never changes a second name; a copy, on disk when this returns, where that cannot be had."""
    try:
        os.link(there, here)
    except OSError:  # another disk, or a file system without hard links
        shutil.copyfile(there, here)
        with here.open("rb+") as stream:
            os.fsync(stream.fileno())


def sealed(path: Path, table: str, rows: int) -> FileInfo:
    """What a finished file is; it is on disk when this returns."""
    with path.open("rb+") as stream:
        found = hashlib.file_digest(stream, "sha256")
        os.fsync(stream.fileno())
    return FileInfo(table=table, rows=rows, bytes=path.stat().st_size, sha256=found.hexdigest())


def keys_of(name: str, table: pa.Table) -> set[tuple[str, str]]:
    """The article revisions that a table speaks for: that of articles, or of failures."""
    if name not in ("articles", "failures"):
        return set()
    return set(zip(table["article_id"].to_pylist(), table["revision"].to_pylist(), strict=True))


def _ids(path: Path) -> pa.ChunkedArray:
    try:
        return pq.ParquetFile(path).read(columns=["article_id"])["article_id"]
    except (OSError, pa.ArrowException) as error:
        raise damaged(path, str(error)) from error


def _write(table: pa.Table, name: str, folder: Path) -> FileInfo:
    path = folder / f"{name}.parquet"
    pq.write_table(table, path, compression="zstd", write_page_checksum=True)
    return sealed(path, name, len(table))


def _keys(tables: Mapping[str, pa.Table]) -> set[tuple[str, str]]:
    return {key for name, table in tables.items() for key in keys_of(name, table)}
