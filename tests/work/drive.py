"""A driver in a process of its own, to be killed: python drive.py NEWS LAKE WORKERS|spark, or python drive.py take LAKE OBSERVATORY."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import batch_work

from detente import Observatory
from detente.engines import Local
from detente.engines.spark import Spark
from detente.observatory.coding import code


def main() -> None:
    first, second, third = sys.argv[1:]
    if first == "take":
        Observatory.open(third).take_over(second, on_shard=_die_at_the_fifth)
    else:
        engine = Spark("local[2]", cores=1) if third == "spark" else Local(int(third))
        code(Path(first), second, engine=engine, reader=batch_work.ScriptedReader, shard_size=300)


_seen: list[int] = []


def _die_at_the_fifth(articles: int, _words: int) -> None:
    _seen.append(articles)
    if len(_seen) == 5:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
