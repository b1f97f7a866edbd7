"""`detente actors`, and `--actors` of the commands that read, without a language model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.cli.app import app
from detente.knowledge.own_actors import NOBODY, OwnActors
from detente.records import Actor, Article, Evidence, Quote, Reading

TABLE = "name\tcountry\trole\nTorvald Brekke\tNorway\tfisheries envoy\n"


class QuotingReader:
    """Everybody is Torvald Brekke, and speaks; his role is the user's."""

    coder, knowledge = "quoting", "k"
    seen: list[str]

    def __init__(self, model: str | None = None, *, actors: OwnActors = NOBODY, judge: str = "default") -> None:
        self.actors = actors

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        role = next((row.role for row in self.actors), None)
        for article in articles:
            self.seen.append(article.id)
            words = Evidence(start=0, end=14, text=article.text[:14])
            brekke = Actor(
                id="a1", name="Torvald Brekke", kind="person", mentions=(words,), role=role or "skipper of the Havlyd",
                role_basis="known" if role else "stated", country="NOR" if role else None,
            )  # fmt: skip
            quote = Quote(
                id=f"q{article.id}", start=0, end=7, text="Torvald", spans=((0, 7),), kind="direct", speaker="a1"
            )
            yield Reading(article=article, actors=(brekke,), quotes=(quote,))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> type[QuotingReader]:
    monkeypatch.setattr("detente.reading.reader.Reader", QuotingReader)
    monkeypatch.setattr(QuotingReader, "seen", [], raising=False)
    return QuotingReader


@pytest.fixture
def news(tmp_path: Path) -> Path:
    lines = [
        {"id": "h1", "text": "Torvald Brekke spoke in Alta.", "published": "2021-03-04"},
        {"id": "h2", "text": "Torvald Brekke came home.", "published": "2021-05-06"},
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf8")
    return path


@pytest.fixture
def folder(tmp_path: Path, news: Path, runner: CliRunner, reader: type[QuotingReader]) -> Path:
    run(runner, "init", tmp_path / "o")
    run(runner, "add", tmp_path / "o", news)
    reader.seen.clear()
    return tmp_path / "o"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mine.tsv"
    path.write_text(TABLE, "utf8")
    return path


def run(runner: CliRunner, *arguments: object, status: int = 0) -> Result:
    shown = runner.invoke(app, [str(argument) for argument in arguments])
    assert shown.exit_code == status, shown.output
    return shown


def test_who_spoke(runner: CliRunner, folder: Path) -> None:
    shown = run(runner, "actors", folder).stdout
    assert "Torvald Brekke" in shown
    assert "skipper of the Havlyd" in shown
    assert "2021-03-04 – 2021-05-06" in shown


def test_one_in_full(runner: CliRunner, folder: Path) -> None:
    shown = run(runner, "actors", folder, "brekke").stdout
    assert "2 quotations; in 2 articles" in shown
    assert "stated in h1 and 1 more" in shown
    assert "No actor" in run(runner, "actors", folder, "nobody").stderr


def test_for_programs(runner: CliRunner, folder: Path) -> None:
    found = json.loads(run(runner, "actors", folder, "--format", "json").stdout)
    assert found["schema"] == 1
    (brekke,) = found["actors"]
    assert (brekke["name"], brekke["quotes"], brekke["first"]) == ("Torvald Brekke", 2, "2021-03-04")
    assert run(runner, "actors", folder, "--kind", "country", "--format", "json").stdout.count("name") == 0


def test_a_table_is_used_and_taken_away(
    runner: CliRunner, folder: Path, table: Path, reader: type[QuotingReader]
) -> None:
    shown = run(runner, "actors", folder, "--use", table).stdout
    assert shown == "1 row kept; 2 articles hold a changed name, 2 read again\n"
    assert reader.seen == ["h1", "h2"]
    assert "fisheries envoy" in run(runner, "actors", folder, "--country", "Norway").stdout
    assert "known at the time" in run(runner, "actors", folder, "Brekke").stdout
    assert run(runner, "actors", folder, "--use", table).stdout == "1 row kept, nothing changed\n"
    shown = run(runner, "actors", folder, "--reset").stdout
    assert shown == "no actors of your own; 2 articles hold a changed name, 0 read again, 2 taken from the history\n"


def test_wrong_uses_are_told(runner: CliRunner, folder: Path, table: Path, tmp_path: Path) -> None:
    assert "at once" in run(runner, "actors", folder, "--use", table, "--reset", status=2).output
    assert "does not exist" in run(runner, "actors", folder, "--use", tmp_path / "none.tsv", status=2).output
    table.write_text(TABLE.replace("Norway", "Norwya"), "utf8")
    shown = run(runner, "actors", folder, "--use", table, status=1).output
    assert "mine.tsv:2" in shown
    assert "Norway" in shown
    assert f"detente init {tmp_path}" in run(runner, "actors", tmp_path, status=1).output


def test_add_and_read_take_a_table(
    runner: CliRunner, folder: Path, table: Path, news: Path, reader: type[QuotingReader]
) -> None:
    shown = run(runner, "add", folder, news, "--actors", table)
    assert "2 articles read again" in shown.stderr
    assert "nothing new" in shown.stdout
    rows = run(runner, "read", news, "--format", "jsonl", "--actors", table).stdout.splitlines()
    assert json.loads(rows[0])["actors"][0]["role"] == "fisheries envoy"


def test_the_articles_that_hold_a_name(runner: CliRunner, folder: Path) -> None:
    assert run(runner, "actors", folder, "Torvald Brekke", "--articles").stdout == "h1\nh2\n"
    assert run(runner, "actors", folder, "Nobody", "--articles").stdout == ""
    assert "NAME" in run(runner, "actors", folder, "--articles", status=2).output
