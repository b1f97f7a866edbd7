"""A question that takes too long is ended; others go on."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from detente.errors import TooSlowError
from detente.store import Store, snapshot, time_limit


def test_a_slow_question_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.create(tmp_path / "observatory")
    endless = (
        "SELECT count(*) AS n FROM range(1000000000) AS a, range(1000000000) AS b WHERE a.range + b.range < $least"
    )
    monkeypatch.setattr(
        snapshot, "statement", lambda name, of=snapshot.statement: endless if name == "endless" else of(name)
    )
    began = time.monotonic()
    with time_limit(0.3), pytest.raises(TooSlowError, match="ask for less"):
        store.ask(lambda at: list(at.rows("endless", least=0)))
    assert time.monotonic() - began < 20
    assert store.counts().articles == 0


def test_no_time_left_is_no_time(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "observatory")
    with time_limit(-1), pytest.raises(TooSlowError):
        store.counts()
    assert store.counts().articles == 0
