"""What goes wrong with batches: kills, full disks, poison, two at once, clocks. Nothing is lost, nothing is there twice."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

import batch_work
import pytest
from lakes import corpus, rows_in, rows_of

from detente import Observatory
from detente.engines import Here, Local
from detente.errors import BusyError, StoreError
from detente.observatory.coding import Progress, code
from detente.store.lake import Lake
from detente.store.lake.places import Folder

DRIVE = Path(__file__).resolve().parent.parent / "work/drive.py"
READER = batch_work.ScriptedReader


def run(news: Path, lake: Path | str, **more: Any) -> Progress:
    return code(news, lake, **{"engine": Here(), "reader": READER, "shard_size": 300} | more)


def driver(*arguments: object, **more: Any) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(filter(None, sys.path))
    words = [sys.executable, str(DRIVE), *map(str, arguments)]
    return subprocess.Popen(words, env={**os.environ, "PYTHONPATH": path}, start_new_session=True, **more)


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def commits(lake: Path) -> int:
    return len(list(lake.glob("log/*.jsonl")))


def slow(path: Path, count: int = 24) -> Path:
    """A corpus whose run can be caught in the middle."""
    return corpus(path, [f"Norway praised Finland in note {n}.\nsleep 0.05" for n in range(count)])


def quick(path: Path, count: int) -> Path:
    return corpus(path, [f"Norway praised Finland in note {n}.\nIt did so twice." for n in range(count)])


def alone(news: Path, tmp_path: Path) -> Any:
    """The rows of a run in which nothing went wrong."""
    run(news, tmp_path / "alone")
    return rows_of(tmp_path / "alone")


def test_a_killed_worker_costs_nothing(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    news = corpus(tmp_path / "n.jsonl", [f"Note {n} of Norway." if n != 7 else f"die once {marker}" for n in range(16)])
    at = run(news, tmp_path / "lake", engine=Local(1))
    assert marker.exists()
    assert (at.articles, at.lost) == (16, 0)
    assert rows_of(tmp_path / "lake") == alone(news, tmp_path)


@pytest.mark.parametrize("whole", [False, True], ids=["driver", "whole run"])
def test_a_killed_run_goes_on(tmp_path: Path, whole: bool) -> None:
    news, lake = slow(tmp_path / "n.jsonl"), tmp_path / "lake"
    running = driver(news, lake, 1)
    wait_for(lambda: commits(lake) >= 2)
    if whole:
        os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
    running.wait()
    done = len(Lake.open(lake).done())
    assert done >= 2
    before = rows_of(lake)
    at = run(news, lake)
    assert (at.earlier, at.lost) == (done, 0)
    assert 0 < at.articles < 24
    after = rows_of(lake)
    assert after == alone(news, tmp_path)
    assert all(row in after["events"] for row in before["events"])


def test_a_run_that_is_interrupted_leaves_the_lake_to_the_next(tmp_path: Path) -> None:
    news, lake = slow(tmp_path / "n.jsonl"), tmp_path / "lake"

    def interrupt(at: Progress) -> None:
        if at.shards == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(news, lake, engine=Local(1), on_progress=interrupt)
    assert len(Lake.open(lake).done()) == 2
    run(news, lake)
    assert rows_of(lake) == alone(news, tmp_path)


def test_a_shard_that_kills_every_worker_is_given_up_told_and_tried_again_by_the_next_run(tmp_path: Path) -> None:
    poison = tmp_path / "poison"
    poison.touch()
    texts = [f"Note {n} of Norway and its forests." if n != 7 else f"die while {poison}" for n in range(16)]
    news, lake = corpus(tmp_path / "n.jsonl", texts), tmp_path / "lake"
    at = run(news, lake, engine=Local(1))
    assert at.lost == 1
    assert at.shards > 3
    assert "given up after 3 attempts" in at.told[0].failure.reason
    assert "SIGKILL" in at.told[0].failure.reason
    observatory = Observatory.create(tmp_path / "o")
    report = observatory.take_over(lake)
    assert report.failed == 1
    assert report.failures[-1].failure.where == str(news)
    poison.unlink()
    again = run(news, lake)
    assert (again.lost, again.shards, again.earlier) == (0, 1, at.shards)
    assert rows_of(lake) == alone(news, tmp_path)
    assert observatory.take_over(lake).failed == 0
    assert rows_in(observatory.path) == rows_of(lake)


def test_a_shard_that_hangs_is_given_up(tmp_path: Path) -> None:
    news = corpus(
        tmp_path / "n.jsonl", ["Norway praised Finland. " * 10, "hang\n" + "It goes on. " * 20, "Norway stayed. " * 10]
    )
    at = run(news, tmp_path / "lake", engine=Local(1, attempts=1, patience=15), shard_size=100)
    assert (at.articles, at.lost) == (2, 1)
    assert "gave no answer" in at.told[0].failure.reason


def test_a_full_disk_in_a_worker_stops_the_run_and_keeps_what_was_committed(tmp_path: Path) -> None:
    """No file may grow beyond 20 kB: the workers' files are like those on a disk that is full."""
    chance = __import__("random").Random(5)
    noise = " ".join(f"{chance.getrandbits(64):x}" for _ in range(8000))
    news = corpus(tmp_path / "n.jsonl", [*(f"Note {n} of Norway." for n in range(12)), noise, "The last note."])
    lake = tmp_path / "lake"

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    full = driver(news, lake, 1, preexec_fn=small, stderr=subprocess.PIPE)
    _, told = full.communicate()
    assert full.returncode == 1
    assert b"cannot write to" in told
    assert b"run it again" in told
    done = len(Lake.open(lake).done())
    assert done >= 2
    at = run(news, lake)
    assert at.earlier == done
    assert rows_of(lake) == alone(news, tmp_path)


