"""`detente board`."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from detente.cli.app import app
from detente.cli.board_view import board_view
from detente.cli.session import show_plainly
from detente.observatory.board import Board, BoardRow
from detente.relations import Now

BAD, GOOD = ("SANCTION", "ASSAULT", "PROTEST"), ("AGREE", "AID", "CONSULT")


@pytest.fixture
def ledger(runner: CliRunner, tmp_path: Path) -> Path:
    """Two pairs that change in August: Norway and Finland for the better, Sweden and Denmark for the worse."""
    rows = ["date,source,target,type,article,text"]
    for month in range(24):
        for number in range(5):
            for pair, way in (("NOR,FIN", "up"), ("SWE,DNK", "down")):
                deed = (GOOD if (way == "up") == (month > 18) else BAD)[(month + number) % 3]
                day = f"{2022 + month // 12}-{1 + month % 12:02}-11"
                rows.append(f"{day},{pair},{deed},{way}{month}-{number},The {deed.lower()} of month {month}.")
    (tmp_path / "rows.csv").write_text("\n".join(rows), "utf8")
    for arguments in (["init", "o"], ["import", "o", "rows.csv"]):
        words = [str(tmp_path / word) if word in ("o", "rows.csv") else word for word in arguments]
        assert runner.invoke(app, words).exit_code == 0
    return tmp_path / "o"


def test_the_board(runner: CliRunner, ledger: Path) -> None:
    shown = runner.invoke(app, ["board", str(ledger)])
    assert shown.exit_code == 0
    words = " ".join(shown.stdout.split())
    for part in (
        "2 pairs of countries with 5 events or more",
        "▲ Finland (FIN) and Norway (NOR)",
        "▼ Denmark (DNK) and Sweden (SWE)",
        "upswing (probability ",
        "30 events of 30 origins",
        "ASSAULT −9",
        "The assault of month",
    ):
        assert part in words
    assert "these are the events of csv" in shown.stderr


def test_json(runner: CliRunner, ledger: Path) -> None:
    shown = runner.invoke(app, ["board", str(ledger), "--format", "json", "--limit", "1", "--by", "quarter"])
    found = json.loads(shown.stdout)
    assert (found["by"], found["ranked"], len(found["rows"]), found["schema"]) == ("quarter", 2, 1, 1)
    assert found["rows"][0]["then"]["period"] == "2023-Q2"
    assert found["rows"][0]["reason"]["sentence"].startswith("The ")


def test_nothing_to_show_and_wrong_use(runner: CliRunner, ledger: Path, tmp_path: Path) -> None:
    shown = runner.invoke(app, ["board", str(ledger), "--min-events", "999"])
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "--min-events 1" in shown.stderr
    assert runner.invoke(app, ["board", str(tmp_path / "nowhere")]).exit_code == 1
    wrong = runner.invoke(app, ["board", str(ledger), "--origin", "gdelt9"])
    assert wrong.exit_code == 2
    assert "no events of the origin" in wrong.stderr
    assert "a day or period" in runner.invoke(app, ["board", str(ledger), "--as-of", "soon"]).stderr


@pytest.mark.parametrize(("unicode", "signs"), [(True, "▲▼◆■·"), (False, "^v~=.")])
@pytest.mark.parametrize("width", [50, 100])
def test_every_direction_has_a_shape_of_its_own(unicode: bool, signs: str, width: int) -> None:
    level = Now(period="2023-06", balance=1.0, low50=0.5, high50=1.5, low90=0.0, high90=2.0)
    rows = tuple(
        BoardRow(a="NOR", b="FIN", change=-0.04, direction=name, probability=None, why="so", then=level, now=level, events=1, origins=1, reason=None)
        for name in ("upswing", "downswing", "volatile", "steady", "too little evidence")
    )  # fmt: skip
    file = io.StringIO()
    console = Console(file=file, width=width, highlight=False, markup=False, no_color=True)
    found = Board(origin="own", by="month", as_of=None, window="6 months", min_events=5, dyads=9, ranked=5, rows=rows)
    show_plainly(console, board_view(found, unicode=unicode))
    lines = file.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    assert [line[0] for line in lines if "Norway" in line] == list(signs)
