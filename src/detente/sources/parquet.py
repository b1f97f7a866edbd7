"""Parquet: a table, an article a row, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from detente.errors import InputError
from detente.sources.columns import mapped
from detente.sources.feed import LONGEST, Feed
from detente.sources.sourced import Draft, Unreadable, unreadable
from detente.sources.tables import draft_of

_BATCH = 256  # rows held at once
_GROWTH = 1000  # a column that grows more when unpacked holds one text a million times


def read_parquet(feed: Feed, groups: range | None = None, before: int = 0) -> Iterator[Draft | Unreadable]:
    """A Parquet file with columns under the names of `columns.tsv`, or under the user's own.

    groups: only these of its row groups, before which there are so many rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq  # 0.1 s, for tables only

    try:
        table = pq.ParquetFile(feed.seekable(), pre_buffer=False, buffer_size=2**20)
        schema = table.schema_arrow
        places = mapped(schema.names, feed.columns)
        _refuse_odd(schema, places)
        _refuse_bomb(table.metadata, {schema.names[place] for place in places.values()})
        names = {field: schema.names[place] for field, place in places.items()}
        yield from _rows(feed.name, table, names, groups or range(table.num_row_groups), before)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(f"expected a whole Parquet file, found a damaged one: {_short(error)}") from error


def _rows(name: str, table: Any, names: dict[str, str], groups: range, number: int) -> Iterator[Draft | Unreadable]:
    for batch in table.iter_batches(_BATCH, row_groups=list(groups), columns=list(names.values())):
        columns = {field: batch.column(batch.schema.get_field_index(column)) for field, column in names.items()}
        for row in range(batch.num_rows):
            number += 1
            yield _row(f"{name}:row {number}", {field: column[row] for field, column in columns.items()})


def _row(where: str, cells: dict[str, Any]) -> Draft | Unreadable:
    found: dict[str, str | None] = {}
    for field, cell in cells.items():
        try:
            found[field] = _written(cell)
        except (ValueError, OverflowError) as error:  # a string that is no UTF-8, a day beyond the calendar
            return unreadable(where, f"expected a readable `{field}`, found one that is not: {_short(error)}")
    if len(found.get("text") or "") > LONGEST:
        return unreadable(where, f"expected a text of at most {LONGEST // 2**20} million letters, found a longer one")
    return draft_of(where, found)


def _written(cell: Any) -> str | None:
    """A cell in words: a day at midnight without a zone is a day."""
    import pyarrow as pa

    if pa.types.is_timestamp(cell.type) and cell.type.unit == "ns":
        cell = cell.cast(pa.timestamp("us", cell.type.tz), safe=False)
    value = cell.as_py()
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        bare = value.tzinfo is None and (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if bare else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8")
    return str(value)


def _refuse_odd(schema: Any, places: dict[str, int]) -> None:
    import pyarrow as pa

    for field, place in places.items():
        kind = schema.field(place).type
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        plain = pa.types.is_primitive(kind) or pa.types.is_null(kind)
        words = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
        binary = pa.types.is_binary(kind) or pa.types.is_large_binary(kind)
        if words or binary or pa.types.is_null(kind) or (plain and field not in ("text", "title")):
            continue
        raise InputError(f"expected words in the column {schema.names[place]!r} (`{field}`), found {str(kind)[:60]}")


def _refuse_bomb(metadata: Any, names: set[str]) -> None:
    """Raises InputError for a column that grows as no news does when it is unpacked."""
    for group in range(metadata.num_row_groups):
        for index in range(metadata.num_columns):
            column = metadata.row_group(group).column(index)
            unpacked, packed = column.total_uncompressed_size, column.total_compressed_size
            if column.path_in_schema in names and unpacked > max(LONGEST, _GROWTH * packed):
                raise InputError(
                    f"a column that grows more than {_GROWTH}-fold is no news text; unpack it if you trust it"
                )


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
