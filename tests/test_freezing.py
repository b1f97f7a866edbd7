"""Releases: the same to the byte from the same input, whole or not at all, without what was removed."""

from __future__ import annotations

import hashlib
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import Observatory
from detente.errors import InputError, SchemaError, StoreError, UsageError
from detente.records import (
    Actor,
    Article,
    Commitment,
    Event,
    Evidence,
    Failure,
    Imported,
    Place,
    Quote,
    Reading,
    Timex,
    When,
    commitment_id,
    event_id,
    quote_id,
)
from detente.store.release import apply_removals, read_stones, tables, verify

if TYPE_CHECKING:
    from detente.reading.reader import Reader

EXAMPLES = Path(__file__).parents[1] / "src/detente/examples"
DEED = re.compile(r"(NOR|FIN|EST) (praised|blamed|helped) (NOR|FIN|EST)[^.]*\.")
SAID = re.compile(r"“([^”]+)” said (\w+)")
PLEDGE = re.compile(r"(NOR|FIN|EST) pledged [^.]+")
TOWN = re.compile(r"Oslo|Narva")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
DEEDS = {"praised": ("SUPPORT", 5.0), "blamed": ("ACCUSE", -2.0), "helped": ("AID", 10.0)}
LONG = (
    "The two countries had spent the winter on the question of who pays for the ice breakers. Nine freighters were waiting "
    "outside the skerries, and two had turned back at dusk. Fishermen who had blocked the quay with their boats went home on "
    "the third day after the county promised them a hearing. “We are glad,” said Moen in Oslo. The opposition called it late."
)


class PlainReader:
    """Reads sentences of one form; breaks on articles that say so."""

    coder, knowledge = "plain-1", "k1"

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        return map(plain_reading, articles)


def plain_reading(article: Article) -> Reading:
    if "unreadable" in article.text:
        return Reading(article=article, failures=(Failure(stage="reading", reason="it broke"),))
    text = article.text
    names = dict.fromkeys(DEED.findall(text) and re.findall("NOR|FIN|EST", text))
    actors = [
        Actor(id=code, name=code.title(), kind="country", country=code, mentions=_mentions(text, code))
        for code in names
    ]
    people = dict.fromkeys(match[2] for match in SAID.finditer(text))
    actors += [Actor(id=f"a-{name}", name=name, kind="person", role="minister", country="NOR") for name in people]
    return Reading(
        article=article,
        actors=tuple(actors),
        events=tuple(event(article, match) for match in DEED.finditer(text)),
        quotes=tuple(quote(article, match) for match in SAID.finditer(text)),
        commitments=tuple(pledge(article, match) for match in PLEDGE.finditer(text)),
        places=tuple(
            Place(start=m.start(), end=m.end(), text=m[0], name=m[0], kind="city", precision="city", latitude=59.9)
            for m in TOWN.finditer(text)
        ),
        times=tuple(
            Timex(start=m.start(), end=m.end(), text=m[0], type="DATE", value=m[0], begin=m[0], finish=m[0])
            for m in DAY.finditer(text)
        ),
    )


def _mentions(text: str, code: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(start=m.start(), end=m.end(), text=code) for m in re.finditer(code, text))


def event(article: Article, match: re.Match[str]) -> Event:
    doer, verb, other = match.groups()
    span = Evidence(start=match.start(), end=match.end(), text=match[0])
    trigger = Evidence(start=match.start(2), end=match.end(2), text=verb)
    day = DAY.search(match[0])
    type_, score = DEEDS[verb]
    return Event(
        id=event_id(article.id, type_, [doer], [other], "text", trigger.start, trigger.end),
        type=type_,
        span=span,
        trigger=trigger,
        evidence=(span,),
        rule=verb,
        coder=PlainReader.coder,
        knowledge=PlainReader.knowledge,
        intensity=score,
        sources=(doer,),
        targets=(other,),
        source_countries=(doer,),
        target_countries=(other,),
        date=When(start=day[0], end=day[0], text=day[0]) if day else None,
    )


def quote(article: Article, match: re.Match[str]) -> Quote:
    start, end = match.span(1)
    return Quote(
        id=quote_id(article.id, "text", start, end),
        start=start,
        end=end,
        text=match[1],
        spans=((start, end),),
        kind="direct",
        speaker=f"a-{match[2]}",
    )


