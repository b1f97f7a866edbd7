"""Stories and real events in an observatory: copies move nothing, and neither does the order in which articles come."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import Observatory
from detente.records import Article, Event, Evidence, Reading, event_id, to_json
from detente.relations import Relations
from detente.sources import Sourced, articles_from

if TYPE_CHECKING:
    from detente.reading.reader import Reader

EXAMPLES = Path(__file__).parents[1] / "src/detente/examples"
OUTLETS = ("Harbour Herald", "The Evening Ledger", "Morning Wire", "Lakeside Times", None)
SENTENCE = re.compile(r"(NOR|FIN|EST) (praised|blamed) (NOR|FIN|EST)[^.]*\.")
NOISE = (
    "Officials in both capitals had spent the winter on the question of who pays for the ice breakers that keep the lanes open",
    "A spokesman for the port said that nine freighters were waiting outside the skerries and that two had turned back at dusk",
    "Fishermen who had blocked the quay with their boats went home on the third day after the county promised them a hearing",
)


class PlainReader:
    """Reads each sentence "AAA praised BBB ..." as an event, in title and text."""

    coder, knowledge = "plain-1", "k1"

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        return map(plain_reading, articles)


def plain_reading(article: Article) -> Reading:
    events = []
    for field, text in (("text", article.text), ("title", article.title or "")):
        for match in SENTENCE.finditer(text):
            doer, verb, other = match.groups()
            span = Evidence(start=match.start(), end=match.end(), text=match.group(), field=field)
            trigger = Evidence(start=match.start(2), end=match.end(2), text=verb, field=field)
            type_ = "SUPPORT" if verb == "praised" else "ACCUSE"
            events.append(
                Event(
                    id=event_id(article.id, type_, [doer], [other], field, trigger.start, trigger.end),
                    type=type_,
                    span=span,
                    trigger=trigger,
                    evidence=(span,),
                    rule=verb,
                    coder=PlainReader.coder,
                    knowledge=PlainReader.knowledge,
                    intensity=5.0 if verb == "praised" else -2.0,
                    sources=(doer,),
                    targets=(other,),
                    source_countries=(doer,),
                    target_countries=(other,),
                )
            )
    return Reading(article=article, events=tuple(events))


def dispatch(number: int, *deeds: str, day: int | None = None) -> Article:
    """An article of some ninety words in which the deeds are told."""
    rnd = random.Random(number)
    filler = [f"{noise} in year {rnd.randrange(10**6)} of {rnd.randrange(10**6)} entries." for noise in NOISE]
    told = [f"{deed} over matter {number} of the {n} kind." for n, deed in enumerate(deeds)]
    text = " ".join([*told[:1], filler[0], *told[1:2], *filler[1:], *told[2:], filler[0][::-1]])
    published = f"2021-{1 + number % 6:02}-{day or 1 + number % 28:02}"
    return Article(id=f"a{number:03}", text=text, title=f"Note {number}", published=published, source="Fjord Post")


DISPATCHES = (
    dispatch(1, "NOR praised FIN", "FIN blamed EST"),
    dispatch(2, "NOR blamed FIN", "NOR blamed FIN"),
    dispatch(3, "FIN praised NOR"),
    dispatch(8, "NOR blamed FIN", "FIN praised NOR"),
    dispatch(14, "EST praised NOR", "NOR praised FIN"),
)


def copies(article: Article, tails: tuple[float, ...] = (1.0, 1.0, 1.0, 0.8, 0.6)) -> list[Article]:
    """Five copies: another outlet each, and another headline, or a trimmed tail."""
    titles = (
        article.title,
        f"UPDATE: {article.title}" if article.title else "A note",
        None,
        article.title,
        article.title,
    )
    words = article.text.split(" ")
    return [
        replace(
            article,
            id=f"{article.id}-copy{n}",
            text=" ".join(words[: int(len(words) * tails[n])]),
            title=titles[n],
            source=OUTLETS[n],
            url=None,
            dateline=None,
        )
        for n in range(5)
    ]


def kept(folder: Path, articles: Iterable[Article], reader: PlainReader | Reader, batch: int = 64) -> Observatory:
    made = Observatory.create(folder)
    made.add(list(articles), reader=reader, batch=batch)
    return made


def measured(found: Relations) -> Relations:
    """All that is measured: without the count of articles, and without the words of the evidence's outlets."""
    series = tuple(replace(level, articles_read=0) for level in found.series)
    return replace(
        found, series=series, evidence=tuple(replace(e, article="", source=None, event="") for e in found.evidence)
    )


def written(observatory: Observatory) -> bytes:
    """Every event and every series, as they are written out."""
    events = [to_json(event) for event in observatory.events()]
    series = [to_json(observatory.relations("NOR", "FIN", by=by)) for by in ("week", "quarter")]
    return json.dumps([events, series]).encode()


def test_copying_every_article_five_times_moves_nothing(tmp_path: Path) -> None:
    mixed = [*DISPATCHES, *(copy for article in DISPATCHES for copy in copies(article))]
    random.Random(4).shuffle(mixed)
    one, many = kept(tmp_path / "one", DISPATCHES, PlainReader()), kept(tmp_path / "many", mixed, PlainReader(), 7)
    assert many.counts().articles == 30
    assert [e.event.id for e in many.events()] == [e.event.id for e in one.events()]
    assert [e.origin for e in many.events()] == [e.origin for e in one.events()]
    assert {(len(e.reports), len(e.origins)) for e in one.events()} == {(1, 1)}
    assert {len(e.origins) for e in many.events()} == {1}
    assert max(len(e.reports) for e in many.events()) == 6
    for a, b in (("NOR", "FIN"), ("FIN", "EST"), ("EST", "NOR")):
        assert measured(many.relations(a, b)) == measured(one.relations(a, b))


