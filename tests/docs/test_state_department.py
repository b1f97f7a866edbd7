"""The page on the State Department says what its script made, and the script says when its data are not there."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from detente.ontology.tables import parse_table

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/guides/state-department.md"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    path = ROOT / "scripts/state_department.py"
    spec = importlib.util.spec_from_file_location("state_department", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "state_department", module)
    spec.loader.exec_module(module)
    return module


def test_without_the_data_nothing_changes(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(script, "DATA", tmp_path / "releases.jsonl")
    monkeypatch.setattr(sys, "argv", ["state_department.py"])
    before = PAGE.read_bytes()
    assert script.main() == 0
    assert "releases.jsonl does not lie beside the checkout" in capsys.readouterr().out
    assert PAGE.read_bytes() == before


def test_the_table_of_verdicts_is_the_verdicts(script: ModuleType) -> None:
    rows = [row for _, row in parse_table(script.VERDICTS, ("dyad", "event", "verdict", "why"))]
    assert {row["verdict"] for row in rows} == set(script.KINDS)
    assert all(row["why"] for row in rows)
    assert len({(row["dyad"], row["event"]) for row in rows}) == len(rows)
    counts = Counter((row["verdict"], row["dyad"]) for row in rows)
    table = [[int(cell) for cell in re.findall(r"\| (\d+) (?=\|)", line)] for line in _table(script)]
    for kind, (*numbers, total) in zip(script.KINDS, table, strict=False):
        assert all(number <= counts[kind, dyad] for number, dyad in zip(numbers, script.DYADS, strict=True))
        assert sum(numbers) == total
    assert [sum(column) for column in zip(*table[:-1], strict=True)] == table[-1]


def _table(script: ModuleType) -> list[str]:
    """The lines of numbers: one for each kind of verdict, and their sums."""
    lines = PAGE.read_text("utf8").partition("<!-- made: verdicts -->")[2].partition("<!-- end -->")[0].splitlines()
    found = [line for line in lines if re.search(r"\| \d", line)]
    assert [line.split(" | ")[0] for line in found] == [f"| {words}" for words in (*script.KINDS.values(), "all")]
    return found


def test_every_made_part_is_filled(script: ModuleType) -> None:
    parts = re.findall(r"<!-- made: (\w+) -->\n(.*?)<!-- end -->", PAGE.read_text("utf8"), re.DOTALL)
    assert {name for name, _ in parts} == {"read", "partners", "verdicts", *script.DYADS.values()}
    assert all(words.strip() for _, words in parts)
