"""Tests of lakes share their helpers with those of engines: tests/work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "work"))

from lakes import corpus


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A corpus of so many articles, or of these texts."""
    return lambda name, texts: corpus(tmp_path / name, texts)
