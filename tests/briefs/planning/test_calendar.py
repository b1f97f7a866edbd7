"""Plans: each once, and called seen only where it is certain. A wrong "seen" is the worst error there is here."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from detente.records import Asked

VISIT = "Kari Moen/NOR > FIN CONSULT/visit planned"
VISITED = "Kari Moen/NOR > FIN CONSULT/visit occurred"


@pytest.fixture
def planned(world: Any) -> Any:
    """Kari Moen of Norway is to visit Finland on 7 March."""
    world.tell("2024-03-04", VISIT, day="2024-03-07", cameo="042", words="Moen will visit Helsinki on Thursday")
    return world


def test_a_plan_is_ahead_until_its_last_day_is_over(planned: Any) -> None:
    assert planned.outcomes(now="2024-03-07") == ["ahead"]
    assert planned.outcomes(now="2024-03-08") == ["not seen"]
    assert [entry.outcome for entry in planned.calendar(None)] == ["ahead"]


def test_a_plan_without_a_day_is_open_and_comes_last(world: Any) -> None:
    world.tell("2024-03-04", "NOR > FIN AID planned", words="Norway will help Finland")
    world.tell("2024-03-05", "NOR > SWE CONSULT planned", day="2024-05-01")
    assert [(entry.start, entry.outcome) for entry in world.calendar("2024-03-09")] == [
        ("2024-05-01", "ahead"),
        (None, "open"),
    ]


def test_what_was_told_as_done_on_the_day_is_seen(planned: Any) -> None:
    deed = planned.tell("2024-03-08", VISITED, day="2024-03-07", cameo="042", words="Moen visited Helsinki on Thursday")
    planned.urls["x1"] = "https://fjord.example/2"
    (entry,) = planned.calendar()
    assert (entry.outcome, entry.seen) == ("seen", deed.event.id)
    assert entry.proof.sentence == "Moen visited Helsinki on Thursday"
    assert (entry.proof.published, entry.proof.url) == ("2024-03-08", "https://fjord.example/2")
    assert entry.plan.sentence == "Moen will visit Helsinki on Thursday"


@pytest.mark.parametrize(
    ("published", "line", "more"),
    [
        ("2024-03-08", "Liv Strand/NOR > FIN CONSULT/visit occurred", {"day": "2024-03-07", "cameo": "042"}),  # another person
        ("2024-03-08", "Kari Moen/NOR > SWE CONSULT/visit occurred", {"day": "2024-03-07", "cameo": "042"}),  # another country
        ("2024-03-08", "FIN > Kari Moen/NOR CONSULT/visit occurred", {"day": "2024-03-07", "cameo": "042"}),  # the other way
        ("2024-03-08", "Kari Moen/NOR > FIN CONSULT/phone occurred", {"day": "2024-03-07"}),  # a call
        ("2024-03-08", "Kari Moen/NOR > FIN CONSULT occurred", {"day": "2024-03-07", "rule": "verb:speak none"}),  # or may be
        ("2024-03-08", "Kari Moen/NOR > FIN ACCUSE occurred", {"day": "2024-03-07"}),  # another deed
        ("2024-03-08", "Kari Moen/NOR > FIN CONSULT/visit denied", {"day": "2024-03-07", "cameo": "042"}),
        ("2024-03-08", "Kari Moen/NOR > FIN CONSULT/visit planned", {"day": "2024-04-20", "cameo": "042"}),
        ("2024-03-29", VISITED, {"day": "2024-03-28", "cameo": "042"}),  # another time
        ("2024-03-08", VISITED, {"day": "2024-03-02", "cameo": "042"}),  # before the plan was told
        ("2024-03-08", VISITED, {"day": "2024-03-07", "cameo": "042", "past": True}),  # history
        ("2024-03-08", VISITED, {"day": "2024-03-01/2024-03-31", "cameo": "042"}),  # no day of its own
        ("2024-03-08", VISITED, {"day": "2024-03-07", "cameo": "042", "town": ("2950159", "DEU")}),  # in Berlin
        ("2024-03-08", "Kari Moen/NOR > FIN CONSULT occurred", {"day": "2024-03-07", "town": ("3143244", "NOR")}),  # at home
        ("2024-03-03", VISITED, {"day": "2024-03-07", "cameo": "042"}),  # an older article
        (None, VISITED, {"day": "2024-03-07", "cameo": "042"}),
        ("2024-03-08", VISITED, {"day": "2024-03-07", "cameo": "042", "article": "x0"}),  # the same article
    ],
)  # fmt: skip
def test_what_is_not_the_plan_does_not_settle_it(
    planned: Any, published: str | None, line: str, more: dict[str, Any]
) -> None:
    planned.tell(published, line, **more)
    outcomes = {entry.outcome for entry in planned.calendar() if entry.start == "2024-03-07"}
    assert outcomes == {"not seen"}


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("Moen/NOR > FIN CONSULT/visit occurred", {"day": "2024-03-07", "cameo": "042"}),  # by her last name
        ("Kari Moen/NOR > FIN CONSULT/visit ongoing", {"day": "2024-03-07", "cameo": "042"}),  # is there now
        ("NOR > FIN CONSULT/visit occurred", {"day": "2024-03-07", "cameo": "042"}),  # her country
        ("FIN > Kari Moen/NOR CONSULT/visit occurred", {"day": "2024-03-07", "cameo": "043"}),  # her host received her
        ("Kari Moen/NOR > Aino Laine/FIN CONSULT occurred", {"day": "2024-03-07", "cameo": "040"}),  # met there
        (
            "Kari Moen/NOR > FIN CONSULT occurred",
            {"rule": "verb:speak none", "town": ("658225", "FIN")},
        ),  # spoke in Helsinki
        ("Kari Moen/NOR > FIN CONSULT/visit occurred", {"cameo": "042"}),  # told in those days, without a day
    ],
)
def test_the_same_told_otherwise_settles_it(planned: Any, line: str, more: dict[str, Any]) -> None:
    planned.tell("2024-03-08", line, **more)
    assert planned.outcomes() == ["seen"]


def test_a_host_receives_at_home(world: Any) -> None:
    world.tell("2024-03-04", "NOR > Aino Laine/FIN CONSULT/visit planned", day="2024-03-07", cameo="043")
    more = {"day": "2024-03-07", "cameo": "040"}
    world.tell("2024-03-08", "NOR > Aino Laine/FIN CONSULT occurred", town=("658225", "FIN"), **more)
    assert world.outcomes() == ["not seen"]
    world.tell("2024-03-08", "NOR > Aino Laine/FIN CONSULT occurred", town=("3143244", "NOR"), **more)
    assert world.outcomes() == ["seen"]


def test_without_a_day_countries_alone_settle_nothing(planned: Any) -> None:
    planned.tell("2024-03-08", "NOR > FIN CONSULT/visit occurred", cameo="042")
    assert planned.outcomes() == ["not seen"]


def test_within_half_a_year_two_countries_may_meet_more_than_once(world: Any) -> None:
    world.tell("2024-03-04", "NOR > FIN CONSULT planned", day="2024-04-01/2024-09-30")
    world.tell("2024-05-08", "Liv Strand/NOR > FIN CONSULT occurred", day="2024-05-07")
    assert world.outcomes() == ["not seen"]


def test_within_half_a_year_two_people_are_known_by_name(world: Any) -> None:
    world.tell("2024-03-04", "NOR > FIN CONSULT planned", day="2024-04-01/2024-09-30")
    world.tell("2024-03-05", "Kari Moen/NOR > FIN CONSULT planned", day="2024-04-01/2024-09-30")
    world.tell("2024-05-08", "Kari Moen/NOR > FIN CONSULT occurred", day="2024-05-07")
    assert world.outcomes() == ["seen"]


def test_a_meeting_of_many_is_no_talk_of_two(world: Any) -> None:
    world.tell("2024-03-04", "NOR > FIN CONSULT planned", day="2024-03-07")
    world.tell("2024-03-08", "NOR + SWE + DNK > FIN + EST + LVA CONSULT occurred", day="2024-03-07")
    assert world.outcomes() == ["not seen"]


def test_officials_are_not_the_president_who_was_to_be_met(world: Any) -> None:
    world.tell("2024-03-04", "NOR > Aino Laine/FIN CONSULT planned", day="2024-03-07")
    world.tell("2024-03-08", "NOR > officials/FIN/GOV CONSULT occurred", day="2024-03-07")
    assert world.outcomes() == ["not seen"]


def test_a_capital_letter_makes_no_name_of_an_office(world: Any) -> None:
    world.tell("2024-03-04", "Secretary//GOV > FIN CONSULT planned", day="2024-03-07")
    world.tell("2024-03-08", "Secretary//GOV > FIN CONSULT occurred", day="2024-03-07")
    assert world.outcomes() == ["not seen"]


def test_signing_is_not_praising(world: Any) -> None:
    sign = {"day": "2024-03-12", "cameo": "057", "rule": "verb:sign @accord"}
    world.tell("2024-03-04", "NOR > FIN SUPPORT planned", **sign)
    world.tell("2024-03-13", "NOR > FIN SUPPORT occurred", day="2024-03-12", cameo="051", rule="verb:praise actor")
    assert world.outcomes() == ["not seen"]
    world.tell("2024-03-13", "FIN > NOR SUPPORT occurred", **sign)
    assert world.outcomes() == ["seen"]


def test_a_deed_without_a_finer_code_must_be_told_by_the_same_word(world: Any) -> None:
    world.tell("2024-03-04", "NOR > FIN AID planned", day="2024-03-12", cameo="070", rule="verb:send @aid+to")
    world.tell("2024-03-13", "NOR > FIN AID occurred", day="2024-03-12", cameo="070", rule="verb:fund actor")
    assert world.outcomes() == ["not seen"]
    world.tell("2024-03-13", "NOR > FIN AID occurred", day="2024-03-12", cameo="070", rule="verb:send @aid")
    assert world.outcomes() == ["seen"]


def test_aid_goes_one_way(world: Any) -> None:
    more = {"day": "2024-03-12", "cameo": "073"}
    world.tell("2024-03-04", "NOR > FIN AID planned", **more)
    world.tell("2024-03-13", "FIN > NOR AID occurred", **more)
    assert world.outcomes() == ["not seen"]


def test_who_steps_down_is_known_by_name(world: Any) -> None:
    world.tell("2024-03-04", "Mart Tamm/EST >  RETREAT/resign planned", day="2024-03-07", cameo="083")
    world.tell("2024-03-08", "EST >  RETREAT/resign occurred", day="2024-03-07", cameo="083")
    assert world.outcomes() == ["not seen"]
    world.tell("2024-03-08", "Mart Tamm/EST >  RETREAT/resign occurred", day="2024-03-07", cameo="083")
    assert world.outcomes() == ["seen"]


@pytest.mark.parametrize(
    ("published", "line", "words", "outcome"),
    [
        ("2024-03-06", "Kari Moen/NOR > FIN REJECT/meet occurred", "cancelled her visit to Helsinki", "called off"),
        ("2024-03-06", "FIN > Kari Moen/NOR REJECT/meet occurred", "called off the visit of Moen", "called off"),
        ("2024-03-06", "NOR > FIN REJECT/meet occurred", "called off talks with Finland", "not seen"),
        ("2024-03-06", "Liv Strand/NOR > FIN REJECT/meet occurred", "cancelled her visit to Helsinki", "not seen"),
        ("2024-03-02", "Kari Moen/NOR > FIN REJECT/meet occurred", "cancelled her visit to Helsinki", "not seen"),
        ("2024-04-02", "Kari Moen/NOR > FIN REJECT/meet occurred", "cancelled her visit to Helsinki", "not seen"),
        ("2024-03-06", "Kari Moen/NOR > FIN REJECT/meet planned", "may cancel her visit to Helsinki", "not seen"),
    ],
)
def test_called_off(planned: Any, published: str, line: str, words: str, outcome: str) -> None:
    planned.tell(published, line, words=words, cameo="125")
    assert planned.outcomes() == [outcome]


def test_what_took_place_after_all_is_seen(planned: Any) -> None:
    planned.tell("2024-03-06", "Kari Moen/NOR > FIN REJECT/meet occurred", words="cancelled her visit to Helsinki")
    planned.tell("2024-03-08", VISITED, day="2024-03-07", cameo="042")
    assert planned.outcomes() == ["seen"]


def test_one_plan_in_three_papers_is_one_entry_with_three_origins(planned: Any) -> None:
    planned.tell("2024-03-05", VISIT, day="2024-03-07", cameo="042")
    planned.tell("2024-03-05", "Moen/NOR > FIN CONSULT/visit planned", day="2024-03-07", cameo="042")
    (entry,) = planned.calendar()
    assert entry.origins == 3
    assert entry.plan.published == "2024-03-04"


def test_a_plan_told_from_either_side_is_one_entry(world: Any) -> None:
    for line in ("NOR > FIN SUPPORT planned", "FIN > NOR SUPPORT planned"):
        world.tell("2024-03-04", line, article="d1", day="2024-03-12", cameo="057")
    assert len(world.calendar()) == 1


def test_a_country_is_to_be_visited_by_two_ministers(planned: Any) -> None:
    planned.tell("2024-03-03", "NOR > FIN CONSULT/visit planned", day="2024-03-07", cameo="042")
    planned.tell("2024-03-05", "Liv Strand/NOR > FIN CONSULT/visit planned", day="2024-03-07", cameo="042")
    assert sorted(entry.origins for entry in planned.calendar()) == [1, 2]


def test_two_plans_stay_two(planned: Any) -> None:
    planned.tell("2024-03-05", "Liv Strand/NOR > FIN CONSULT/visit planned", day="2024-03-07", cameo="042")
    planned.tell("2024-03-05", VISIT, day="2024-04-07", cameo="042")
    assert len(planned.calendar()) == 3


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("NOR > FIN REJECT/meet planned", {"asked": Asked(type="CONSULT")}),  # asked for, not planned
        ("NOR > FIN CONSULT planned", {"day": "2024-03-01"}),  # over when it was told
        ("NOR > FIN CONSULT planned", {"past": True}),
        ("NOR > FIN CONSULT conditional", {"day": "2024-03-09"}),
        ("NOR > FIN ACCUSE planned", {"day": "2024-03-09"}),  # words
        ("NOR > FIN SUPPORT planned", {"day": "2024-03-09", "cameo": "051"}),
    ],
)
def test_what_is_no_plan(world: Any, line: str, more: dict[str, Any]) -> None:
    world.tell("2024-03-04", line, **more)
    assert world.calendar() == ()


@pytest.mark.parametrize(
    ("day", "start"),
    [
        ("2020-01-01/2029-12-31", None),  # this decade
        ("2025-01-01/2025-12-31", None),  # next year
        ("2024-01-01/2024-12-31", "2024-01-01"),  # later this year
        ("2024-09-01/2024-11-30", "2024-09-01"),  # in the autumn
    ],
)
def test_a_far_year_is_no_day(world: Any, day: str, start: str | None) -> None:
    world.tell("2024-03-04", "NOR > FIN AID planned", day=day)
    (entry,) = world.calendar("2024-03-05")
    assert (entry.start, entry.when, entry.outcome) == (start, day, "ahead" if start else "open")


def test_days_in_between(planned: Any) -> None:
    planned.tell("2024-03-04", "NOR > SWE CONSULT planned", day="2024-05-01/2024-05-31")
    planned.tell("2024-03-04", "NOR > DNK CONSULT planned")
    found = planned.calendar(since=date(2024, 5, 20), until=date(2024, 6, 1))
    assert [entry.start for entry in found] == ["2024-05-01"]
    assert len(planned.calendar(since=date(2024, 3, 7), until=date(2024, 3, 7))) == 1


def test_the_order_of_the_papers_changes_nothing(planned: Any) -> None:
    planned.tell("2024-03-05", VISIT, day="2024-03-07", cameo="042")
    planned.tell("2024-03-08", VISITED, day="2024-03-07", cameo="042")
    planned.tell("2024-03-09", VISITED, day="2024-03-07", cameo="042")
    before = planned.calendar()
    planned.tales.reverse()
    assert planned.calendar() == before
    assert before[0].proof.published == "2024-03-08"
