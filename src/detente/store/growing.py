"""A segment that is written piece by piece, so that none of its tables ever lies in memory whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from detente.records import digest
from detente.store.schema import TABLES, arrow_schema
from detente.store.segment import FileInfo, SegmentInfo, keys_of, sealed, sync_folder

GROUP = 8_192  # rows that a question reads at least: small, since a dyad is a thin slice of each piece
_UNIQUE = frozenset({"id", "line", "ordinal"})


class Growing:
    """Takes pieces of tables into an empty or new folder. `close` writes it out; `info` says what the manifest will say of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._open: dict[str, pq.ParquetWriter] = {}
        self._rows: dict[str, int] = {}
        self._keys: set[tuple[str, str]] = set()
        self._files: tuple[FileInfo, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows of all tables it has."""
        return sum(self._rows.values())

    def append(self, name: str, piece: pa.Table) -> None:
        """Adds rows to a table, in the columns of today."""
        if not len(piece):
            return
        if name not in self._open:
            self._open[name] = pq.ParquetWriter(
                self.folder / f"{name}.parquet",
                arrow_schema(name),
                compression="zstd",
                write_page_checksum=True,
                use_dictionary=list(_recurring(arrow_schema(name))),
            )
        self._open[name].write_table(piece, row_group_size=GROUP)
        self._rows[name] = self._rows.get(name, 0) + len(piece)
        self._keys |= keys_of(name, piece)

    def close(self) -> None:
        """No more pieces: everything is on disk when this returns."""
        for writer in self._open.values():
            writer.close()
        self._files = tuple(
            sealed(self.folder / f"{name}.parquet", name, self._rows[name]) for name in TABLES if name in self._open
        )
        sync_folder(self.folder)

    def info(self, coders: Iterable[str]) -> SegmentInfo:
        """What the manifest says of it, once it is closed. coders: whose rows they are."""
        return SegmentInfo(
            id=digest("segment", [(file.table, file.sha256) for file in self._files]),
            inputs=digest("inputs", sorted(self._keys)),
            coders=tuple(sorted(set(coders))),
            knowledge=(),
            files=self._files,
        )


def _recurring(schema: pa.Schema) -> Iterator[str]:
    """Columns whose values come again and again, by their names in Parquet: those that dictionaries make small."""
    for field in schema:
        if field.name not in _UNIQUE:
            yield f"{field.name}.list.element" if pa.types.is_list(field.type) else field.name
