from __future__ import annotations

from datetime import date

import pytest

from detente.knowledge.offices import Post, bearers, holders, leaders
from detente.knowledge.spelling import consonants, words_of


def post(start: str, end: str = "", seen: str = "") -> Post:
    return Post(country="IRQ", role="minister", sectors=("GOV",), start=start, end=end, seen=seen)


@pytest.mark.parametrize(
    ("held", "day", "told"),
    [
        (post("2020-05-06", "2022-10-13"), "2020-08-17", True),
        (post("2020-05-06", "2022-10-13"), "2020-05-05", False),
        (post("2020-05-06", "2022-10-13"), "2022-10-14", False),
        (post("2020-05-06", seen="2022-08"), "2022-08-31", True),
        (post("2020-05-06", seen="2022-08"), "2022-09-01", None),
        (post("2020", "2022"), "2021-06-01", True),
        (post("2020", "2022"), "2020-06-01", None),
        (post("2020-03", "2022"), "2020-03-31", None),
        (post("2020-03", "2022"), "2020-04-01", True),
        (post("2020-03-05~", "2022"), "2020-03-05", True),
        (post("2020"), "2021-06-01", None),
        (post("", seen="2022-08"), "2022-08-01", None),
        (post("2020-05-06", "2022-10-13"), "2022-10-13", False),
        (post("2020", "2021"), "2021-06-01", None),
        (post("", "2021-01-01"), "2020-06-01", None),
    ],
)
def test_a_post_is_held_between_its_dates(held: Post, day: str, told: bool | None) -> None:
    assert held.held(date.fromisoformat(day)) is told


def test_a_holder_is_found_by_either_spelling() -> None:
    for name in ("Mustafa al-Kadhimi", "Mustafa Al Kadhimi"):
        (found,) = holders(words_of(name))
        assert found.country == "IRQ"
        assert [p.role for p in found.posts if p.held(date(2020, 8, 17))] == ["prime minister"]
    assert [h.country for h in holders(words_of("Aleksandr Lukashenko"))] == ["BLR"]


def test_a_common_name_needs_a_country() -> None:
    assert bearers("smith") > 12
    assert holders(words_of("John Smith")) == ()


def test_one_word_is_not_enough_for_a_holder_but_may_be_for_a_leader() -> None:
    assert holders(("putin",)) == ()
    assert {h.posts[0].country for h in leaders("putin")} == {"RUS"}
    assert leaders("jinping") == ()
    assert {h.name for h in leaders("xi")} == {"Xi Jinping"}
    assert {h.posts[0].country for h in leaders("xi", given=True)} >= {"CHN"}


def test_consonants_survive_transliteration() -> None:
    assert consonants("aleksandr") == consonants("alexander")
    assert consonants("kadhimi") != consonants("karimi")
