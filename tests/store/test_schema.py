"""The tables: pinned, so that no column changes unnoticed; and the way from older ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.errors import SchemaError
from detente.store import VERSION, Store, queries
from detente.store.migrations import migrated
from detente.store.schema import TABLES, arrow_schema
from detente.store.snapshot import statement

PINNED = Path(__file__).with_name(f"columns-{VERSION}.txt")


def test_no_column_of_this_version_went_or_changed_its_type() -> None:
    """New optional fields are welcome. For anything else: raise schema.VERSION, write a migration, pin anew."""
    now = {f"{table}.{field.name}: {field.type}" for table in TABLES for field in arrow_schema(table)}
    assert set(PINNED.read_text("utf8").splitlines()) - now == set()


def test_a_segment_that_lacks_a_new_column_is_read_with_the_default(store: Store, make: Any) -> None:
    with store.writer() as writer:
        writer.add([make("old")], coder="c", knowledge="k")
    path = next(store.segments.glob("*/events.parquet"))
    table = pq.ParquetFile(path).read().drop_columns(["contexts", "confidence", "quote"])
    pq.write_table(table, path)
    with store.writer() as writer:
        writer.add([make("new")], coder="c", knowledge="k")
    old, new = sorted(store.ask(lambda at: list(queries.events(at))), key=lambda e: e.article != "old")
    assert (old.event.contexts, old.event.confidence, old.event.quote) == ((), 0.5, None)
    assert new.event.id == "event-new"
    with store.writer() as writer:
        writer.compact()
    assert store.counts().events == 2


def test_version_0_is_migrated_when_opened(store: Store, make: Any) -> None:
    with store.writer() as writer:
        writer.add([make("a")], coder="draft-coder", knowledge="k")
    path = store.folder / "manifest.json"
    raw = json.loads(path.read_text("utf8"))
    old = {name: value for name, value in raw.items() if name != "removed"} | {"schema": "0"}
    old["segments"] = [
        {**{k: v for k, v in segment.items() if k != "coders"}, "coder": "draft-coder"} for segment in raw["segments"]
    ]
    path.write_text(json.dumps(old), "utf8")
    opened = Store.open(store.folder)
    assert opened.counts().articles == 1
    assert json.loads(path.read_text("utf8")) == raw


def test_steps_are_taken_one_after_another(tmp_path: Path) -> None:
    steps = {
        "-2": lambda raw, _: raw | {"schema": "-1", "path": [*raw["path"], "-1"]},
        "-1": lambda raw, _: raw | {"schema": VERSION, "path": [*raw["path"], VERSION]},
    }
    assert migrated({"schema": "-2", "path": []}, tmp_path, steps)["path"] == ["-1", VERSION]
    with pytest.raises(SchemaError, match="no way leads"):
        migrated({"schema": "-3"}, tmp_path, steps)


@pytest.mark.parametrize("path", sorted((Path(queries.__file__).parent / "sql").glob("*.sql")), ids=lambda p: p.stem)
def test_every_statement_is_asked_somewhere(path: Path) -> None:
    source = "".join(p.read_text("utf8") for p in Path(queries.__file__).parent.rglob("*.py"))
    part = path.stem.removeprefix("frozen_")  # a release asks for its tables by their names
    assert f'"{path.stem}"' in source or (part != path.stem and f'"{part}"' in source)
    assert statement(path.stem) == path.read_text("utf8")


def test_columns_of_nested_records_are_structs() -> None:
    assert arrow_schema("events").field("span").type == pa.struct(
        [("start", pa.int64()), ("end", pa.int64()), ("text", pa.string()), ("field", pa.string())]
    )
