"""Issues: deeds by context, counted once, with the positions of either side."""

from __future__ import annotations

from typing import Any

from detente.records import Asked


def test_issues_by_context_the_busiest_first(world: Any) -> None:
    world.tell("2024-03-04", "NOR > FIN SUPPORT occurred", contexts=("economic", "diplomatic"), article="d1")
    world.tell(
        "2024-03-04", "FIN > NOR SUPPORT occurred", contexts=("economic", "diplomatic"), article="d1"
    )  # the other side of it
    world.tell("2024-04-04", "NOR > FIN AID occurred", contexts=("economic",), day="2024-04-01")
    world.tell("2024-04-05", "NOR > FIN CONSULT planned", contexts=("economic",))
    world.tell("2024-04-06", "NOR > FIN REQUEST occurred", contexts=("economic",), asked=Asked(type="AID"))
    world.tell("2024-04-07", "NOR > FIN ASSAULT occurred", contexts=("military",), past=True)
    world.tell("2024-04-08", "NOR > FIN CONSULT occurred")
    economic, diplomatic = world.agenda()
    assert (economic.context, economic.events, economic.planned, economic.intensity) == ("economic", 3, 2, 2.5)
    assert economic.latest == "2024-04-06"
    assert [words.published for words in economic.proofs] == ["2024-04-06", "2024-04-05", "2024-04-04", "2024-03-04"]
    assert (diplomatic.context, diplomatic.events, diplomatic.planned) == ("diplomatic", 1, 0)


def test_an_issue_of_plans_alone_has_no_mean(world: Any) -> None:
    world.tell("2024-04-05", "NOR > FIN CONSULT planned", contexts=("economic",))
    (issue,) = world.agenda()
    assert (issue.events, issue.planned, issue.intensity) == (0, 1, None)


def test_a_position_tells_an_event_and_names_the_other_side(world: Any) -> None:
    toll = world.tell("2024-03-04", "FIN > NOR SANCTION occurred", contexts=("economic",))
    fight = world.tell("2024-03-04", "SWE > DNK ACCUSE occurred", contexts=("military",))
    old = world.tell("2024-03-04", "SWE > DNK ASSAULT occurred", contexts=("military",), past=True)
    world.say("Finland's toll is unlawful.", deeds=(toll,))
    world.say("Sweden blames Denmark, not Finland.", deeds=(fight,), named=("DNK", "FIN", "SWE"))
    world.say("Sweden blames Denmark.", deeds=(fight,), named=("DNK", "SWE"))
    world.say("Finland remembers that war.", deeds=(old,), named=("FIN",))
    world.say("Good morning.")
    found = {issue.context: [said.text for said in issue.positions] for issue in world.agenda()}
    assert found == {
        "economic": ["Finland's toll is unlawful."],
        "military": ["Sweden blames Denmark, not Finland."],
    }


def test_positions_are_the_newest_first_and_each_text_once(world: Any) -> None:
    toll = world.tell("2024-03-04", "FIN > NOR SANCTION occurred", contexts=("economic",))
    world.say("The toll is unlawful.", deeds=(toll,), published="2024-03-04", article="a")
    world.say("The toll is  unlawful.", deeds=(toll,), published="2024-03-05", article="b")
    world.say("The toll is a start.", deeds=(toll,), published="2024-03-06", by="Aino Laine/FIN", named=("NOR",))
    (issue,) = world.agenda()
    assert [(said.country, said.words.article) for said in issue.positions] == [("FIN", "q2"), ("NOR", "a")]


def test_words_put_a_deed_on_the_agenda(world: Any) -> None:
    world.tell("2024-03-04", "NOR > FIN ACCUSE occurred", words="Norway criticised the new tariffs on salmon")
    world.tell(
        "2024-03-05",
        "NOR > FIN REQUEST occurred",
        words="Norway urged Finland",
        asked=Asked(type="RETREAT", text="to recall its warships"),
    )
    world.tell("2024-03-06", "NOR > FIN ACCUSE occurred", words="Norway criticised the importance of being rude")
    assert {issue.context: issue.events for issue in world.agenda()} == {"economic": 1, "military": 1}


LONG = (
    "Good evening, and thank you all for waiting so long in this weather. We spoke about the summer, and about the singers who "
    "came from five countries. We told Finland that its tariffs have to go. Tariffs have never done anybody any good, and trade has. "
    "As to Denmark, our frigates will call there in May, as they have done every year since my father was a boy."
)


def test_of_a_long_answer_only_the_sentence_that_names_the_other_side_counts(world: Any) -> None:
    world.say(LONG, named=("FIN", "DNK"))
    (issue,) = world.agenda()
    assert issue.context == "economic"
    assert [said.text for said in issue.positions] == ["We told Finland that its tariffs have to go."]


def test_a_newspaper_speaks_for_no_country(world: Any) -> None:
    world.say("Finland's tariffs are a folly.", by="Fjord Post/NOR/MED", named=("FIN",))
    world.say("Finland's tariffs are a folly.", by="raiders/NOR/REB", named=("FIN",))
    assert world.agenda() == ()