def pledge(article: Article, match: re.Match[str]) -> Commitment:
    start, end = match.span()
    return Commitment(
        id=commitment_id(article.id, match[1], "text", start, end), by=match[1], start=start, end=end, text=match[0]
    )


def article(id: str, text: str, published: str | None, source: str | None = "Fjord Post", **more: Any) -> Article:
    return Article(
        id=id, text=text, title=f"A note {id}", published=published, source=source, url=f"https://e.org/{id}", **more
    )


ARTICLES = (
    article("one", "NOR praised FIN on 2021-01-04. “We are glad,” said Moen in Oslo.", "2021-01-05"),
    article("two", "FIN blamed NOR for the delay. NOR pledged to send divers by 2021-03-01. NOR helped EST.", "2021-02-09"),
    article("copied-1", f"NOR helped EST with two ice breakers. {LONG}", "2021-02-20", "Harbour Herald"),
    article("copied-2", f"NOR helped EST with two ice breakers. {LONG} (Reporting by our staff.)", "2021-02-21", "Morning Wire"),
    article("undated", "EST blamed FIN. It rained in Narva.", None, None),
    article("broken", "This one is unreadable.", "2021-02-11"),
    article("three", "EST praised NOR before noon. EST blamed NOR after lunch on 2021-04-02.", "2021-04-03"),
    article("silent", "Nothing happened in Oslo.", "2021-04-09"),
)  # fmt: skip
ROWS = [
    f"2020-{month:02}-{day:02},NOR,SWE,{kind}" for month in range(1, 7) for day, kind in ((3, "AID"), (9, "ACCUSE"))
]


def build(
    path: Path, articles: Sequence[Article] = ARTICLES, *, batches: Sequence[int] = (50,), compact: bool = False
) -> Observatory:
    """An observatory of these articles, added in so many calls in batches of these sizes."""
    made = Observatory.create(path)
    share = -(-len(articles) // len(batches))
    for number, batch in enumerate(batches):
        made.add(articles[number * share : (number + 1) * share], reader=PlainReader(), batch=batch)
    if compact:
        made.compact()
    return made


def content(release: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(release.iterdir())}


def everything(folder: Path) -> str:
    """All that a folder's files say, packed or not."""
    found = []
    for path in sorted(folder.iterdir()):
        found.append(path.read_bytes().decode("latin-1"))
        if path.suffix == ".parquet":
            found.append(str(rows(folder, path.stem)))
    return "\n".join(found)


def rows(release: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.ParquetFile(release / f"{name}.parquet").read().to_pylist()
    return found


@pytest.fixture
def observatory(tmp_path: Path) -> Observatory:
    return build(tmp_path / "o")


@pytest.fixture
def release(observatory: Observatory, tmp_path: Path) -> Path:
    observatory.freeze(tmp_path / "release")
    return tmp_path / "release"


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    order=st.permutations(range(len(ARTICLES))),
    batches=st.lists(st.integers(1, 9), min_size=1, max_size=4),
    compact=st.booleans(),
    texts=st.booleans(),
)
def test_neither_order_nor_batches_change_a_byte(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], batches: list[int], compact: bool, texts: bool
) -> None:
    folder = tmp_path_factory.mktemp("orders")
    straight = build(folder / "straight")
    mixed = build(folder / "mixed", [ARTICLES[n] for n in order], batches=batches, compact=compact)
    for name, each in (("a", straight), ("b", mixed)):
        each.freeze(folder / name, texts=texts)
    assert content(folder / "a") == content(folder / "b")


def test_imported_events_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 2)):
        lines = list(ROWS)
        random.Random(seed).shuffle(lines)
        made = build(tmp_path / f"o-{name}")
        for part in (lines[:5], lines[5:]):
            file = tmp_path / f"{name}{len(part)}.csv"
            file.write_text(
                "\n".join(
                    [
                        "date,source,target,type,origin,id",
                        *(f"{row},ledger,{row}".replace(f",{row}", f",{row.replace(',', '/')}") for row in part),
                    ]
                ),
                "utf8",
            )
            made.import_events(file)
        made.freeze(tmp_path / name)
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert len(rows(tmp_path / "a", "imported")) == len(ROWS)
    assert {row["origin"] for row in rows(tmp_path / "a", "series")} == {"own", "ledger"}


