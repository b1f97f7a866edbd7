"""What speakers call a concern: a line of a table each. What is denied, asked, imagined or another's is none."""

from __future__ import annotations

from typing import Any

import pytest

CONCERNS = (
    (
        "We are deeply concerned about the presence of Russian ships in the gulf,",
        "concern",
        "the presence of Russian ships in the gulf",
    ),
    (
        "We remain concerned that the strait will be closed, and we have said so.",
        "concern",
        "the strait will be closed",
    ),
    (
        "I have raised our serious concerns with the Finnish side about the nets in the lanes.",
        "concern",
        "the nets in the lanes",
    ),
    ("We have grave concerns over the arrest of four captains.", "concern", "the arrest of four captains"),
    ("Norway has concerns about the new toll.", "concern", "the new toll"),
    ("The closure of the strait is of great concern to us.", "concern", "The closure of the strait"),
    ("Well, the arrests in the harbour are deeply worrying.", "concern", "the arrests in the harbour"),
    ("We are worried that the pilots will strike.", "worry", "the pilots will strike"),
    ("I worry about the ice.", "worry", "the ice"),
    ("We were alarmed by the drills.", "alarm", "the drills"),
    ("We fear that fishing will end within a year.", "fear", "fishing will end within a year"),
    ("These mines pose a serious threat to shipping.", "threat", "These mines"),
    ("Overfishing threatens every village on this coast.", "threat", "Overfishing"),
    ("We must counter the threat posed by armed trawlers.", "threat", "armed trawlers"),
    ("Our navies will train against threats from armed trawlers and drones.", "threat", "armed trawlers and drones"),
    (
        "It was a good talk. We are concerned about U.S. tariffs on fish, and about steel.",
        "concern",
        "U.S. tariffs on fish",
    ),
)

NONE = (
    "We are not concerned about the ships.",
    "We have no concerns about the toll.",
    "Nobody here is worried about the ice.",
    "If we were worried about the ice, we would say so.",
    "Are you concerned about the ships?",
    "Is it because Finland is worried about the ships",
    "You asked whether we are worried about the ice.",
    "The fishermen are worried about the ice.",  # others' worry
    "Some ministers had expressed concern about the toll.",
    "They could pose a threat to shipping.",
    "The mines no longer pose a threat to shipping.",
    "This is a serious threat.",
    "We understand your concerns about the toll.",
    "I would say with regard to the ships this remains a concern.",  # a torn clause
    "As far as the ice is concerned, we are ready.",
    "We are concerned about it.",
    "The group comprises sailors, women, children is also a concern.",
)  # fmt: skip


@pytest.mark.parametrize(("text", "word", "about"), CONCERNS)
def test_what_is_a_concern(world: Any, text: str, word: str, about: str) -> None:
    said = world.say(text)
    (concern,) = world.concerns()
    assert (concern.word, concern.about) == (word, about)
    assert (concern.said.text, concern.said.speaker, concern.said.country) == (said.quote.text, "Kari Moen", "NOR")


@pytest.mark.parametrize("text", NONE)
def test_what_is_none(world: Any, text: str) -> None:
    world.say(text)
    assert world.concerns() == ()


def test_in_reported_speech_he_is_the_speaker(world: Any) -> None:
    world.say("she was worried that Sweden would close the gulf", kind="indirect")
    assert [concern.about for concern in world.concerns()] == ["Sweden would close the gulf"]


def test_a_word_of_reporting_tells_it_too(world: Any) -> None:
    sentence = "Moen voiced concern about the toll"
    world.say("concern about the toll", kind="indirect", cue="voiced", sentence=sentence)
    world.say(
        "concern about the ice", kind="indirect", cue="dismissed", sentence="Moen dismissed concern about the ice"
    )
    world.say("the pilots would strike", kind="indirect", cue="fears", sentence="Moen fears the pilots would strike")
    world.say("the ships would sink", kind="indirect", cue="feared", sentence="Moen never feared the ships would sink")
    assert [(c.word, c.about) for c in world.concerns()] == [
        ("concern", "the toll"),
        ("fear", "the pilots would strike"),
    ]


def test_a_concern_said_twice_stands_once(world: Any) -> None:
    world.say("We are concerned about the toll.")
    world.say("Moreover, we are concerned about the toll.")
    world.say("We are concerned about the toll.", by="Aino Laine/FIN")
    assert [concern.said.country for concern in world.concerns()] == ["NOR", "FIN"]


def test_of_a_long_answer_the_sentence_is_quoted(world: Any) -> None:
    filler = (
        "We have had a good evening with many songs from the islands, and everybody stayed until the lamps were out. "
        * 3
    )
    world.say(f"{filler}We are concerned about the toll. Good night.")
    (concern,) = world.concerns()
    assert concern.said.text == "We are concerned about the toll."
