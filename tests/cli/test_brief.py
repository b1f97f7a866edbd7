"""`detente brief` as somebody meets it who types the wrong thing, or has nothing yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.cli.app import app
from detente.observatory import Observatory


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    """An observatory that holds nothing but what others coded."""
    rows = [
        f"2020-{month:02}-11,GRC,TUR,{kind},wire-{month}" for month in range(1, 9) for kind in ("CONSULT", "ACCUSE")
    ]
    table = tmp_path / "events.csv"
    table.write_text("\n".join(["date,source,target,type,article", *rows]) + "\n", encoding="utf8")
    Observatory.create(tmp_path / "coded").import_events(table)
    return tmp_path / "coded"


def _run(runner: CliRunner, *arguments: object) -> Result:
    return runner.invoke(app, ["brief", *map(str, arguments)])


def test_it_goes_to_standard_output_as_markdown(runner: CliRunner, aegean: Path) -> None:
    result = _run(runner, aegean, "Greece", "tur", "--by", "quarter")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "# Greece and Turkey: too little evidence of a direction\n\nA brief as of 2023-12-08\n"
    )
    assert "“GRC > TUR AID 10 in the form of rescuers with dogs and heavy cutting gear”" not in result.stdout
    assert r"“GRC \> TUR AID 10 in the form of rescuers with dogs and heavy cutting gear” [" in result.stdout
    assert "2022-Q1" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("name", "begin"), [("b.md", b"# Greece"), ("b.html", b"<!DOCTYPE html>"), ("b.PDF", b"%PDF-")]
)
def test_the_ending_names_the_format(runner: CliRunner, aegean: Path, tmp_path: Path, name: str, begin: bytes) -> None:
    path = tmp_path / name
    result = _run(runner, aegean, "Greece", "Turkey", "-o", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"The brief is in {path}." in result.stderr
    first = path.read_bytes()
    assert first.startswith(begin)
    assert _run(runner, aegean, "Greece", "Turkey", "-o", path).exit_code == 0
    assert path.read_bytes() == first


def test_a_markdown_file_has_its_picture_beside_it(runner: CliRunner, aegean: Path, tmp_path: Path) -> None:
    assert _run(runner, aegean, "Greece", "Turkey", "-o", tmp_path / "note 1.md").exit_code == 0
    assert "![The series](<note 1.svg>)" in (tmp_path / "note 1.md").read_text("utf8")
    assert (tmp_path / "note 1.svg").read_bytes().startswith(b"<svg xmlns=")


def test_an_unknown_ending_is_refused_before_anything_is_read(runner: CliRunner, tmp_path: Path) -> None:
    result = _run(runner, tmp_path / "nowhere", "Greece", "Turkey", "-o", "brief.docx")
    assert result.exit_code == 2
    assert "brief.docx: a brief is written as .md, .html or .pdf; name the file so" in result.stderr


def test_an_unknown_country_brings_suggestions(runner: CliRunner, aegean: Path) -> None:
    result = _run(runner, aegean, "Grece", "Turkey")
    assert result.exit_code == 2
    assert "did you mean Greece" in result.stderr


def test_one_country_twice_is_no_relation(runner: CliRunner, aegean: Path) -> None:
    result = _run(runner, aegean, "Greece", "GRC")
    assert result.exit_code == 2
    assert "expected two countries, found GRC twice" in result.stderr


def test_a_folder_that_is_not_there_is_named(runner: CliRunner, tmp_path: Path) -> None:
    result = _run(runner, tmp_path / "nowhere", "Greece", "Turkey")
    assert result.exit_code == 1
    assert "is no observatory" in result.stderr


def test_a_day_that_is_none_is_named(runner: CliRunner, aegean: Path) -> None:
    result = _run(runner, aegean, "Greece", "Turkey", "--as-of", "yesterday")
    assert result.exit_code == 2
    assert "expected a day or period" in result.stderr


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_without_events_it_says_so_and_is_no_failure(
    runner: CliRunner, aegean: Path, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"nothing.{form}"
    assert _run(runner, aegean, "Chad", "Peru", "-o", path).exit_code == 0
    if form != "pdf":
        page = path.read_text("utf8")
        assert "Nothing can be said of relations between Chad and Peru" in page
        assert "stands in the 5 articles read (2022-03-14 to 2023-12-08)" in page
    assert not (tmp_path / "nothing.svg").exists()


def test_an_empty_observatory_gives_a_brief_as_well(runner: CliRunner, tmp_path: Path) -> None:
    Observatory.create(tmp_path / "empty")
    result = _run(runner, tmp_path / "empty", "Chad", "Peru")
    assert result.exit_code == 0
    assert "Nothing was read yet" in result.stdout
    assert "Nothing can be said of relations between Chad and Peru: no article was read." in result.stdout


def test_imported_events_come_without_sentences_and_it_says_so(runner: CliRunner, imported: Path) -> None:
    result = _run(runner, imported, "Greece", "Turkey")
    assert result.exit_code == 0
    assert "these are the events of csv" in result.stderr
    assert "16 events of csv of 2020-01-11 to 2020-08-11. No sentences came with them" in result.stdout
    assert "**Greece → Turkey** CONSULT" in result.stdout
    assert "“" not in result.stdout
    assert "1. outlet unknown, 2020-" in result.stdout


def test_an_origin_that_is_not_there_is_named(runner: CliRunner, aegean: Path) -> None:
    result = _run(runner, aegean, "Greece", "Turkey", "--origin", "icews")
    assert result.exit_code == 2
    assert "holds no events of the origin 'icews'; it has own" in result.stderr


def test_a_folder_to_write_into_that_is_not_there_is_named(runner: CliRunner, aegean: Path, tmp_path: Path) -> None:
    result = _run(runner, aegean, "Greece", "Turkey", "-o", tmp_path / "no" / "b.md")
    assert result.exit_code == 2
    assert "there is no folder" in result.stderr
