"""Events out of the store, one function a format and one line in `EXPORTS`."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from itertools import batched, product
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from detente.errors import TableError
from detente.ontology import intensity
from detente.records import Imported, to_json
from detente.store.details import Details
from detente.store.formats.gdelt_rows import GDELT1_LAYOUT, GDELT2_LAYOUT
from detente.store.formats.icews_rows import ICEWS_LAYOUT
from detente.store.formats.line import Line, line_of
from detente.store.formats.plain import PLAIN
from detente.store.formats.polecat_rows import POLECAT_LAYOUT
from detente.store.formats.writing import Layout
from detente.store.schema import columns_of
from detente.store.stored import StoryEvent

type Kept = StoryEvent | Imported

type About = Callable[[Sequence[str]], Mapping[str, Details]]  # articles by id, to what their events refer to

OWN_IN_FILES = "detente"  # the origin of one's own readings in a file: "own" is said by whoever reads it
_CHUNK = 10_000  # rows of a Parquet file that are held at one time
_TOGETHER = 2_000  # events whose articles are asked about at one time


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a file does not hold, in words, and of how many events."""

    what: str
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """written: events in the file. left_out: events that the format cannot carry; why: by reason, which sum up to them.

    lost: what it cannot carry of events that are in the file.
    """

    written: int
    left_out: int
    why: tuple[Loss, ...] = ()
    lost: tuple[Loss, ...] = ()


def nothing_known(_articles: Sequence[str]) -> Mapping[str, Details]:
    """Stands where nothing can be asked of the articles: names and places of one's own events are left empty then."""
    return {}


def export_csv(events: Iterable[Kept], _kind: type, stream: IO[bytes], _about: About = nothing_known) -> ExportReport:
    """The plain CSV that `detente import` reads: deeds done, with a day and a country on either side, a row for each dyad."""
    text = io.TextIOWrapper(stream, "utf8", errors="replace", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(PLAIN.columns)
    written, why = 0, Counter[str]()
    for one in events:
        reason = _not_plain(one)
        if reason is None:
            writer.writerows(_rows(one))
            written += 1
        else:
            why[reason] += 1
    text.detach()
    return ExportReport(written=written, left_out=why.total(), why=_losses(why))


def export_layout(
    layout: Layout, events: Iterable[Kept], _kind: type, stream: IO[bytes], about: About = nothing_known
) -> ExportReport:
    """The columns of a foreign format. An event that came in just these columns goes out as it came."""
    form = layout.form
    if form.header:
        _write(stream, form.columns)
    written, why, lost = 0, Counter[str](), Counter[str]()
    before: tuple[str, ...] = ()
    for some in batched(events, _TOGETHER):
        known = about(list(dict.fromkeys(one.article for one in some if isinstance(one, StoryEvent))))
        for one in some:
            if isinstance(one, Imported) and len(one.cells) == len(form.columns):
                if one.cells != before:  # several countries in one row are several events, one after another
                    _write(stream, one.cells)
                written, before = written + 1, one.cells
                continue
            line = _line(layout, one, known.get(one.article or "", Details()))
            if isinstance(line, str):
                why[line] += 1
                continue
            for row in layout.rows(line):
                _write(stream, row)
            written += 1
            lost.update({*line.lost, *layout.lacks(line)})
    return ExportReport(written=written, left_out=why.total(), why=_losses(why), lost=_losses(lost))


def export_jsonl(events: Iterable[Kept], _kind: type, stream: IO[bytes], _about: About = nothing_known) -> ExportReport:
    """Every field, one record a line: `StoryEvent` of one's own, `Imported` of others."""
    written = 0
    for written, one in enumerate(events, 1):  # noqa: B007
        stream.write(json.dumps(_json(one, day=str), separators=(",", ":")).encode("ascii") + b"\n")
    return ExportReport(written=written, left_out=0)


def export_parquet(
    events: Iterable[Kept], kind: type, stream: IO[bytes], _about: About = nothing_known
) -> ExportReport:
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


type Export = Callable[[Iterable[Kept], type, IO[bytes], About], ExportReport]

EXPORTS: Mapping[str, Export] = {
    "csv": export_csv,
    "jsonl": export_jsonl,
    "parquet": export_parquet,
    "icews": partial(export_layout, ICEWS_LAYOUT),
    "polecat": partial(export_layout, POLECAT_LAYOUT),
    "gdelt1": partial(export_layout, GDELT1_LAYOUT),
    "gdelt2": partial(export_layout, GDELT2_LAYOUT),
}


def _line(layout: Layout, one: Kept, about: Details) -> Line | str:
    """What an event says in a format, or why it cannot."""
    line = line_of(one, about, folded=layout.folded)
    return line if isinstance(line, str) else layout.refusal(line) or line


def _write(stream: IO[bytes], cells: Sequence[str]) -> None:
    stream.write("\t".join(cells).encode("utf8", "replace") + b"\n")


def _losses(found: Counter[str]) -> tuple[Loss, ...]:
    """The most frequent first."""
    return tuple(
        Loss(what=what, events=events) for what, events in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    )


def _json(one: Kept, *, day: Callable[[date], object]) -> dict[str, Any]:
    if isinstance(one, StoryEvent):
        found: dict[str, Any] = to_json(one)
        return found
    given = {field.name: getattr(one, field.name) for field in fields(one)}
    return {name: day(value) if isinstance(value, date) else to_json(value) for name, value in given.items()}


def _not_plain(one: Kept) -> str | None:
    """Why the plain CSV cannot carry an event; None when it can."""
    if isinstance(one, Imported):
        if not one.source_country or not one.target_country:
            return "without a country on either side"
        return None if one.cameo or one.type or one.intensity is not None else "without a type or score"
    event = one.event
    if event.past:
        return "history told in passing"
    if event.status not in ("occurred", "ongoing"):
        return event.status
    if not event.date and not one.published:
        return "without a day"
    return None if _countries(one) else "without a country on either side"


def _countries(one: StoryEvent) -> list[tuple[str, str]]:
    pairs = product(one.event.source_countries, one.event.target_countries)
    return [pair for pair in pairs if pair[0] != pair[1]]


def _rows(one: Kept) -> Iterator[list[object]]:
    """The rows of the plain CSV, in its columns' order."""
    if isinstance(one, Imported):
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
    event, pairs = one.event, _countries(one)
    day = event.date.start if event.date else (one.published or "")[:10]
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
