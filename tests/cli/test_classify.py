"""`detente classify`: lines in, lines out, in order, whatever is in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from detente.cli.app import app
from detente.cli.classify import JUDGES

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model
GOOD = {"id": "n1", "text": "Norway will visit Jordan in May.", "sources": [[0, 6]], "targets": [[18, 24]]}
TEXTUAL = "Norway condemned the junta."


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch, nlp: Language) -> None:
    """The pipeline of the session in place of one loaded anew by every command."""
    monkeypatch.setattr("detente.reading.coder.load", lambda *_: nlp)


def classify(runner: CliRunner, *arguments: object, given: str | None = None, status: int = 0) -> Result:
    shown = runner.invoke(app, ["classify", *map(str, arguments)], input=given)
    assert shown.exit_code == status, shown.output
    return shown


def test_the_judges_are_those_of_the_coder() -> None:
    from detente.reading.pipeline import JUDGES as known

    assert known == JUDGES


def test_a_line_for_a_line(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text(json.dumps(GOOD) + "\n", "utf8")
    (row,) = map(json.loads, classify(runner, tmp_path / "pairs.jsonl", "--format", "jsonl").stdout.splitlines())
    assert (row["id"], row["type"], row["plover_type"]) == ("n1", "CONSULT", "AGREE")
    assert row["failures"] == []
    assert len(row["scores"]) == 16


def test_a_bad_line_keeps_its_place(runner: CliRunner) -> None:
    rows = [
        json.dumps(GOOD),
        "{broken",
        "[1]",
        json.dumps({"text": TEXTUAL}),
        json.dumps({"id": "no text"}),
        json.dumps({"id": 7, "text": TEXTUAL, "sources": [[0, "6"]]}),
        json.dumps({"id": "outside", "text": TEXTUAL, "sources": [[0, 600]]}),
        json.dumps({"id": "unnamed", "text": TEXTUAL, "sources": None, "targets": [[17, 26]]}),
    ]
    shown = classify(runner, "--format", "jsonl", given="\n".join(rows), status=1)
    found = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [bool(row["failures"]) for row in found] == [False, True, True, True, True, True, True, False]
    assert [row["id"] for row in found if row["id"] in ("n1", "no text", "7", "outside", "unnamed")] == [
        "n1", "no text", "7", "outside", "unnamed",
    ]  # fmt: skip
    assert all(row["type"] is None and row["scores"] == {} for row in found if row["failures"])
    assert "standard input:2" in shown.stderr


def test_bytes_that_are_no_text(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_bytes(b'{"id": "\xff"}\n' + json.dumps(GOOD).encode())
    shown = classify(runner, tmp_path / "pairs.jsonl", "--format", "jsonl", status=1)
    assert len(shown.stdout.splitlines()) == 2


def test_a_file_that_is_not_there(runner: CliRunner, tmp_path: Path) -> None:
    shown = classify(runner, tmp_path / "none.jsonl", "--format", "jsonl", status=1)
    assert "none.jsonl" in shown.stderr


def test_a_table_for_people(runner: CliRunner) -> None:
    shown = classify(runner, "-", given=json.dumps(GOOD))
    assert "n1  CONSULT, told as AGREE" in shown.stdout
    assert GOOD["text"] in shown.stdout


def test_rules_may_find_nothing(runner: CliRunner) -> None:
    row = GOOD | {"text": "Norway is not in Jordan at all."}
    shown = classify(runner, "--judge", "rules", "--format", "jsonl", given=json.dumps(row))
    assert json.loads(shown.stdout)["plover_type"] is None
    assert "no deed found" in classify(runner, "--judge", "rules", given=json.dumps(row)).stdout


def test_wrong_usage(runner: CliRunner) -> None:
    classify(runner, "--judge", "best", given="", status=2)


def test_half_a_character_is_replaced_and_judged(runner: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(
        '{"id": "a", "text": "Norway thanked \\ud800 Chad.", "sources": [[0, 6]], "targets": [[17, 21]]}\n', "utf8"
    )
    shown = classify(runner, path, "--format", "jsonl")
    assert json.loads(shown.stdout)["id"] == "a"
    assert "Traceback" not in shown.output
