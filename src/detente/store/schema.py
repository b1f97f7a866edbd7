"""The tables of an observatory: the records themselves, one table each, with the keys that tie a row to its article.

Columns are derived from the records, so that a record and its table cannot drift apart. A new optional field of a
record is a new column that older segments lack (read as the field's default); anything else needs a new VERSION and a
migration (store/migrations.py). `tests/store/test_schema.py` pins the columns, so that neither happens unnoticed.
"""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from detente.records import Actor, Article, Commitment, Event, Failure, Imported, Place, Quote, Timex

VERSION = "1"

TABLES: dict[str, type] = {
    "articles": Article,
    "actors": Actor,
    "events": Event,
    "quotes": Quote,
    "places": Place,
    "times": Timex,
    "commitments": Commitment,
    "failures": Failure,
    "imported": Imported,
}
# article_id and revision say what the row was read from; ordinal is its place among the article's records.
_KEYS = (("article_id", pa.string()), ("revision", pa.string()), ("ordinal", pa.int32()))
# What queries need beside the record. day: of publication. content: hash of title and text, one for verbatim copies.
# sketch: what finds an article's copies, made by whoever adds it (a `Sketcher`); null in segments written before.
# line: the row of a file whose cells no tab can be in, in place of `cells` (null then): half the time and space of a list.
_EXTRA: dict[str, tuple[tuple[str, pa.DataType], ...]] = {
    "articles": (
        ("day", pa.date32()),
        ("content", pa.string()),
        ("coder", pa.string()),
        ("knowledge", pa.string()),
        ("sketch", pa.binary()),
    ),
    "events": (("sentence", pa.string()),),
    "imported": (("line", pa.string()),),
}
_UNKEPT = frozenset({"explanation"})  # of the coder, not of the record: made anew when asked for
_SCALARS: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
}


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The columns of a table: keys, what queries need, then the fields of its record."""
    return pa.schema([*_KEYS, *_EXTRA.get(table, ()), *_record(TABLES[table])])


@cache
def columns_of(kind: type) -> pa.Schema:
    """A record's fields as columns, with no keys: for files that others read."""
    return pa.schema(_record(kind))


@cache
def optional(kind: type[Any]) -> frozenset[str]:
    """The fields of a record that may be None: for every other field, a null means that the column did not exist yet."""
    return frozenset(name for name, hint in get_type_hints(kind).items() if _is_union(hint))


def _record(kind: type) -> list[tuple[str, pa.DataType]]:
    hints = get_type_hints(kind)
    return [(field.name, _type(hints[field.name])) for field in fields(kind) if field.name not in _UNKEPT]


def _type(hint: Any) -> pa.DataType:
    if hint in _SCALARS:
        return _SCALARS[hint]
    if _is_union(hint):
        return _type(next(arg for arg in get_args(hint) if arg is not type(None)))
    if get_origin(hint) is tuple:
        return pa.list_(_type(get_args(hint)[0]))
    if is_dataclass(hint) and isinstance(hint, type):
        return pa.struct(_record(hint))
    raise TypeError(f"no column type for the hint {hint!r}; add one to store/schema.py")


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (types.UnionType, Union)
