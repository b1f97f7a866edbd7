"""Removed is removed: no file of the folder holds the article, its records, its words or its id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from detente.store import Store, queries

SECRET = "Norway praised Finland through Sigrid Ravnsborg."


def everything(folder: Path) -> str:
    """All that the folder's files say, packed or not."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        found.append(path.read_bytes().decode("latin-1"))
        if path.suffix == ".parquet":
            found.append(str(pq.ParquetFile(path).read().to_pylist()))
            found.append(str(pq.ParquetFile(path).metadata.to_dict()))
    return "\n".join(found)


def add(store: Store, *readings: Any) -> None:
    with store.writer() as writer:
        writer.add(readings, coder="c", knowledge="k")


def test_a_removed_article_is_in_no_file(store: Store, make: Any) -> None:
    add(store, make("kept-one"), make("secret-id", SECRET))
    add(store, make("secret-id", SECRET.replace("through", "thanks to")))  # an earlier revision goes too
    add(store, make("kept-two"))
    with store.writer() as writer:
        writer.compact()  # leaves replaced files behind, which must go as well
    kept = store.ask(lambda at: queries.reading(at, "kept-one"))
    assert "Ravnsborg" in everything(store.folder)
    with store.writer() as writer:
        report = writer.remove(["secret-id", "never-there"])
    assert (report.removed, report.unknown, report.held) == (("secret-id",), ("never-there",), ())
    left = everything(store.folder)
    assert "kept-one" in left
    assert not [word for word in ("Ravnsborg", "secret-id") if word in left]
    assert store.ask(lambda at: queries.reading(at, "kept-one")) == kept
    assert store.counts().articles == 2
    store.check()


def test_a_removed_article_does_not_come_back_unasked(store: Store, make: Any) -> None:
    secret = make("secret-id", SECRET)
    add(store, secret)
    with store.writer() as writer:
        writer.remove(["secret-id"])
        assert writer.standing(secret.article) == "removed"
        writer.add([secret], coder="c", knowledge="k")
        assert writer.standing(secret.article) == "same"
    assert store.counts().removed == 0


def test_removing_the_last_article_leaves_an_empty_observatory(store: Store, make: Any) -> None:
    add(store, make("a"))
    with store.writer() as writer:
        writer.remove(["a"])
    assert store.counts().articles == 0
    assert not list(store.segments.iterdir())
