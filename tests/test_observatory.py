"""The Python API: the verbs, and a run that is killed half way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import Observatory, read
from detente.errors import StoreError, UnknownNameError, UsageError
from detente.records import Actor, Article, Event, Evidence, Failure, Quote, Reading

if TYPE_CHECKING:
    from detente.reading.reader import Reader

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")


class FakeReader:
    """Reads "AAA verb BBB ..." as one event, and breaks on articles that say so. delay: seconds an article."""

    coder, knowledge = "fake-1", "k1"

    def __init__(self, delay: float = 0.0) -> None:
        self.delay = delay
        self.seen: list[str] = []

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            time.sleep(self.delay)
            self.seen.append(article.id)
            yield fake_reading(article)


def fake_reading(article: Article) -> Reading:
    if "unreadable" in article.text:
        return Reading(article=article, failures=(Failure(stage="reading", reason="it broke"),))
    doer, verb, other = article.text.split()[:3]
    span = Evidence(start=0, end=len(doer), text=doer)
    event = Event(
        id=f"e-{article.id}",
        type="SUPPORT" if verb == "praised" else "ACCUSE",
        span=span,
        trigger=span,
        evidence=(span,),
        rule=verb,
        coder=FakeReader.coder,
        knowledge=FakeReader.knowledge,
        intensity=5.0 if verb == "praised" else -2.0,
        sources=(doer,),
        targets=(other,),
        source_countries=(doer,),
        target_countries=(other,),
    )
    speaker = Actor(id=doer, name={"NOR": "Norway", "FIN": "Finland"}.get(doer, doer), kind="country", country=doer)
    quote = Quote(id=f"q-{article.id}", start=0, end=3, text=doer, spans=((0, 3),), kind="direct", speaker=doer)
    return Reading(article=article, actors=(speaker,), events=(event,), quotes=(quote,))


def article(number: int, verb: str = "praised", **fields: Any) -> Article:
    given = {"id": f"a{number:03}", "published": f"2021-{1 + number % 12:02}-10", "source": "Fjord Post"} | fields
    return Article(text=given.pop("text", f"NOR {verb} FIN in note {number}."), **given)


@pytest.fixture
def observatory(tmp_path: Path) -> Observatory:
    return Observatory.create(tmp_path / "o")


def rows(path: Path) -> dict[str, list[str]]:
    """Every row of every table, in an order of its own."""
    manifest = json.loads((path / "manifest.json").read_text("utf8"))
    found: dict[str, list[str]] = {}
    for segment in manifest["segments"]:
        for file in segment["files"]:
            table = pq.ParquetFile(path / "segments" / segment["id"] / f"{file['table']}.parquet").read()
            found.setdefault(file["table"], []).extend(map(str, table.to_pylist()))
    return {table: sorted(lines) for table, lines in found.items()}


def test_adding_the_same_again_changes_nothing_and_says_so(observatory: Observatory) -> None:
    articles = [article(n) for n in range(7)]
    first = observatory.add(articles, reader=FakeReader(), batch=3)
    assert (first.added, first.unchanged) == (7, 0)
    before = {p: p.read_bytes() for p in observatory.path.rglob("*") if p.is_file()}
    reader = FakeReader()
    second = observatory.add(articles, reader=reader, batch=3)
    assert (second.added, second.unchanged, reader.seen) == (0, 7, [])
    assert {p: p.read_bytes() for p in observatory.path.rglob("*") if p.is_file()} == before
    assert observatory.counts().segments == 3


@given(st.lists(st.lists(st.integers(0, 9), max_size=6), max_size=3), st.integers(1, 4))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_rows_do_not_depend_on_how_often_or_in_what_pieces_they_came(
    tmp_path: Path, pieces: list[list[int]], batch: int
) -> None:
    folder = tmp_path / os.urandom(6).hex()
    one, other = Observatory.create(folder / "one"), Observatory.create(folder / "other")
    for piece in pieces:
        one.add([article(n) for n in piece], reader=FakeReader(), batch=batch)
    other.add([article(n) for n in dict.fromkeys(n for piece in pieces for n in piece)], reader=FakeReader())
    assert rows(one.path).get("articles") == rows(other.path).get("articles")
    assert rows(one.path).get("events") == rows(other.path).get("events")


def test_a_changed_article_is_a_revision(observatory: Observatory) -> None:
    observatory.add([article(1)], reader=FakeReader())
    report = observatory.add([article(1, "blamed")], reader=FakeReader())
    assert (report.added, report.revised) == (0, 1)
    assert [e.event.type for e in observatory.events()] == ["ACCUSE"]
    back = observatory.add([article(1)], reader=FakeReader())
    assert back.revised == 1
    assert [e.event.type for e in observatory.events()] == ["SUPPORT"]


def test_a_day_that_was_missing_is_a_revision_too(observatory: Observatory) -> None:
    undated = article(1, published=None)
    observatory.add([undated], reader=FakeReader())
    report = observatory.add([undated], published="2021-05-05", reader=FakeReader())
    assert report.revised == 1
    assert [e.published for e in observatory.events()] == ["2021-05-05"]


def test_what_cannot_be_read_is_kept_with_its_reason(observatory: Observatory, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    inputs = [article(1), empty, article(2, text="unreadable"), article(1, "blamed")]
    report = observatory.add(inputs, reader=FakeReader())
    assert (report.added, report.failed) == (1, 3)
    reasons = [f.failure.reason for f in observatory.failures()]
    assert len(reasons) == 3
    assert sorted(reasons) == sorted(f.failure.reason for f in report.failures)
    assert any("came before in this input" in reason for reason in reasons)
    again = observatory.add(inputs, reader=FakeReader())
    assert (again.added, again.unchanged, again.failed) == (0, 1, 3)
    assert len(list(observatory.failures())) == 3
    assert [e.event.type for e in observatory.events()] == ["SUPPORT"]


def test_an_article_on_which_the_reader_broke_is_read_again(observatory: Observatory) -> None:
    class Repaired(FakeReader):
        def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
            return (replace(fake_reading(article(2)), article=a) for a in articles)

    observatory.add([article(2, text="unreadable")], reader=FakeReader())
    assert (observatory.counts().failures, observatory.counts().events) == (1, 0)
    assert observatory.add([article(2, text="unreadable")], reader=FakeReader()).failed == 1
    assert observatory.counts().segments == 1
    assert observatory.add([article(2, text="unreadable")], reader=Repaired()).revised == 1
    assert (observatory.counts().failures, observatory.counts().events) == (0, 1)
    assert observatory.add([article(2, text="unreadable")], reader=FakeReader()).unchanged == 1


def test_a_text_that_no_file_can_hold_is_a_failure(observatory: Observatory) -> None:
    broken = article(1, text="NOR praised FIN \ud83d and more")
    report = observatory.add([broken, article(2)], reader=FakeReader())
    assert (report.added, report.failed) == (1, 1)
    assert "surrogate" in report.failures[0].failure.reason


def test_events_are_found_by_side_type_time_and_article(observatory: Observatory) -> None:
    turned = article(3, text="FIN blamed NOR in a note.")
    observatory.add([article(1), article(2, "blamed"), turned], reader=FakeReader())

    def ids(**asked: Any) -> list[str]:
        return [e.article for e in observatory.events(**asked)]

    assert ids() == ["a001", "a002", "a003"]
    assert ids(source="Norwegian") == ["a001", "a002"]
    assert ids(target="Norway", source="fin") == ["a003"]
    assert ids(between=("FIN", "NOR")) == ["a001", "a002", "a003"]
    assert ids(type="accuse") == ["a002", "a003"]
    assert ids(since="2021-03", until="2021-03") == ["a002"]
    assert ids(article="a003") == ["a003"]
    assert ids(status="denied") == []
    assert ids(limit=2) == ["a001", "a002"]
    with pytest.raises(UnknownNameError) as error:
        observatory.events(source="Norwya")
    assert "Norway" in error.value.suggestions


def test_quotes_are_found_by_speaker_and_words(observatory: Observatory) -> None:
    observatory.add([article(1), article(2, text="FIN blamed NOR again.")], reader=FakeReader())
    assert [q.article for q in observatory.quotes(speaker="Finnish")] == ["a002"]
    assert [q.article for q in observatory.quotes(speaker="orwa")] == ["a001"]
    assert [q.speaker.name for q in observatory.quotes(about="nor") if q.speaker] == ["Norway"]
    assert [q.article for q in observatory.quotes(since="2021-03-01")] == ["a002"]
    assert [a.actor.id for a in observatory.actors(country="Finland")] == ["FIN"]
    assert [a.article.id for a in observatory.articles(until="2021-02")] == ["a001"]


def test_relations_join_what_the_articles_say(observatory: Observatory) -> None:
    observatory.add([article(1), article(13, "blamed"), article(3)], reader=FakeReader())
    found = observatory.relations("Norway", "Finns")
    assert [(level.period, level.mean, level.events) for level in found.series] == [
        ("2021-02", 1.5, 2),
        ("2021-03", None, 0),
        ("2021-04", 5.0, 1),
    ]
    assert [e.sentence for e in found.evidence if e.contribution and e.contribution < 0] == [
        "NOR blamed FIN in note 13."
    ]
    assert observatory.relations("NOR", "FIN", as_of="2021-03").as_of == "2021-03-31"
    with pytest.raises(UsageError, match="NOR twice"):
        observatory.relations("NOR", "Norway")


def test_nothing_lies_between_a_day_and_an_earlier_one(observatory: Observatory) -> None:
    for asked in (observatory.relations, observatory.brief):
        with pytest.raises(UsageError, match=r"up to 2023-12-31.*found 2024-01-01"):
            asked("NOR", "FIN", since="2024", as_of="2023")
    assert observatory.relations("NOR", "FIN", since="2023", as_of="2023").as_of == "2023-12-31"


def test_organisations_are_sides_too(observatory: Observatory) -> None:
    observatory.add([article(1, text="org:NATO praised FIN yesterday.")], reader=FakeReader())
    assert [e.article for e in observatory.events(source="nato")] == ["a001"]
    assert observatory.relations("Finland", "North Atlantic Alliance").series[0].mean == 5.0


def test_a_removed_article_stays_away_until_it_is_asked_for(observatory: Observatory) -> None:
    observatory.add([article(1), article(2)], reader=FakeReader())
    assert observatory.remove("a001").removed == ("a001",)
    with pytest.raises(UsageError, match="a001"):
        observatory.reading("a001")
    report = observatory.add([article(1), article(2)], reader=FakeReader())
    assert (report.added, report.unchanged, report.removed) == (0, 1, 1)
    assert observatory.add([article(1)], reader=FakeReader(), again=True).added == 1
    assert observatory.reading("a001").article == article(1)


def test_many_small_additions_do_not_make_many_files(observatory: Observatory) -> None:
    observatory.add([article(n) for n in range(70)], reader=FakeReader(), batch=1)
    assert observatory.counts().segments < 40
    assert observatory.counts().articles == 70
    assert observatory.compact().after == 1


def test_read_gives_a_reading_for_each_input(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    done: list[str] = []
    found = list(
        read([article(1), empty, article(2)], reader=FakeReader(), on_progress=lambda article: done.append(article.id))
    )
    assert [len(r.events) for r in found] == [1, 0, 1]
    assert found[1].failures
    assert done == [r.article.id for r in found]


def test_wrong_paths_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="detente init"):
        Observatory.open(tmp_path)


def test_importing_the_names_loads_nothing_heavy() -> None:
    code = (
        "import sys; from detente import Observatory, read; "
        "print([m for m in ('spacy', 'duckdb', 'pyarrow', 'matplotlib', 'trafilatura') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


SLOW = """
import sys
sys.path.insert(0, sys.argv[2])
from test_observatory import FakeReader, article
from detente import Observatory
Observatory.open(sys.argv[1]).add([article(n) for n in range(40)], reader=FakeReader(0.02), batch=4)
"""
SLOW_MODEL = """
import sys
sys.path.insert(0, sys.argv[2])
from test_observatory import DISPATCHES
from detente import Observatory
Observatory.open(sys.argv[1]).add(DISPATCHES, batch=2)
"""
DISPATCHES = tuple(
    Article(id=f"d{number}", text=text, published="2021-06-09", source="Fjord Post", language="en")
    for number, text in enumerate(
        (
            "OSLO — Norway expelled two Russian diplomats on Tuesday, its foreign ministry said.",
            "Moscow condemned the move. “We will answer in kind,” said Foreign Minister Sergei Lavrov.",
            "Finland will send 40 million euros in aid to Moldova next month, the government in Helsinki announced.",
            "Estonian President Alar Karis met his Latvian counterpart in Riga on Monday and praised their work.",
            "Sweden recalled its ambassador from Belarus after talks in Minsk collapsed last week.",
            "Denmark accused China of spying, a charge that Beijing rejected on Wednesday.",
            "Poland closed its border with Belarus. Warsaw warned that it could impose new sanctions.",
            "Lithuania signed a trade agreement with Japan, Prime Minister Ingrida Simonyte said in Vilnius.",
        )
    )
)


def killed(observatory: Observatory, script: str, done: Callable[[int], bool]) -> int:
    """Runs a script that adds, and kills it once so many segments are committed; gives how many there are then."""
    here = str(Path(__file__).parent)
    process = subprocess.Popen([sys.executable, "-c", script, str(observatory.path), here])
    end = time.monotonic() + 120
    while not done(segments(observatory)):
        assert process.poll() is None, "it ended before it was killed"
        assert time.monotonic() < end
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return segments(observatory)


def segments(observatory: Observatory) -> int:
    return len(json.loads((observatory.path / "manifest.json").read_text("utf8"))["segments"])


@POSIX
def test_a_killed_run_and_a_second_one_give_the_rows_of_an_unbroken_run(
    observatory: Observatory, tmp_path: Path
) -> None:
    committed = killed(observatory, SLOW, lambda segments: segments >= 3)
    assert 3 <= committed < 10
    articles = [article(n) for n in range(40)]
    report = observatory.add(articles, reader=FakeReader(), batch=4)
    assert report.unchanged == 4 * committed
    assert report.added == 40 - report.unchanged
    unbroken = Observatory.create(tmp_path / "unbroken")
    unbroken.add(articles, reader=FakeReader(), batch=4)
    assert rows(observatory.path) == rows(unbroken.path)
    assert observatory.relations("NOR", "FIN") == unbroken.relations("NOR", "FIN")


@POSIX
@pytest.mark.model
def test_a_killed_run_of_the_real_reader_goes_on_too(observatory: Observatory, tmp_path: Path, reader: Reader) -> None:
    committed = killed(observatory, SLOW_MODEL, lambda segments: segments >= 1)
    report = observatory.add(DISPATCHES, reader=reader, batch=2)
    assert report.unchanged == 2 * committed
    unbroken = Observatory.create(tmp_path / "unbroken")
    unbroken.add(DISPATCHES, reader=reader, batch=3)
    assert rows(observatory.path) == rows(unbroken.path)
    assert [observatory.reading(a.id) for a in DISPATCHES] == list(read(DISPATCHES, reader=reader))
