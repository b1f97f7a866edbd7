"""The life of a local worker: a process that gets a function once, then one shard after another over its standard input.

It is started by engines/local.py as a plain Python process, not as a fork or by `multiprocessing`: so it needs no guard
in the caller's script, shares no lock with it, and ends when the caller ends, however that comes about.
"""

from __future__ import annotations

import io
import os
import pickle
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from detente.engines.memory import peak, resident

# One thread of linear algebra for each worker: with as many workers as cores, more only get in one another's way.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a worker says of a shard, or (with neither) that it is ready. value: the result. reason: why there is none."""

    value: Any = None
    reason: str | None = None
    seconds: float = 0.0
    memory: int = 0
    peak: int = 0


def main() -> None:
    """Serves until standard input ends: what the caller closes, or loses with its life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's matter, who then ends us
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the answers
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # nor be lost when the worker is ended
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(inbox, jobs), daemon=True).start()
    _serve(jobs, outbox)


def _listen(inbox: BinaryIO, jobs: queue.SimpleQueue[Any]) -> None:
    """Takes shards in while another is worked on, to notice at once when the caller has gone."""
    try:
        while True:
            size = int.from_bytes(_exactly(inbox, 8), "little")
            jobs.put(_exactly(inbox, size))
    except (EOFError, OSError):
        os._exit(0)


def _exactly(inbox: BinaryIO, size: int) -> bytes:
    data = inbox.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _serve(jobs: queue.SimpleQueue[Any], outbox: BinaryIO) -> None:
    try:
        function: Callable[[Any], Any] = pickle.loads(jobs.get())
    except Exception as error:  # the border of a process: said to the caller, who stops
        _send(outbox, Answer(reason=f"{type(error).__name__}: {error}"))
        return
    _send(outbox, Answer())
    while True:
        _send(outbox, _worked(function, jobs.get()))


def _worked(function: Callable[[Any], Any], packed: bytes) -> Answer:
    began = time.perf_counter()
    try:
        value, reason = function(pickle.loads(packed)), None
    except Exception as error:  # the border of a shard
        value, reason = None, f"{type(error).__name__}: {error}"
    seconds = time.perf_counter() - began
    return Answer(value=value, reason=reason, seconds=seconds, memory=resident(), peak=peak())


def _send(outbox: BinaryIO, answer: Answer) -> None:
    try:
        data = pickle.dumps(answer)
    except Exception as error:
        data = pickle.dumps(Answer(reason=f"the result cannot be sent ({type(error).__name__}: {error})"))
    outbox.write(len(data).to_bytes(8, "little") + data)
    outbox.flush()


if __name__ == "__main__":
    sys.exit("started by detente.engines.local, not by hand")
