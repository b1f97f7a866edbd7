"""Promises: kept only where the deed is certain; open, due or overdue otherwise. A wrong "kept" is the worst error there is."""

from __future__ import annotations

from typing import Any

import pytest

from detente.records import Asked

PLEDGE = "Norway pledged to withdraw its frigates from Estonia by the end of May"
WITHDRAWN = "NOR > EST RETREAT/withdraw occurred"
WORDS = "Norway withdrew its frigates from Estonia"


@pytest.fixture
def pledged(world: Any) -> Any:
    """Norway pledges on 4 March to withdraw frigates from Estonia by 31 May."""
    asked = Asked(type="RETREAT", mode="withdraw", text="to withdraw its frigates from Estonia by the end of May")
    offer = world.tell("2024-03-04", "NOR > EST AGREE occurred", words=PLEDGE, asked=asked, article="p0")
    world.promise("2024-03-04", "NOR", PLEDGE, named=("EST", "NOR"), due="2024-05-31", deeds=(offer,), article="p0")
    return world


def test_a_promise_is_due_until_its_day_is_over(pledged: Any) -> None:
    assert [pledged.state(day) for day in ("2024-03-05", "2024-05-31", "2024-06-01")] == ["due", "due", "overdue"]
    (pledge,) = pledged.pledges(None)
    assert (pledge.state, pledge.due, pledge.by_country, pledge.words.published) == (
        "due",
        "2024-05-31",
        "NOR",
        "2024-03-04",
    )


def test_a_promise_without_a_day_is_open(world: Any) -> None:
    world.promise("2024-03-04", "NOR", "Norway promised to rebuild the bridge", named=("NOR",))
    assert world.state() == "open"


def test_the_deed_told_later_keeps_it(pledged: Any) -> None:
    deed = pledged.tell("2024-04-12", WITHDRAWN, words=WORDS)
    pledged.tell("2024-04-14", WITHDRAWN, words=WORDS)
    (pledge,) = pledged.pledges()
    assert (pledge.state, pledge.kept_by, pledge.proof.sentence) == ("kept", deed.event.id, WORDS)


@pytest.mark.parametrize(
    ("published", "line", "more"),
    [
        ("2024-04-12", "FIN > EST RETREAT/withdraw occurred", {}),  # another country's
        ("2024-04-12", "NOR > FIN RETREAT/withdraw occurred", {}),  # from another country
        ("2024-04-12", "NOR > EST RETREAT/release occurred", {}),  # another deed
        ("2024-04-12", "NOR > EST RETREAT/withdraw planned", {}),
        ("2024-04-12", "NOR > EST RETREAT/withdraw denied", {}),
        ("2024-04-12", "NOR > EST RETREAT/withdraw occurred", {"past": True}),
        ("2024-04-12", "NOR > EST RETREAT/withdraw occurred", {"day": "2024-02-11"}),  # done before the promise
        ("2024-04-12", "NOR > EST RETREAT/withdraw occurred", {"words": "Norway withdrew its diplomats from Estonia"}),
        ("2024-03-04", "NOR > EST RETREAT/withdraw occurred", {}),  # told on the same day
        ("2024-04-12", "NOR > EST RETREAT/withdraw occurred", {"article": "p0"}),  # in the same article
        (None, "NOR > EST RETREAT/withdraw occurred", {}),
        ("2024-04-12", "rebels/NOR/REB > EST AGREE occurred", {}),
    ],
)
def test_no_other_deed_keeps_it(pledged: Any, published: str | None, line: str, more: dict[str, Any]) -> None:
    pledged.tell(published, line, **{"words": WORDS} | more)
    assert pledged.state() == "overdue"


def test_a_planned_deed_in_the_words_says_what_is_promised(world: Any) -> None:
    text = "We will send rescue aircraft to Estonia"
    plan = world.tell("2024-03-04", "Kari Moen/NOR > EST AID planned", words=text, article="p0")
    world.promise("2024-03-04", "Kari Moen/NOR", text, deeds=(plan,), article="p0")
    world.tell("2024-03-13", "NOR > EST AID occurred", words="Norway sent two rescue aircraft to Estonia")
    assert world.state() == "kept"