def test_neither_the_seed_of_hashes_nor_the_time_zone_nor_the_second_run_changes_a_byte(
    observatory: Observatory, release: Path, tmp_path: Path
) -> None:
    code = "import sys; from detente import Observatory; Observatory.open(sys.argv[1]).freeze(sys.argv[2])"
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        out = tmp_path / f"again-{seed}"
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run([sys.executable, "-c", code, observatory.path, out], env=environment, check=True)
        assert content(out) == content(release)


@pytest.mark.model
def test_real_readings_in_any_order_batch_and_process_give_the_same_bytes(reader: Reader, tmp_path: Path) -> None:
    paths = sorted(EXAMPLES.iterdir())
    straight = Observatory.create(tmp_path / "a")
    straight.add(paths, reader=reader)
    straight.freeze(tmp_path / "release-a")
    code = (
        "import sys; from detente import Observatory\n"
        "mixed = Observatory.create(sys.argv[1])\n"
        "mixed.add(sys.argv[6:], batch=1); mixed.add(sys.argv[3:6], batch=3); mixed.freeze(sys.argv[2])"
    )
    arguments = [tmp_path / "b", tmp_path / "release-b", *paths[::-1]]
    for seed in "12":  # of the order of sets of strings
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-c", code, *(f"{one}{seed}" if one in arguments[:2] else one for one in arguments)],
            env=environment,
            check=True,
        )
        assert content(tmp_path / f"release-b{seed}") == content(tmp_path / "release-a")
    assert len(rows(tmp_path / "release-a", "events")) > 30


def test_time_and_place_of_its_making_are_beside_it_not_in_it(
    observatory: Observatory, release: Path, tmp_path: Path
) -> None:
    inside = everything(release)
    log = (tmp_path / "release.log").read_text("utf8")
    today = date.today().isoformat()
    assert str(tmp_path) not in inside
    assert today not in inside
    assert str(tmp_path) in log
    assert log.startswith(today[:8])
    assert "release.log" not in [path.name for path in release.iterdir()]


def test_what_is_in_it(release: Path) -> None:
    assert sorted(path.stem for path in release.glob("*.parquet")) == sorted(tables())
    (joined,) = [row for row in rows(release, "events") if row["sentence"] == "NOR helped EST with two ice breakers."]
    assert (joined["article"], joined["reports"], joined["outlets"]) == (
        "copied-1",
        2,
        ["Harbour Herald", "Morning Wire"],
    )
    assert len(joined["origins"]) == 1
    told = [row for row in rows(release, "reports") if row["event"] == joined["id"]]
    assert [row["article"] for row in told] == ["copied-1", "copied-2"]
    words = [row for row in rows(release, "evidence") if row["event"] == joined["id"]]
    assert [(row["article"], row["part"]) for row in words] == [
        (name, part) for name in ("copied-1", "copied-2") for part in ("telling", "trigger")
    ]
    assert {row["sentence"] for row in words} == {"NOR helped EST with two ice breakers."}
    assert [row["text"] for row in words] == ["NOR helped EST with two ice breakers.", "helped"] * 2
    (first,) = [row for row in rows(release, "events") if row["article"] == "one"]
    assert (first["day"], first["dated_by"], first["published"]) == (date(2021, 1, 4), "text", "2021-01-05")
    (said,) = [row for row in rows(release, "quotes") if row["article"] == "one"]
    assert (said["text"], said["speaker_name"], said["speaker_role"]) == ("We are glad,", "Moen", "minister")
    (pledged,) = rows(release, "commitments")
    assert pledged["text"] == "NOR pledged to send divers by 2021-03-01"
    assert {row["id"]: row["gaps"] for row in rows(release, "articles")}["broken"] == ["reading"]
    assert [(row["month"].month, row["articles"], row["stories"]) for row in rows(release, "coverage")] == [
        (1, 1, 1), (2, 4, 3), (4, 2, 2)
    ]  # fmt: skip


def test_the_series_are_those_of_relations(observatory: Observatory, release: Path) -> None:
    found = rows(release, "series")
    dyads = {(row["a"], row["b"]) for row in found}
    assert dyads == {("EST", "FIN"), ("EST", "NOR"), ("FIN", "NOR")} - {("EST", "FIN")}  # told in no dated article
    for a, b in dyads:
        levels = [level for level in observatory.relations(a, b).series if level.events]
        mine = [row for row in found if (row["a"], row["b"]) == (a, b)]
        assert [f"{row['month']:%Y-%m}" for row in mine] == [level.period for level in levels]
        for row, level in zip(mine, levels, strict=True):
            assert all(row[name] == getattr(level, name) for name in set(row) - {"origin", "a", "b", "month"})


