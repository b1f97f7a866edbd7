"""`detente read` on real input with the real model: both formats, files, failures, statuses, no network, a cold start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from detente.cli.app import app
from detente.cli.options import INPUT_FORMATS

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

ARTICLE = (
    "OSLO, May 14 - Norwegian Foreign Minister Ingrid Solheim met her Danish counterpart in Oslo on Tuesday. "
    '"Denmark is our closest neighbour," Solheim told reporters after the talks.\n'
)
ROWS = [
    {"id": "n1", "title": "Ministers meet", "text": ARTICLE, "published": "2024-05-14", "source": "Example Wire"},
    {"id": "n2", "text": "Sweden condemned Russia on Monday over a flight above Gotland.\n"},
    {"id": "n3", "text": "   "},
]


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch, nlp: Language) -> None:
    """The pipeline of the session in place of one loaded anew by every command."""
    monkeypatch.setattr("detente.reading.reader.load", lambda *_: nlp)


def lines(rows: list[dict[str, str]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def read(runner: CliRunner, *arguments: object, given: str | bytes | None = None, status: int = 0) -> Result:
    shown = runner.invoke(app, ["read", *map(str, arguments)], input=given)
    assert shown.exit_code == status, shown.output
    return shown


def test_the_formats_are_those_of_the_sources() -> None:
    from detente.sources import INPUT_FORMATS as known

    assert set(INPUT_FORMATS) == set(known)


@pytest.mark.usefixtures("once")
def test_lines_in_lines_out(runner: CliRunner) -> None:
    shown = read(runner, "-", "--format", "jsonl", given=lines(ROWS), status=1)
    found = [json.loads(row) for row in shown.stdout.splitlines()]
    assert [row["article"]["id"] for row in found] == ["n1", "n2", "n3"]
    assert found[0]["article"]["text"] == ARTICLE
    assert all(row["schema"] == 1 for row in found)
    assert found[2]["failures"]
    assert "standard input:3" in shown.stderr


@pytest.mark.usefixtures("once")
def test_spans_are_the_words(runner: CliRunner) -> None:
    row = json.loads(read(runner, "--format", "jsonl", given=lines(ROWS[:1])).stdout)
    fields = {"text": row["article"]["text"], "title": row["article"]["title"]}
    spans = [mention for actor in row["actors"] for mention in actor["mentions"]] + row["quotes"] + row["times"]
    assert spans
    assert all(fields[span["field"]][span["start"] : span["end"]] == span["text"] for span in spans)


@pytest.mark.usefixtures("once")
def test_a_table_for_people(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "oslo.txt").write_text(ARTICLE, "utf8")
    shown = read(runner, tmp_path / "oslo.txt", "--published", "2024-05-15").stdout
    assert "2024-05-15" in shown
    assert "“Denmark is our closest neighbour,”" in shown
    assert "\x1b" not in shown


@pytest.mark.usefixtures("once")
def test_colours_when_they_are_asked_for(runner: CliRunner) -> None:
    assert "\x1b[1m" in read(runner, "-", "--color", "always", given=ARTICLE).stdout
    assert "\x1b" not in read(runner, "-", given=ARTICLE).stdout


@pytest.mark.usefixtures("once")
def test_the_day_given_is_for_articles_without_one(runner: CliRunner) -> None:
    shown = read(runner, "--published", "2024-06-01", "--format", "jsonl", given=lines(ROWS[:2]))
    days = [json.loads(row)["article"]["published"] for row in shown.stdout.splitlines()]
    assert days == ["2024-05-14", "2024-06-01"]


@pytest.mark.usefixtures("once")
def test_into_a_file(runner: CliRunner, tmp_path: Path) -> None:
    for form in ("jsonl", "table"):
        target = tmp_path / f"out.{form}"
        assert read(runner, "-o", target, "--format", form, given=lines(ROWS[:2])).stdout == ""
        assert "Solheim" in target.read_text("utf8")


@pytest.mark.parametrize("arguments", [["--published", "2024-02-30"], ["--format", "xml"], ["--input-format", "pdf"]])
def test_wrong_usage(runner: CliRunner, arguments: list[str]) -> None:
    read(runner, "-", *arguments, given="x", status=2)


@pytest.mark.usefixtures("once")
def test_what_is_missing_is_named_and_the_rest_is_read(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "oslo.txt").write_text(ARTICLE, "utf8")
    shown = read(runner, tmp_path / "no.txt", tmp_path / "oslo.txt", status=1)
    assert "no.txt" in shown.stderr
    assert "no.txt" not in shown.stdout
    assert "Solheim" in shown.stdout


def test_a_model_that_is_not_there(runner: CliRunner) -> None:
    shown = read(runner, "-", "--model", "en_core_web_nowhere", given=ARTICLE, status=1)
    assert "en_core_web_nowhere" in shown.stderr
    assert "Traceback" not in shown.output


@pytest.mark.usefixtures("once")
def test_add_twice(runner: CliRunner, tmp_path: Path) -> None:
    folder, given = str(tmp_path / "news"), lines(ROWS[:2])
    runner.invoke(app, ["init", folder])
    assert "2 articles added" in runner.invoke(app, ["add", folder, "-"], input=given).output
    again = runner.invoke(app, ["add", folder, "-"], input=given)
    assert again.output == "nothing new: 2 articles were already there\n"
    changed = lines([ROWS[0] | {"text": ARTICLE + "The talks go on.\n"}, *ROWS[1:]])
    third = runner.invoke(app, ["add", folder, "-"], input=changed)
    assert third.exit_code == 1
    assert "1 article revised, 1 article already there, 1 input not read" in third.stdout


@pytest.mark.usefixtures("once")
def test_demo_keeps_what_it_is_told_to_keep(runner: CliRunner, tmp_path: Path) -> None:
    shown = runner.invoke(app, ["demo", "--dir", str(tmp_path / "aegean")])
    assert shown.exit_code == 0, shown.output
    assert "11 articles" in shown.stdout
    assert "Greece (GRC) and Turkey (TUR)" in shown.stdout
    assert (tmp_path / "aegean" / "manifest.json").exists()


@pytest.mark.usefixtures("once")
def test_bench_compares(runner: CliRunner) -> None:
    found = json.loads(runner.invoke(app, ["bench", "--limit", "2", "--json"]).stdout)
    assert found["articles"] == 2
    assert found["ratio"] == pytest.approx(found["reading"] / found["bare"], abs=0.01)


@pytest.mark.usefixtures("once")
def test_bench_reads_standard_input(runner: CliRunner) -> None:
    shown = runner.invoke(app, ["bench", "-", "--json"], input="Norway thanked Jordan on Monday.")
    assert json.loads(shown.stdout)["words"] == 5


NO_NETWORK = """
import socket

