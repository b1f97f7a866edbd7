"""`detente freeze`: a release made, checked, and rid of removed articles."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from detente.cli.app import app


def run(runner: CliRunner, *arguments: object, status: int = 0) -> Result:
    shown = runner.invoke(app, ["freeze", *(str(argument) for argument in arguments)])
    assert shown.exit_code == status, shown.output
    return shown


@pytest.fixture
def release(runner: CliRunner, aegean: Path, tmp_path: Path) -> Path:
    run(runner, aegean, tmp_path / "release")
    return tmp_path / "release"


def test_a_release_is_made_and_checked(runner: CliRunner, aegean: Path, tmp_path: Path) -> None:
    shown = run(runner, aegean, tmp_path / "release")
    assert shown.stdout.splitlines() == [
        f"5 articles, 6 events, 0 quotes of {aegean} frozen into {tmp_path / 'release'}",
        f"What is in it, and how to cite it: {tmp_path / 'release' / 'README.md'}",
    ]
    assert (tmp_path / "release.log").exists()
    assert run(runner, "--verify", tmp_path / "release").stdout == f"{tmp_path / 'release'} is as it was released.\n"


def test_texts_and_as_of(runner: CliRunner, aegean: Path, tmp_path: Path) -> None:
    run(runner, aegean, tmp_path / "some", "--as-of", "2022-05", "--texts")
    found = pq.read_table(tmp_path / "some" / "articles.parquet")
    assert found["id"].to_pylist() == ["d1", "d2"]
    assert "Bosphorus" in found["text"][0].as_py()


def test_harm_has_a_status_and_is_named(runner: CliRunner, release: Path) -> None:
    (release / "events.parquet").unlink()
    (release / "notes.txt").write_text("mine")
    shown = run(runner, "--verify", release, status=1)
    assert "events.parquet is missing" in shown.stderr
    assert "notes.txt does not belong to the release" in shown.stderr


def test_removed_articles_leave_a_copy_that_is_held(
    runner: CliRunner, aegean: Path, release: Path, tmp_path: Path
) -> None:
    assert runner.invoke(app, ["remove", str(aegean), "d3", "--yes"]).exit_code == 0
    run(runner, aegean, tmp_path / "later")
    shown = run(runner, "--apply-removals", release, tmp_path / "later" / "removed.tsv")
    assert "1 article taken out of" in shown.stdout
    assert "  events               2 rows gone" in shown.stdout
    assert "d3" not in pq.read_table(release / "articles.parquet")["id"].to_pylist()
    run(runner, "--verify", release)
    assert "lists them all already" in run(runner, "--apply-removals", release, tmp_path / "later").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["{aegean}"],
        ["{aegean}", "out", "--verify", "{release}"],
        ["--verify", "{release}", "--texts"],
        ["--verify", "{release}", "--apply-removals", "{release}", "list"],
        ["--as-of", "2022"],
    ],
)
def test_wrong_use_says_what_is_right(runner: CliRunner, aegean: Path, release: Path, arguments: list[str]) -> None:
    given = [argument.format(aegean=aegean, release=release) for argument in arguments]
    assert "expected DIR and OUT" in run(runner, *given, status=2).stderr


def test_folders_that_will_not_do(runner: CliRunner, aegean: Path, release: Path, tmp_path: Path) -> None:
    assert "not empty" in run(runner, aegean, release, status=2).stderr
    assert "is no observatory" in run(runner, tmp_path, tmp_path / "out", status=1).stderr
    assert not (tmp_path / "out").exists()
    assert "is no release" in run(runner, "--verify", aegean, status=1).stderr
    assert "cannot be read" in run(runner, "--apply-removals", release, tmp_path / "nowhere", status=1).stderr
    assert "expected a day or period" in run(runner, aegean, tmp_path / "x", "--as-of", "yesterday", status=2).stderr