def test_texts_are_there_only_when_asked_for(observatory: Observatory, release: Path, tmp_path: Path) -> None:
    observatory.freeze(tmp_path / "whole", texts=True)
    assert "Nine freighters" not in everything(release)
    assert "`text` | string |  | The text itself" not in (release / "data-dictionary.md").read_text("utf8")
    whole = {row["id"]: row for row in rows(tmp_path / "whole", "articles")}
    assert {id_: row["text"] for id_, row in whole.items()} == {one.id: one.text for one in ARTICLES}
    said = (tmp_path / "whole" / "README.md").read_text("utf8")
    assert "texts of the articles are here" in said
    assert "`text` | string |  | The text itself" in (tmp_path / "whole" / "data-dictionary.md").read_text("utf8")
    for row in rows(tmp_path / "whole", "evidence"):
        assert whole[row["article"]]["text"][row["start"] : row["end"]] == row["text"]


def test_what_a_person_held_to_be_wrong_is_apart_and_unsigned(observatory: Observatory, tmp_path: Path) -> None:
    (wrong,) = observatory.events(source="EST", type="SUPPORT")
    observatory.judge(wrong.event.id, who="Ines Tamm", why="It was Latvia.")
    observatory.freeze(tmp_path / "out")
    (row,) = rows(tmp_path / "out", "rejected")
    assert (row["id"], row["article"], row["why"]) == (wrong.event.id, "three", "It was Latvia.")
    assert row["sentence"] == "EST praised NOR before noon."
    for name in ("events", "reports", "evidence"):
        assert wrong.event.id not in str(rows(tmp_path / "out", name))
    assert "Tamm" not in everything(tmp_path / "out")
    (april,) = [row for row in rows(tmp_path / "out", "series") if row["month"] == date(2021, 4, 1)]
    assert (april["events"], april["mean"]) == (1, -2.0)


def test_as_of_knows_nothing_of_later(tmp_path: Path) -> None:
    early = [one for one in ARTICLES if one.published and one.published <= "2021-02-20"]
    build(tmp_path / "early", early).freeze(tmp_path / "a")
    full = build(tmp_path / "full")
    full.add(
        [article("one", "NOR blamed FIN, it is said now.", "2021-05-05")], reader=PlainReader()
    )  # a later revision
    full.freeze(tmp_path / "b", as_of="2021-02-20")
    one, other = content(tmp_path / "a"), content(tmp_path / "b")
    assert {name for name in one if one[name] != other[name]} == {"README.md", "versions.tsv", "SHA256SUMS"}
    assert "as_of\t2021-02-20\n" in other["versions.tsv"].decode()
    assert "published by 2021-02-20" in other["README.md"].decode()


def test_every_field_of_a_record_has_its_column_or_a_reason() -> None:
    columns = {name: {column.name for column in table.columns} for name, table in tables().items()}
    elsewhere = {
        "events": {"span", "evidence", "trigger"},  # rows of evidence
        "articles": {"source", "content"},  # the outlet
        "quotes": {"speaker_mention"},  # one of the speaker's mentions
    }
    unkept = {"explanation"}
    split = {"asked": "asked_type", "date": "first_day", "due": "due_start"}
    kinds = {
        "articles": Article, "events": Event, "quotes": Quote, "actors": Actor, "commitments": Commitment, "places": Place,
        "times": Timex, "imported": Imported,
    }  # fmt: skip
    for name, kind in kinds.items():
        wanted = {split.get(field.name, field.name) for field in fields(kind)} - unkept - elsewhere.get(name, set())
        assert wanted - columns[name] == set(), name


def test_the_dictionary_describes_every_column_of_every_file(release: Path) -> None:
    said = (release / "data-dictionary.md").read_text("utf8")
    sections = {part.split(".parquet", 1)[0]: part for part in said.split("\n## ")[1:]}
    for path in release.glob("*.parquet"):
        names = pq.read_schema(path).names
        assert re.findall(r"^\| `(\w+)` \|", sections[path.stem], re.MULTILINE) == names


