"""A hostile article commands no terminal, and turns no line around; files and JSON keep it as it is."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.cli.app import app
from detente.cli.harmless import Terminal, harmless
from detente.observatory import Observatory
from detente.records import Article

HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202ekcab\u2066\r"


class ScriptedReader:
    """Reads nothing out of an article."""

    coder, knowledge = "scripted", "0"

    def read(self, articles):
        from detente.records import Reading

        return (Reading(article=article) for article in articles)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    articles = [
        Article(id=f"d{number}", title=f"T{HOSTILE}x", text=f"GRC said {HOSTILE} that day. " * 12, published="2022-03-14", source="a")
        for number in range(2)
    ]  # fmt: skip
    Observatory.create(tmp_path / "o").add(articles, reader=ScriptedReader())
    return tmp_path / "o"


def test_what_is_shown_holds_no_command(hostile: Path, runner: CliRunner) -> None:
    shown = runner.invoke(app, ["stories", str(hostile)])
    assert "T[2J]0;owned31mkcab x" in shown.output
    assert harmless(shown.output) == shown.output


def test_records_keep_what_was_written(hostile: Path, runner: CliRunner) -> None:
    told = runner.invoke(app, ["stories", str(hostile), "--format", "jsonl"])
    assert json.loads(told.stdout)["articles"][0]["title"] == f"T{HOSTILE}x"


def test_messages_hold_no_command(tmp_path: Path, runner: CliRunner) -> None:
    shown = runner.invoke(app, ["stories", str(tmp_path / "no\x1b[31mwhere")])
    assert shown.exit_code
    assert "\x1b" not in shown.output


def test_bytes_on_their_way_to_a_terminal() -> None:
    out = io.BytesIO()
    Terminal(out).write(f"a\tб{HOSTILE}\n".encode() + b"\xff")
    assert out.getvalue().decode() == "a\tб[2J]0;owned31mkcab\n\ufffd"
    out = io.BytesIO()
    terminal = Terminal(out)
    assert [terminal.write(byte) for byte in (b"\xc3", b"\xa9")] == [1, 1]
    assert out.getvalue().decode() == "é"
    assert harmless("\u200fעברית\u200e") == "\u200fעברית\u200e", "marks of direction that turn nothing stay"
