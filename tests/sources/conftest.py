"""Shared by the tests of the sources: how to read a few bytes as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from detente.sources import Sourced, Unreadable, articles_from

Read = Callable[..., list[Sourced | Unreadable]]
HERE = Path(__file__).parent / "dispatches"


@pytest.fixture
def dispatches() -> Path:
    return HERE


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Writes bytes under a name and reads them back as articles; `where` then begins with that name."""

    def _read(name: str, data: bytes | str, **options: object) -> list[Sourced | Unreadable]:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return list(articles_from([path], **options))  # type: ignore[arg-type]

    return _read