def test_duckdb_reads_it(release: Path) -> None:
    found = duckdb.sql(
        f"SELECT e.type, a.url FROM '{release}/events.parquet' e JOIN '{release}/articles.parquet' a ON a.id = e.article "
        "WHERE list_contains(e.source_countries, 'FIN')"
    ).fetchall()
    assert found == [("ACCUSE", "https://e.org/two")]


class TestWholeOrNot:
    def test_the_sums_are_those_of_sha256sum(self, release: Path) -> None:
        lines = (release / "SHA256SUMS").read_text("utf8").splitlines()
        given = {name: found for found, name in (line.split("  ") for line in lines)}
        assert given == {
            name: hashlib.sha256(data).hexdigest() for name, data in content(release).items() if name != "SHA256SUMS"
        }
        assert verify(release) == ()

    @pytest.mark.parametrize("broken", [RuntimeError, KeyboardInterrupt])
    def test_a_run_that_breaks_leaves_nothing(
        self, observatory: Observatory, tmp_path: Path, broken: type[BaseException]
    ) -> None:
        def stop(name: str) -> None:
            if name == "quotes":
                raise broken

        before = set(tmp_path.iterdir())
        with pytest.raises(broken):
            observatory.freeze(tmp_path / "half", on_table=stop)
        assert set(tmp_path.iterdir()) == before

    def test_a_run_that_is_killed_leaves_no_release(self, observatory: Observatory, tmp_path: Path) -> None:
        code = (
            "import os, sys; from detente import Observatory\n"
            "Observatory.open(sys.argv[1]).freeze(sys.argv[2], on_table=lambda name: name == 'quotes' and os._exit(9))"
        )
        done = subprocess.run([sys.executable, "-c", code, observatory.path, tmp_path / "half"], check=False)
        assert done.returncode == 9
        assert not (tmp_path / "half").exists()
        observatory.freeze(tmp_path / "half")
        assert verify(tmp_path / "half") == ()

    def test_nothing_is_overwritten(self, observatory: Observatory, release: Path, tmp_path: Path) -> None:
        before = content(release)
        with pytest.raises(UsageError, match="not empty"):
            observatory.freeze(release)
        assert content(release) == before
        (tmp_path / "file").write_text("mine")
        with pytest.raises(UsageError, match="not empty"):
            observatory.freeze(tmp_path / "file")
        with pytest.raises(UsageError, match="no folder"):
            observatory.freeze(tmp_path / "nowhere" / "release")

    def test_an_empty_folder_is_taken(self, observatory: Observatory, release: Path, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        observatory.freeze(tmp_path / "empty")
        assert content(tmp_path / "empty") == content(release)

    @pytest.mark.parametrize(
        ("harm", "said"),
        [
            (lambda folder: (folder / "events.parquet").write_bytes(b"PAR1"), "events.parquet has changed"),
            (lambda folder: (folder / "README.md").unlink(), "README.md is missing"),
            (lambda folder: (folder / "more.parquet").write_bytes(b""), "more.parquet does not belong"),
        ],
    )
    def test_harm_is_found(self, release: Path, tmp_path: Path, harm: Callable[[Path], object], said: str) -> None:
        harm(release)
        (problem,) = verify(release)
        assert said in problem
        with pytest.raises(SchemaError, match="not as it was released"):
            apply_removals(release, release)

    def test_a_folder_that_is_no_release(self, observatory: Observatory, release: Path, tmp_path: Path) -> None:
        for folder in (observatory.path, tmp_path / "nowhere"):
            with pytest.raises(StoreError, match="is no release"):
                verify(folder)
        (release / "SHA256SUMS").write_text("not a sum\n")
        with pytest.raises(SchemaError, match="damaged"):
            verify(release)


class TestRemovals:
    def test_a_removed_article_is_in_no_later_release(
        self, observatory: Observatory, release: Path, tmp_path: Path
    ) -> None:
        assert "https://e.org/two" in everything(release)
        observatory.remove(["two"])
        observatory.freeze(tmp_path / "later")
        inside = everything(tmp_path / "later")
        assert not [word for word in ("e.org/two", "send divers", "for the delay") if word in inside]
        assert read_stones(tmp_path / "later") == {hashlib.sha256(b"detente removed two").hexdigest()}
        assert read_stones(release) == frozenset()

    @pytest.mark.parametrize("gone", [["two"], ["three", "silent"], ["undated", "broken", "one"]])
    def test_an_older_release_becomes_what_a_later_one_is(
        self, observatory: Observatory, release: Path, tmp_path: Path, gone: list[str]
    ) -> None:
        observatory.remove(gone)
        observatory.freeze(tmp_path / "later")
        report = apply_removals(release, tmp_path / "later")
        assert set(report.articles) == set(gone)
        assert verify(release) == ()
        mine, later = content(release), content(tmp_path / "later")
        assert {name for name in mine if mine[name] != later[name]} == {
            "README.md", "versions.tsv", "SHA256SUMS", "series.parquet"
        }  # fmt: skip
        assert rows(release, "series") == []
        assert "That has been done here" in mine["README.md"].decode()

    def test_one_of_two_that_tell_an_event(self, observatory: Observatory, release: Path, tmp_path: Path) -> None:
        observatory.remove(["copied-2"])
        observatory.freeze(tmp_path / "later")
        apply_removals(release, tmp_path / "later" / "removed.tsv")
        assert not [word for word in ("copied-2", "Morning Wire") if word in everything(release)]
        for name in ("events", "reports", "evidence", "stories", "coverage", "quotes"):
            assert rows(release, name) == rows(tmp_path / "later", name), name

    def test_the_one_whose_words_are_given(self, observatory: Observatory, release: Path, tmp_path: Path) -> None:
        observatory.remove(["copied-1"])
        observatory.freeze(tmp_path / "later")
        report = apply_removals(release, tmp_path / "later")
        assert report.rows["events"] == 1
        assert not [word for word in ("copied-1", "Harbour Herald", "ice breakers.") if word in everything(release)]
        assert "NOR helped EST with two ice breakers." in [
            row["sentence"] for row in rows(tmp_path / "later", "events")
        ]
        for name in ("reports", "evidence"):
            assert {row["event"] for row in rows(release, name)} <= {row["id"] for row in rows(release, "events")}

    def test_what_others_coded_stays(self, observatory: Observatory, tmp_path: Path) -> None:
        (tmp_path / "rows.csv").write_text(
            "\n".join(["date,source,target,type,origin", *(f"{row},ledger" for row in ROWS)]), "utf8"
        )
        observatory.import_events(tmp_path / "rows.csv")
        observatory.freeze(tmp_path / "old")
        before = rows(tmp_path / "old", "series")
        observatory.remove(["one"])
        observatory.freeze(tmp_path / "later")
        apply_removals(tmp_path / "old", tmp_path / "later")
        assert rows(tmp_path / "old", "series") == [row for row in before if row["origin"] == "ledger"] != []
        assert rows(tmp_path / "old", "imported") == rows(tmp_path / "later", "imported")
        assert "events of ledger: they stand under the terms" in (tmp_path / "old" / "README.md").read_text("utf8")

    def test_a_list_that_concerns_others_is_kept_and_nothing_else_changes(self, release: Path, tmp_path: Path) -> None:
        other = tmp_path / "removed.tsv"
        other.write_text("hash\n" + "ab" * 32 + "\n")
        before = {name: data for name, data in content(release).items() if name.endswith(".parquet")}
        assert apply_removals(release, other).articles == ()
        assert read_stones(release) == {"ab" * 32}
        assert {name: data for name, data in content(release).items() if name.endswith(".parquet")} == before
        assert apply_removals(release, other).id is None

    @pytest.mark.parametrize(
        ("text", "said"),
        [("", ":1: expected the heading"), ("id\nx\n", ":1:"), ("hash\nxyz\n", ":2: expected 64 hex digits")],
    )
    def test_a_wrong_list(self, release: Path, tmp_path: Path, text: str, said: str) -> None:
        (tmp_path / "list.tsv").write_text(text)
        before = content(release)
        with pytest.raises(InputError, match=said):
            apply_removals(release, tmp_path / "list.tsv")
        with pytest.raises(InputError, match="cannot be read"):
            apply_removals(release, tmp_path / "nowhere.tsv")
        assert content(release) == before


def test_an_empty_observatory_gives_empty_tables(tmp_path: Path) -> None:
    Observatory.create(tmp_path / "o").freeze(tmp_path / "release")
    assert verify(tmp_path / "release") == ()
    assert all(rows(tmp_path / "release", name) == [] for name in tables())
