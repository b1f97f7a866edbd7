"""One writer, readers that are never blocked, and runs that are killed at the worst moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from detente.errors import BusyError, SchemaError, StoreError
from detente.store import Store, queries
from detente.store.manifest import load, save
from detente.store.snapshot import Snapshot

HOLD = """
import sys
from pathlib import Path
from detente.store import Store
with Store.open(Path(sys.argv[1])).writer():
    print("held", flush=True)
    sys.stdin.read()
"""
COUNT = """
import sys
from pathlib import Path
from detente.store import Store
print(Store.open(Path(sys.argv[1])).counts().articles)
"""
# Writes a segment, and dies before (or while) the manifest is replaced.
DIE = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from conftest import reading
from detente.store import Store, manifest
die = lambda *a: os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[3] == "before":
    manifest.save = die
else:
    manifest.Path.replace = die
with Store.open(Path(sys.argv[1])).writer() as writer:
    writer.add([reading("doomed")], coder="c", knowledge="k")
"""
NO_SIGKILL = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")


def add(store: Store, *readings: Any) -> None:
    with store.writer() as writer:
        writer.add(readings, coder="c", knowledge="k")


@contextmanager
def holder(store: Store) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def test_a_second_writer_is_told_who_holds_the_folder(store: Store, make: Any) -> None:
    with holder(store) as process:
        with pytest.raises(BusyError, match=rf"process {process.pid}\b"), store.writer():
            pass
        process.kill()
        process.wait()
        add(store, make("a"))  # a dead writer's lock holds nobody up
    assert store.counts().articles == 1


def test_two_writers_in_one_process_are_two(store: Store) -> None:
    with store.writer(), pytest.raises(BusyError, match=str(os.getpid())), store.writer():
        pass


def test_readers_are_not_blocked_by_a_writer(store: Store, make: Any) -> None:
    add(store, make("a"))
    with store.writer() as writer:
        assert count_elsewhere(store) == 1
        writer.add([make("b")], coder="c", knowledge="k")
        assert count_elsewhere(store) == 2
        assert store.counts().articles == 2


def test_a_reader_sees_one_generation(store: Store, make: Any) -> None:
    add(store, make("a"))

    def question(at: Any) -> tuple[int, int]:
        before = len(list(queries.events(at)))
        add(store, make("b"))
        with store.writer() as writer:
            writer.compact()
        return before, len(list(queries.events(at)))

    assert store.ask(question) == (1, 1)
    assert store.counts().events == 2


def test_threads_of_a_server_read_while_a_writer_writes(store: Store, make: Any) -> None:
    add(store, make("a"))

    def look(_: int) -> bool:
        events, articles = store.ask(lambda at: (len(list(queries.events(at))), len(queries.known(at))))
        return events == articles > 0

    with ThreadPoolExecutor(4) as pool:
        looks = pool.map(look, range(40))
        for number in range(5):
            add(store, make(f"b{number}"))
            if number == 3:
                with store.writer() as writer:
                    writer.compact(grace=0)
        assert all(looks)


class Forgetful(Store):
    """A store of which another thread lets go right after each look at what it holds."""

    _held: Snapshot | None = None

    @property
    def _snapshot(self) -> Snapshot | None:
        held, self._held = self._held, None
        return held

    @_snapshot.setter
    def _snapshot(self, snapshot: Snapshot | None) -> None:
        self._held = snapshot


def test_a_thread_keeps_its_snapshot_when_another_lets_go_of_it(store: Store, make: Any) -> None:
    add(store, make("a"))
    forgetful = Forgetful(store.folder)
    assert [forgetful.ask(lambda at: len(queries.known(at))) for _ in range(3)] == [1, 1, 1]


def test_a_reader_begins_again_when_a_removal_takes_its_files(store: Store, make: Any) -> None:
    add(store, make("a"), make("b"))
    asked = []

    def question(at: Any) -> int:
        asked.append(at)
        if len(asked) == 1:
            with Store.open(store.folder).writer() as writer:
                writer.remove(["a"])
        return len(list(queries.events(at)))

    assert store.ask(question) == 1
    assert len(asked) == 2


@NO_SIGKILL
@pytest.mark.parametrize("moment", ["before", "during"])
def test_a_writer_killed_before_its_commit_leaves_the_old_state(store: Store, make: Any, moment: str) -> None:
    add(store, make("a"))
    before = (store.folder / "manifest.json").read_bytes()
    here = str(Path(__file__).parent)
    died = subprocess.run([sys.executable, "-c", DIE, str(store.folder), here, moment], check=False)
    assert died.returncode == -signal.SIGKILL
    assert (store.folder / "manifest.json").read_bytes() == before
    assert len(list(store.segments.iterdir())) == 2  # the orphan
    assert Store.open(store.folder).counts().articles == 1
    add(store, make("b"))
    assert len(list(store.segments.iterdir())) == 2  # the orphan is gone, b is there
    assert not list(store.folder.glob("*.tmp"))
    assert {a.article.id for a in store.ask(queries.articles)} == {"a", "b"}


