"""The engine that is none: one shard after another, in this process."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable

from detente.engines.engine import ATTEMPTS, Done, Lost
from detente.engines.memory import peak


class Here:
    """Runs everything in this process: for tests, for debugging, and where processes cannot be had."""

    def __init__(self, *, attempts: int = ATTEMPTS) -> None:
        self._attempts = attempts

    def run[S, R](self, function: Callable[[S], R], shards: Iterable[S]) -> Generator[Done[S, R] | Lost[S]]:
        """See `Engine.run`. A crash or a hang of the function is one of this process."""
        for shard in shards:
            yield self._one(function, shard)

    def _one[S, R](self, function: Callable[[S], R], shard: S) -> Done[S, R] | Lost[S]:
        reason = ""
        for attempt in range(1, self._attempts + 1):
            began = time.perf_counter()
            try:
                result = function(shard)
            except Exception as error:  # the border of a shard: it is lost, the others are not
                reason = f"{type(error).__name__}: {error}"
            else:
                seconds = time.perf_counter() - began
                return Done(shard=shard, result=result, attempts=attempt, seconds=seconds, memory=peak())
        return Lost(shard=shard, reason=reason, attempts=self._attempts)
