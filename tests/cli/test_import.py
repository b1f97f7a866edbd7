"""`detente import`, and `--origin` of the commands that ask."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.cli import export, import_
from detente.cli.app import app
from detente.store import EXPORTS
from detente.store.formats import FORMATS

_HEAD = "date,source,target,type,origin"


def run(runner: CliRunner, *arguments: object, status: int = 0) -> Result:
    shown = runner.invoke(app, [str(argument) for argument in arguments])
    assert shown.exit_code == status, shown.output
    return shown


@pytest.fixture
def ledger(runner: CliRunner, tmp_path: Path) -> Path:
    rows = [_HEAD, *(f"2021-0{month}-11,NOR,FIN,AID,ledger" for month in range(1, 8))]
    (tmp_path / "rows.csv").write_text("\n".join(rows), "utf8")
    run(runner, "init", tmp_path / "observatory")
    assert "7 events of ledger" in run(runner, "import", tmp_path / "observatory", tmp_path / "rows.csv").stdout
    return tmp_path / "observatory"


def test_formats_are_those_of_the_store() -> None:
    assert set(import_.FORMATS) == set(FORMATS)
    assert set(export.FORMATS) == set(EXPORTS)


def test_the_only_origin_is_meant_and_named(runner: CliRunner, ledger: Path) -> None:
    shown = run(runner, "events", ledger, "--between", "Norway", "Finland", "--format", "jsonl")
    assert "events of ledger" in shown.stderr
    assert [json.loads(line)["event"]["coder"] for line in shown.stdout.splitlines()] == ["ledger"] * 7
    shown = run(runner, "relations", ledger, "NOR", "FIN", "--format", "json", "--origin", "ledger")
    assert shown.stderr == ""
    assert json.loads(shown.stdout)["series"][0]["events"] == 1
    assert "NOR → FIN" in run(runner, "relations", ledger, "NOR", "FIN").stdout
    assert run(runner, "events", ledger, "--origin", "own").stdout == ""


def test_several_origins_must_be_named(runner: CliRunner, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(f"{_HEAD}\n2021-01-11,NOR,FIN,AID,abacus\n", "utf8")
    run(runner, "import", ledger, tmp_path / "rows.csv", "--format", "csv")
    assert "abacus, ledger" in run(runner, "events", ledger, status=2).stderr
    assert run(runner, "events", ledger, "--origin", "abacus").stdout.count("→") == 1
    assert "no events of the origin" in run(runner, "events", ledger, "--origin", "gdelt9", status=2).stderr


def test_ones_own_come_first(runner: CliRunner, aegean: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(f"{_HEAD}\n2021-01-11,GRC,TUR,ASSAULT,ledger\n", "utf8")
    before = run(runner, "events", aegean).stdout
    run(runner, "import", aegean, tmp_path / "rows.csv")
    assert run(runner, "events", aegean).stdout == before
    assert "ASSAULT" in run(runner, "events", aegean, "--origin", "ledger").stdout


def test_a_row_kept_aside_makes_the_status_1(runner: CliRunner, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text(f"{_HEAD}\n2021-13-11,NOR,FIN,AID,x\n2021-12-11,NOR,FIN,AID,x\n", "utf8")
    shown = run(runner, "import", ledger, tmp_path / "more.csv", status=1)
    assert "1 event of x" in shown.stdout
    assert "1 row kept aside" in shown.stdout
    assert "more.csv:2: expected a date" in shown.stderr


def test_export(runner: CliRunner, ledger: Path, aegean: Path, tmp_path: Path) -> None:
    shown = run(runner, "export", ledger, tmp_path / "ledger.parquet")
    assert "7 events written" in shown.stderr
    shown = run(runner, "export", aegean, "-", "--format", "csv")
    assert shown.stdout.startswith("date,source,target,type")
    assert "name it: --format" in run(runner, "export", aegean, tmp_path / "x.xls", status=2).stderr
    assert not (tmp_path / "x.xls").exists()


def test_export_says_what_a_format_has_no_room_for(runner: CliRunner, aegean: Path, tmp_path: Path) -> None:
    shown = run(runner, "export", aegean, tmp_path / "events.tab", "--format", "icews")
    assert "5 events written" in shown.stderr
    assert "1 event left out: 1 without a CAMEO code that says it; jsonl and parquet hold it" in shown.stderr
    assert "that its day is that of publication (5), the article's address or id (5), the mode (1)" in shown.stderr
    assert (tmp_path / "events.tab").read_text("utf8").startswith("Event ID\tEvent Date\t")
    assert "name it: --format" in run(runner, "export", aegean, tmp_path / "events.icews", status=2).stderr
    (tmp_path / "mute.csv").write_text("date,source,target,score\n2021-01-11,GRC,TUR,3\n", "utf8")
    run(runner, "import", aegean, tmp_path / "mute.csv")
    shown = run(runner, "export", aegean, "-", "--format", "polecat", "--origin", "csv")
    assert "1 event left out: 1 without a PLOVER type; jsonl and parquet hold it" in shown.stderr


def test_own_events_come_back_under_a_name_of_their_own(runner: CliRunner, aegean: Path, tmp_path: Path) -> None:
    run(runner, "export", aegean, tmp_path / "events.tab", "--format", "polecat")
    run(runner, "init", tmp_path / "again")
    shown = run(runner, "import", tmp_path / "again", tmp_path / "events.tab", "--origin", "detente")
    assert "6 events of detente" in shown.stdout
    assert "untested on real exports" in shown.stdout
    assert "name of an origin" in run(
        runner, "import", tmp_path / "again", tmp_path / "events.tab", "--origin", "own", status=2
    ).stderr  # fmt: skip


def test_an_import_is_removed(runner: CliRunner, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text(f"{_HEAD}\n2021-13-11,NOR,FIN,AID,x\n2021-12-11,NOR,FIN,AID,x\n", "utf8")
    run(runner, "import", ledger, tmp_path / "more.csv", status=1)
    assert runner.invoke(app, ["remove", str(ledger), "--origin", "x"], input="n\n").exit_code == 1
    shown = runner.invoke(app, ["remove", str(ledger), "--origin", "x"], input="y\n")
    assert "Delete 1 event of x" in shown.stderr
    assert shown.stdout.strip() == "Removed 1 event of x, and 1 row that had been kept aside."
    assert "holds no events of the origin 'x'" in run(runner, "remove", ledger, "--origin", "x", "-y", status=2).stderr
    assert run(runner, "remove", ledger, "--origin", "ledger", "-y").stdout == "Removed 7 events of ledger.\n"
    for wrong in ([], ["a", "--origin", "ledger"]):
        assert "one of the two" in run(runner, "remove", ledger, *wrong, status=2).stderr
    assert "article by article" in run(runner, "remove", ledger, "--origin", "own", "-y", status=2).stderr


def test_rates_of_an_import_are_of_its_own_events(
    runner: CliRunner, ledger: Path, aegean: Path, tmp_path: Path
) -> None:
    shown = " ".join(run(runner, "relations", ledger, "NOR", "FIN").stdout.split())
    assert "Per 1,000 events in the file in 2021-07: material conflict" in shown
    found = json.loads(run(runner, "relations", ledger, "NOR", "FIN", "--format", "json").stdout)
    assert found["origin"] == "ledger"
    run(runner, "relations", ledger, "NOR", "FIN", "--plot", tmp_path / "a.svg")
    drawn = (tmp_path / "a.svg").read_text("utf8")
    assert "7 events in the file" in drawn
    assert ">in the file</text>" in drawn
    assert "stories" not in drawn
    shown = " ".join(run(runner, "relations", aegean, "GRC", "TUR").stdout.split())
    assert "Per 1,000 stories in" in shown
