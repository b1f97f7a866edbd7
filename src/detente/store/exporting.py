"""Events out of the store, one function a format and one line in `EXPORTS`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from itertools import product
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from detente.errors import TableError
from detente.ontology import intensity
from detente.records import Imported, to_json
from detente.store.formats.plain import PLAIN
from detente.store.schema import columns_of
from detente.store.stored import StoryEvent

type Kept = StoryEvent | Imported

OWN_IN_FILES = "detente"  # the origin of one's own readings in a file: "own" is said by whoever reads it
_CHUNK = 10_000  # rows of a Parquet file that are held at one time


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """written: events in the file. left_out: events that the format cannot carry."""

    written: int
    left_out: int


def export_csv(events: Iterable[Kept], _kind: type, stream: IO[bytes]) -> ExportReport:
    """The plain CSV that `detente import` reads: deeds done, with a day and a country on either side, a row for each dyad."""
    text = io.TextIOWrapper(stream, "utf8", errors="replace", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(PLAIN.columns)
    written = left_out = 0
    for one in events:
        rows = list(_rows(one))
        writer.writerows(rows)
        written, left_out = written + bool(rows), left_out + (not rows)
    text.detach()
    return ExportReport(written=written, left_out=left_out)


def export_jsonl(events: Iterable[Kept], _kind: type, stream: IO[bytes]) -> ExportReport:
    """Every field, one record a line: `StoryEvent` of one's own, `Imported` of others."""
    written = 0
    for written, one in enumerate(events, 1):  # noqa: B007
        stream.write(json.dumps(_json(one, day=str), separators=(",", ":")).encode("ascii") + b"\n")
    return ExportReport(written=written, left_out=0)


def export_parquet(events: Iterable[Kept], kind: type, stream: IO[bytes]) -> ExportReport:
    """The same fields in typed columns; records within records are structs."""
    schema = columns_of(kind)
    written = 0
    rows: list[dict[str, Any]] = []
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        for written, one in enumerate(events, 1):  # noqa: B007
            rows.append(_json(one, day=lambda day: day))
            if len(rows) == _CHUNK:
                writer.write_table(pa.Table.from_pylist(rows, schema))
                rows = []
        writer.write_table(pa.Table.from_pylist(rows, schema))
    return ExportReport(written=written, left_out=0)


type Export = Callable[[Iterable[Kept], type, IO[bytes]], ExportReport]

EXPORTS: Mapping[str, Export] = {"csv": export_csv, "jsonl": export_jsonl, "parquet": export_parquet}


def _json(one: Kept, *, day: Callable[[date], object]) -> dict[str, Any]:
    if isinstance(one, StoryEvent):
        found: dict[str, Any] = to_json(one)
        return found
    given = {field.name: getattr(one, field.name) for field in fields(one)}
    return {name: day(value) if isinstance(value, date) else to_json(value) for name, value in given.items()}


def _rows(one: Kept) -> Iterator[list[object]]:
    """The rows of the plain CSV, in its columns' order: none for what it cannot carry."""
    if isinstance(one, Imported):
        if one.source_country and one.target_country and (one.cameo or one.type or one.intensity is not None):
            yield [
                one.day.isoformat(),
                one.source_country,
                one.target_country,
                one.cameo or one.type,
                _own_score(one.intensity, one.type, one.mode),
                one.id,
                one.mode,
                one.origin,
                one.article or one.story,
                one.text,
            ]
        return
    event = one.event
    day = event.date.start if event.date else (one.published or "")[:10]
    if not day or event.past or event.status not in ("occurred", "ongoing"):
        return
    pairs = [pair for pair in product(event.source_countries, event.target_countries) if pair[0] != pair[1]]
    for source, target in pairs:
        key = event.id if len(pairs) == 1 else f"{event.id}/{source}-{target}"
        score = _own_score(event.intensity, event.type, event.mode)
        yield [day, source, target, event.type, score, key, event.mode, OWN_IN_FILES, one.article, one.sentence]


def _own_score(score: float | None, type_: str | None, mode: str | None) -> float | None:
    """The score where it does not follow from type and mode."""
    try:
        return None if type_ and score == intensity(type_, mode) else score
    except (KeyError, TableError):
        return score
