"""A bar while articles are read: only where somebody watches, only for more than one article."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from detente.records import Article

_WAIT = 0.5  # seconds before a bar is worth showing when the number of articles is not known


class Bar:
    """Counts articles and words; draws nothing when it was given no console."""

    def __init__(self, console: Console | None, total: int | None) -> None:
        self._console, self._total = console, total
        self._started = time.perf_counter()
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self.articles = self.words = 0
        if total is not None and total > 1:
            self._show()

    def step(self, article: Article) -> None:
        """One more article is read."""
        self.articles += 1
        self.words += len(article.text.split())
        if self._progress is None and self.articles > 1 and self._elapsed > _WAIT:
            self._show()
        if self._progress is not None and self._task is not None:
            total = None if self._total is None else max(self._total, self.articles)
            self._progress.update(self._task, completed=self.articles, total=total, rate=self.rate)

    @property
    def rate(self) -> str:
        """Words in a second, as text."""
        return f"{self.words / max(self._elapsed, 1e-6):,.0f} words/s"

    @property
    def _elapsed(self) -> float:
        return time.perf_counter() - self._started

    def _show(self) -> None:
        if self._console is None or self._progress is not None:
            return
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self._progress = Progress(
            TextColumn("Reading"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn() if self._total is None else TimeRemainingColumn(),
            console=self._console,
            transient=True,
            expand=True,
        )
        self._task = self._progress.add_task("read", total=self._total, rate="")
        self._progress.start()

    def close(self) -> None:
        """Takes the bar away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None


@contextmanager
def bar(console: Console | None, total: int | None) -> Iterator[Bar]:
    """A bar that is taken away at the end, however it comes. console: None draws nothing."""
    drawn = Bar(console if console is not None and console.file.isatty() else None, total)
    try:
        yield drawn
    finally:
        drawn.close()
