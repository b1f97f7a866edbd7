"""What keeps the memory of an import small: work ahead, segments that grow, hashes of what has been seen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from detente.errors import InputError
from detente.store import Store, importing, take_in, writer
from detente.store.ahead import ahead
from detente.store.formats import rows as rows_of_files
from detente.store.imported import imported
from detente.store.seen import Seen


def test_ahead_gives_the_same_items_in_order_and_the_error_in_its_place() -> None:
    assert list(ahead(range(50))) == list(range(50))

    def breaking() -> Iterator[int]:
        yield 1
        raise InputError("no more")

    found = ahead(breaking())
    assert next(found) == 1
    with pytest.raises(InputError, match="no more"):
        next(found)


def test_ahead_stops_when_nobody_wants_more() -> None:
    made = []

    def endless() -> Iterator[int]:
        while True:
            made.append(len(made))
            yield made[-1]

    with closing(ahead(endless())) as found:
        assert [next(found), next(found)] == [0, 1]
    number = len(made)
    time.sleep(0.05)
    assert len(made) == number < 6


def test_seen_finds_what_was_added_and_nothing_else() -> None:
    chance = np.random.default_rng(5)
    keys = np.unique(chance.integers(0, 2**64, 30_000, dtype=np.uint64))
    chance.shuffle(keys)
    crowd = np.arange(1, 300, dtype=np.uint64) << np.uint64(40)  # all of one home
    there = np.concatenate([np.zeros(1, dtype=np.uint64), crowd, keys[:20_000]])
    seen = Seen()
    for part in np.array_split(there, 9):
        assert not seen.find(part)[0].any()
        seen.add(part, part + np.uint64(7))
    found, says = seen.find(there)
    assert found.all()
    assert (says == there + np.uint64(7)).all()
    assert not seen.find(keys[20_000:])[0].any()


_HEAD = "id,date,source,target,type,text"


def row(id: str, day: str = "2016-03-04", text: str = "Norway helped.") -> str:
    target = ("FIN", "SWE", "DNK")[len(id + text) % 3]
    return f"{id},{day},NOR,{target},AID,{text}"


def file(tmp_path: Path, rows: list[str]) -> Path:
    path = tmp_path / "events.csv"
    path.write_text("\n".join([_HEAD, *rows]) + "\n", "utf8")
    return path


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few rows, segments of ten."""
    monkeypatch.setattr(rows_of_files, "_BLOCK", 200)
    monkeypatch.setattr(importing, "PIECE", 8)
    monkeypatch.setattr(writer, "FULL", 10)


def test_a_file_in_many_pieces_is_one_commit(store: Store, tmp_path: Path, small_pieces: None) -> None:
    rows = [row(str(n)) for n in range(60)]
    rows[30], rows[40], rows[50] = row("x", day="2016-02-30"), rows[2], row("3", text="Norway traded.")
    before = store.counts().generation
    report = take_in(store, file(tmp_path, rows))
    assert (report.added, report.unchanged) == (57, 1)
    assert [one.where for one in report.refused] == ["events.csv:32", "events.csv:52"]
    counts = store.counts()
    assert (counts.generation, counts.failures) == (before + 1, 2)
    assert counts.segments > 3
    found = list(store.ask(lambda at: list(imported(at, origin="csv"))))
    assert sorted(int(one.id) for one in found) == sorted({*range(60)} - {30, 40, 50})
    assert next(one.text for one in found if one.id == "3") == "Norway helped."
    store.check()
    again = take_in(store, file(tmp_path, rows))
    assert (again.added, again.unchanged, len(again.refused)) == (0, 58, 2)


def test_pieces_are_the_same_bytes_each_time(tmp_path: Path, small_pieces: None) -> None:
    path = file(tmp_path, [row(str(n)) for n in range(40)])
    ids = []
    for name in ("one", "two"):
        other = Store.create(tmp_path / name)
        take_in(other, path)
        ids.append(sorted(folder.name for folder in other.segments.iterdir()))
    assert ids[0] == ids[1]


def test_a_file_that_breaks_off_leaves_nothing(
    store: Store, tmp_path: Path, small_pieces: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importing.read_rows

    def breaking(*arguments: object) -> Iterator[object]:
        yield from list(real(*arguments))[:4]  # type: ignore[arg-type]
        raise InputError("damaged")

    monkeypatch.setattr(importing, "read_rows", breaking)
    with pytest.raises(InputError, match="damaged"):
        take_in(store, file(tmp_path, [row(str(n)) for n in range(60)]))
    assert store.counts().segments == 0
    assert list(store.segments.iterdir()) == []


def test_rows_of_the_same_words_in_different_pieces_are_events_each(
    store: Store, tmp_path: Path, small_pieces: None
) -> None:
    rows = [",2016-03-04,NOR,FIN,AID,Norway helped.", *(row(str(n)) for n in range(40))]
    path = file(tmp_path, [*rows, rows[0], *(row(str(n)) for n in range(40, 80)), rows[0]])
    assert (take_in(store, path).added, take_in(store, path).unchanged) == (83, 83)
