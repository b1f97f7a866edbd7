"""What is written to a true terminal: the text of every format, and no bytes that are none."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from detente.observatory import Observatory

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals here", allow_module_level=True)

ROWS = "date,source,target,type\n2024-05-01,KEN,UGA,CONSULT\n"


@pytest.fixture
def observatory(tmp_path: Path) -> Path:
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, "utf8")
    Observatory.create(tmp_path / "o").import_events(file, format="csv")
    return tmp_path / "o"


def shown(*arguments: str) -> tuple[int, str]:
    """What a command prints to a terminal, and its exit status."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen([sys.executable, "-m", "detente.cli", *arguments], stdout=theirs, stderr=subprocess.STDOUT)
    os.close(theirs)
    told = b""
    try:
        while piece := os.read(ours, 65536):
            told += piece
    except OSError:
        pass  # Linux tells so that the other end is closed
    os.close(ours)
    return child.wait(), told.decode("utf8")


def test_an_export_is_text_on_a_terminal(observatory: Path) -> None:
    status, told = shown("export", str(observatory), "-", "--format", "csv")
    assert status == 0, told
    assert "KEN,UGA" in told
    assert "1 event written" in told


def test_no_parquet_goes_to_a_terminal(observatory: Path) -> None:
    status, told = shown("export", str(observatory), "-", "--format", "parquet")
    assert status == 2
    assert "a terminal shows text" in told


def test_actors_for_programs_hold_no_command(observatory: Path) -> None:
    status, told = shown("actors", str(observatory), "--format", "json")
    assert status == 0, told
    assert '"actors"' in told


@pytest.mark.model
def test_a_table_goes_to_a_terminal(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Kenya recalled its ambassador to Khartoum on Monday.", "utf8")
    status, told = shown("read", str(article), "--format", "table", "-o", "-", "--published", "2025-06-10")
    assert status == 0, told
    assert "SANCTION" in told
