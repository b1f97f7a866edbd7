"""The commands that work on an observatory, on one that was made without a model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.cli.app import app


def run(runner: CliRunner, *arguments: object, status: int = 0) -> Result:
    shown = runner.invoke(app, [str(argument) for argument in arguments])
    assert shown.exit_code == status, shown.output
    return shown


def test_init_says_what_comes_next(runner: CliRunner, tmp_path: Path) -> None:
    assert "detente add" in run(runner, "init", tmp_path / "news").output
    assert "already" in run(runner, "init", tmp_path / "news", status=1).output


@pytest.mark.parametrize("command", ["events", "quotes", "compact", "add", "remove", "relations"])
def test_a_folder_that_is_none_says_what_to_do(runner: CliRunner, tmp_path: Path, command: str) -> None:
    more = {"add": ["x.txt"], "remove": ["-y", "d1"], "relations": ["IRQ", "USA"]}.get(command, [])
    shown = run(runner, command, tmp_path, *more, status=1)
    assert f"detente init {tmp_path}" in shown.output


def test_events(runner: CliRunner, aegean: Path) -> None:
    shown = run(runner, "events", aegean).stdout
    assert shown.count("→") == 6
    assert "(2022-05-24)  TUR → GRC  SANCTION/discontinue" in shown
    assert run(runner, "events", aegean, "--between", "Greek", "tur", "--type", "aid").stdout.count("→") == 1
    assert run(runner, "events", aegean, "--since", "2022-06", "--until", "2022").stdout.count("→") == 2
    assert run(runner, "events", aegean, "--source", "Turkey", "--limit", "1").stdout.count("→") == 1


def test_events_for_programs(runner: CliRunner, aegean: Path) -> None:
    rows = [json.loads(row) for row in run(runner, "events", aegean, "--format", "jsonl").stdout.splitlines()]
    assert [row["article"] for row in rows] == ["d1", "d2", "d3", "d3", "d4", "d5"]
    assert rows[0]["event"]["type"] == "CONSULT"


def test_nothing_found_is_said_aside(runner: CliRunner, aegean: Path) -> None:
    shown = run(runner, "events", aegean, "--type", "PROTEST")
    assert shown.stdout == ""
    assert "No event" in shown.stderr
    assert "No quotation" in run(runner, "quotes", aegean).stderr


def test_relations(runner: CliRunner, aegean: Path) -> None:
    shown = run(runner, "relations", aegean, "Greece", "Turkish", "--by", "quarter").stdout
    assert "Greece (GRC) and Turkey (TUR)" in shown
    assert "2022-Q2" in shown
    assert "GRC → TUR  AID  occurred" in shown
    assert shown.index("What raises the level now") < shown.index("What lowers it") < shown.index("TUR → GRC  SANCTION")
    assert "Level in 2023-Q4: " in shown
    assert "too little evidence (" in shown


def test_relations_one_way(runner: CliRunner, aegean: Path) -> None:
    shown = run(runner, "relations", aegean, "Turkey", "Greece", "--directed", "--sentences", "9").stdout
    assert "towards" in shown
    assert "AID" not in shown


def test_relations_for_programs(runner: CliRunner, aegean: Path) -> None:
    found = json.loads(run(runner, "relations", aegean, "GRC", "TUR", "--format", "json").stdout)
    assert found["schema"] == 1
    assert [level["period"] for level in found["series"] if level["events"]] == [
        "2022-03", "2022-05", "2022-08", "2023-02", "2023-12",
    ]  # fmt: skip
    assert found["series"][1]["balance"] is None


@pytest.mark.parametrize(("name", "start"), [("r.png", b"\x89PNG"), ("r.svg", b"<?xml")])
def test_relations_as_a_figure(runner: CliRunner, aegean: Path, tmp_path: Path, name: str, start: bytes) -> None:
    run(runner, "relations", aegean, "GRC", "TUR", "--plot", tmp_path / name)
    first = (tmp_path / name).read_bytes()
    assert first.startswith(start)
    run(runner, "relations", aegean, "GRC", "TUR", "--plot", tmp_path / name)
    assert (tmp_path / name).read_bytes() == first


def test_a_figure_of_another_kind_is_refused(runner: CliRunner, aegean: Path) -> None:
    assert ".png or .svg" in run(runner, "relations", aegean, "GRC", "TUR", "--plot", "r.pdf", status=2).output


@pytest.mark.parametrize(("a", "b", "words"), [("Irak", "USA", "Iraq"), ("IRQ", "Iraqi", "two countries")])
def test_wrong_countries(runner: CliRunner, aegean: Path, a: str, b: str, words: str) -> None:
    assert words in run(runner, "relations", aegean, a, b, status=2).output


def test_a_relation_without_events_says_so(runner: CliRunner, aegean: Path) -> None:
    assert "no event between IRQ and USA" in run(runner, "relations", aegean, "Iraq", "USA").stderr


def test_the_period_can_be_set_for_an_observatory(runner: CliRunner, aegean: Path) -> None:
    (aegean / "detente.toml").write_text('by = "quarter"\n', "utf8")
    assert "2022-Q1" in run(runner, "relations", aegean, "GRC", "TUR").stdout
    assert "2022-Q1" not in run(runner, "relations", aegean, "GRC", "TUR", "--by", "week").stdout


def test_remove_asks_first(runner: CliRunner, aegean: Path) -> None:
    shown = runner.invoke(app, ["remove", str(aegean), "d1"], input="n\n")
    assert shown.exit_code == 1
    assert run(runner, "events", aegean).stdout.count("→") == 6


def test_remove(runner: CliRunner, aegean: Path) -> None:
    assert "Removed 1 article" in run(runner, "remove", aegean, "d1", "-y").stdout
    assert run(runner, "events", aegean).stdout.count("→") == 5
    assert "Not there: d1" in run(runner, "remove", aegean, "d1", "-y", status=1).stderr


def test_compact(runner: CliRunner, aegean: Path) -> None:
    assert "1 segment before, 1 now" in run(runner, "compact", aegean).stdout


def test_doctor_on_an_observatory(runner: CliRunner, aegean: Path) -> None:
    (aegean / "detente.toml").write_text('colour = "never"\n', "utf8")
    found = json.loads(runner.invoke(app, ["doctor", str(aegean), "--json"]).stdout)
    values = {(item["section"], item["name"]): item for item in found}
    assert values["observatory", "articles"]["value"] == "5"
    assert "there is no setting 'colour'" in values["settings", "problem"]["value"]


def test_triangle(runner: CliRunner, aegean: Path) -> None:
    shown = run(runner, "triangle", aegean, "Greece", "Turkey", "USA", "--by", "quarter").stdout
    assert "Greece (GRC) between Turkey (TUR) and United States (USA)" in shown
    assert "2022-Q2" in shown
    assert "No correlation is given: 0 quarters with events in both" in shown
    found = json.loads(run(runner, "triangle", aegean, "GRC", "TUR", "USA", "--format", "json").stdout)
    assert (found["schema"], found["a"], found["with_b"]["b"], found["correlation"]) == (1, "GRC", "TUR", None)
    assert "which are one" in run(runner, "triangle", aegean, "GRC", "TUR", "Turkey", status=2).output