def refuse(*_args, **_more):
    raise OSError("the network is cut off")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
"""


def test_works_with_the_network_cut_off(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, "utf8")
    (tmp_path / "oslo.html").write_text(f"<html><body><article><p>{ARTICLE * 3}</p></article></body></html>", "utf8")
    environ = os.environ | {"PYTHONPATH": str(tmp_path)}
    check = "import socket\ntry:\n    socket.create_connection(('localhost', 9))\nexcept OSError as e:\n    print(e)"
    assert (
        "cut off" in subprocess.run([sys.executable, "-c", check], env=environ, capture_output=True, text=True).stdout
    )
    shown = subprocess.run(
        [sys.executable, "-m", "detente.cli", "read", str(tmp_path / "oslo.html"), "--format", "jsonl"],
        env=environ, capture_output=True, text=True,
    )  # fmt: skip
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout)["quotes"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell the time of child processes")
def test_a_cold_start_costs_at_most_twice_loading_the_pipeline(tmp_path: Path) -> None:
    from detente.reading.pipeline import bundled_path

    (tmp_path / "oslo.txt").write_text(ARTICLE, "utf8")
    alone = ["-c", "import spacy, sys; spacy.load(sys.argv[1], exclude=['senter'])", str(bundled_path())]
    ours = ["-m", "detente.cli", "read", str(tmp_path / "oslo.txt")]
    assert seconds(ours) <= 2 * seconds(alone)


def seconds(arguments: list[str]) -> float:
    """Processor time: what else the machine does meanwhile must not decide."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system
