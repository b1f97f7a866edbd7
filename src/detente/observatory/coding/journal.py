"""What a run tells machines while it goes on: a line of JSON for each thing that happens."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO


class Journal:
    """Appends to files as things happen. Times are for people to read: nothing is decided by them."""

    def __init__(self, run: str, paths: Sequence[Path]) -> None:
        self._run, self._paths = run, paths
        self._streams: list[TextIO] = []
        self._held = ExitStack()
        self._began = time.monotonic()

    def __enter__(self) -> Journal:
        for path in self._paths:
            self._streams.append(self._held.enter_context(path.open("a", encoding="utf8")))
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def note(self, event: str, **facts: object) -> None:
        """One line: what happened, when, how many seconds into the run, and the facts."""
        head = {"event": event, "run": self._run, "time": datetime.now(UTC).isoformat(timespec="milliseconds")}
        passed = round(time.monotonic() - self._began, 3)
        line = json.dumps(head | {"elapsed": passed} | facts, ensure_ascii=False)
        for stream in self._streams:
            stream.write(f"{line}\n")
            stream.flush()
