"""`detente explain`: a sentence, an article, an event of an observatory; and what cannot be explained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from detente.cli.app import app

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("once")]

SENTENCE = "Norway expelled two Danish diplomats on Tuesday."
ARTICLE = (
    "OSLO, May 16 - Norway expelled two Danish diplomats on Tuesday.\n\n"
    "Denmark plans to expel four Norwegian diplomats. The storm killed nine farmers. Grass is green.\n"
)


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch, nlp: Language) -> None:
    """The pipeline of the session in place of one loaded anew by every command."""
    monkeypatch.setattr("detente.reading.reader.load", lambda *_: nlp)


def explain(runner: CliRunner, *arguments: object, status: int = 0, given: str | None = None) -> Result:
    shown = runner.invoke(app, ["explain", *map(str, arguments)], input=given)
    assert shown.exit_code == status, shown.output
    return shown


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "oslo.txt"
    path.write_text(ARTICLE, "utf8")
    return path


def test_a_sentence(runner: CliRunner) -> None:
    shown = explain(runner, SENTENCE, "--published", "2024-05-16").stdout
    assert "Norway → " in shown
    assert "SANCTION/expel" in shown
    assert "├── Norway  nsubj, subject  source" in shown
    assert "verbs.tsv:" in shown
    assert "“Tuesday” hangs on “expelled”" in shown
    assert "\x1b" not in shown
    assert all(row == row.rstrip() for row in shown.splitlines())


def test_a_sentence_without_quotation_marks(runner: CliRunner) -> None:
    assert "SANCTION/expel" in explain(runner, *SENTENCE.split()).stdout


def test_a_sentence_without_event(runner: CliRunner) -> None:
    shown = explain(runner, "The storm killed nine farmers.").stdout
    assert "No event" in shown
    assert "killed" in shown
    assert "accident" in shown
    assert "no word of the lexicon" in explain(runner, "Grass is green.").stdout


def test_an_article_in_the_order_of_its_text(runner: CliRunner, article: Path) -> None:
    shown = explain(runner, article, "--published", "2024-05-16").stdout
    places = [shown.index(words) for words in ("Norway expelled", "Denmark plans", "The storm killed")]
    assert places == sorted(places)
    assert "1 more sentence holds no word of the lexicon." in shown
    assert "plans" in shown
    assert "governors.tsv:" in shown


def test_one_event_or_some_words_only(runner: CliRunner, article: Path) -> None:
    (reading,) = map(json.loads, explain(runner, article, "--format", "json").stdout.splitlines())
    first = reading["events"][0]
    assert first["explanation"]["entry"]["file"] == "verbs.tsv"
    assert reading["silent"]
    shown = explain(runner, article, "--event", first["id"][:8]).stdout
    assert "SANCTION/expel" in shown
    assert "storm" not in shown
    assert "Norway →" not in explain(runner, article, "--about", "storm  killed").stdout
    assert "No sentence holds 'zebra'" in explain(runner, article, "--about", "zebra").stderr


def test_standard_input(runner: CliRunner) -> None:
    assert "SANCTION/expel" in explain(runner, "-", given=SENTENCE).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.txt"], "missing.txt: there is no such file or folder"),
        (["Norway"], "one word is no sentence"),
    ],
)
def test_what_is_no_sentence_and_no_file(runner: CliRunner, arguments: list[str], words: str) -> None:
    assert words in explain(runner, *arguments, status=2).stderr


def test_an_event_of_an_observatory(runner: CliRunner, article: Path, tmp_path: Path) -> None:
    news = str(tmp_path / "news")
    assert runner.invoke(app, ["init", news]).exit_code == 0
    assert runner.invoke(app, ["add", news, str(article), "--published", "2024-05-16"]).exit_code == 0
    stored = [json.loads(row) for row in runner.invoke(app, ["events", news, "--format", "jsonl"]).stdout.splitlines()]
    done = next(row["event"]["id"] for row in stored if row["event"]["status"] == "occurred")
    assert done[:8] in runner.invoke(app, ["events", news]).stdout
    shown = explain(runner, news, "--event", done[:8])
    assert "SANCTION/expel  occurred" in shown.stdout
    assert shown.stderr == ""
    assert "has no event 'ffff'" in explain(runner, news, "--event", "ffff", status=2).stderr
    assert "--event ID" in explain(runner, news, status=2).stderr


def test_another_coder_is_named(
    runner: CliRunner, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = str(tmp_path / "news")
    runner.invoke(app, ["init", news])
    with monkeypatch.context() as past:
        past.setattr("detente.reading.reader.coder_version", lambda: "detente-0.0.1")
        runner.invoke(app, ["add", news, str(article)])
    (first, *_) = runner.invoke(app, ["events", news, "--format", "jsonl"]).stdout.splitlines()
    shown = explain(runner, news, "--event", json.loads(first)["event"]["id"])
    assert "Stored by detente-0.0.1 with the tables" in shown.stderr
    assert "explained by detente-" in shown.stderr


def test_read_explains_when_asked(runner: CliRunner, article: Path) -> None:
    plain = json.loads(runner.invoke(app, ["read", str(article), "--format", "jsonl"]).stdout)
    assert plain["silent"] == []
    assert [event["explanation"] for event in plain["events"]] == [None] * len(plain["events"])
    told = json.loads(runner.invoke(app, ["read", str(article), "--format", "jsonl", "--explain"]).stdout)
    assert all(event["explanation"] for event in told["events"])
    assert told["silent"]
    assert "Why" in runner.invoke(app, ["read", str(article), "--explain"]).stdout


def test_blank_words_and_missing_files_are_told(runner: CliRunner, tmp_path: Path) -> None:
    assert "empty" in explain(runner, "", status=2).output
    assert "no such file" in explain(runner, str(tmp_path / "a.txt"), "b.txt", status=2).output
    assert "no such file" in explain(runner, "Norway thanked Chad.", "nowhere.txt", status=2).output
