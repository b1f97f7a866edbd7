"""The engine of one machine: a process for each core, started anew when it dies, hangs, or has grown too large."""

from __future__ import annotations

import json
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from detente.engines.engine import ATTEMPTS, Done, Lost
from detente.engines.worker import Answer
from detente.errors import EngineError

START = 600.0  # seconds for a worker to import what it runs
PATIENCE = 3600.0  # seconds for one shard, after which its worker is taken to hang
MEMORY = 3 * 2**30  # bytes after which a worker is replaced: twice what a shard of long articles needs
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from detente.engines.worker import main; main()"


class Local:
    """A pool of processes.

    workers: how many; None for one for each core this process may use. attempts: at a shard before it is given up.
    patience: seconds for one shard. memory: bytes that a worker may hold after a shard; one that holds more is replaced.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        attempts: int = ATTEMPTS,
        patience: float = PATIENCE,
        memory: int = MEMORY,
    ) -> None:
        self.workers = workers or cores()
        self._attempts, self._patience, self._memory = attempts, patience, memory

    def run[S, R](self, function: Callable[[S], R], shards: Iterable[S]) -> Generator[Done[S, R] | Lost[S]]:
        """See `Engine.run`. A worker that is killed or hangs takes nothing with it but its attempt at one shard."""
        board = _Board(iter(shards), self._attempts)
        packed = pickle.dumps(function)
        threads = [threading.Thread(target=self._serve, args=(board, packed), daemon=True) for _ in range(self.workers)]
        for thread in threads:
            thread.start()
        try:
            yield from cast(Iterator[Done[S, R] | Lost[S]], board.answers(len(threads)))
        finally:
            board.stop()
            for thread in threads:
                thread.join()

    def _serve(self, board: _Board, packed: bytes) -> None:
        """One worker after another, for as long as there are shards."""
        worker: _Worker | None = None
        try:
            while (job := board.take()) is not None:
                if worker is None:
                    worker = _Worker(packed, self._patience)
                    if not board.hold(worker):
                        return
                answer = worker.ask(job.shard)
                if worker.gone or answer.memory > self._memory:
                    board.drop(worker)
                    worker = None
                board.settle(job, answer)
        except BaseException as error:  # the border of a thread: raised where the answers are awaited
            board.fail(error)
        finally:
            if worker is not None:
                board.drop(worker)
            board.leave()


def cores() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(slots=True)
class _Job:
    shard: Any
    attempts: int = 0


class _Board:
    """Where the threads of a run find work and leave answers."""

    def __init__(self, shards: Iterator[Any], attempts: int) -> None:
        self._shards, self._attempts = shards, attempts
        self._again: deque[_Job] = deque()
        self._workers: set[_Worker] = set()
        self._lock = threading.Lock()
        self._answers: queue.SimpleQueue[Done[Any, Any] | Lost[Any] | BaseException | None] = queue.SimpleQueue()
        self._stopped = False

    def take(self) -> _Job | None:
        """The next shard to work on; one to be tried again comes first. None when there is none."""
        with self._lock:
            if self._stopped:
                return None
            if self._again:
                return self._again.popleft()
            return next((_Job(shard) for shard in self._shards), None)

    def settle(self, job: _Job, answer: Answer) -> None:
        """Notes what became of an attempt."""
        job.attempts += 1
        if answer.reason is None:
            self._answers.put(
                Done(
                    shard=job.shard,
                    result=answer.value,
                    attempts=job.attempts,
                    seconds=answer.seconds,
                    memory=answer.peak,
                )
            )
        elif job.attempts < self._attempts:
            with self._lock:
                self._again.append(job)
        else:
            self._answers.put(Lost(shard=job.shard, reason=answer.reason, attempts=job.attempts))

    def answers(self, threads: int) -> Iterator[Done[Any, Any] | Lost[Any]]:
        """Answers as they come, until every thread has left."""
        while threads:
            answer = self._answers.get()
            if answer is None:
                threads -= 1
            elif isinstance(answer, BaseException):
                raise answer
            else:
                yield answer

    def fail(self, error: BaseException) -> None:
        """Ends the run with an error, unless it was ended on purpose."""
        if not self._stopped:
            self._answers.put(error)

    def leave(self) -> None:
        """One thread has ended."""
        self._answers.put(None)

    def hold(self, worker: _Worker) -> bool:
        """Counts a worker among those to be ended with the run; False, and ends it, when that has come already."""
        with self._lock:
            if not self._stopped:
                self._workers.add(worker)
                return True
        worker.end()
        return False

    def drop(self, worker: _Worker) -> None:
        """Ends a worker."""
        with self._lock:
            self._workers.discard(worker)
        worker.end()

    def stop(self) -> None:
        """No more shards; the workers are ended in the middle of theirs."""
        with self._lock:
            self._stopped = True
            workers, self._workers = self._workers, set()
        for worker in workers:
            worker.kill()


class _Worker:
    """A process, seen from the thread that feeds it."""

    def __init__(self, packed: bytes, patience: float) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps(sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._packed: bytes | None = packed
        self._patience, self._late, self.gone = patience, False, False

    def ask(self, shard: Any) -> Answer:
        """What became of a shard. Afterwards the worker may be `gone`.

        Raises EngineError when it cannot even take the function: no other worker will.
        """
        if self._packed is not None:
            ready, self._packed = self._exchange(self._packed, START), None
            if self.gone:
                return ready
            if ready.reason is not None:
                raise EngineError(
                    f"a worker could not begin ({ready.reason}): see that {sys.executable} can import what runs here"
                )
        return self._exchange(pickle.dumps(shard), self._patience)

    def kill(self) -> None:
        """Ends it in the middle of whatever it does."""
        self._process.kill()

    def end(self) -> None:
        """Ends it, and lets go of all that it took."""
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                if stream:
                    stream.close()
            except OSError:
                pass  # bytes for a process that is dead

    def _exchange(self, data: bytes, patience: float) -> Answer:
        assert self._process.stdin
        assert self._process.stdout
        clock = threading.Timer(patience, self._hung)
        clock.start()
        try:
            self._process.stdin.write(len(data).to_bytes(8, "little") + data)
            self._process.stdin.flush()
            size = self._process.stdout.read(8)
            found = self._process.stdout.read(int.from_bytes(size, "little"))
            return cast(Answer, pickle.loads(found))
        except (EOFError, OSError, pickle.UnpicklingError):
            self.gone = True
            return Answer(reason=self._end(patience))
        finally:
            clock.cancel()

    def _hung(self) -> None:
        self._late = True
        self.kill()

    def _end(self, patience: float) -> str:
        status = self._process.wait()
        if self._late:
            return f"the worker gave no answer in {patience:,.0f} seconds and was ended"
        if status < 0:
            name = signal.Signals(-status).name
            hint = ": often for want of memory" if name == "SIGKILL" else ""
            return f"the worker was ended by {name}{hint}"
        return f"the worker ended by itself with status {status}"
