"""What the second step of a batch reads of a lake's segments, and where it keeps what it found.

told/<step>/copies.bin        of which pairs of texts it is known whether one copies the other
told/<step>/stories.parquet   each article that counts, with its story
told/<step>/events.parquet    events that several articles tell, and those that add nothing
told/<number>.json            commits in order: the step, and the shards it was made of
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from detente.records import digest, from_json, to_json
from detente.store.lake.entries import Entry
from detente.store.lake.lake import GRACE, Lake, writing
from detente.store.lake.taking import broken_in
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
    """An article of a segment, as far as finding its copies needs it. broken: the reader broke off on it."""

    article: str
    revision: str
    broken: bool
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


def heads(folder: Path, entry: Entry) -> list[Head]:
    """The articles of a segment; of one that stands in it with several texts the one that counts."""
    return list(counting(_heads(folder, entry)).values())


def counting(found: Iterable[Head]) -> dict[str, Head]:
    """Of each article the text that counts: the last on which the reader did not break off, as in `take_over`."""
    counted: dict[str, Head] = {}
    for head in found:
        if head.article not in counted or not head.broken:
            counted[head.article] = head
    return counted


def _heads(folder: Path, entry: Entry) -> list[Head]:
    assert entry.segment
    path = folder / "articles.parquet"
    try:
        rows = pq.read_table(path, columns=["article_id", "revision", "day", "published", "sketch"]).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise damaged(path, str(error)) from error
    broken = broken_in(folder, entry.segment)
    return [
        Head(
            article=row["article_id"],
            revision=row["revision"],
            broken=(row["article_id"], row["revision"]) in broken,
            day=row["day"],
            published=row["published"] or "",
            sketch=row["sketch"],
        )
        for row in rows
    ]


def snapshot(folder: Path, entry: Entry) -> Snapshot:
    """A segment open for questions, as if it were all there is."""
    assert entry.segment
    found = _heads(folder, entry)
    last = {article: head.revision for article, head in counting(found).items()}
    revisions: dict[str, dict[str, None]] = {}
    for head in found:
        revisions.setdefault(head.article, {})[head.revision] = None
    history = tuple(
        History(article=article, revisions=(*(one for one in all_ if one != last[article]), last[article]))
        for article, all_ in revisions.items()
        if len(all_) > 1
    )
    return Snapshot(folder.parent, Manifest(segments=(replace(entry.segment, id=folder.name),), history=history))


def state_of(entries: Collection[Entry]) -> str:
    """A hash of the shards that are done."""
    return digest("told", sorted(entry.shard for entry in entries))


def last_step(lake: Lake) -> Step | None:
    """The second step that was committed last; None when there was none, or somebody deleted it."""
    names = lake.place.names(TOLD)
    commits = _commits(names)
    content = lake.place.read(f"{TOLD}/{commits[-1]}") if commits else None
    try:
        step = from_json(Step, json.loads(content)) if content else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None  # half written when a machine died: as if there were none, and found anew
    return step if step and step.folder in names else None


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
        number = len(_commits(lake.place.names(TOLD))) + 1
        while not lake.place.create(f"{TOLD}/{number:08}.json", content):
            number += 1  # another driver's; each is whole, and the last counts
    return step


def sweep(lake: Lake, *, grace: float = GRACE) -> int:
    """Deletes steps that nobody committed, or that a later one has replaced, once they are `grace` seconds old."""
    last = last_step(lake)
    swept = 0
    for name in lake.place.names(TOLD):
        folder = f"{TOLD}/{name}"
        if not name.endswith(".json") and (last is None or name != last.folder):
            age = lake.place.age(folder)
            if age is not None and age >= grace:
                lake.place.delete(folder)
                swept += 1
    return swept


def _commits(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.endswith(".json")]
