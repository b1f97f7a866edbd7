"""From inputs to a lake to an observatory: the same rows as by `add`, done once, gone on with, taken over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import batch_work
import duckdb
import pytest
from lakes import corpus, rows_in, rows_of

from detente import Observatory
from detente.engines import Here, Local
from detente.errors import ModelError, SchemaError, StoreError, UsageError
from detente.observatory.coding import Progress, code
from detente.records import Article, Reading
from detente.store.lake import Lake, is_lake

type Write = Callable[..., Path]

READER = batch_work.ScriptedReader


def run(path: Path | list[Path], lake: Path | str, **more: object) -> Progress:
    given = {"engine": Here(), "reader": READER, "shard_size": 400} | more
    return code(path, lake, **given)  # type: ignore[arg-type]


def test_a_lake_holds_the_rows_that_add_gives(write: Write, tmp_path: Path) -> None:
    news = write("news.jsonl", 25)
    at = run(news, tmp_path / "lake")
    assert (at.articles, at.lost, at.unread) == (25, 0, 0)
    assert at.shards > 5
    Observatory.create(tmp_path / "plain").add([news], reader=READER())
    assert rows_of(tmp_path / "lake") == rows_in(tmp_path / "plain")


def test_processes_give_the_same_rows(write: Write, tmp_path: Path) -> None:
    news = write("news.jsonl", 25)
    run(news, tmp_path / "here")
    run(news, tmp_path / "local", engine=Local(2))
    assert rows_of(tmp_path / "here") == rows_of(tmp_path / "local")
    assert [e.shard for e in Lake.open(tmp_path / "here").done()] == [
        e.shard for e in Lake.open(tmp_path / "local").done()
    ]


def test_a_second_run_does_nothing(write: Write, tmp_path: Path) -> None:
    news = write("news.jsonl", 25)
    first = run(news, tmp_path / "lake")
    before = sorted((tmp_path / "lake").glob("segments/*/*"))
    again = run(news, tmp_path / "lake", reader=READER)
    assert (again.shards, again.earlier, again.articles) == (0, first.shards, 0)
    assert sorted((tmp_path / "lake").glob("segments/*/*")) == before


def test_more_inputs_cost_only_themselves(write: Write, tmp_path: Path) -> None:
    old, new = write("old.jsonl", 10), write("new.jsonl", 5)
    run(old, tmp_path / "lake")
    assert run([old, new], tmp_path / "lake").articles == 5
    with old.open("a") as stream:
        stream.write('{"id": "late", "text": "Norway thanked Finland."}\n')
    assert run([old, new], tmp_path / "lake").articles <= 4  # the last shard of the file that grew


def test_the_same_bytes_elsewhere_are_not_read_again(write: Write, tmp_path: Path) -> None:
    news = write("news.jsonl", 10)
    first = run(news, tmp_path / "lake")
    moved = news.rename(tmp_path / "moved.jsonl")
    assert run(moved, tmp_path / "lake").earlier == first.shards


def test_a_lake_is_read_in_one_way(write: Write, tmp_path: Path) -> None:
    news = write("news.jsonl", 3)
    run(news, tmp_path / "lake")
    for name, more in {"coder": {"reader": batch_work.NextReader}, "shard size": {"shard_size": 500}}.items():
        with pytest.raises(UsageError, match=f"was begun with {name}"):
            run(news, tmp_path / "lake", **more)
    with pytest.raises(UsageError, match="was begun with published"):
        run(news, tmp_path / "lake", published="2021-03-05")
    assert run(news, tmp_path / "lake", shard_size=None).shards == 0


def test_articles_that_come_twice_are_there_once(tmp_path: Path) -> None:
    line = '{"id": "a", "text": "Norway praised Finland."}\n'
    for name, more in (
        ("1", ""),
        ("2", '{"id": "b", "text": "Norway stayed."}\n'),
        ("3", '{"id": "a", "text": "Else."}\n'),
    ):
        (tmp_path / f"{name}.jsonl").write_text((line if name != "3" else "") + more)
    run([tmp_path / f"{n}.jsonl" for n in (1, 2, 3)], tmp_path / "lake", shard_size=4000)
    assert [row["text"] for row in rows_of(tmp_path / "lake")["articles"] if row["article_id"] == "a"].count(
        "Else."
    ) == 1
    assert len(rows_of(tmp_path / "lake")["articles"]) == 3
    assert rows_of(tmp_path / "lake")["failures"] == []
    observatory = Observatory.create(tmp_path / "o")
    report = observatory.take_over(tmp_path / "lake")
    assert (report.added, report.revised) == (2, 1)
    assert observatory.reading("a").article.text == "Else."


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"published": "someday"}, "day of publication"),
        ({"input_format": "pdf"}, "input format"),
        ({"shard_size": -1}, "at least one byte"),
    ],
)
def test_wrong_arguments_make_no_lake(write: Write, tmp_path: Path, more: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        run(write("news.jsonl", 1), tmp_path / "lake", **more)
    assert not (tmp_path / "lake").exists()


def test_inputs_that_are_not_there_make_no_lake(tmp_path: Path) -> None:
    for name, told in (("nothing.jsonl", "found none at"), ("-", "standard input")):
        with pytest.raises(UsageError, match=told):
            run(Path(name), tmp_path / "lake")
    assert not (tmp_path / "lake").exists()


def test_a_folder_of_other_things_is_no_place_for_a_lake(write: Write, tmp_path: Path) -> None:
    news = write("news.jsonl", 1)
    for path in (tmp_path, news):
        with pytest.raises(StoreError, match="is no lake"):
            run(news, path)
    assert not is_lake(tmp_path)
    with pytest.raises(StoreError, match="is no lake"):
        Lake.open(tmp_path)


def test_what_cannot_be_read_is_in_the_lake_as_a_failure(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text('{"id": "a", "text": "Norway praised Finland."}\nno JSON at all\n')
    (folder / "b.docx").write_bytes(b"PK\x03\x04 and so on")
    (folder / "c.txt").write_text("break\n")
    at = run(folder, tmp_path / "lake")
    assert (at.articles, at.unread) == (2, 3)
    rows = rows_of(tmp_path / "lake")["failures"]
    assert sorted(row["stage"] for row in rows) == ["reading", "source", "source"]
    assert len(at.told) == 3


def test_a_missing_model_halts_the_run(write: Write, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        code(write("n.jsonl", 30), tmp_path / "lake", engine=Here(), model="no_such_model", shard_size=200)
    assert not Lake.open(tmp_path / "lake").entries()


def test_a_worker_of_another_version_halts_the_run(write: Write, tmp_path: Path) -> None:
    class Elsewhere(Local):
        """An engine whose machines have another détente installed."""

        def run(self, function: object, shards: object) -> Iterator[object]:  # type: ignore[override]
            from dataclasses import replace

            yield from super().run(replace(function, reader=batch_work.NextReader), shards)  # type: ignore[type-var,arg-type]

    with pytest.raises(UsageError, match=r"scripted-2.*install the same"):
        run(write("n.jsonl", 3), tmp_path / "lake", engine=Elsewhere(1))


def test_progress_is_told_and_logged(write: Write, tmp_path: Path) -> None:
    seen: list[Progress] = []
    at = run(write("n.jsonl", 20), tmp_path / "lake", log=tmp_path / "log.jsonl", on_progress=seen.append)
    assert [p.shards for p in seen[:-1]] == list(range(1, at.shards + 1))
    assert seen[-1].bytes == seen[-1].total
    assert seen[0].left is not None
    assert seen[0].left >= 0 == seen[-1].left
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["begin", *["shard"] * at.shards, "end"]
    assert sum(line["shard_articles"] for line in lines[1:-1]) == lines[-1]["articles"] == 20
    own = next((tmp_path / "lake/runs").iterdir()).read_text()
    assert own == (tmp_path / "log.jsonl").read_text()


# ---- from a lake into an observatory


def test_a_lake_is_taken_over_without_reading(write: Write, tmp_path: Path) -> None:
    news = write("news.jsonl", 25)
    run(news, tmp_path / "lake")
    plain, taken = Observatory.create(tmp_path / "plain"), Observatory.create(tmp_path / "taken")
    plain.add([news], reader=READER())
    report = taken.take_over(tmp_path / "lake")
    assert (report.added, report.unchanged, report.failed) == (25, 0, 0)
    assert rows_in(taken.path) == rows_in(plain.path)
    assert list(taken.events()) == list(plain.events())
    assert list(taken.articles()) == list(plain.articles())
    taken.check()
    linked = [file for file in taken.path.glob("segments/*/*.parquet") if file.stat().st_nlink == 2]
    assert linked, "the files are the lake's, under a second name"


def test_taking_over_again_changes_nothing(write: Write, tmp_path: Path) -> None:
    run(write("news.jsonl", 10), tmp_path / "lake")
    observatory = Observatory.create(tmp_path / "o")
    observatory.take_over(tmp_path / "lake")
    generation = observatory.counts().generation
    report = observatory.take_over(tmp_path / "lake")
    assert (report.added, report.unchanged) == (0, 10)
    assert observatory.counts().generation == generation
    run(write("more.jsonl", 3), tmp_path / "lake")
    report = observatory.take_over(tmp_path / "lake")
    assert (report.added, report.unchanged) == (3, 10)


def test_what_was_read_already_is_passed_over(write: Write, tmp_path: Path) -> None:
    news = write("news.jsonl", 10)
    texts = [json.loads(line) for line in news.read_text().splitlines()]
    observatory = Observatory.create(tmp_path / "o")
    observatory.add([Article(**row) for row in texts[:5]], reader=READER())
    run(news, tmp_path / "lake")
    report = observatory.take_over(tmp_path / "lake")
    assert (report.added, report.unchanged) == (5, 5)
    plain = Observatory.create(tmp_path / "plain")
    plain.add([Article(**row) for row in texts], reader=READER())
    assert len(list(observatory.events())) == len(list(plain.events())) == 20
    observatory.check()


def test_removed_articles_stay_removed(write: Write, tmp_path: Path) -> None:
    run(write("news.jsonl", 10), tmp_path / "lake")
    observatory = Observatory.create(tmp_path / "o")
    observatory.take_over(tmp_path / "lake")
    observatory.remove("news-0003")
    report = observatory.take_over(tmp_path / "lake")
    assert (report.added, report.removed, report.unchanged) == (0, 1, 9)
    words = "note 3."
    assert all(words not in str(rows) for rows in rows_in(observatory.path).values())
    assert observatory.take_over(tmp_path / "lake", again=True).added == 1
    assert observatory.counts().removed == 0
    assert observatory.counts().articles == 10


def test_a_changed_text_is_a_revision(tmp_path: Path) -> None:
    before, after = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    before.write_text('{"id": "a", "text": "Norway praised Finland."}\n{"id": "b", "text": "Norway stayed."}\n')
    after.write_text('{"id": "a", "text": "Norway praised Finland, and more."}\n')
    run([before, after], tmp_path / "lake")
    observatory = Observatory.create(tmp_path / "o")
    report = observatory.take_over(tmp_path / "lake")
    assert (report.added, report.revised) == (2, 1)
    assert observatory.reading("a").article.text.endswith("and more.")
    assert observatory.counts().revisions == 3
    again = observatory.take_over(tmp_path / "lake")
    assert (again.added, again.revised, again.unchanged) == (0, 0, 3)
    observatory.add([Article(id="a", text="Norway thought again.")], reader=READER())
    assert observatory.take_over(tmp_path / "lake").revised == 1, "what the lake says last is current again"
    assert observatory.reading("a").article.text.endswith("and more.")


def test_the_order_of_the_inputs_says_what_is_current(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps({"id": "a", "text": f"Text {number} of Norway."}) + "\n")
    files = [tmp_path / f"{number}.jsonl" for number in range(6)]
    run(list(reversed(files)), tmp_path / "lake", shard_size=10)
    observatory = Observatory.create(tmp_path / "o")
    observatory.take_over(tmp_path / "lake")
    assert observatory.reading("a").article.text == "Text 5 of Norway."


def test_a_broken_reading_does_not_supersede_a_good_one(tmp_path: Path) -> None:
    observatory = Observatory.create(tmp_path / "o")
    observatory.add([Article(id="a", text="Norway praised Finland.")], reader=READER())
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a", "text": "break"}\n{"id": "b", "text": "break"}\n')
    run(bad, tmp_path / "lake")
    report = observatory.take_over(tmp_path / "lake")
    assert (report.unchanged, report.failed) == (1, 1)
    assert observatory.reading("a").events
    (fixed := tmp_path / "fixed.jsonl").write_text('{"id": "b", "text": "Norway praised Finland."}\n')
    run(fixed, tmp_path / "lake2")
    assert observatory.take_over(tmp_path / "lake2").revised == 1


def test_unreadable_inputs_are_taken_over_once(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a", "text": "Norway praised Finland."}\nno JSON\n')
    run(bad, tmp_path / "lake")
    observatory = Observatory.create(tmp_path / "o")
    report = observatory.take_over(tmp_path / "lake")
    assert (report.added, report.failed) == (1, 1)
    assert len(report.failures) == 1
    assert observatory.take_over(tmp_path / "lake").unchanged == 2
    assert len(list(observatory.failures())) == 1


def test_own_actors_of_both_must_agree(write: Write, tmp_path: Path) -> None:
    table = tmp_path / "actors.tsv"
    table.write_text("name\tkind\tcountry\nKari Moen\tperson\tNOR\n")
    observatory = Observatory.create(tmp_path / "o")
    observatory.use_actors(table, reader=batch_work.AdaptableReader())
    run(write("news.jsonl", 2), tmp_path / "lake")
    with pytest.raises(UsageError, match="other actors of your own"):
        observatory.take_over(tmp_path / "lake")
    assert observatory.counts().articles == 0


def test_a_damaged_lake_is_refused_and_leaves_the_observatory_as_it_was(write: Write, tmp_path: Path) -> None:
    run(write("news.jsonl", 10), tmp_path / "lake")
    victim = sorted((tmp_path / "lake").glob("segments/*/events.parquet"))[-1]
    whole = victim.read_bytes()
    observatory = Observatory.create(tmp_path / "o")
    for damage in (whole[:-10], whole[:100] + bytes([whole[100] ^ 1]) + whole[101:]):
        victim.write_bytes(damage)
        with pytest.raises(SchemaError, match=r"events\.parquet is damaged"):
            observatory.take_over(tmp_path / "lake")
        assert observatory.counts().articles == 0
    log = next((tmp_path / "lake/log").iterdir())
    log.write_text("{}\n")
    with pytest.raises(SchemaError, match=f"{log.name} is damaged"):
        Lake.open(tmp_path / "lake").entries()


def test_many_shards_are_merged_in_the_observatory(write: Write, tmp_path: Path) -> None:
    run(write("news.jsonl", 70), tmp_path / "lake", shard_size=150)
    observatory = Observatory.create(tmp_path / "o")
    observatory.take_over(tmp_path / "lake")
    assert len(Lake.open(tmp_path / "lake").done()) >= 32
    assert observatory.counts().segments == 1
    assert observatory.counts().articles == 70


def test_segments_are_merged_in_groups_that_fit_into_memory(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.store import writer

    run(write("news.jsonl", 70), tmp_path / "lake", shard_size=150)
    observatory = Observatory.create(tmp_path / "o")
    monkeypatch.setattr(writer, "MERGED", 20)
    observatory.take_over(tmp_path / "lake")
    assert 4 <= observatory.counts().segments <= 5
    monkeypatch.undo()
    observatory.compact()
    assert observatory.counts().segments == 1
    assert len(rows_of(tmp_path / "lake")["events"]) == len(list(observatory.events())) == 140


def test_duckdb_reads_a_lake_as_it_is(write: Write, tmp_path: Path) -> None:
    run(write("news.jsonl", 12), tmp_path / "lake")
    (tmp_path / "lake/segments/0-dead").mkdir()
    (tmp_path / "lake/segments/0-dead/events.parquet").write_bytes(b"half a file")
    connection = duckdb.connect()
    connection.execute(
        f"""SET VARIABLE files = (
            SELECT list('{tmp_path}/lake/segments/' || folder || '/events.parquet')
            FROM read_json('{tmp_path}/lake/log/*.jsonl')
            WHERE lost IS NULL AND len(list_filter(segment.files, lambda f: f.table = 'events')) > 0)"""
    )
    found = connection.execute("SELECT count(*), any_value(type) FROM read_parquet(getvariable('files'))").fetchone()
    assert found == (24, "SUPPORT")
    assert len(Lake.open(tmp_path / "lake").files("events")) == len(Lake.open(tmp_path / "lake").done())


def test_copies_are_found_across_shards(tmp_path: Path) -> None:
    words = "Norway praised Finland for the help that its crews gave in the northern forests on Monday. " * 6
    news = corpus(tmp_path / "news.jsonl", [f"{words}\nNote {n % 3} of three." for n in range(9)])
    run(news, tmp_path / "lake", shard_size=100)
    observatory = Observatory.create(tmp_path / "o")
    observatory.take_over(tmp_path / "lake")
    assert [len(story.articles) for story in observatory.stories()] == [3, 3, 3]


@pytest.mark.model
def test_the_real_reader_in_processes(tmp_path: Path, reader: object) -> None:
    news = tmp_path / "news.jsonl"
    rows = [
        {"id": f"d{n}", "published": "2024-05-15", "text": f"Turkey {verb} Greece over the drills on Tuesday."}
        for n, verb in enumerate(("condemned", "praised", "accused", "thanked"))
    ]
    news.write_text("".join(json.dumps(row) + "\n" for row in rows))
    at = code(news, tmp_path / "lake", engine=Local(1), shard_size=200)
    assert at.articles == 4
    plain = Observatory.create(tmp_path / "plain")
    plain.add([news], reader=reader)  # type: ignore[arg-type]
    assert rows_of(tmp_path / "lake") == rows_in(plain.path)
    assert len(rows_of(tmp_path / "lake")["events"]) >= 3


def test_readings_are_plain_records() -> None:
    """The scripted reader gives what a reader gives: the tests above rest on it."""
    found = next(READER().read([Article(id="a", text="Norway praised Finland.")]))
    assert isinstance(found, Reading)
    assert len(found.events) == 1
