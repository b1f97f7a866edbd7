"""Observatories made of statements, without a language model: what each article says is written down, then read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from detente import Observatory
from detente.ontology import intensity
from detente.reading.reader import Reader
from detente.records import Actor, Article, Commitment, Event, Evidence, Failure, Quote, Reading, When, digest

COUNTRIES = {"NOR": "Norway", "FIN": "Finland", "SWE": "Sweden"}


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A sentence that tells one event. day: named in the text, counted from the article's day."""

    doer: str
    other: str
    type: str = "SUPPORT"
    mode: str | None = None
    status: str = "occurred"
    day: int | None = None
    words: str = "did so"

    def sentence(self, number: int) -> str:
        return f"In matter {number} {COUNTRIES[self.doer]} {self.words} to {COUNTRIES[self.other]}."


@dataclass(frozen=True, kw_only=True)
class Word:
    """A sentence that quotes somebody. about: the country that the quotation names."""

    home: str
    about: str
    speaker: str = "Kari Holm"
    role: str | None = "foreign minister"
    kind: str = "direct"
    text: str = "We shall not forget this"

    def sentence(self, number: int) -> str:
        return f"“{self.text}, {COUNTRIES[self.about]}, point {number},” {self.speaker} said."


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A sentence that holds a promise. due: days after the article's."""

    by: str
    to: str
    due: int | None = None

    def sentence(self, number: int) -> str:
        return f"{COUNTRIES[self.by]} promised {COUNTRIES[self.to]} to send {number} boats."


type Statement = Deed | Word | Promise


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """An article to be."""

    id: str
    day: date | None
    statements: tuple[Statement, ...]
    outlet: str | None = "Fjord Post"
    title: str | None = "A day in the north"
    url: str | None = None
    language: str | None = "en"
    failure: str | None = None

    def article(self) -> Article:
        text = " ".join(one.sentence(number) for number, one in enumerate(self.statements, 1)) or "Nothing."
        day = self.day.isoformat() if self.day else None
        return Article(
            id=self.id,
            text=text,
            title=self.title,
            published=day,
            source=self.outlet,
            url=self.url,
            language=self.language,
        )


class Scribe:
    """A reader that knows what each article says."""

    coder = "scribe-1"
    knowledge = "k1"

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._sheets = {(sheet.id, sheet.article().text): sheet for sheet in sheets}

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            yield _reading(article, self._sheets[article.id, article.text])


def _reading(article: Article, sheet: Sheet) -> Reading:
    events, quotes, promises, actors = [], [], [], {}
    at = 0
    for number, one in enumerate(sheet.statements, 1):
        sentence = one.sentence(number)
        start = article.text.index(sentence, at)
        at = start + len(sentence)
        if isinstance(one, Deed):
            events.append(_event(article, one, sentence, start))
        elif isinstance(one, Word):
            quotes.append(_quote(article, one, sentence, start, number))
            speaker = Actor(id=f"p{number}", name=one.speaker, kind="person", country=one.home, role=one.role)
            actors[speaker.id] = speaker
        else:
            promises.append(_promise(article, one, sentence, start, number))
    for code, name in COUNTRIES.items():
        actors[code] = Actor(id=code, name=name, kind="country", country=code, mentions=tuple(_mentions(article, name)))
    failures = (Failure(stage="reading", reason=sheet.failure),) if sheet.failure else ()
    return Reading(
        article=article, actors=tuple(actors.values()), events=tuple(events), quotes=tuple(quotes),
        commitments=tuple(promises), failures=failures,
    )  # fmt: skip


def _mentions(article: Article, name: str) -> Iterator[Evidence]:
    at = article.text.find(name)
    while at >= 0:
        yield Evidence(start=at, end=at + len(name), text=name)
        at = article.text.find(name, at + 1)


def _span(sentence: str, start: int) -> Evidence:
    return Evidence(start=start, end=start + len(sentence) - 1, text=sentence[:-1])


def _when(article: Article, days: int | None) -> When | None:
    if days is None or article.day is None:
        return None
    day = (article.day + timedelta(days=days)).isoformat()
    return When(start=day, end=day, text="that day")


