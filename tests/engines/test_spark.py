"""Coding on a true cluster of two executors: one is killed in the middle, and the rows are those of any other engine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import batch_work
import pytest
from lakes import copied_corpus, corpus, rows_of, told_of

from detente.engines import Here
from detente.engines.spark import Spark
from detente.errors import EngineError, StoreError
from detente.observatory.coding import Progress, code, tell
from detente.store.lake import Lake


def executors() -> list[int]:
    """The executors that this process has started: Java processes below its own Java."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if b"CoarseGrainedExecutorBackend" in words and _descends(int(folder.name), os.getpid()):
                found.append(int(folder.name))
    return found


def _descends(pid: int, ancestor: int) -> bool:
    while pid > 1:
        if pid == ancestor:
            return True
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            return False
    return False


def test_an_executor_killed_in_mid_job_changes_no_row(cluster: Any, tmp_path: Path) -> None:
    running = tmp_path / "running"
    running.mkdir()
    # Each article holds up its shard until the kill has come, or says that it began.
    texts = [f"Norway praised Finland in note {n}.\nbegin {running}/{n}\nsleep 0.2" for n in range(24)]
    news = corpus(tmp_path / "n.jsonl", texts)
    killed: list[int] = []

    def kill() -> None:
        end = time.monotonic() + 120
        while len(list(running.iterdir())) < 4 and time.monotonic() < end:
            time.sleep(0.02)
        killed.append(executors()[0])
        os.kill(killed[0], signal.SIGKILL)

    before = executors()
    assert len(before) == 2
    killer = threading.Thread(target=kill)
    killer.start()
    at = code(news, tmp_path / "spark", engine=Spark(), reader=batch_work.ScriptedReader, shard_size=300)
    killer.join()
    assert killed[0] in before
    assert killed[0] not in executors()
    assert (at.articles, at.lost) == (24, 0)
    code(news, tmp_path / "here", engine=Here(), reader=batch_work.ScriptedReader, shard_size=300)
    assert rows_of(tmp_path / "spark") == rows_of(tmp_path / "here")
    begun, done = _segments(tmp_path / "spark"), len(Lake.open(tmp_path / "spark").done())
    assert begun >= done == _segments(tmp_path / "here")


def _segments(lake: Path) -> int:
    return len(list((lake / "segments").iterdir()))


def test_a_run_on_spark_goes_on_where_another_engine_was(cluster: Any, tmp_path: Path) -> None:
    news = corpus(tmp_path / "n.jsonl", 12)

    def stop(at: Progress) -> None:
        if at.shards == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        code(news, tmp_path / "lake", engine=Here(), reader=batch_work.ScriptedReader, shard_size=300, on_progress=stop)
    at = code(news, tmp_path / "lake", engine=Spark(), reader=batch_work.ScriptedReader, shard_size=300)
    assert at.earlier == 2
    code(news, tmp_path / "here", engine=Here(), reader=batch_work.ScriptedReader, shard_size=300)
    assert rows_of(tmp_path / "lake") == rows_of(tmp_path / "here")


def test_what_spans_shards_is_found_on_spark_as_elsewhere(cluster: Any, tmp_path: Path) -> None:
    news = copied_corpus(tmp_path / "n.jsonl")
    for name in ("spark", "here"):
        code(news, tmp_path / name, engine=Here(), reader=batch_work.ScriptedReader, shard_size=300)
    assert tell(tmp_path / "spark", engine=Spark()).copied == 12
    tell(tmp_path / "here", engine=Here())
    assert told_of(tmp_path / "spark") == told_of(tmp_path / "here")
    assert told_of(tmp_path / "here")["events"]


def test_a_driver_on_spark_that_is_killed_with_all_it_started_costs_nothing(cluster: Any, tmp_path: Path) -> None:
    """The driver, its Java, and the workers below it."""
    news = corpus(tmp_path / "n.jsonl", [f"Norway praised Finland in note {n}.\nsleep 0.3" for n in range(24)])
    lake = tmp_path / "lake"
    words = [sys.executable, str(batch_work.__file__).replace("batch_work", "drive"), str(news), str(lake), "spark"]
    path = os.pathsep.join(filter(None, sys.path))
    with (tmp_path / "told").open("w") as told:
        running = subprocess.Popen(
            words, env={**os.environ, "PYTHONPATH": path}, start_new_session=True, stdout=told, stderr=told
        )
        end = time.monotonic() + 120
        while len(list(lake.glob("log/*.jsonl"))) < 2:
            assert time.monotonic() < end, (tmp_path / "told").read_text()
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    done = len(Lake.open(lake).done())
    at = code(news, lake, engine=Here(), reader=batch_work.ScriptedReader, shard_size=300)
    assert (at.earlier, at.lost) == (done, 0)
    assert 0 < at.articles < 24
    code(news, tmp_path / "here", engine=Here(), reader=batch_work.ScriptedReader, shard_size=300)
    assert rows_of(lake) == rows_of(tmp_path / "here")


def test_a_disk_that_fails_an_executor_stops_the_run_and_says_so(cluster: Any, tmp_path: Path) -> None:
    news, lake = corpus(tmp_path / "n.jsonl", 12), tmp_path / "lake"

    def spoil(at: Progress) -> None:  # a file stands where the next segment's folder would
        if at.shards == 1 and (lake / "segments").is_dir():
            (lake / "segments").rename(tmp_path / "segments")
            (lake / "segments").touch()

    with pytest.raises(StoreError, match=r"cannot write to .*run it again"):
        code(news, lake, engine=Spark(), reader=batch_work.ScriptedReader, shard_size=300, on_progress=spoil)
    (lake / "segments").unlink()
    (tmp_path / "segments").rename(lake / "segments")
    code(news, lake, engine=Spark(), reader=batch_work.ScriptedReader, shard_size=300)
    code(news, tmp_path / "here", engine=Here(), reader=batch_work.ScriptedReader, shard_size=300)
    assert rows_of(lake) == rows_of(tmp_path / "here")


@pytest.mark.model
def test_the_real_reader_in_executors(cluster: Any, tmp_path: Path) -> None:
    deeds = ("condemned Greece over the drills", "praised Greece for its aid", "accused Greece of a breach")
    rows = [
        {"id": f"d{n}", "published": "2024-05-15", "text": f"Turkey {deed} on Tuesday."} for n, deed in enumerate(deeds)
    ]
    news = tmp_path / "n.jsonl"
    news.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert code(news, tmp_path / "spark", engine=Spark(), shard_size=200).articles == 3
    code(news, tmp_path / "here", engine=Here(), shard_size=200)
    assert rows_of(tmp_path / "spark") == rows_of(tmp_path / "here")
    assert len(rows_of(tmp_path / "spark")["events"]) >= 3


def test_the_command_line_on_local_spark(cluster: Any, tmp_path: Path) -> None:
    """In a process of its own, since one process has one Spark. Nothing in the input can be read, so no model is loaded."""
    (tmp_path / "bad.jsonl").write_text("no JSON\n")
    words = ["-m", "detente.cli", "code", "bad.jsonl", "-o", "lake", "--engine", "spark", "--master", "local[2]"]
    done = subprocess.run([sys.executable, *words], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.startswith("0 articles read into lake (1 shard), 1 input not read\n")
    assert done.returncode == 1
    assert "bad.jsonl:1: expected one JSON object" in done.stderr
    assert "Warning" not in done.stderr


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(EngineError, match=r"detente\[spark\]"):
        next(Spark("local[2]").run(batch_work.double, [1]))
