from __future__ import annotations

import pytest

from detente.knowledge.spelling import words_of
from detente.reading.actors.lexicon import fold_case
from detente.reading.actors.names import Name, People, Person, is_part, one_name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mustafa al-Kadhimi", "Mustafa Al Kadhimi", True),
        ("Kadhimi", "Kadhim", False),
        ("Donald J. Trump", "Donald Trump", True),
        ("Luiz Inácio Lula da Silva", "Lula da Silva", True),
        ("Mohammed Salah", "Muhammad Salah", True),
        ("Elena Petrova", "Elena Petrov", False),
        ("John Smith", "Jane Smith", False),
    ],
)
def test_one_name(one: str, other: str, *, same: bool) -> None:
    assert one_name(words_of(one), words_of(other)) is same


def test_words_of_a_name() -> None:
    assert words_of("Jarosław Kaczyński") == ("jaroslaw", "kaczynski")
    assert words_of("Joseph R. Biden, Jr.") == ("joseph", "biden")
    assert words_of("Moon Jae-in") == ("moon", "jae", "in")
    assert words_of("Al") == ("al",)


def test_is_part_keeps_the_order() -> None:
    assert is_part(("da", "silva"), ("lula", "da", "silva"))
    assert not is_part(("silva", "lula"), ("lula", "da", "silva"))


def named(word: str, gender: str = "") -> Name:
    return Name(start=50, end=51, left=50, words=(word,), text=word.title(), gender=gender)


def test_a_surname_goes_to_the_most_recent_full_name_of_that_gender() -> None:
    people = People()
    people.persons = [
        Person(index=0, forms=[("hans", "berg")], gender="m", last_full=10),
        Person(index=1, forms=[("ida", "berg")], gender="f", last_full=30),
    ]
    recent = people.of_word("berg", 50, named("berg"))
    assert recent is not None
    assert recent.index == 1
    man = people.of_word("berg", 50, named("berg", "m"))
    assert man is not None
    assert man.index == 0
    assert people.of_word("bergman", 50, named("bergman")) is None


@pytest.mark.parametrize("text", ["Sana’a", "İzmir", "ẞ", "Straße\xa0A", "DŽ"])
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold_case(text)) == len(text)


def test_a_surname_in_another_spelling_is_the_same_person_only_when_nobody_bears_it_exactly() -> None:
    people = People()
    people.persons += [Person(index=0, forms=[("yusuf", "rashedi")]), Person(index=1, forms=[("abbas", "rashid")])]

    def found(word: str) -> int | None:
        person = people.of_word(word, 9, Name(start=9, end=10, left=9, words=(word,), text=word))
        return person.index if person else None

    assert [found(word) for word in ("rashidi", "rashid")] == [0, 1]
    people.persons.append(Person(index=2, forms=[("omar", "rashidi")]))
    assert found("rashidi") == 2
    assert found("haddad") is None
