"""What a release holds: its tables and their columns, as columns.tsv has them. Schemas and data dictionary are made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from detente.errors import TableError
from detente.ontology.tables import read_table
from detente.records import Evidence
from detente.store.schema import columns_of

_TSV = "columns.tsv"
_TYPES: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "list<string>": pa.list_(pa.string()),
    "list<list<int>>": pa.list_(pa.list_(pa.int64())),
    "list<mention>": pa.list_(pa.struct(columns_of(Evidence))),
}
_INTRO = """# Data dictionary

Every file of this release, and every column of it. A cell without a value is null: not known, not named, or not so.

Types: `string`, `int` (64 bits), `float` (64 bits), `bool`, `date` (a day), `list<...>`. A `mention` is a struct of `start`, `end`,
`text` and `field`. Offsets count Unicode code points from 0; `end` is the first that is no longer part.
PLOVER and CAMEO are code books of events; TIMEX3 is a notation of times.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. type: as the data dictionary names it. unit: scale, scheme or what is counted; "" for none."""

    name: str
    type: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file of a release. row: what one row is."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """Its name in the folder."""
        return f"{self.name}.parquet"

    def schema(self, *, texts: bool) -> pa.Schema:
        """The columns of the file. texts: with those of articles."""
        kept = [column for column in self.columns if texts or not self.is_text(column)]
        return pa.schema([(column.name, _TYPES[column.type]) for column in kept])

    def is_text(self, column: Column) -> bool:
        """Whether a column is in a release with texts only."""
        return (self.name, column.name) == ("articles", "text")


@cache
def tables() -> Mapping[str, Table]:
    """All tables by name, in the order in which one meets them. Raises TableError, naming the line, for a wrong row."""
    found: dict[str, Table] = {}
    for line, row in read_table("detente.store.release", _TSV, ("table", "column", "type", "unit", "meaning")):
        name = row["table"]
        if not row["column"]:
            found[name] = Table(name=name, row=row["meaning"], columns=())
            continue
        if name not in found or row["type"] not in _TYPES or not row["meaning"]:
            raise TableError(
                f"{_TSV}:{line}: expected a table that is there, one of {', '.join(_TYPES)}, and a meaning"
            )
        column = Column(name=row["column"], type=row["type"], unit=row["unit"], meaning=row["meaning"])
        old = found[name]
        found[name] = Table(name=name, row=old.row, columns=(*old.columns, column))
    return found


def dictionary(*, texts: bool) -> str:
    """The data dictionary of a release, in Markdown."""
    return "\n".join([_INTRO, *(line for table in tables().values() for line in _section(table, texts=texts))])


def _section(table: Table, *, texts: bool) -> Iterator[str]:
    yield f"## {table.file}\n"
    yield f"{table.row}\n"
    yield "| column | type | unit | meaning |"
    yield "| --- | --- | --- | --- |"
    for column in table.columns:
        if texts or not table.is_text(column):
            yield f"| `{column.name}` | {column.type} | {column.unit} | {column.meaning} |"
    yield ""
