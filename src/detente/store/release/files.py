"""Parquet and checksums that come out the same to the byte, whatever pieces the rows came in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SUMS = "SHA256SUMS"
_GROUP = 65_536  # rows of a row group: part of the format, since it shows in the bytes
_SETTINGS = {
    "version": "2.6",
    "compression": "zstd",
    "compression_level": 9,
    "data_page_version": "1.0",
    "write_statistics": True,
    "use_dictionary": True,
    "store_schema": True,
    "write_page_checksum": True,
}


def write(path: Path, schema: pa.Schema, pieces: Iterable[pa.Table]) -> int:
    """Writes rows in the order they come in; gives their number."""
    rows = 0
    with pq.ParquetWriter(path, schema, **_SETTINGS) as writer:
        for group in _groups(schema, pieces):
            writer.write_table(group, row_group_size=_GROUP)
            rows += len(group)
    return rows


def _groups(schema: pa.Schema, pieces: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in tables of one size and one chunk."""
    waiting = schema.empty_table()
    for piece in pieces:
        waiting = pa.concat_tables([waiting, piece.select(schema.names).cast(schema)])
        while len(waiting) >= _GROUP:
            yield waiting.slice(0, _GROUP).combine_chunks()
            waiting = waiting.slice(_GROUP)
    if len(waiting):
        yield waiting.combine_chunks()


def read(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """A file of a release, whole, or some of its columns."""
    return pq.ParquetFile(path).read(columns)


def sums(folder: Path) -> str:
    """The SHA-256 of each file of a folder but that of the sums itself, as `sha256sum -c` reads them."""
    names = sorted(path.name for path in folder.iterdir() if path.name != SUMS)
    return "".join(f"{sha256(folder / name)}  {name}\n" for name in names)


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
