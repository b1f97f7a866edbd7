"""What an engine is: the port between those who have work and those who run it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Protocol

ATTEMPTS = 3  # a machine that fails once may be unlucky; a shard that fails three times is at fault itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Done[S, R]:
    """A shard that was worked on to its end.

    attempts: how often it was begun. seconds: that the last attempt took. memory: the most bytes its process had held so far.
    """

    shard: S
    result: R
    attempts: int
    seconds: float
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost[S]:
    """A shard that was given up after several attempts. reason: what ended the last one."""

    shard: S
    reason: str
    attempts: int


class Engine(Protocol):
    """Something that runs a function over shards."""

    def run[S, R](self, function: Callable[[S], R], shards: Iterable[S]) -> Generator[Done[S, R] | Lost[S]]:
        """Each shard once, done or lost, in whatever order they end. Shards are asked for as workers become free.

        function and shards must be picklable, the function by its name in an importable module. It may be run more than
        once for one shard, even at the same time: what it leaves behind must bear that. Closing the iterator stops the
        work. Raises EngineError when the engine itself cannot start or go on.
        """
        ...
