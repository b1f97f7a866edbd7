from __future__ import annotations

import pytest

from detente.errors import TableError, UnknownNameError
from detente.knowledge.countries import countries, fold, parse_countries


def row(code: str, iso2: str, name: str, **cells: str) -> dict[str, str]:
    empty = dict.fromkeys(("aliases", "demonyms", "capitals", "seats"), "")
    return {"code": code, "iso2": iso2, "name": name} | empty | cells


def test_every_country_has_a_code_and_a_name_of_its_own() -> None:
    table = countries()
    assert len(table) > 250
    assert {"XKX", "TWN", "PSE", "SUN", "YUG"} <= {c.code for c in table}
    assert all(table.named(c.name) == c.code for c in table)


def test_sovereign_states_have_demonyms_and_capitals() -> None:
    for code in ("USA", "IRQ", "GBR", "CIV", "COD", "KOR", "ARE", "NER", "MMR", "CZE"):
        country = countries().by_code(code)
        assert country is not None
        assert country.demonyms
        assert country.capital


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the United States", "USA"),
        ("U.S.", "USA"),
        ("IRAQ", "IRQ"),
        ("Ivory Coast", "CIV"),
        ("DR Congo", "COD"),
        ("UAE", "ARE"),
        ("us", None),
        ("Iraqi", None),
    ],
)
def test_names_are_looked_up_as_written(text: str, code: str | None) -> None:
    assert countries().named(text) == code


def test_demonyms_capitals_and_seats() -> None:
    table = countries()
    assert table.demonym("Nigeriens") == "NER"
    assert table.demonym("Nigerians") == "NGA"
    assert table.capital("Kiev") == table.capital("Kyiv") == "UKR"
    assert table.seat("the Kremlin") == "RUS"
    assert table.seat("Downing Street") == "GBR"


@pytest.mark.parametrize("said", ["irq", "IQ", "iraq", "Iraqi", "iraqis", "Republic of Iraq"])
def test_a_user_may_say_it_in_many_ways(said: str) -> None:
    assert countries().resolve(said).code == "IRQ"


def test_accents_and_articles_do_not_matter_to_resolve() -> None:
    assert countries().resolve("cote d'ivoire").code == "CIV"
    assert countries().resolve("the gambia").code == "GMB"
    assert fold("Côte d’Ivoire") == "cote d'ivoire"


def test_an_unknown_country_brings_suggestions() -> None:
    with pytest.raises(UnknownNameError, match="did you mean Germany") as caught:
        countries().resolve("Germny")
    assert caught.value.suggestions[0] == "Germany"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(7, row("Irq", "IQ", "Iraq"))], r":7: expected an alpha-3 code"),
        ([(8, row("IRQ", "irq", "Iraq"))], r":8: expected an alpha-2 code"),
        ([(9, row("IRQ", "IQ", ""))], r":9: IRQ has no name"),
        ([(1, row("IRQ", "IQ", "Iraq")), (2, row("IRQ", "IQ", "Irak"))], r":2: the code IRQ is given twice"),
        (
            [
                (1, row("NER", "NE", "Niger", demonyms="Nigerian")),
                (2, row("NGA", "NG", "Nigeria", demonyms="Nigerian")),
            ],
            r":2: 'Nigerian' stands for NGA and for NER",
        ),
    ],
)
def test_a_contradiction_names_its_line(rows: list[tuple[int, dict[str, str]]], message: str) -> None:
    with pytest.raises(TableError, match=message):
        parse_countries(rows)
