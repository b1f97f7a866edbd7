"""The engine of one machine: workers die, hang, grow, print, and are ended with their caller."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import batch_work
import pytest

from detente.engines import Done, Local, Lost
from detente.errors import EngineError


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for(condition: object, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def test_a_worker_that_is_killed_loses_only_its_attempt(tmp_path: Path) -> None:
    markers = [str(tmp_path / f"{number}") for number in range(4)]
    answers = list(Local(2).run(batch_work.die_once, markers))
    assert sorted(a.result for a in answers if isinstance(a, Done)) == markers
    assert {a.attempts for a in answers} == {2}


def test_the_reason_names_the_signal() -> None:
    lost = [answer for answer in Local(1, attempts=2).run(batch_work.die, [3, 4]) if isinstance(answer, Lost)]
    assert [(answer.shard, answer.attempts) for answer in lost] == [(3, 2)]
    assert "SIGKILL" in lost[0].reason


def test_a_worker_that_hangs_is_ended_and_only_its_shard_is_lost() -> None:
    answers = {a.shard: a for a in Local(2, attempts=2, patience=1.0).run(batch_work.hang, range(6))}
    lost = answers.pop(3)
    assert isinstance(lost, Lost)
    assert "no answer in 1 second" in lost.reason
    assert all(isinstance(answer, Done) for answer in answers.values())


def test_a_worker_that_has_grown_is_replaced() -> None:
    kept = {a.result for a in Local(1).run(batch_work.pid, range(4)) if isinstance(a, Done)}
    assert len(kept) == 1
    grown = [a for a in Local(1, memory=100 * 2**20).run(batch_work.grow, range(6)) if isinstance(a, Done)]
    assert len({a.result for a in grown}) == 3, "40 MB a shard: two shards, then a new process"
    assert max(a.memory for a in grown) < 200 * 2**20


def test_a_worker_is_not_held_to_the_memory_of_its_caller() -> None:
    ballast = bytearray(b"x") * (300 * 2**20)
    (answer,) = Local(1).run(batch_work.double, [1])
    assert isinstance(answer, Done)
    assert 0 < answer.memory < 200 * 2**20 < len(ballast)


def test_what_a_library_prints_does_not_come_between(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # with it nothing could be lost on the way
    assert sorted(a.result for a in Local(2).run(batch_work.noisy, range(5)) if isinstance(a, Done)) == list(range(5))
    out, err = capfd.readouterr()
    assert out == ""
    assert "a library prints" in err


def test_a_function_that_no_worker_can_import_ends_the_run_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(EngineError, match=r"could not begin .*stays where it is"):
        list(Local(2).run(batch_work.Unwilling(), range(1000)))
    assert time.monotonic() - began < 60


def test_closing_ends_workers_in_the_middle_of_their_shards(tmp_path: Path) -> None:
    run = Local(2).run(batch_work.linger_or_double, [str(tmp_path), "1", str(tmp_path), str(tmp_path)])
    assert next(run).shard == "1"
    wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
    pids = [int(file.name) for file in tmp_path.iterdir()]
    run.close()
    assert not any(map(alive, pids))


def test_workers_end_when_their_caller_is_killed(tmp_path: Path) -> None:
    script = (
        "import batch_work; from detente.engines import Local\n"
        f"list(Local(2).run(batch_work.linger, [{str(tmp_path)!r}] * 2))"
    )
    path = os.pathsep.join(filter(None, sys.path))
    caller = subprocess.Popen([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": path})
    wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
    pids = [int(file.name) for file in tmp_path.iterdir()]
    assert all(map(alive, pids))
    caller.kill()
    caller.wait()
    wait_for(lambda: not any(map(alive, pids)), seconds=10)
