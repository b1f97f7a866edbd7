"""The example articles that ship with the package, as a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def examples() -> Iterator[Path]:
    """The folder of examples; a copy that is taken away again when the package lies in an archive."""
    with as_file(files("detente") / "examples") as folder:
        yield folder
