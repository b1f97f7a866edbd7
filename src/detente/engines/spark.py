"""The engine of a cluster: Apache Spark, one shard a task. Needs the extra `spark` and Java.

Only the data frame interface is used (`mapInArrow`), so that the same code runs under Spark Connect. Spark itself begins
a task anew when its executor dies. Results come home a wave of shards at a time, several waves being under way at once.
"""

from __future__ import annotations

import os
import pickle
import re
import sys
import time
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import uuid4

import pyarrow as pa

from detente.engines.engine import ATTEMPTS, Done, Lost
from detente.engines.memory import peak
from detente.errors import EngineError

_WAVES = 3  # under way at once: while the last tasks of one end, those of the next keep the executors busy
_CORES = 8  # taken for the cluster's when it does not say how many it has (Spark Connect)
_ROW = "number long, answer binary"
_FIELDS = pa.schema([("number", pa.int64()), ("answer", pa.binary())])


class Spark:
    """Runs shards as tasks of Spark.

    master: of the cluster, as Spark writes it (local[2], spark://host:7077, yarn, k8s://...); None for the session that is
    there already, or the settings of spark-submit. attempts: at a shard before it is given up, beside Spark's own at a task.
    cores: of the cluster; None to ask it. options: settings of the session.
    """

    def __init__(
        self,
        master: str | None = None,
        *,
        attempts: int = ATTEMPTS,
        cores: int | None = None,
        options: Mapping[str, str] | None = None,
    ) -> None:
        self._master, self._attempts, self._cores = master, attempts, cores
        self._options = dict(options or {})

    def run[S, R](self, function: Callable[[S], R], shards: Iterable[S]) -> Generator[Done[S, R] | Lost[S]]:
        """See `Engine.run`. A job that fails as a whole is run again shard by shard, to find the one at fault."""
        session, ours = self._session()
        packed = pickle.dumps(function)
        todo = (_Job(shard) for shard in shards)
        size = self._cores or _cores(session)
        again: list[list[_Job]] = []
        pool, tag = ThreadPoolExecutor(_WAVES), f"detente-{uuid4().hex}"
        flying: dict[Future[list[_Answer]], list[_Job]] = {}
        try:
            while True:
                while len(flying) < _WAVES and (wave := again.pop() if again else list(islice(todo, size))):
                    flying[pool.submit(_collected, session, self._frame(session, packed, wave), tag)] = wave
                if not flying:
                    return
                for future in wait(flying, return_when=FIRST_COMPLETED).done:
                    wave = flying.pop(future)
                    answers = _answers(session, future, len(wave))
                    if answers is None:
                        again += [[job] for job in wave]
                        continue
                    for job, answer in zip(wave, answers, strict=True):
                        job.attempts += 1
                        if answer.reason is not None and job.attempts < self._attempts:
                            again.append([job])
                        else:
                            yield _told(job, answer)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            if flying:
                session.interruptTag(tag)
            if ours:
                session.stop()

    def _frame(self, session: Any, packed: bytes, wave: list[_Job]) -> Any:
        """The data frame that works on a wave when it is collected: a row and a partition for each shard."""
        shards = [pickle.dumps(job.shard) for job in wave]

        def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for number in batch.column(0).to_pylist():
                    answer = _worked(packed, shards[number])
                    yield pa.RecordBatch.from_pydict({"number": [number], "answer": [answer]}, _FIELDS)

        with _quiet():
            return session.range(0, len(wave), 1, len(wave)).mapInArrow(work, _ROW)

    def _session(self) -> tuple[Any, bool]:
        """A session, and whether it is ours to stop."""
        with _quiet():
            try:
                from pyspark.sql import SparkSession
            except ImportError as error:
                raise EngineError(
                    f"the engine spark needs PySpark, which is not installed ({error}): pip install 'detente[spark]'"
                ) from error
            running = SparkSession.getActiveSession()
            if running is not None:
                return running, False
            builder = SparkSession.builder.appName("detente")
            for name, value in self._settings().items():
                builder = builder.config(name, value)
            try:
                session = builder.getOrCreate()
            except Exception as error:  # Java missing, a master that does not answer: dozens of kinds
                raise EngineError(
                    f"Spark could not start ({type(error).__name__}: {_cause(error)}): see that Java 17 or later is "
                    f"installed and that the master {self._master or '(of your settings)'} can be reached"
                ) from error
        session.sparkContext.setLogLevel("FATAL")  # what fails is told by us
        return session, True

    def _settings(self) -> dict[str, str]:
        settings = {"spark.ui.showConsoleProgress": "false"}
        if self._master:
            settings["spark.master"] = self._master
        if self._master and self._master.startswith("local"):
            # Everything is on this machine: no port is opened to others, and workers are this very Python with its path.
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # PySpark has no other way to be told
            settings |= {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1"}
            settings |= {"spark.driver.bindAddress": "127.0.0.1"}
            settings |= {"spark.executorEnv.PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        return settings | self._options


@dataclass(slots=True)
class _Job:
    shard: Any
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    value: Any = None
    reason: str | None = None
    seconds: float = 0.0
    memory: int = 0


def _collected(session: Any, frame: Any, tag: str) -> list[Any]:
    """The rows of a frame. tag: by which its job can be ended from elsewhere."""
    session.addTag(tag)
    try:
        rows: list[Any] = frame.collect()
        return rows
    finally:
        session.removeTag(tag)


def _worked(packed: bytes, shard: bytes) -> bytes:
    """What an executor does: an error of the function is an answer, so that it costs no other shard of the wave its work."""
    began = time.perf_counter()
    try:
        value = pickle.loads(packed)(pickle.loads(shard))
        return pickle.dumps(_Answer(value=value, seconds=time.perf_counter() - began, memory=peak()))
    except Exception as error:  # the border of a shard
        return pickle.dumps(_Answer(reason=f"{type(error).__name__}: {error}"))


def _answers(session: Any, future: Future[Any], count: int) -> list[_Answer] | None:
    """The answers of a wave in its order; None when it failed as a whole, and one of several shards must be at fault.

    Raises EngineError when it failed because the cluster is gone.
    """
    try:
        rows = future.result()
    except Exception as error:
        reason = _cause(error)
        try:
            session.range(0, 1, 1, 1).collect()
        except Exception:
            raise EngineError(f"Spark has stopped ({reason}); what was committed stands: run it again") from error
        return None if count > 1 else [_Answer(reason=f"its task failed in Spark: {reason}")]
    found: dict[int, _Answer] = {row.number: pickle.loads(row.answer) for row in rows}
    return [found[number] for number in range(count)]


def _told(job: _Job, answer: _Answer) -> Done[Any, Any] | Lost[Any]:
    if answer.reason is not None:
        return Lost(shard=job.shard, reason=answer.reason, attempts=job.attempts)
    return Done(
        shard=job.shard, result=answer.value, attempts=job.attempts, seconds=answer.seconds, memory=answer.memory
    )


def _cores(session: Any) -> int:
    try:
        return max(1, int(session.sparkContext.defaultParallelism))
    except Exception:  # Spark Connect has no context, and says so with an error of its own
        return _CORES


def _cause(error: BaseException) -> str:
    """The line of Spark's long messages that says what happened: of a Python error the last, of Spark's own the first."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith("An error occurred while calling")]
    python = [line for line in told if re.match(r"[A-Za-z_.]+(Error|Exception|Interrupt): ", line)]
    of_spark = [line.rpartition("SparkException: ")[2] for line in told if "SparkException: " in line]
    return (of_spark or python[-1:] or told or [type(error).__name__])[0][:300]


def _quiet() -> warnings.catch_warnings[None]:
    """PySpark warns of pandas 3, which is not used here."""
    return warnings.catch_warnings(action="ignore", category=FutureWarning)
