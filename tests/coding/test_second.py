"""What spans shards: copies and merged events are found on any engine, the same, once; and an observatory finds what a lake found."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import batch_work
import pytest
from lakes import copied_corpus, corpus, rows_of, told_of

from detente import Observatory
from detente.engines import Here, Local
from detente.errors import BusyError, EngineError
from detente.observatory.coding import code, second, tell
from detente.store.lake import Lake
from detente.store.lake import second as kept
from detente.stories import finding

READER = batch_work.ScriptedReader


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    news = copied_corpus(tmp_path / "news.jsonl")
    code(news, tmp_path / "lake", engine=Here(), reader=READER, shard_size=100)
    assert len(Lake.open(tmp_path / "lake").done()) > 3
    return tmp_path / "lake"


def test_a_lake_tells_the_stories_and_events_that_an_observatory_finds(lake: Path, tmp_path: Path) -> None:
    step = tell(lake, engine=Here())
    observatory = Observatory.create(tmp_path / "o")
    observatory.take_over(lake)
    stories = {article.id: story.id for story in observatory.stories() for article in story.articles}
    told = told_of(lake)
    assert {row["article_id"]: row["story"] for row in told["stories"]} == stories
    assert (step.articles, step.stories) == (len(stories), len(set(stories.values())))
    assert 0 < step.stories < step.articles
    real = {frozenset((report.article, report.event) for report in event.reports) for event in observatory.events()}
    merged: dict[str, set[tuple[str, str]]] = {}
    for row in told["events"]:
        merged.setdefault(row["event"], set()).add((row["article_id"], row["id"]))
    assert merged
    assert {frozenset(group) for group in merged.values()} == {group for group in real if len(group) > 1}


def test_processes_find_the_same(lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "_PAIRS", 2)  # several bundles
    tell(lake, engine=Local(2))
    code(tmp_path / "news.jsonl", tmp_path / "other", engine=Here(), reader=READER, shard_size=100_000)
    tell(tmp_path / "other", engine=Here())
    assert told_of(lake) == told_of(tmp_path / "other"), "however the shards were cut"


def test_it_is_done_once_for_the_same_shards_and_compares_no_pair_twice(
    lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tell(lake, engine=Here())
    assert tell(lake, engine=Here()) == first
    more = corpus(tmp_path / "more.jsonl", ["Sweden wrote of something else altogether, at no great length."])
    code(more, lake, engine=Here(), reader=READER)

    def never(*_: Any, **__: Any) -> bool:
        raise AssertionError("a pair was compared again")

    monkeypatch.setattr(finding, "is_copy", never)
    again = tell(lake, engine=Here())
    assert (again.articles, again.copied) == (first.articles + 1, first.copied)
    observatory = Observatory.create(tmp_path / "o")
    observatory.take_over(lake)  # nor here: what the lake has found is taken over
    assert sum(len(story.articles) for story in observatory.stories(copied=True)) == again.copied


@pytest.mark.parametrize("half", [b'{"folder": "st', b"[]\n", b"{}\n"])
def test_a_note_that_a_dying_machine_left_half_written_is_made_anew(lake: Path, tmp_path: Path, half: bytes) -> None:
    whole = tell(lake, engine=Here())
    (lake / "told/00000002.json").write_bytes(half)
    observatory = Observatory.create(tmp_path / "o")
    assert observatory.take_over(lake).added == whole.articles
    again = tell(lake, engine=Here())
    assert (again.articles, again.stories, again.events) == (whole.articles, whole.stories, whole.events)
    assert tell(lake, engine=Here()) == again, "and is then found"


def test_the_last_text_of_an_article_counts(tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    for name, words in (("a", "Norway praised Finland. " * 9), ("b", "Sweden left the talks early. " * 9)):
        (tmp_path / name).mkdir()
        news = corpus(tmp_path / name / "n.jsonl", [words, words, words])
        code(news, lake, engine=Here(), reader=READER, shard_size=100)
    tell(lake, engine=Here())
    observatory = Observatory.create(tmp_path / "o")
    observatory.take_over(lake)
    rows = rows_of(lake)["articles"]
    current = {(row["article_id"], row["revision"]) for row in rows if row["text"].startswith("Sweden")}
    assert len(current) == 3
    assert {(row["article_id"], row["revision"]) for row in told_of(lake)["stories"]} == current
    assert {stored.article.id for stored in observatory.articles()} == {article for article, _ in current}


@pytest.mark.parametrize("shard_size", [100, 100_000])
def test_a_text_on_which_the_reader_broke_off_supersedes_none(tmp_path: Path, shard_size: int) -> None:
    lake, names = tmp_path / "lake", ("a", "b")
    for name, words in zip(
        names, ("Norway praised Finland. " * 9, "Norway praised Finland.\nbreak\n" * 9), strict=True
    ):
        (tmp_path / name).mkdir()
        corpus(tmp_path / name / "n.jsonl", [words, words])
    code([tmp_path / name for name in names], lake, engine=Here(), reader=READER, shard_size=shard_size)
    tell(lake, engine=Here())
    observatory = Observatory.create(tmp_path / "o")
    observatory.take_over(lake)
    counts = {stored.article.id: stored.article.text for stored in observatory.articles()}
    assert len(counts) == 2
    assert not any("break" in text for text in counts.values())
    texts = {(row["article_id"], row["revision"]): row["text"] for row in rows_of(lake)["articles"]}
    told = {row["article_id"]: texts[row["article_id"], row["revision"]] for row in told_of(lake)["stories"]}
    assert told == counts


def test_steps_that_do_not_count_are_swept(lake: Path, tmp_path: Path) -> None:
    first = tell(lake, engine=Here())
    (lake / "told/step-dead").mkdir()
    more = corpus(tmp_path / "more.jsonl", ["Sweden wrote of something else altogether, at no great length."])
    code(more, lake, engine=Here(), reader=READER)
    last = tell(lake, engine=Here())
    there = Lake.open(lake)
    assert kept.sweep(there) == 0, "somebody may be reading them"
    assert kept.sweep(there, grace=-1e9) == 2
    assert [path.name for path in (lake / "told").iterdir() if path.is_dir()] == [last.folder]
    assert first.folder != last.folder
    shutil.rmtree(lake / "told" / last.folder)
    assert tell(lake, engine=Here()).articles == last.articles, "what somebody deleted is made anew"
    assert (lake / "told" / json.loads(max((lake / "told").glob("*.json")).read_text())["folder"]).is_dir()


def test_an_object_store_will_do(lake: Path, tmp_path: Path) -> None:
    there = f"memory://{tmp_path.name}/lake"
    code(tmp_path / "news.jsonl", there, engine=Here(), reader=READER, shard_size=100)
    assert tell(there, engine=Here()).copied == tell(lake, engine=Here()).copied > 0
    assert Lake.open(there).place.read("told/00000001.json")


def test_it_waits_for_no_run_and_says_what_failed(lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Lake.open(lake).held(), pytest.raises(BusyError):
        tell(lake, engine=Here())

    def broken(*_: Any) -> Any:
        raise ValueError("no text today")

    monkeypatch.setattr(second, "_texts", broken)
    with pytest.raises(EngineError, match=r"no text today.*run it again"):
        tell(lake, engine=Here())
    assert not (lake / "told").exists()
    monkeypatch.undo()
    assert tell(lake, engine=Here()).copied


def test_an_empty_lake_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("no JSON\n")
    code(tmp_path / "bad.jsonl", tmp_path / "lake", engine=Here(), reader=READER)
    step = tell(tmp_path / "lake", engine=Here())
    assert (step.articles, step.stories, step.events) == (0, 0, 0)
    assert told_of(tmp_path / "lake") == {"stories": [], "events": []}
