"""An import taken out of an observatory: what every segment keeps when one origin's events are gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.store.schema import TABLES
from detente.store.segment import SegmentInfo, damaged, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class DropReport:
    """What went with an origin. events: its events. refused: the rows of its files that had been kept aside. held: files that
    another process (on Windows) keeps open; the next writer deletes them."""

    origin: str
    events: int
    refused: int
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """What is to go. files: names of the files that held events of this origin only: what was kept aside of them goes, too."""

    origin: str
    files: frozenset[str]


def drop_of(folder: Path, segments: Sequence[SegmentInfo], origin: str) -> Drop:
    """Looks through the segments for what came with an origin."""
    with_it: set[str] = set()
    with_others: set[str] = set()
    for segment in segments:
        for whose, file in _files(folder, segment):
            (with_it if whose == origin else with_others).add(file)
    return Drop(origin=origin, files=frozenset(with_it - with_others))


def left_of(folder: Path, segment: SegmentInfo, drop: Drop) -> dict[str, pa.Table]:
    """The tables of a segment without what is to go; only those that lose a row."""
    found: dict[str, pa.Table] = {}
    if segment.rows("imported"):
        table = read_table(folder / segment.id, segment, "imported")
        found["imported"] = table.filter(pc.not_equal(table["origin"], drop.origin))
    if segment.rows("failures"):
        table = read_table(folder / segment.id, segment, "failures")
        named = pc.is_in(table["article_id"], value_set=pa.array(sorted(drop.files), pa.string()))
        goes = pc.and_(pc.equal(table["stage"], "import"), named)
        found["failures"] = table.filter(pc.invert(goes))
    return {name: table for name, table in found.items() if len(table) < segment.rows(name)}


def is_all(segment: SegmentInfo, drop: Drop) -> bool:
    """Whether a segment came with that origin and nothing else: then it need not be read."""
    return segment.coders == (drop.origin,) and all(
        not segment.rows(name) for name in TABLES if name not in ("imported", "failures")
    )


def without_coder(segment: SegmentInfo, drop: Drop) -> SegmentInfo:
    """A segment whose manifest does not name the origin."""
    return replace(segment, coders=tuple(coder for coder in segment.coders if coder != drop.origin))


def _files(folder: Path, segment: SegmentInfo) -> set[tuple[str, str]]:
    """The origins in a segment, each with the names of the files it came in."""
    if not segment.rows("imported"):
        return set()
    path = folder / segment.id / "imported.parquet"
    try:
        table = pq.ParquetFile(path).read(columns=["origin", "article_id"])
    except (OSError, pa.ArrowException) as error:
        raise damaged(path, str(error)) from error
    pairs = table.group_by(["origin", "article_id"]).aggregate([])
    return set(zip(pairs["origin"].to_pylist(), pairs["article_id"].to_pylist(), strict=True))