def test_a_full_disk_at_the_commit_commits_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news, lake = quick(tmp_path / "n.jsonl", 6), tmp_path / "lake"
    link = os.link

    def full(source: Path, target: Path) -> None:
        if target.name == "00000002.jsonl":
            raise OSError(errno.ENOSPC, "No space left on device")
        link(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", full)
        with pytest.raises(StoreError, match="No space left on device"):
            run(news, lake)
    assert len(Lake.open(lake).done()) == 1
    run(news, lake)
    assert rows_of(lake) == alone(news, tmp_path)


def test_a_second_run_on_a_folder_is_told_of_the_first(tmp_path: Path) -> None:
    news, lake = slow(tmp_path / "n.jsonl"), tmp_path / "lake"
    first = driver(news, lake, 1)
    wait_for(lambda: commits(lake) >= 1)
    with pytest.raises(BusyError, match=f"by process {first.pid}"):
        run(news, lake)
    assert Lake.open(lake).done(), "reading is possible meanwhile"
    assert first.wait() == 0
    assert rows_of(lake) == alone(news, tmp_path)


class Meanwhile(Here):
    """An engine that does something else once the first shard is ready, and before it is committed."""

    def __init__(self, deed: Callable[[Any], object]) -> None:
        super().__init__()
        self._deed: Callable[[Any], object] | None = deed

    def run(self, function: Any, shards: Iterable[Any]) -> Generator[Any]:
        for answer in super().run(function, shards):
            deed, self._deed = self._deed, None
            if deed:
                deed(answer)
            yield answer


def test_two_runs_on_an_object_store_write_nothing_twice(tmp_path: Path) -> None:
    news, lake = quick(tmp_path / "n.jsonl", 12), f"memory://{tmp_path.name}/lake"
    other: list[Progress] = []
    at = run(news, lake, engine=Meanwhile(lambda _: other.append(run(news, lake))))
    assert other[0].articles == 12
    assert at.shards == 0, "the other was first with every shard"
    assert rows_of(lake) == alone(news, tmp_path)
    there = Lake.open(lake)
    written = len(there._place.names("segments"))
    assert written > len(there.done())
    assert there.sweep() == 0, "what is young may be somebody's at work"
    assert there.sweep(grace=0) == written - len(there.done())
    assert rows_of(lake) == alone(news, tmp_path)


def test_a_lake_in_an_object_store_is_taken_over(tmp_path: Path) -> None:
    news, lake = quick(tmp_path / "n.jsonl", 12), f"memory://{tmp_path.name}/lake"
    run(news, lake)
    observatory = Observatory.create(tmp_path / "o")
    assert observatory.take_over(lake).added == 12
    assert rows_in(observatory.path) == alone(news, tmp_path)
    assert Lake.open(lake).files("events")[0].startswith("memory://")


def test_what_another_swept_away_is_read_again(tmp_path: Path) -> None:
    news, lake = quick(tmp_path / "n.jsonl", 12), tmp_path / "lake"

    def sweep(_: Any) -> None:
        assert Lake.open(lake).sweep(grace=-1e9) == 1

    at = run(news, lake, engine=Meanwhile(sweep))
    assert at.lost == 1
    assert "was gone" in at.told[0].failure.reason
    assert run(news, lake).shards == 1
    assert rows_of(lake) == alone(news, tmp_path)


def test_dead_attempts_are_swept_after_the_grace_period(tmp_path: Path) -> None:
    news, lake = quick(tmp_path / "n.jsonl", 6), tmp_path / "lake"
    run(news, lake)
    young, old = lake / "segments/a-young", lake / "segments/b-old"
    for folder in (young, old):
        folder.mkdir()
        (folder / "events.parquet").write_bytes(b"half a file")
    for path in (old / "events.parquet", old):
        os.utime(path, (time.time() - 2 * 86400,) * 2)
    run(news, lake)
    assert young.exists()
    assert not old.exists()
    assert rows_of(lake) == alone(news, tmp_path)


def test_clocks_that_jump_decide_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news, lake = quick(tmp_path / "n.jsonl", 16), tmp_path / "lake"
    truth, jumps = time.time, iter([3e8, -3e8, 9e8] * 1000)
    monkeypatch.setattr(time, "time", lambda: truth() + next(jumps))

    def stop(at: Progress) -> None:
        if at.shards == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        run(news, lake, on_progress=stop)
    for file in (news, *lake.rglob("*")):
        os.utime(file, (1e9, 1e9) if len(file.name) % 2 else (4e9, 4e9))
    at = run(news, lake)
    assert at.earlier == 2
    observatory = Observatory.create(tmp_path / "o")
    observatory.take_over(lake)
    observatory.take_over(lake)
    assert rows_of(lake) == rows_in(observatory.path) == alone(news, tmp_path)


def test_a_take_over_that_is_killed_has_taken_nothing(tmp_path: Path) -> None:
    news, lake = quick(tmp_path / "n.jsonl", 40), tmp_path / "lake"
    run(news, lake)
    observatory = Observatory.create(tmp_path / "o")
    assert driver("take", lake, observatory.path).wait() == -signal.SIGKILL
    assert list((observatory.path / "segments").iterdir()), "it was at work when it was killed"
    assert observatory.counts().articles == 0
    assert observatory.take_over(lake).added == 40
    assert rows_in(observatory.path) == rows_of(lake)
    observatory.check()


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news, lake = quick(tmp_path / "n.jsonl", 6), tmp_path / "lake"

    def none(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", none)
        run(news, lake)
        assert run(news, lake).shards == 0
        observatory = Observatory.create(tmp_path / "o")
        observatory.take_over(lake)
    assert rows_in(observatory.path) == rows_of(lake) == alone(news, tmp_path)


def test_drafts_of_dead_drivers_are_no_commits(tmp_path: Path) -> None:
    news, lake = quick(tmp_path / "n.jsonl", 6), tmp_path / "lake"
    run(news, lake)
    (lake / "log/.00000009.jsonl.dead").write_text("{half a li")
    assert run(news, lake).shards == 0
    assert isinstance(Lake.open(lake)._place, Folder)
    assert rows_of(lake) == alone(news, tmp_path)
