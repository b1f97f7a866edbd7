from __future__ import annotations

import pytest

from detente.errors import TableError
from detente.knowledge.agents import agents, parse_agents, plural_of
from detente.knowledge.countries import countries
from detente.knowledge.organisations import organisations, parse_organisations


def row(noun: str, kind: str = "person", sectors: str = "", same: str = "", plural: str = "") -> dict[str, str]:
    return {"noun": noun, "class": kind, "sectors": sectors, "same": same, "plural": plural}


def test_the_table_of_agents_is_sound() -> None:
    table = agents()
    assert len(table) > 2000
    assert table["soldiers"].sectors == ("MIL",)
    assert table["soldiers"].plural
    assert table["premier"].role == "prime minister"
    assert table["people"].kind == "person"


def test_no_noun_is_the_plural_of_another() -> None:
    plurals = {form: agent.noun for form, agent in agents().items() if agent.plural}
    assert [agent.noun for agent in agents().values() if not agent.plural and agent.noun in plurals] == []


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("rebel", "rebels"), ("agency", "agencies"), ("gunman", "gunmen"), ("church", "churches"), ("envoy", "envoys")],
)
def test_plural_of(noun: str, plural: str) -> None:
    assert plural_of(noun) == plural


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(4, row("cook", "chef"))], r":4: expected a class"),
        ([(5, row("cook", sectors="XYZ"))], r":5: no such sector: XYZ"),
        ([(6, row("cook")), (7, row("cook"))], r":7: 'cook' is given twice"),
    ],
)
def test_a_wrong_agent_names_its_line(rows: list[tuple[int, dict[str, str]]], message: str) -> None:
    with pytest.raises(TableError, match=message):
        parse_agents(rows)


def test_organisations_have_known_homes() -> None:
    table = {o.key: o for o in organisations()}
    assert table["org:NATO"].country is None
    assert table["org:HAMAS"].country == "PSE"
    assert all(o.country is None or countries().by_code(o.country) for o in table.values())
    assert len(table) == len(organisations())


def test_a_name_of_two_organisations_names_its_line() -> None:
    rows = [
        (3, {"key": "A", "name": "Front", "aliases": "", "country": "", "sectors": "REB"}),
        (4, {"key": "B", "name": "Union", "aliases": "Front", "country": "", "sectors": "REB"}),
    ]
    with pytest.raises(TableError, match=r":4: 'Front' stands for B and A"):
        parse_organisations(rows)
