"""Why an event was read as it was, and why a sentence gave none."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.language import Language

import detente.reading.events as room
from detente.ontology import STATUSES
from detente.reading.events.lexicon import FLAGS, lexicon
from detente.reading.events.reasons import EFFECTS, FAULTS, FLAWS, SETTLED, STANDINGS
from detente.reading.reader import Reader
from detente.records import Article, Event, Explanation, Reading, Silence, from_json, to_json

FOLDER = Path(next(iter(room.__path__)))


def returned(*functions: str) -> set[str]:
    """The names that functions give: every string in a return statement of theirs, in whatever module of the room."""
    nodes = (node for path in FOLDER.glob("*.py") for node in ast.walk(ast.parse(path.read_text("utf8"))))
    named = [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name in functions]
    returns = [r for node in named for r in ast.walk(node) if isinstance(r, ast.Return)]
    strings = (s for r in returns for s in ast.walk(r) if isinstance(s, ast.Constant) and isinstance(s.value, str))
    return {str(s.value) for s in strings} - {""}


def rules() -> set[str]:
    """The names that the room gives to what sets a standing."""
    nodes = (node for path in FOLDER.glob("*.py") for node in ast.walk(ast.parse(path.read_text("utf8"))))
    words = [k for node in nodes if isinstance(node, ast.Call) for k in node.keywords if k.arg == "rule"]
    return {str(k.value.value) for k in words if isinstance(k.value, ast.Constant)}


def test_every_fault_has_its_words() -> None:
    found = returned("fault", "_fault") - {"wording", "object"}  # told by what the row asks for and what stands there
    assert len(found) > 10
    assert found - set(FAULTS) - set(FLAGS) == set()
    assert returned("flaw_of") - set(FLAWS) - set(FLAGS) == set()


def test_every_rule_of_standing_has_its_words() -> None:
    assert rules() <= set(STANDINGS)
    assert {governor.effect for governor in lexicon().governors.values()} <= set(EFFECTS)
    assert returned("_status") - set(STATUSES) <= set(SETTLED)


def explained(nlp: Language, text: str, published: str | None = "2024-05-16") -> Reading:
    return next(iter(Reader(nlp=nlp, explain=True).read([Article(id="x", text=text, published=published)])))


def only(reading: Reading) -> tuple[Event, Explanation]:
    (event,) = reading.events
    assert event.explanation is not None
    return event, event.explanation


def path(reading: Reading, role: str) -> list[tuple[str, str]]:
    _, why = only(reading)
    (party,) = (p for p in why.parties if p.role == role)
    return [(step.label, step.word.text) for step in party.path]


@pytest.mark.model
def test_an_event_names_its_row_its_rivals_and_its_words(nlp: Language) -> None:
    reading = explained(nlp, "Norway expelled two Danish diplomats on Tuesday.")
    event, why = only(reading)
    row = lexicon().verbs["expel"]
    assert (why.entry.file, why.entry.line) in {(frame.file, frame.line) for frame in row}
    assert (why.entry.words, why.entry.object, why.entry.type) == ("expel", "@diplomat", "SANCTION")
    assert why.test == "“diplomats”"
    assert {rival.fault for rival in why.rivals} == {"untried"}
    assert path(reading, "source") == [("nsubj", "Norway")]
    assert path(reading, "target")[-1][1] in ("diplomats", "Danish")
    assert why.status.value == event.status == "occurred"
    assert why.status.word == event.trigger
    assert (why.date.value, why.date.anchor) == ("2024-05-14", "2024-05-16")
    assert [step.word.text for step in why.date.path] == ["on", "Tuesday"]
    assert why.judge is None or sum(score.probability for score in why.judge.scores) == pytest.approx(1, abs=0.01)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "value", "rule", "word"),
    [
        ("Norway plans to expel two Danish diplomats.", "planned", "governor", "plans"),
        ("Norway will expel two Danish diplomats.", "planned", "future", "will"),
        ("Norway may expel two Danish diplomats.", "conditional", "modal", "may"),
        ("Estonia denied shelling the Latvian port of Liepaja.", "denied", "governor", "denied"),
        ("Norway is expelling two Danish diplomats.", "ongoing", "progressive", "expelling"),
    ],
)
def test_what_set_the_status_is_named(nlp: Language, text: str, value: str, rule: str, word: str) -> None:
    event, why = only(explained(nlp, text))
    assert (event.status, why.status.value, why.status.rule) == (value, value, rule)
    assert why.status.word is not None
    assert why.status.word.text == word
    assert word in why.status.reason
    assert (why.status.file == "governors.tsv") == (rule == "governor")


@pytest.mark.model
def test_a_date_that_cannot_be_counted_says_so(nlp: Language) -> None:
    _, why = only(explained(nlp, "Norway expelled two Danish diplomats on Tuesday.", published=None))
    assert why.date.value is None
    assert "Tuesday" in why.date.reason
    assert "day of publication" in why.date.reason


@pytest.mark.model
def test_a_pronoun_says_whom_it_stands_for(nlp: Language) -> None:
    reading = explained(nlp, "Iceland is angry. It expelled two Danish diplomats.")
    event, why = only(reading)
    (source,) = (party for party in why.parties if party.role == "source")
    assert (source.actor, source.basis) == (event.sources[0], "pronoun")
    assert "Iceland" in source.reason


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Norway will not sign the accord with Denmark.", "refused"),
        ("Norway called on Denmark to release the sailors.", "RETREAT/release"),
        ("Norway expelled two Danish diplomats.", ""),
    ],
)
def test_what_made_another_deed_of_the_row_is_told(nlp: Language, text: str, words: str) -> None:
    event, why = only(explained(nlp, text))
    assert bool(why.turned) == bool(words)
    assert words in why.turned
    if not words:
        assert (event.type, event.mode) == (why.entry.type, why.entry.mode)


@pytest.mark.model
def test_a_side_without_actor_says_what_stands_there(nlp: Language) -> None:
    _, why = only(explained(nlp, "Two Danish diplomats were expelled."))
    (gap,) = why.gaps
    assert gap.role == "source"
    assert "expelled" in gap.reason


def trial_of(silence: Silence, word: str) -> tuple[str, str]:
    (trial,) = (t for t in silence.trials if t.trigger.text == word)
    return trial.fault, trial.reason


@pytest.mark.model
def test_a_sentence_without_event_names_what_was_tried(nlp: Language) -> None:
    reading = explained(
        nlp, "The storm killed nine farmers. Rain fell on the hills. The attack on the idea was gentle."
    )
    assert not reading.events
    killed, quiet, gentle = reading.silent
    assert trial_of(killed, "killed")[0] == "accident"
    (trial,) = (t for t in killed.trials if t.trigger.text == "killed")
    assert [attempt.entry.words for attempt in trial.attempts if attempt.held] == ["kill"]
    assert all(attempt.reason for attempt in trial.attempts if not attempt.held)
    assert quiet.sentence.text == "Rain fell on the hills."
    assert not any(trial.attempts for trial in quiet.trials)
    assert quiet.reason.startswith("no word")
    assert trial_of(gentle, "attack")[0]


@pytest.mark.model
def test_a_plan_that_gives_no_event_names_its_governor(nlp: Language) -> None:
    reading = explained(nlp, "Norway refused to shell the Danish port.")
    fallen = [t for silence in reading.silent for t in silence.trials if t.trigger.text == "shell"]
    assert all(trial.fault in ("status", "told") for trial in fallen)
    assert fallen


@pytest.mark.model
def test_offsets_tell_the_truth_and_come_back_from_json(nlp: Language) -> None:
    text = "OSLO — Norway will meet Sweden on Monday. It denied shelling a Danish port.\n\nThe chess coach attacked the idea."
    reading = explained(nlp, text)
    pieces = [s.sentence for s in reading.silent] + [t.trigger for s in reading.silent for t in s.trials]
    for event in reading.events:
        assert event.explanation
        pieces += [step.word for party in event.explanation.parties for step in party.path]
    assert pieces
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
    assert from_json(Reading, to_json(reading)) == reading


@pytest.mark.model
def test_explaining_changes_nothing_else(nlp: Language, reader: Reader) -> None:
    article = Article(id="x", text="Norway met Sweden. It shelled a Danish port. Sport is fun.", published="2024-05-16")
    (plain,) = reader.read([article])
    (why,) = reader.explaining().read([article])
    assert plain.silent == ()
    assert all(event.explanation is None for event in plain.events)
    assert replace(why, silent=(), events=tuple(replace(e, explanation=None) for e in why.events)) == plain