def test_a_changed_text_supersedes_and_the_old_one_stays(store: Store, make: Any) -> None:
    old = make("x", "Norway praised Finland once.", "2021-03-04")
    new = make("x", "Norway praised Finland twice.", "2021-04-01")
    add(store, old)
    add(store, new)
    assert [e.sentence for e in store.ask(queries.events)] == ["Norway praised Finland twice."]
    then = store.ask(lambda at: list(queries.events(at, as_of=new.article.day.replace(month=3, day=31))))
    assert [e.sentence for e in then] == ["Norway praised Finland once."]
    assert (store.counts().articles, store.counts().revisions) == (1, 2)


def test_a_text_that_comes_back_is_current_again(store: Store, make: Any) -> None:
    old, new = make("x", "Norway praised Finland once."), make("x", "Norway praised Finland twice.")
    for reading in (old, new):
        add(store, reading)
    with store.writer() as writer:
        assert writer.standing(old.article) == "changed"
        assert writer.revive(old.article)
        assert writer.standing(old.article) == "same"
    assert store.ask(lambda at: queries.reading(at, "x")) == old
    with store.writer() as writer:
        writer.compact(grace=0)
    assert store.ask(lambda at: queries.reading(at, "x")) == old


def test_compaction_changes_no_row_and_spares_readers_files(store: Store, make: Any) -> None:
    for id in "abc":
        add(store, make(id))
    before = rows(store)
    with store.writer() as writer:
        report = writer.compact()
    assert (report.before, report.after) == (3, 1)
    assert report.waiting > 0
    assert rows(store) == before
    assert len(list(store.segments.iterdir())) == 4
    manifest = load(store.folder)
    over = tuple(replace(retired, after=0.0) for retired in manifest.retired)
    save(store.folder, replace(manifest, retired=over))
    with store.writer():
        pass
    assert len(list(store.segments.iterdir())) == 1
    assert rows(store) == before
    store.check()


@pytest.mark.parametrize("jump", [3e8, -3e8], ids=["ahead", "back"])
def test_a_clock_that_jumps_takes_no_row_from_a_reader(
    store: Store, make: Any, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    """Ahead, it ends the grace period at once: the files go, and the reader begins again with those that replaced them."""
    for id in "abc":
        add(store, make(id))
    asked = []

    def question(at: Any) -> int:
        asked.append(at)
        if len(asked) == 1:
            with Store.open(store.folder).writer() as writer:
                writer.compact()
            truth = time.time
            monkeypatch.setattr(time, "time", lambda: truth() + jump)
            with Store.open(store.folder).writer():
                pass
        return len(list(queries.events(at)))

    assert store.ask(question) == 3
    assert len(asked) == (2 if jump > 0 else 1)
    assert len(list(store.segments.iterdir())) == (1 if jump > 0 else 4)
    store.check()


def test_a_full_disk_is_said_and_leaves_what_was_committed(
    store: Store, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, make("a"))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("detente.store.segment.pq.write_table", full)
        with pytest.raises(StoreError, match=r"No space left on device.*run it again"):
            add(store, make("b"))
    assert store.counts().articles == 1
    add(store, make("b"))
    assert store.counts().articles == 2


def test_damage_is_named(store: Store, make: Any) -> None:
    add(store, make("a"))
    events = next(store.segments.glob("*/events.parquet"))
    whole = events.read_bytes()
    events.write_bytes(whole[:50] + bytes(60) + whole[110:])
    with pytest.raises(SchemaError, match=r"events\.parquet is damaged"):
        store.check()
    events.write_bytes(whole[:-300])
    with pytest.raises(SchemaError, match=r"events\.parquet is damaged"):
        Store.open(store.folder).ask(lambda at: list(queries.events(at)))
    events.unlink()
    with pytest.raises(SchemaError, match=r"events\.parquet is damaged \(it is missing\)"):
        Store.open(store.folder).counts()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": "something"}', '{"format": "detente-observatory"}'])
def test_a_damaged_manifest_is_named(store: Store, content: str) -> None:
    (store.folder / "manifest.json").write_text(content)
    with pytest.raises(SchemaError, match=r"manifest\.json is damaged"):
        Store.open(store.folder)


def test_a_folder_of_a_newer_version_is_refused(store: Store) -> None:
    raw = json.loads((store.folder / "manifest.json").read_text())
    (store.folder / "manifest.json").write_text(json.dumps(raw | {"schema": "99"}))
    with pytest.raises(SchemaError, match="upgrade"):
        Store.open(store.folder)


def test_only_a_new_or_empty_folder_becomes_an_observatory(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="already"):
        Store.create(store.folder)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    with pytest.raises(StoreError, match="not empty"):
        Store.create(tmp_path / "full")
    with pytest.raises(StoreError, match="detente init"):
        Store.open(tmp_path / "full")
    with pytest.raises(StoreError, match="detente init"):
        Store.open(tmp_path / "nowhere")


def count_elsewhere(store: Store) -> int:
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(store.folder)], capture_output=True, text=True, check=True, timeout=60
    )
    return int(done.stdout)


def rows(store: Store) -> list[object]:
    return [store.ask(lambda at, id=id: queries.reading(at, id)) for id in sorted(known(store))]


def known(store: Store) -> dict[str, str]:
    return store.ask(queries.known)