def test_without_a_deed_the_first_verb_says_it(world: Any) -> None:
    world.promise("2024-03-04", "NOR", "Norway promised to release the Estonian fishermen", named=("EST", "NOR"))
    world.tell("2024-03-13", "NOR > EST RETREAT/release occurred", words="Norway freed twelve fishermen of Estonia")
    assert world.state() == "kept"


def test_where_no_verb_says_it_the_promise_stays_open(world: Any) -> None:
    world.promise("2024-03-04", "NOR", "Norway is committed to the security of Estonia", named=("EST", "NOR"))
    world.tell("2024-03-13", "NOR > EST AID occurred", words="Norway paid for the security of Estonia")
    assert world.state() == "open"


def test_what_is_not_to_be_done_is_kept_by_nothing(world: Any) -> None:
    world.promise("2024-03-04", "NOR", "Norway promised not to release the Estonian fishermen", named=("EST", "NOR"))
    world.tell("2024-03-13", "NOR > EST RETREAT/release occurred", words="Norway freed twelve fishermen of Estonia")
    assert world.state() == "open"


def test_a_promise_to_two_countries_at_large_is_kept_by_nothing(world: Any) -> None:
    world.promise("2024-03-04", "NOR", "Norway promised to send rescue aircraft", named=("EST", "FIN", "NOR"))
    world.tell("2024-03-13", "NOR > EST AID occurred", words="Norway sent rescue aircraft to Estonia")
    assert world.state() == "open"


def test_who_said_he_would_step_down_must_do_it_himself(world: Any) -> None:
    world.promise("2024-03-04", "Mart Tamm/EST", "Tamm promised to resign over the ferry contract", named=())
    world.tell("2024-03-13", "Juhan Saar/EST >  RETREAT/resign occurred", words="Saar resigned over the ferry contract")
    assert world.state() == "open"
    world.tell("2024-03-14", "Mart Tamm/EST >  RETREAT/resign occurred", words="Tamm resigned")
    assert world.state() == "kept"


def test_a_visit_promised_by_one_minister_is_not_made_by_another(world: Any) -> None:
    world.promise("2024-03-04", "Kari Moen/NOR", "Moen promised to visit Estonia", named=("EST",))
    world.tell("2024-03-13", "Liv Strand/NOR > EST CONSULT/visit occurred", words="Strand visited Estonia")
    assert world.state() == "open"
    world.tell("2024-03-14", "Kari Moen/NOR > EST CONSULT/visit occurred", words="Moen visited Estonia")
    assert world.state() == "kept"


def test_a_day_already_over_is_no_term(world: Any) -> None:
    world.promise("2024-03-04", "NOR", "Norway pledged to report on the elections of May 2023", due="2023-05-31")
    (pledge,) = world.pledges()
    assert (pledge.state, pledge.due) == ("open", None)


@pytest.mark.parametrize(
    ("by", "text"),
    [
        ("", "they promised to help"),  # nobody known
        ("people/NOR/CVL", "people committed to peace in the north"),  # people at large
        ("groups//NGO", "groups committed to peace in the north"),
        ("NOR", "Norway is undertaking a journey to the Arctic"),
        ("NOR", "the court in Oslo determined that the ship had been seized unlawfully"),
        ("Kari Moen/NOR", "Moen devoted her life to the sea"),
        ("NOR", "Norway has promised"),
        ("NOR", "a Norway that commits the gravest crimes at sea"),
        ("NOR", "Norway received assurances from Finland"),
    ],
)
def test_what_only_reads_like_a_promise(world: Any, by: str, text: str) -> None:
    world.promise("2024-03-04", by, text)
    assert world.pledges() == ()


@pytest.mark.parametrize(
    "text",
    [
        "Norway undertook to repair the cable",
        "Norway is committed to free passage",
        "Norway committed two million kroner to the fund",
        "Norway has promised Estonia a second ship",
    ],
)
def test_what_is_a_promise(world: Any, text: str) -> None:
    world.promise("2024-03-04", "NOR", text)
    assert [pledge.text for pledge in world.pledges()] == [text]


def test_a_promise_copied_by_five_papers_stands_once(world: Any) -> None:
    for _ in range(5):
        world.promise("2024-03-04", "NOR", PLEDGE, origin="story-1")
    world.promise("2024-04-04", "NOR", PLEDGE, origin="story-2")
    assert [pledge.words.published for pledge in world.pledges()] == ["2024-03-04", "2024-04-04"]
