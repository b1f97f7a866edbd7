"""`detente code`, as far as it goes without a language model: what it says, shows, refuses, and with which exit status."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from detente.cli.app import app
from detente.cli.code import duration
from detente.cli.code_progress import Watch, line
from detente.observatory.coding import Progress


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """An input of which nothing can be read: no model is needed to find that out."""
    path = tmp_path / "bad.jsonl"
    path.write_text("no JSON\n" * 7)
    return path


def test_what_cannot_be_read_is_told_and_the_exit_status_says_so(runner: CliRunner, bad: Path, tmp_path: Path) -> None:
    lake, log = tmp_path / "lake", tmp_path / "log.jsonl"
    result = runner.invoke(app, ["code", str(bad), "-o", str(lake), "--workers", "1", "--json-log", str(log)])
    assert result.exit_code == 1
    assert result.stdout.startswith(f"0 articles read into {lake} (1 shard), 7 inputs not read\n")
    assert f"{bad}:1: expected one JSON object" in result.stderr
    assert "... and 2 more like this" in result.stderr
    assert [json.loads(found)["event"] for found in log.read_text().splitlines()] == ["begin", "shard", "end"]
    again = runner.invoke(app, ["code", str(bad), "-o", str(lake)])
    assert (again.exit_code, again.stdout) == (0, "nothing new: 1 shard done before\n")
    assert runner.invoke(app, ["init", str(tmp_path / "o")]).exit_code == 0
    taken = runner.invoke(app, ["add", str(tmp_path / "o"), str(lake)])
    assert taken.exit_code == 1
    assert taken.stdout == f"{lake}: 0 articles added to {tmp_path / 'o'}, 7 inputs not read\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere.jsonl", "-o", "lake"], "found none at nowhere.jsonl: check the name"),
        (["-", "-o", "lake"], "standard input cannot be read again"),
        (["BAD"], "Missing option '-o'"),
        (["BAD", "-o", "lake", "--master", "local[2]"], "--master is Spark's"),
        (["BAD", "-o", "lake", "--shard-size", "much"], "'much' is no size; write bytes, or 512K, 8M, 1G"),
        (["BAD", "-o", "lake", "--shard-size", "0"], "is no size"),
        (["BAD", "-o", "lake", "--workers", "0"], "0 is not in the range"),
        (["BAD", "-o", "lake", "--engine", "cloud"], "'cloud' is not one of 'local', 'spark'"),
    ],
)
def test_wrong_usage(
    runner: CliRunner, bad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = runner.invoke(app, ["code", *(str(bad) if word == "BAD" else word for word in words)])
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "lake").exists()


def test_sizes_and_durations_in_words(runner: CliRunner, bad: Path, tmp_path: Path) -> None:
    result = runner.invoke(app, ["code", str(bad), "-o", str(tmp_path / "l"), "--workers", "1", "--shard-size", "1MiB"])
    assert result.exit_code == 1
    assert json.loads((tmp_path / "l/lake.json").read_text())["shard_size"] == 2**20
    assert [duration(s) for s in (4.4, 89, 300, 7199, 7300, 200_000, 1e7)] == [
        "4 s", "89 s", "5 min", "2 h 0 min", "2 h 2 min", "2 days", "116 days",
    ]  # fmt: skip


AT = Progress(
    shards=12, earlier=3, articles=1234, words=70_000, failures=2, lost=1, bytes=500, passed=250, total=1750, seconds=20
)


def test_progress_on_one_line() -> None:
    assert line(AT) == (
        "15 shards | 1,234 articles | 61.7 articles/s | 3,500 words/s | 2 failures | 1 shard given up | 40 s left"
    )


def test_a_bar_on_a_terminal_and_lines_elsewhere(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = io.StringIO()
    watch = Watch(Console(file=drawn, force_terminal=True, width=140))
    watch.step(AT)
    watch.close()
    assert "3,500 words/s" in drawn.getvalue()
    plain = Watch(Console(file=io.StringIO(), force_terminal=False))
    plain.step(AT)
    assert capsys.readouterr().err == "", "not before half a minute is over"
    monkeypatch.setattr(plain, "_last", float("-inf"))
    plain.step(AT)
    assert capsys.readouterr().err == line(AT) + "\n"
