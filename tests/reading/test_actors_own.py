"""A user's own actors in the reading of an article."""

from __future__ import annotations

import pytest

from detente.knowledge.own_actors import NOBODY, OwnActors
from detente.reading.reader import Reader
from detente.records import Actor, Article

pytestmark = pytest.mark.model

HEADER = "name\taliases\tcountry\tsectors\trole\tstart\tend\n"
BREKKE = HEADER + "Torvald Brekke\tBergen Fox\tNorway\tGOV\tfisheries envoy\t2021-03-01\t2022-06-30\n"


def actors(reader: Reader, table: str, text: str, published: str | None = "2021-06-01") -> list[Actor]:
    own = reader.using(OwnActors.parse(table) if table != HEADER else NOBODY)
    (reading,) = own.read([Article(id="x", text=text, published=published)])
    assert not reading.failures
    return [*reading.actors]


def the(found: list[Actor], name: str) -> Actor:
    (one,) = [actor for actor in found if actor.name == name]
    return one


TEXT = "Torvald Brekke flew to Lisbon on Monday. “We will talk about cod,” Brekke said."


@pytest.mark.parametrize(
    ("published", "role", "basis", "sectors"),
    [
        ("2021-06-01", "fisheries envoy", "known", ("GOV",)),
        ("2021-02-01", None, None, ()),
        ("2022-07-01", "former fisheries envoy", "known", ("ELI",)),
        (None, None, None, ()),
    ],
)
def test_a_role_is_asserted_within_its_days(
    reader: Reader, published: str | None, role: str | None, basis: str | None, sectors: tuple[str, ...]
) -> None:
    brekke = the(actors(reader, BREKKE, TEXT, published), "Torvald Brekke")
    assert (brekke.role, brekke.role_basis, brekke.sectors, brekke.country) == (role, basis, sectors, "NOR")
    assert {"Torvald Brekke", "Brekke"} <= {mention.text for mention in brekke.mentions}


def test_what_the_article_states_wins(reader: Reader) -> None:
    text = "Danish Finance Minister Torvald Brekke flew to Lisbon on Monday."
    brekke = the(actors(reader, BREKKE, text), "Torvald Brekke")
    assert (brekke.role, brekke.role_basis, brekke.country) == ("finance minister", "stated", "DNK")


def test_a_sector_is_stated_by_a_role_only(reader: Reader) -> None:
    text = "Torvald Brekke, a resident of Bergen, flew to Lisbon on Monday."
    assert the(actors(reader, BREKKE, text), "Torvald Brekke").sectors == ("GOV",)


def test_an_alias_is_the_same_person(reader: Reader) -> None:
    text = "Torvald Brekke flew to Lisbon on Monday. The speech of the Bergen Fox pleased nobody."
    brekke = the(actors(reader, BREKKE, text), "Torvald Brekke")
    assert {"Torvald Brekke", "Bergen Fox"} <= {mention.text for mention in brekke.mentions}


def test_a_surname_as_alias_gives_way_to_another_of_that_name(reader: Reader) -> None:
    table = BREKKE.replace("Bergen Fox", "Brekke")
    alone = the(actors(reader, table, "“We will talk about cod,” Brekke said in Lisbon."), "Torvald Brekke")
    assert alone.role == "fisheries envoy"
    text = "Finance Minister Kari Brekke flew to Lisbon on Monday. “We will talk about cod,” Brekke said."
    found = actors(reader, table, text)
    assert the(found, "Kari Brekke").role == "finance minister"
    assert not [actor for actor in found if actor.name == "Torvald Brekke"]


def test_a_longer_name_is_somebody_else(reader: Reader) -> None:
    found = actors(reader, BREKKE, "Torvald Brekke Haugen flew to Lisbon on Monday.")
    assert all(actor.role is None for actor in found)


def test_the_table_wins_over_the_packages(reader: Reader) -> None:
    text, day = "Russia was not there on Monday, but Sergei Lavrov spoke.", "2021-06-01"
    plain = the(actors(reader, HEADER, text, day), "Sergei Lavrov")
    assert (plain.role, plain.country) == ("foreign minister", "RUS")
    other = the(actors(reader, HEADER + "Sergei Lavrov\t\t\t\ttrade envoy\t\t\n", text, day), "Sergei Lavrov")
    assert (other.role, other.role_basis, other.country) == ("trade envoy", "known", "RUS")
    assert other.sectors == ("GOV",)
    actor = the(actors(reader, HEADER + "Sergei Lavrov\t\tUkraine\t\tactor\t\t\n", text, day), "Sergei Lavrov")
    assert (actor.role, actor.country, actor.sectors) == ("actor", "UKR", ())
    namesake = the(actors(reader, HEADER + "Sergei Lavrov\t\t\t\t-\t\t\n", text, day), "Sergei Lavrov")
    assert (namesake.role, namesake.role_basis, namesake.sectors) == (None, None, ())
    none = the(actors(reader, HEADER + "Sergei Lavrov\t\t-\t-\t-\t\t\n", text, day), "Sergei Lavrov")
    assert (none.role, none.role_basis, none.country, none.sectors) == (None, None, None, ())


def test_an_organisation_that_nobody_knew(reader: Reader) -> None:
    table = HEADER + "Northern Shield Brigade\tNSB\tSudan\tREB\t\t\t\n"
    text = "The Northern Shield Brigade attacked a convoy near Lisbon on Monday. NSB denied it."
    brigade = the(actors(reader, table, text), "Northern Shield Brigade")
    assert (brigade.id, brigade.country, brigade.sectors) == ("org:OWN-NORTHERN-SHIELD-BRIGADE", "SDN", ("REB",))
    assert [mention.text[-3:] for mention in brigade.mentions] == ["ade", "NSB"]


def test_an_organisation_of_the_package_as_the_user_has_it(reader: Reader) -> None:
    text = "NATO criticised Russia on Monday."
    before = next(a for a in actors(reader, HEADER, text) if a.name == "NATO" or a.id == "org:NATO")
    after = next(a for a in actors(reader, HEADER + "NATO\t\tBelgium\tMIL\t\t\t\n", text) if a.id == before.id)
    assert (after.country, after.sectors) == ("BEL", ("MIL",))


def test_an_organisation_has_its_sectors_within_its_days(reader: Reader) -> None:
    table = HEADER + "Drage Council\t\tNorway\tGOV\t\t2019\t2020\n"
    assert the(actors(reader, table, "The Drage Council met in Oslo.", "2020-05-05"), "Drage Council").sectors == (
        "GOV",
    )
    assert the(actors(reader, table, "The Drage Council met in Oslo.", "2021-05-05"), "Drage Council").sectors == ()


def test_records_name_the_table_they_rest_on(reader: Reader) -> None:
    own = reader.using(OwnActors.parse(BREKKE))
    assert own.knowledge != reader.knowledge
    assert own.nlp is reader.nlp
    text = "Torvald Brekke accused Denmark of overfishing on Monday."
    (reading,) = own.read([Article(id="x", text=text, published="2021-06-01")])
    assert {event.knowledge for event in reading.events} == {own.knowledge}
    assert reader.using(NOBODY).knowledge == reader.knowledge


def test_a_table_of_others_changes_nothing(reader: Reader) -> None:
    article = Article(
        id="x", text="Greece recalled its envoy, Foreign Minister Nikos Alexiou said.", published="2021-06-01"
    )
    (plain,) = reader.read([article])
    (other,) = reader.using(OwnActors.parse(BREKKE)).read([article])
    assert (plain.actors, plain.quotes) == (other.actors, other.quotes)
