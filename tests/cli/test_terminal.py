"""What is written to a true terminal: the text of every format, and no bytes that are none."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from detente.observatory import Observatory
from detente.records import Article, Reading

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


class Scripted:
    """Reads nothing out of an article."""

    coder, knowledge = "scripted", "0"

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        return (Reading(article=article) for article in articles)


def test_records_on_a_terminal_hold_no_command(tmp_path: Path) -> None:
    hostile = {"title": "Ada\x9b31m \u202egreB", "text": "Ada Berg spoke that day. " * 12, "published": "2024-05-01"}
    copies = [Article(id=id_, source="a", **hostile) for id_ in ("one", "two")]
    Observatory.create(tmp_path / "told").add(copies, reader=Scripted())
    status, told = shown("stories", str(tmp_path / "told"), "--format", "jsonl")
    assert status == 0, told
    assert "Ada31m greB" in told


@pytest.mark.model
def test_a_table_goes_to_a_terminal(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Kenya recalled its ambassador to Khartoum on Monday.", "utf8")
    status, told = shown("read", str(article), "--format", "table", "-o", "-", "--published", "2025-06-10")
    assert status == 0, told
    assert "SANCTION" in told
