"""What workers of other processes run in tests: importable by its name there, which a test module is not."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from detente.records import Actor, Article, Event, Evidence, Failure, Reading, digest

# ---- functions for engines


def double(number: int) -> int:
    return number * 2


def noisy(number: int) -> int:
    print("a line that a library prints in the middle of everything")
    return number


def refuse_three(number: int) -> int:
    if number == 3:
        raise ValueError("three is not served")
    return number


def stumble(marker: str) -> str:
    """Fails the first time that it is asked."""
    if first_time(marker):
        raise RuntimeError("a stumble")
    return marker


def die_once(marker: str) -> str:
    """Takes its process with it the first time."""
    if first_time(marker):
        os.kill(os.getpid(), signal.SIGKILL)
    return marker


def die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def hang(number: int) -> int:
    if number == 3:
        time.sleep(600)
    return number


def unsendable(number: int) -> object:
    return (lambda: number) if number == 3 else number


def pid(number: int) -> int:
    return os.getpid()


def grow(number: int) -> int:
    """Leaves memory behind, as a leak does."""
    _LEAK.append(bytearray(os.urandom(1024) * 1024 * 40))
    return os.getpid()


_LEAK: list[bytearray] = []


def linger(folder: str) -> int:
    """Says who it is, and stays."""
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(600)
    return 0


def linger_or_double(shard: str) -> int:
    return int(shard) * 2 if shard.isdigit() else linger(shard)


class Unwilling:
    """Cannot be unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (_fail, ("this function stays where it is",))

    def __call__(self, number: int) -> int:
        return number


def _fail(reason: str) -> None:
    raise ImportError(reason)


def first_time(marker: str) -> bool:
    """Whether nobody has asked before, in whatever process."""
    try:
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


# ---- a reader


class ScriptedReader:
    """Reads one event a line, and does what the text tells it to: `die once MARKER`, `die while FILE`,
    `hang`, `begin FILE`, `sleep SECONDS`, `break`."""

    coder = "scripted-1"
    knowledge = "0"

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            yield self._one(article)

    def _one(self, article: Article) -> Reading:
        for line in article.text.splitlines():
            if line.startswith("die once ") and first_time(line.removeprefix("die once ")):
                os.kill(os.getpid(), signal.SIGKILL)
            if line.startswith("die while ") and Path(line.removeprefix("die while ")).exists():
                os.kill(os.getpid(), signal.SIGKILL)
            if line == "hang":
                time.sleep(600)
            if line.startswith("begin "):
                Path(line.removeprefix("begin ")).touch()
            if line.startswith("sleep "):
                time.sleep(float(line.removeprefix("sleep ")))
            if line == "break":
                return Reading(article=article, failures=(Failure(stage="reading", reason="it broke"),))
        norway = Actor(id="NOR", name="Norway", kind="country", country="NOR")
        return Reading(article=article, actors=(norway,), events=tuple(_events(article)))


class AdaptableReader(ScriptedReader):
    """The same, for those who have actors of their own."""

    def using(self, actors: object) -> AdaptableReader:
        return self


class NextReader(ScriptedReader):
    """The same in a later version."""

    coder = "scripted-2"


def _events(article: Article) -> Iterator[Event]:
    at = 0
    for line in article.text.splitlines():
        words = Evidence(start=at, end=at + len(line), text=line)
        at += len(line) + 1
        if line.strip():
            yield Event(
                id=digest(article.id, line),
                type="SUPPORT",
                span=words,
                trigger=words,
                evidence=(words,),
                rule="scripted",
                coder="scripted-1",
                knowledge="0",
                intensity=5.0,
                sources=("NOR",),
                targets=("FIN",),
                source_countries=("NOR",),
                target_countries=("FIN",),
            )
