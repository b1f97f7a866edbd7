"""A reading made by hand, and a runner: what the command line shows can be tried without a language model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.records import Actor, Article, Commitment, Event, Evidence, Failure, Quote, Reading, When, digest

TITLE = "Turkey, Greece agree to reopen talks as Athens protests over drills"
TEXT = (
    "ANKARA, May 14 - Greek Foreign Minister Nikos Alexiou met his Turkish counterpart in Ankara on Tuesday "
    "and agreed to reopen talks on the continental shelf, which had been suspended for more than three years "
    "while both navies shadowed each other's survey ships in the eastern Aegean.\n\n"
    "“We will speak with Turkey as neighbours do,” Alexiou told reporters. Greece would host a second round "
    "in Athens by the end of June, he said.\n\n"
    "In April Greece condemned Turkey over drills near the islands."
)


def _words(text: str, start: int = 0) -> Evidence:
    at = TEXT.index(text, start)
    return Evidence(start=at, end=at + len(text), text=text)


def _event(type_: str, clause: str, trigger: str, **more: object) -> Event:
    span = _words(clause)
    return Event(
        id=f"e-{type_.lower()}",
        type=type_,
        span=span,
        evidence=(span,),
        trigger=_words(trigger, span.start),
        rule="by hand",
        coder="detente-0",
        knowledge="0",
        intensity=2.5,
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def sample() -> Reading:
    alexiou = Actor(id="a1", name="Nikos Alexiou", kind="person", country="GRC", role="foreign minister")
    states = (
        Actor(id="GRC", name="Greece", kind="country", country="GRC"),
        Actor(id="TUR", name="Turkey", kind="country", country="TUR"),
    )
    said = _words("We will speak with Turkey as neighbours do,")
    promised = _words("Greece would host a second round in Athens by the end of June")
    return Reading(
        article=Article(id="aegean-1", title=TITLE, text=TEXT, published="2024-05-15", source="Example Wire", language="en"),
        actors=(alexiou, *states),
        events=(
            _event(
                "CONSULT",
                "Greek Foreign Minister Nikos Alexiou met his Turkish counterpart in Ankara on Tuesday",
                "met",
                mode="visit",
                sources=("a1",),
                targets=("TUR",),
                date=When(start="2024-05-14", end="2024-05-14", text="Tuesday"),
            ),
            _event("ACCUSE", "In April Greece condemned Turkey", "condemned", mode="disapprove", sources=("GRC",),
                   targets=("TUR",), past=True, date=When(start="2024-04-01", end="2024-04-30", text="April")),
            _event("CONSULT", promised.text, "host", sources=("GRC",), targets=(), status="planned"),
        ),
        quotes=(
            Quote(id="q1", start=said.start, end=said.end, text=said.text, spans=((said.start, said.end),),
                  kind="direct", speaker="a1"),
            Quote(id="q2", start=promised.start, end=promised.end, text=promised.text,
                  spans=((promised.start, promised.end),), kind="indirect", speaker="a1", inferred=True),
        ),
        commitments=(
            Commitment(id="c1", by="GRC", start=promised.start, end=promised.end, text=promised.text, to=("TUR",),
                       due=When(start="2024-06-30", end="2024-06-30", text="the end of June")),
        ),
        failures=(Failure(stage="source", reason="expected text, found nothing; leave the file out", where="empty.txt"),),
    )  # fmt: skip


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


class ScriptedReader:
    """Reads lines such as `GRC > TUR CONSULT/visit 2.5` in place of news: one event each. Names no model."""

    coder = "scripted"
    knowledge = "0"

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            actors = [Actor(id=code, name=code, kind="country", country=code) for code in ("GRC", "TUR")]
            events = tuple(_scripted(article, line) for line in article.text.splitlines() if " > " in line)
            yield Reading(article=article, actors=tuple(actors), events=events)


def _scripted(article: Article, line: str) -> Event:
    source, _, target, deed, score = line.split()[:5]
    type_, _, mode = deed.partition("/")
    start = article.text.index(line)
    span = Evidence(start=start, end=start + len(line), text=line)
    at = start + line.index(deed)
    return Event(
        id=digest(article.id, line),
        type=type_,
        mode=mode or None,
        span=span,
        trigger=Evidence(start=at, end=at + len(deed), text=deed),
        evidence=(span,),
        rule="by hand",
        coder="scripted",
        knowledge="0",
        intensity=float(score),
        sources=(source,),
        targets=(target,),
        source_countries=(source,),
        target_countries=(target,),
    )


DISPATCHES = (
    ("d1", "2022-03-14", "GRC > TUR CONSULT/visit 4 over lunch on the Bosphorus"),
    ("d2", "2022-05-24", "TUR > GRC SANCTION/discontinue -6 when the council was called off"),
    ("d3", "2022-08-29", "TUR > GRC ACCUSE/allege -3.5 of a radar lock\nGRC > TUR REJECT -2 of the charge"),
    ("d4", "2023-02-07", "GRC > TUR AID 10 in the form of rescuers with dogs and heavy cutting gear"),
    ("d5", "2023-12-08", "GRC > TUR SUPPORT 5 with a declaration of friendship"),
)


@pytest.fixture
def aegean(tmp_path: Path) -> Path:
    """An observatory with six events of five articles."""
    from detente.observatory import Observatory

    articles = [
        Article(id=name, title=f"Dispatch {name}", text=text, published=day, source="Example Wire", language="en")
        for name, day, text in DISPATCHES
    ]
    Observatory.create(tmp_path / "aegean").add(articles, reader=ScriptedReader())
    return tmp_path / "aegean"
