"""How far a batch run is: a bar where somebody watches, else a line now and then."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from detente.cli.words import counted

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from detente.observatory.coding import Progress

_EVERY = 30.0  # seconds between lines where there is no terminal


class Watch:
    """Shows the progress of a run on standard error."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._last = time.monotonic()

    def step(self, at: Progress) -> None:
        """One more shard has ended."""
        if self._console.is_terminal:
            self._draw(at)
        elif time.monotonic() - self._last >= _EVERY:
            self._last = time.monotonic()
            click.echo(line(at), err=True)

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _draw(self, at: Progress) -> None:
        from rich.progress import BarColumn, Progress, TextColumn

        if self._bar is None:
            self._bar = Progress(
                BarColumn(bar_width=20), TextColumn("{task.fields[told]}"), console=self._console, transient=True
            )
            self._task = self._bar.add_task("code", total=at.total, told="")
            self._bar.start()
        assert self._task is not None
        self._bar.update(self._task, completed=at.passed + at.bytes, total=max(at.total, 1), told=line(at))


def line(at: Progress) -> str:
    """A run on one line: what is done, how fast, what is lost, how long it still takes."""
    from detente.cli.code import duration

    parts = [counted(at.shards + at.earlier, "shard"), f"{at.articles:,} articles"]
    parts += [f"{at.rate(at.articles):,.1f} articles/s", f"{at.rate(at.words):,.0f} words/s"]
    parts += [f"{at.failures:,} failures"] if at.failures else []
    parts += [f"{counted(at.lost, 'shard')} given up"] if at.lost else []
    parts += [f"{duration(at.left)} left"] if at.left is not None else []
    return " | ".join(parts)


@contextmanager
def watching(console: Console) -> Iterator[Watch]:
    """Shows a run until it ends, however it ends."""
    watch = Watch(console)
    try:
        yield watch
    finally:
        watch.close()
