"""What the second step of a batch reads of a lake's segments, and where it keeps what it found.

told/<step>/copies.bin        of which pairs of texts it is known whether one copies the other
told/<step>/stories.parquet   each article that counts, with its story
told/<step>/events.parquet    events that several articles tell, and those that add nothing
told/<number>.json            commits in order: the step, and the shards it was made of
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from detente.records import digest, from_json, to_json
from detente.store.lake.entries import Entry
from detente.store.lake.lake import Lake, writing
from detente.store.manifest import History, Manifest
from detente.store.segment import damaged, sealed
from detente.store.snapshot import Snapshot

TOLD, COPIES = "told", "copies.bin"
_STORIES = pa.schema(
    [("article_id", pa.string()), ("revision", pa.string()), ("story", pa.string()), ("first", pa.date32()), ("last", pa.date32()), ("agency", pa.string())]
)  # fmt: skip
_EVENTS = pa.schema(
    [("article_id", pa.string()), ("revision", pa.string()), ("id", pa.string()), ("event", pa.string()), ("place", pa.int32()), ("origins", pa.int32()), ("aside", pa.bool_())]
)  # fmt: skip
SCHEMAS = {"stories": _STORIES, "events": _EVENTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An article of a segment, as far as finding its copies needs it."""

    article: str
    revision: str
    day: date | None
    published: str
    sketch: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One second step. made_of: a hash of the shards that it saw. articles, copied, events: its counts."""

    folder: str
    made_of: str
    articles: int
    stories: int
    copied: int
    events: int


def heads(folder: Path) -> list[Head]:
    """The articles of a segment; of one that stands in it with several texts the last."""
    path = folder / "articles.parquet"
    try:
        rows = pq.read_table(path, columns=["article_id", "revision", "day", "published", "sketch"]).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise damaged(path, str(error)) from error
    found = [
        Head(
            article=row["article_id"],
            revision=row["revision"],
            day=row["day"],
            published=row["published"] or "",
            sketch=row["sketch"],
        )
        for row in rows
    ]
    return list({head.article: head for head in found}.values())


def snapshot(folder: Path, entry: Entry) -> Snapshot:
    """A segment open for questions, as if it were all there is."""
    assert entry.segment
    rows = pq.read_table(folder / "articles.parquet", columns=["article_id", "revision"]).to_pylist()
    revisions: dict[str, list[str]] = {}
    for row in rows:
        revisions.setdefault(row["article_id"], []).append(row["revision"])
    history = tuple(History(article=a, revisions=tuple(r)) for a, r in revisions.items() if len(set(r)) > 1)
    return Snapshot(folder.parent, Manifest(segments=(replace(entry.segment, id=folder.name),), history=history))


def state_of(entries: Collection[Entry]) -> str:
    """A hash of the shards that are done."""
    return digest("told", sorted(entry.shard for entry in entries))


def last_step(lake: Lake) -> Step | None:
    """The second step that was committed last; None when there was none."""
    names = _commits(lake)
    content = lake.place.read(f"{TOLD}/{names[-1]}") if names else None
    try:
        return from_json(Step, json.loads(content)) if content else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None  # half written when a machine died: as if there were none, and found anew


def noted(lake: Lake) -> bytes:
    """What the last second step noted of copies; empty when there was none."""
    step = last_step(lake)
    return (lake.place.read(f"{TOLD}/{step.folder}/{COPIES}") or b"") if step else b""


def keep(lake: Lake, step: Step, copies: bytes, tables: Mapping[str, Sequence[tuple[object, ...]]]) -> Step:
    """Writes a second step, and commits it as the last. Raises StoreError when the disk is full or fails."""
    step = replace(step, folder=f"step-{uuid4().hex[:12]}")
    with writing(lake.place):
        with lake.place.filling(f"{TOLD}/{step.folder}") as path:
            (path / COPIES).write_bytes(copies)
            for name, rows in tables.items():
                columns = zip(*rows, strict=True) if rows else [[] for _ in SCHEMAS[name]]
                table = pa.table(
                    [pa.array(c, f.type) for c, f in zip(columns, SCHEMAS[name], strict=True)], SCHEMAS[name]
                )
                pq.write_table(table, path / f"{name}.parquet", compression="zstd")
                sealed(path / f"{name}.parquet", name, len(rows))
        content = json.dumps(to_json(step)).encode() + b"\n"
        number = len(_commits(lake)) + 1
        while not lake.place.create(f"{TOLD}/{number:08}.json", content):
            number += 1  # another driver's; each is whole, and the last counts
    return step


def _commits(lake: Lake) -> list[str]:
    return [name for name in lake.place.names(TOLD) if name.endswith(".json")]
