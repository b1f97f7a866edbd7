"""Who is who: actors of several articles joined, and who must stay apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from detente import Observatory
from detente.observatory import Who
from detente.records import Actor, Article, Event, Evidence, Quote, Reading


class Told:
    """Gives the actors that stand beside each article's id; the first does something to the last and speaks."""

    coder = knowledge = "told"

    def __init__(self, actors: dict[str, tuple[Actor, ...]]) -> None:
        self.actors = actors

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            actors = self.actors[article.id]
            yield Reading(article=article, actors=actors, events=(event(article, actors),), quotes=(quote(actors),))


def event(article: Article, actors: tuple[Actor, ...]) -> Event:
    span = Evidence(start=0, end=4, text=article.text[:4])
    return Event(
        id=f"e{article.id}", type="CONSULT", span=span, trigger=span, evidence=(span,), rule="r", coder="told",
        knowledge="told", intensity=1.0, sources=(actors[0].id,), targets=(actors[-1].id,) if len(actors) > 1 else (),
    )  # fmt: skip


def quote(actors: tuple[Actor, ...]) -> Quote:
    return Quote(id="q", start=0, end=4, text="They", spans=((0, 4),), kind="direct", speaker=actors[0].id)


def person(name: str, country: str | None = None, role: str | None = None, *words: str, **more: Any) -> Actor:
    mentions = tuple(Evidence(start=0, end=len(text), text=text) for text in words)
    basis = more.pop("role_basis", "stated" if role else None)
    return Actor(
        id="a" + name, name=name, kind="person", country=country, role=role, role_basis=basis, mentions=mentions, **more
    )


NORWAY = Actor(id="NOR", name="Norway", kind="country", country="NOR")
NATO = Actor(id="org:NATO", name="NATO", kind="organization", sectors=("IGO",))
ACTORS = {
    "w1": (
        person("Torvald Brekke", "NOR", "fisheries envoy", "Brekke", "fisheries envoy Torvald Brekke", "the envoy"),
        person("Moen"),
        NORWAY,
    ),
    "w2": (person("Torvald Brekke", "NOR", "minister", role_basis="known"), NATO),
    "w3": (person("Torvald Brekke", None, "Fisheries envoy", "the fisheries envoy"), person("Moen"), NATO),
    "w4": (person("Torvald Brekke", "SWE"), person("spokesman", "SWE", "spokesman"), NORWAY),
    "w5": (person("Sofia Ferreira"), person("Sofía Ferreira"), person("Kari Lund", "NOR")),
    "w6": (Actor(id="a1", name="Iraqi troops", kind="group", country="IRQ"), NORWAY),
    "w7": (Actor(id="a9", name="Iraqi Troops", kind="group", country="IRQ"), person("Jens Silent", "NOR"), NORWAY),
}


@pytest.fixture
def observatory(tmp_path: Path) -> Observatory:
    made = Observatory.create(tmp_path / "o")
    articles = [Article(id=name, text="They met.", published=f"2021-0{name[1]}-03") for name in ACTORS]
    made.add(articles, reader=Told({**ACTORS}))
    return made


def called(found: Iterable[Who], name: str) -> list[Who]:
    return [who for who in found if who.name == name]


def test_a_person_is_one_by_full_name_and_country(observatory: Observatory) -> None:
    norwegian, *others = called(observatory.who(), "Torvald Brekke")
    assert (norwegian.country, norwegian.sources, norwegian.quotes, norwegian.articles) == ("NOR", 2, 2, 2)
    assert (norwegian.first, norwegian.last) == ("2021-01-03", "2021-02-03")
    assert {who.country for who in others} == {"SWE", None}


def test_one_of_unknown_country_is_the_only_one_of_that_name(tmp_path: Path) -> None:
    actors = {"w1": ACTORS["w1"], "w3": ACTORS["w3"]}
    observatory = Observatory.create(tmp_path / "p")
    observatory.add([Article(id=name, text="They met.") for name in actors], reader=Told(actors))
    (brekke,) = called(observatory.who(), "Torvald Brekke")
    assert (brekke.articles, brekke.country, brekke.first) == (2, "NOR", None)
    (office,) = brekke.offices
    assert (office.articles, office.basis, office.article) == (2, "stated", "w1")
    assert office.evidence is not None
    assert office.evidence.text == "fisheries envoy Torvald Brekke"


def test_a_bare_surname_stays_in_its_article(observatory: Observatory) -> None:
    assert [(who.articles, who.id) for who in called(observatory.who("Moen"), "Moen")] == [(1, None), (1, None)]


def test_what_is_known_has_no_words(observatory: Observatory) -> None:
    offices = next(who.offices for who in observatory.who("brekke") if who.country == "NOR")
    assert [(o.role, o.basis, o.evidence is None) for o in offices] == [
        ("fisheries envoy", "stated", False),
        ("minister", "known", True),
    ]


def test_countries_organisations_and_groups_are_joined(observatory: Observatory) -> None:
    found = observatory.who()
    (norway,), (nato,), (troops,) = (called(found, name) for name in ("Norway", "NATO", "Iraqi troops"))
    assert (norway.id, norway.targets) == ("NOR", 4)
    assert (nato.id, nato.targets, nato.country) == ("org:NATO", 2, None)
    assert (troops.id, troops.sources, troops.names) == (None, 2, ("Iraqi Troops",))


def test_who_has_no_name_or_did_nothing_is_left_out(observatory: Observatory) -> None:
    names = {who.name for who in observatory.who()}
    assert not names & {"spokesman", "Jens Silent", "Moen"}
    assert called(observatory.who("silent"), "Jens Silent")


def test_spellings_are_one_name(observatory: Observatory) -> None:
    (ferreira,) = observatory.who("Ferreira")
    assert ferreira.names == ("Sofía Ferreira",)
    assert observatory.who("sofía ferreira") == (ferreira,)


def test_the_busiest_come_first_and_can_be_filtered(observatory: Observatory) -> None:
    assert [who.name for who in observatory.who(limit=2)] == ["Norway", "Iraqi troops"]
    assert {who.kind for who in observatory.who(kind="group")} == {"group"}
    assert {who.country for who in observatory.who(country="Norwegian")} == {"NOR"}
    assert [who.name for who in observatory.who(country="NATO")] == ["NATO"]
    assert observatory.who("nobody at all") == ()