def _event(article: Article, deed: Deed, sentence: str, start: int) -> Event:
    span = _span(sentence, start)
    return Event(
        id=digest(article.id, sentence), type=deed.type, mode=deed.mode, span=span, evidence=(span,),
        trigger=Evidence(start=start, end=start + 2, text="In"), rule="by hand", coder="scribe-1", knowledge="k1",
        intensity=intensity(deed.type, deed.mode), sources=(deed.doer,), targets=(deed.other,),
        source_countries=(deed.doer,), target_countries=(deed.other,), status=deed.status,
        contexts=("diplomatic",), date=_when(article, deed.day),
    )  # fmt: skip


def _quote(article: Article, word: Word, sentence: str, start: int, number: int) -> Quote:
    text = sentence[1 : sentence.rindex("”")]
    return Quote(
        id=digest("quote", article.id, sentence), start=start + 1, end=start + 1 + len(text), text=text,
        spans=((start + 1, start + 1 + len(text)),), kind=word.kind, speaker=f"p{number}",
    )  # fmt: skip


def _promise(article: Article, promise: Promise, sentence: str, start: int, number: int) -> Commitment:
    return Commitment(
        id=digest("promise", article.id, number), by=promise.by, start=start, end=start + len(sentence) - 1,
        text=sentence[:-1], to=(promise.to,), due=_when(article, promise.due),
    )  # fmt: skip


type Build = Callable[..., Observatory]


def build(folder: Path, sheets: Sequence[Sheet]) -> Observatory:
    """An observatory that holds the sheets; what is there already stays."""
    there = (folder / "manifest.json").exists()
    observatory = Observatory.open(folder) if there else Observatory.create(folder)
    observatory.add([sheet.article() for sheet in sheets], reader=Scribe(sheets))
    return observatory


@pytest.fixture
def observe(tmp_path: Path) -> Build:
    """Makes an observatory in a folder of the test's, or adds to the one that is there."""
    return lambda sheets, name="north": build(tmp_path / name, sheets)


NORTH = (
    Sheet(id="n1", day=date(2023, 1, 10), outlet="Fjord Post", title="Rescue at sea", url="https://fjord.example/n1",
          statements=(Deed(doer="NOR", other="FIN", type="AID", day=-1), Word(home="NOR", about="FIN"))),
    Sheet(id="n2", day=date(2023, 3, 2), outlet="Lake & Sons", title="Cold water", url="https://lake.example/a?b=1&c=2",
          statements=(Deed(doer="FIN", other="NOR", type="ACCUSE", mode="disapprove"),
                      Word(home="FIN", about="NOR", speaker="Aino Laine", role=None, kind="indirect"))),
    Sheet(id="n3", day=date(2023, 6, 20), outlet="Fjord Post", title="Visit planned",
          statements=(Deed(doer="NOR", other="FIN", type="CONSULT", mode="visit", status="planned", day=20),
                      Promise(by="NOR", to="FIN", due=30), Promise(by="FIN", to="NOR"))),
    Sheet(id="n4", day=date(2023, 7, 11), outlet="Northern Wire", title="Visit made",
          statements=(Deed(doer="NOR", other="FIN", type="CONSULT", mode="visit", day=-1),
                      Deed(doer="FIN", other="SWE", type="SANCTION"))),
    Sheet(id="n5", day=None, outlet=None, title=None, language=None,
          statements=(Deed(doer="NOR", other="FIN", type="SUPPORT"),), failure="expected a day, found none"),
)  # fmt: skip


@pytest.fixture(scope="session")
def five() -> tuple[Sheet, ...]:
    """The five articles of `north`."""
    return NORTH


@pytest.fixture
def north(observe: Build) -> Observatory:
    """Norway and Finland in five articles."""
    return observe(NORTH)


@pytest.fixture(scope="session")
def sheets() -> type[Sheet]:
    """For tests that write articles of their own."""
    return Sheet


@pytest.fixture(scope="session")
def kinds() -> tuple[type[Deed], type[Word], type[Promise]]:
    """The statements that a sheet may make."""
    return Deed, Word, Promise


@pytest.fixture(scope="session")
def examples(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """The example articles, read."""
    observatory = Observatory.create(tmp_path_factory.mktemp("examples") / "aegean")
    observatory.add([Path(__file__).parents[3] / "src/detente/examples"], reader=reader)
    return observatory
