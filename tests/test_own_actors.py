"""A user's own actors in an observatory: what a correction reads again, and what it leaves alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from detente import Observatory, read
from detente.errors import TableError, UsageError
from detente.knowledge.own_actors import NOBODY, OwnActors
from detente.records import Actor, Article, Evidence, Failure, Reading

HEADER = "name\taliases\tcountry\tsectors\trole\tstart\tend\n"
BREKKE = HEADER + "Torvald Brekke\t\tNorway\tGOV\tfisheries envoy\t2021\t2022\n"
DRAGE = HEADER + "Drage Line\tDL\tNorway\tBUS\t\t\t\n"


class NamingReader:
    """Finds whoever of the people below stands in the text; counts what it reads."""

    coder = "naming-1"
    people = ("Torvald Brekke", "Torvald Breke", "Sofia Ferreira")

    def __init__(self, actors: OwnActors = NOBODY, seen: list[str] | None = None) -> None:
        self.actors, self.seen = actors, [] if seen is None else seen
        self.knowledge = f"k{actors.digest}"

    def using(self, actors: OwnActors) -> NamingReader:
        return NamingReader(actors, self.seen)

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            self.seen.append(article.id)
            yield self._read(article)

    def _read(self, article: Article) -> Reading:
        if "unreadable" in article.text and self.actors:
            return Reading(article=article, failures=(Failure(stage="reading", reason="it broke"),))
        named = [(at, name) for name in self.people if (at := article.text.find(name)) >= 0]
        return Reading(
            article=article,
            actors=tuple(
                Actor(
                    id=f"a{at}",
                    name=name,
                    kind="person",
                    role=next((row.role for row in self.actors if row.name == name), None),
                    mentions=(Evidence(start=at, end=at + len(name), text=name),),
                )
                for at, name in named
            ),
        )


TEXTS = {
    "b1": "Torvald Brekke flew to Lisbon on Monday.",
    "b2": "The minister's friend Torvald Breke sent a note.",
    "d1": "Drage Line’s ferries stayed in port; Sofia Ferreira waited.",
    "d2": "A strike at DL ended.",
    "n1": "Brekke is a village in Norway; so is Torvald, nearly.",
    "n2": "Sofia Ferreira spoke in Porto.",
}


def article(name: str, text: str | None = None, **more: str) -> Article:
    return Article(id=name, text=text or TEXTS[name], published="2021-06-01", source="Fjord Post", **more)


@pytest.fixture
def reader() -> NamingReader:
    return NamingReader()


@pytest.fixture
def observatory(tmp_path: Path, reader: NamingReader) -> Observatory:
    made = Observatory.create(tmp_path / "o")
    made.add([article(name) for name in TEXTS], reader=reader, batch=2)
    reader.seen.clear()
    return made


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mine.tsv"
    path.write_text("# envoys\n" + BREKKE, "utf8")
    return path


def roles(observatory: Observatory) -> dict[str, str | None]:
    return {stored.article: stored.actor.role for stored in observatory.actors(name="torvald")}


def all_rows(path: Path) -> set[str]:
    """Every row of every segment, superseded ones too."""
    files = sorted((path / "segments").glob("*/*.parquet"))
    return {f"{file.stem} {row}" for file in files for row in pq.ParquetFile(file).read().to_pylist()}


def test_only_articles_that_hold_a_changed_name_are_read_again(
    observatory: Observatory, reader: NamingReader, table: Path
) -> None:
    before, segments = all_rows(observatory.path), {p: p.read_bytes() for p in observatory.path.rglob("*.parquet")}
    report = observatory.use_actors(table, reader=reader)
    assert reader.seen == ["b1", "b2"]
    assert (report.names, report.holding, report.again, report.revived) == (("Torvald Brekke",), 2, 2, 0)
    assert roles(observatory) == {"b1": "fisheries envoy", "b2": None}
    assert before < all_rows(observatory.path)
    assert all(path.read_bytes() == content for path, content in segments.items())
    assert {a.article.id: a.knowledge for a in observatory.articles()} == {
        name: f"k{OwnActors.load(table).digest}" if name in ("b1", "b2") else "k" for name in TEXTS
    }
    counts = observatory.counts()
    assert (counts.articles, counts.revisions) == (6, 8)


def test_names_that_were_no_mention_before_are_searched_for(observatory: Observatory, reader: NamingReader) -> None:
    report = observatory.use_actors(OwnActors.parse(DRAGE), reader=reader)
    assert reader.seen == ["d1", "d2"]
    assert report.holding == 2


def test_using_the_same_table_again_changes_nothing(
    observatory: Observatory, reader: NamingReader, table: Path
) -> None:
    observatory.use_actors(table, reader=reader)
    before = {p: p.read_bytes() for p in observatory.path.rglob("*") if p.is_file()}
    reader.seen.clear()
    table.write_text(BREKKE + "# a remark changes nothing\n", "utf8")
    report = observatory.use_actors(OwnActors.load(table), reader=reader)
    assert (report.names, report.holding, reader.seen) == ((), 0, [])
    kept = {p: p.read_bytes() for p in observatory.path.rglob("*") if p.is_file() and p.name != "actors.tsv"}
    assert all(before[path] == content for path, content in kept.items())


def test_the_file_is_kept_as_it_came(observatory: Observatory, reader: NamingReader, table: Path) -> None:
    observatory.use_actors(table, reader=reader)
    assert (observatory.path / "actors.tsv").read_bytes() == table.read_bytes()
    assert observatory.own_actors == OwnActors.load(table)
    assert "k" + observatory.own_actors.digest != "k"


def test_taking_the_table_away_brings_the_first_readings_back(
    observatory: Observatory, reader: NamingReader, table: Path
) -> None:
    first = {name: observatory.reading(name) for name in TEXTS}
    observatory.use_actors(table, reader=reader)
    reader.seen.clear()
    report = observatory.use_actors(None, reader=reader)
    assert (report.again, report.revived, reader.seen) == (0, 2, [])
    assert {name: observatory.reading(name) for name in TEXTS} == first
    assert not (observatory.path / "actors.tsv").exists()
    assert observatory.own_actors == NOBODY


def test_a_changed_row_reads_the_articles_of_that_row_only(
    observatory: Observatory, reader: NamingReader, table: Path
) -> None:
    both = BREKKE + DRAGE.removeprefix(HEADER)
    observatory.use_actors(OwnActors.parse(both), reader=reader)
    reader.seen.clear()
    observatory.use_actors(OwnActors.parse(both.replace("BUS", "BUS;LAB")), reader=reader)
    assert reader.seen == ["d1", "d2"]
    assert roles(observatory)["b1"] == "fisheries envoy"


def test_what_comes_later_is_read_with_the_table(observatory: Observatory, reader: NamingReader, table: Path) -> None:
    report = observatory.add([article("b3", "Torvald Brekke came home.")], reader=reader, actors=table)
    assert (report.added, report.corrected) == (1, 2)
    assert sorted(reader.seen) == ["b1", "b2", "b3"]
    assert roles(observatory)["b3"] == "fisheries envoy"
    again = observatory.add([article(name) for name in TEXTS], reader=reader)
    assert (again.unchanged, again.added, again.revised) == (6, 0, 0)
    assert len(reader.seen) == 3


def test_a_table_that_was_edited_in_the_folder_counts(observatory: Observatory, reader: NamingReader) -> None:
    (observatory.path / "actors.tsv").write_text(BREKKE, "utf8")
    report = observatory.add([article("n2")], reader=reader)
    assert (report.corrected, report.unchanged) == (2, 1)
    (observatory.path / "actors.tsv").write_text("name\ncountry\n", "utf8")
    with pytest.raises(TableError, match=r"actors\.tsv:2: 'country' has no capital"):
        observatory.add([article("n2")], reader=reader)


def test_a_correction_that_was_broken_off_goes_on(observatory: Observatory, reader: NamingReader, table: Path) -> None:
    class Stops(NamingReader):
        def using(self, actors: OwnActors) -> Stops:
            return Stops(actors, self.seen)

        def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
            for reading in super().read(articles):
                if len(self.seen) == 2:
                    raise KeyboardInterrupt
                yield reading

    stops = Stops()
    with pytest.raises(KeyboardInterrupt):
        observatory.use_actors(table, reader=stops, batch=1)
    assert roles(observatory)["b1"] == "fisheries envoy"
    report = observatory.use_actors(table, reader=reader, batch=1)
    assert (reader.seen, report.again) == (["b2"], 1)


def test_a_revised_article_is_not_brought_back_from_another_table(
    observatory: Observatory, reader: NamingReader, table: Path
) -> None:
    observatory.add([article("b1", "Torvald Brekke stayed.")], reader=reader)
    observatory.use_actors(table, reader=reader)
    reader.seen.clear()
    assert observatory.add([article("b1")], reader=reader).revised == 1
    assert reader.seen == ["b1"]
    assert roles(observatory)["b1"] == "fisheries envoy"


def test_remarks_made_when_an_article_came_in_stay(tmp_path: Path, reader: NamingReader, table: Path) -> None:
    line = {"id": "b1", "text": TEXTS["b1"], "published": "sometime"}
    (tmp_path / "in.jsonl").write_text(json.dumps(line), "utf8")
    observatory = Observatory.create(tmp_path / "p")
    observatory.add(tmp_path / "in.jsonl", reader=reader)
    before = [f.failure.reason for f in observatory.failures()]
    assert before
    observatory.use_actors(table, reader=reader)
    assert [f.failure.reason for f in observatory.failures()] == before


def test_an_article_on_which_the_reader_breaks_is_told(
    observatory: Observatory, reader: NamingReader, table: Path
) -> None:
    observatory.add([article("b4", "Torvald Brekke wrote an unreadable line.")], reader=reader)
    report = observatory.use_actors(table, reader=reader)
    assert (report.again, report.failed) == (3, 1)
    assert [f.article for f in report.failures] == ["b4"]


def test_removal_takes_superseded_readings_too(observatory: Observatory, reader: NamingReader, table: Path) -> None:
    observatory.use_actors(table, reader=reader)
    observatory.remove("b1")
    assert not [row for row in all_rows(observatory.path) if "Lisbon" in row or "'b1'" in row]


def test_a_wrong_table_changes_nothing(observatory: Observatory, reader: NamingReader, table: Path) -> None:
    observatory.use_actors(table, reader=reader)
    before = {p: p.read_bytes() for p in observatory.path.rglob("*") if p.is_file()}
    table.write_text(BREKKE.replace("Norway", "Norwya"), "utf8")
    with pytest.raises(TableError, match=r"mine\.tsv:2: .*did you mean Norway"):
        observatory.use_actors(table, reader=reader)
    with pytest.raises(TableError):
        observatory.add([article("n1")], reader=reader, actors=table)
    assert {p: p.read_bytes() for p in observatory.path.rglob("*") if p.is_file()} == before


def test_a_reader_that_takes_no_actors_is_refused(observatory: Observatory, table: Path) -> None:
    class Plain:
        coder = knowledge = "p"

        def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
            return (Reading(article=article) for article in articles)

    with pytest.raises(UsageError, match="using"):
        observatory.use_actors(table, reader=Plain())


def test_reading_without_an_observatory_takes_them_too(reader: NamingReader, table: Path) -> None:
    (found,) = read([article("b1")], reader=reader, actors=table)
    assert found.actors[0].role == "fisheries envoy"
    with pytest.raises(TableError):
        read([article("b1")], reader=reader, actors=OwnActors.parse("name\tland\n"))


def test_articles_are_found_by_a_name_in_any_revision(observatory: Observatory, reader: NamingReader) -> None:
    observatory.add([article("n2", "Nobody spoke in Porto.")], reader=reader)
    assert observatory.articles_naming("Sofia Ferreira") == ("d1", "n2")
    assert observatory.articles_naming("sofía ferreira") == ("d1", "n2")
    assert observatory.articles_naming("Torvald Brekke") == ("b1", "b2")
    assert observatory.articles_naming("Ferr") == ()
    observatory.remove(observatory.articles_naming("Sofia Ferreira"))
    assert not [row for row in all_rows(observatory.path) if "Ferreira" in row]
