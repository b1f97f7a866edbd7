from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from detente.records import Actor, Article

if TYPE_CHECKING:
    from detente.reading.reader import Reader

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[1] / "cases" / "actors.toml").read_text("utf8"))[
    "case"
]


def actors_of(
    reader: Reader, text: str, *, title: str | None = None, published: str | None = None
) -> tuple[Actor, ...]:
    with reader.nlp.select_pipes(disable=["detente_quotes", "detente_events"]):
        reading = next(iter(reader.read([Article(id="case", title=title, text=text, published=published)])))
    assert not reading.failures
    return reading.actors


def called(actors: tuple[Actor, ...], words: str) -> Actor:
    found = [a for a in actors if any(m.text == words for m in a.mentions)]
    assert found, f"nobody is called {words!r}; there are {[(a.name, [m.text for m in a.mentions]) for a in actors]}"
    return found[0]


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(reader: Reader, case: dict[str, Any]) -> None:
    actors = actors_of(reader, case["text"])
    for wanted in case.get("actors", ()):
        check(called(actors, wanted["mention"]), wanted)
    mentions = {m.text for a in actors for m in a.mentions}
    for words in case.get("without", ()):
        assert words not in mentions
    assert len({called(actors, words).id for words in case.get("same", ())}) <= 1
    apart = case.get("apart", ())
    assert len({called(actors, words).id for words in apart}) == len(apart)


def check(actor: Actor, wanted: dict[str, Any]) -> None:
    for field in ("name", "kind", "country", "role", "affiliation", "id"):
        if field in wanted:
            assert getattr(actor, field) == wanted[field]
    if "sectors" in wanted:
        assert list(actor.sectors) == wanted["sectors"]
    if "basis" in wanted:
        assert actor.role_basis == wanted["basis"]
    if wanted.get("stateless"):
        assert actor.country is None


@pytest.mark.model
def test_the_title_names_the_same_man(reader: Reader) -> None:
    actors = actors_of(reader, "President Salim Al Rashidi will fly on Monday.", title="Al Rashidi to visit Jordan")
    assert len([a for a in actors if a.kind == "person"]) == 1
    assert {m.field for m in called(actors, "Al Rashidi").mentions} == {"title", "text"}


@pytest.mark.model
def test_an_office_is_known_only_at_the_date(reader: Reader) -> None:
    text = "Angela Merkel spoke in Dresden."
    in_office = called(actors_of(reader, text, published="2019-03-04"), "Angela Merkel")
    assert (in_office.role, in_office.role_basis, in_office.country) == ("chancellor", "known", "DEU")
    later = called(actors_of(reader, text, published="2023-03-04"), "Angela Merkel")
    assert (later.role, later.role_basis, later.sectors) == ("former chancellor", "known", ("ELI",))
    undated = called(actors_of(reader, text), "Angela Merkel")
    assert (undated.role, undated.sectors, undated.country) == (None, (), "DEU")


@pytest.mark.model
def test_a_table_that_knows_no_end_says_nothing_of_later(reader: Reader) -> None:
    later = called(actors_of(reader, "Sergei Lavrov spoke of Russia.", published="2026-03-04"), "Sergei Lavrov")
    assert (later.role, later.role_basis, later.country) == (None, None, "RUS")


@pytest.mark.model
def test_a_counterpart_holds_the_office_that_the_table_knows(reader: Reader) -> None:
    text = "Greek Foreign Minister Nikos Alexiou met his Turkish counterpart {} in Izmir."
    known = called(
        actors_of(reader, text.format("Mevlut Cavusoglu"), published="2021-03-04"),
        "his Turkish counterpart Mevlut Cavusoglu",
    )
    assert (known.role, known.role_basis, known.country) == ("foreign minister", "known", "TUR")
    unknown = called(
        actors_of(reader, text.format("Selim Tandogan"), published="2021-03-04"),
        "his Turkish counterpart Selim Tandogan",
    )
    assert (unknown.role, unknown.country) == (None, "TUR")


@pytest.mark.model
def test_former_officials_keep_their_country(reader: Reader) -> None:
    name = "Former President Bill Clinton"
    stated = called(actors_of(reader, f"{name} spoke.", published="2021-03-04"), name)
    assert (stated.role, stated.role_basis, stated.country) == ("former president", "stated", "USA")


@pytest.mark.model
def test_every_mention_is_told_by_its_head(nlp: Any) -> None:
    with nlp.select_pipes(disable=["detente_quotes", "detente_events"]):
        doc = nlp("Senior Iraqi officials met Ghanaian President Ama Owusu in Geneva.")
    register = doc._.detente_actors
    by_word = {token.text: register.at(token.i) for token in doc}
    assert register[by_word["officials"]].country == "IRQ"
    assert register[by_word["Owusu"]].name == "Ama Owusu"
    assert by_word["Ghanaian"] == by_word["Ama"] == by_word["Owusu"]
    assert by_word["Geneva"] is None


@pytest.mark.model
def test_no_actor_has_more_than_two_sectors_or_an_empty_mention(reader: Reader) -> None:
    text = (
        "The army chief, a former police spokesman, told state television that rebels had fled.\n\nNobody\n \nknew why."
    )
    for actor in actors_of(reader, text):
        assert len(actor.sectors) <= 2
        assert actor.mentions
        assert all(m.text.strip() for m in actor.mentions)


@pytest.mark.model
@pytest.mark.parametrize("text", ["“”", "Mr", "the", "- - -", "President", "al-", "ΑΒΓ İstanbul’da ﷺ"])
def test_scraps_break_nothing(reader: Reader, text: str) -> None:
    actors_of(reader, text, published="2021-06-01")


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Mark Gordon", "Mark Gordon opened a bakery in Leeds."),
        ("Jim Justice", "Jim Justice runs a garage near Oslo."),
        ("Jim Justice", "Jim Justice runs a garage in the United States."),
    ],
)
def test_a_private_namesake_holds_no_office(reader: Reader, name: str, text: str) -> None:
    person = called(actors_of(reader, text, published="2021-06-01"), name)
    assert (person.country, person.role, person.sectors) == (None, None, ())


@pytest.mark.model
def test_the_region_or_the_country_points_to_the_office(reader: Reader) -> None:
    text = "Wildfires burned in West Virginia on Monday. Jim Justice toured the valley."
    governor = called(actors_of(reader, text, published="2021-06-01"), "Jim Justice")
    assert (governor.role, governor.role_basis, governor.country) == ("governor of West Virginia", "known", "USA")


@pytest.mark.model
def test_a_head_of_state_needs_no_pointer_and_no_lesser_honour_comes_first(reader: Reader) -> None:
    head = called(actors_of(reader, "Emmanuel Macron visited a mill.", published="2021-06-01"), "Emmanuel Macron")
    assert (head.role, head.country) == ("president", "FRA")


@pytest.mark.model
@pytest.mark.parametrize(("day", "role"), [("2014-05-01", "president"), (None, None)])
def test_a_leader_by_surname(reader: Reader, day: str | None, role: str | None) -> None:
    text = "Obama visited Hiroshima with his family. Obama laid a wreath."
    leader = called(actors_of(reader, text, published=day), "Obama")
    assert (leader.kind, leader.country, leader.role) == ("person", "USA", role)