@pytest.mark.model
def test_copying_the_examples_five_times_moves_nothing(tmp_path: Path, reader: Reader) -> None:
    found = [s.article for s in articles_from([EXAMPLES]) if isinstance(s, Sourced)]
    mixed = [*found, *(copy for article in found for copy in copies(article))]
    random.Random(5).shuffle(mixed)
    one, many = kept(tmp_path / "one", found, reader), kept(tmp_path / "many", mixed, reader)
    assert [e.event.id for e in many.events()] == [e.event.id for e in one.events()]
    assert measured(many.relations("GRC", "TUR")) == measured(one.relations("GRC", "TUR"))


@given(st.permutations([*DISPATCHES, *copies(DISPATCHES[0]), *copies(DISPATCHES[3])]), st.integers(1, 9))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_arrival_changes_no_byte(
    tmp_path_factory: pytest.TempPathFactory, articles: list[Article], batch: int
) -> None:
    folder = tmp_path_factory.mktemp("orders")
    ordered = sorted(articles, key=lambda article: article.id)
    assert written(kept(folder / "a", articles, PlainReader(), batch)) == written(
        kept(folder / "b", ordered, PlainReader())
    )


def test_an_event_lists_its_reports_outlets_and_origins(tmp_path: Path) -> None:
    (article,) = DISPATCHES[2:3]
    (event,) = kept(tmp_path / "o", [article, *copies(article)], PlainReader()).events()
    assert event.article == article.id
    assert [report.article for report in event.reports][:2] == [article.id, f"{article.id}-copy0"]
    assert event.outlets == ("Fjord Post", "Harbour Herald", "Lakeside Times", "Morning Wire", "The Evening Ledger")
    assert event.origins == (event.origin,)


def test_an_article_can_still_be_asked_for_what_it_tells(tmp_path: Path) -> None:
    article = DISPATCHES[0]
    observatory = kept(tmp_path / "o", [article, *copies(article)], PlainReader())
    found = list(observatory.events(article=f"{article.id}-copy1"))
    assert [event.article for event in found] == [f"{article.id}-copy1"] * 2
    assert all(len(event.reports) == 6 for event in found[:1])
    assert [e.event.type for e in observatory.events(source="NOR")] == ["SUPPORT"]
    assert len(list(observatory.events(limit=1))) == 1


def test_what_only_a_copys_headline_says_does_not_count(tmp_path: Path) -> None:
    article = DISPATCHES[2]
    copy = replace(copies(article)[0], title="FIN blamed NOR.")
    observatory = kept(tmp_path / "o", [article, copy], PlainReader())
    assert [e.event.type for e in observatory.events()] == ["SUPPORT"]
    assert [e.event.type for e in observatory.events(article=copy.id)] == ["SUPPORT", "ACCUSE"]
    assert [level.events for level in observatory.relations("NOR", "FIN").series] == [1]


def test_agencies_are_origins(tmp_path: Path) -> None:
    article = DISPATCHES[2]
    credited = replace(article, text=f"OSLO (Reuters) - {article.text}", dateline=None)
    (event,) = kept(tmp_path / "o", [credited, *copies(article)], PlainReader()).events()
    assert event.origins == ("Reuters",)


def test_as_of_a_day_later_copies_are_unknown(tmp_path: Path) -> None:
    article = DISPATCHES[2]
    late = replace(copies(article)[0], published="2021-04-08")
    observatory = kept(tmp_path / "o", [article, late], PlainReader())
    (story,) = observatory.stories(copied=True)
    assert [a.id for a in story.articles] == [article.id, late.id]
    assert (story.first, story.last, story.agency) == ("2021-04-04", "2021-04-08", None)
    assert [len(s.articles) for s in observatory.stories(as_of="2021-04-05")] == [1]
    assert observatory.stories(copied=True, as_of="2021-04-05") == ()


def test_when_the_first_article_goes_its_copies_tell_the_event(tmp_path: Path) -> None:
    article = DISPATCHES[2]
    observatory = kept(tmp_path / "o", [article, *copies(article)], PlainReader())
    before = observatory.relations("NOR", "FIN")
    observatory.remove(article.id)
    (event,) = observatory.events()
    assert event.article == f"{article.id}-copy0"
    assert measured(observatory.relations("NOR", "FIN")) == measured(before)


def test_segments_written_before_there_were_sketches_have_stories_too(tmp_path: Path) -> None:
    article = DISPATCHES[0]
    articles = [article, *copies(article)]
    observatory, older = kept(tmp_path / "o", articles, PlainReader()), kept(tmp_path / "p", articles, PlainReader())
    for path in older.path.rglob("articles.parquet"):
        table = pq.ParquetFile(path).read()
        assert None not in table["sketch"].to_pylist()
        pq.write_table(table.drop_columns(["sketch"]), path)
    assert Observatory.open(older.path).stories() == observatory.stories()


def test_a_note_of_copies_saves_time_and_nothing_else(tmp_path: Path) -> None:
    article = DISPATCHES[0]
    observatory = kept(tmp_path / "o", [article, *copies(article)], PlainReader())
    before, note = observatory.stories(), observatory.path / "copies.bin"
    noted = note.read_bytes()
    note.write_bytes(b"torn")
    assert Observatory.open(observatory.path).stories() == before
    observatory.add([DISPATCHES[1]], reader=PlainReader())
    assert note.read_bytes() == noted
    observatory.remove([f"{article.id}-copy{n}" for n in range(5)])
    assert len(note.read_bytes()) < 20
    note.unlink()
    assert [len(story.articles) for story in Observatory.open(observatory.path).stories()] == [1, 1]
