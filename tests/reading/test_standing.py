"""How the verb of a sentence stands."""

from __future__ import annotations

import pytest
from spacy.language import Language

from detente.reading.events.frames import lemma_of
from detente.reading.events.lexicon import lexicon
from detente.reading.events.standing import Standing, of_verb, weaker

TABLE = [
    ("The army attacked the port.", "attack", "occurred"),
    ("The army is attacking the port.", "attack", "ongoing"),
    ("The army was attacking the port.", "attack", "occurred"),
    ("The army will attack the port.", "attack", "planned"),
    ("The army could attack the port.", "attack", "conditional"),
    ("The minister said the army would attack the port.", "attack", "planned"),
    ("The army did not attack the port.", "attack", "denied"),
    ("The army plans to attack the port.", "attack", "planned"),
    ("The army is set to attack the port.", "attack", "planned"),
    ("The army is due to visit the port.", "visit", "planned"),
    ("The army began to attack the port.", "attack", "occurred"),
    ("The army tried to attack the port.", "attack", "conditional"),
    ("The army refused to attack the port.", "attack", "refused"),
    ("The general ordered the army to attack the port.", "attack", "asked"),
    ("The general wants the army to attack the port.", "attack", "asked"),
    ("The army denied attacking the port.", "attack", "denied"),
    ("The army denied that it attacked the port.", "attack", "denied"),
    ("If the army attacks the port, ships will leave.", "attack", "conditional"),
    ("The army crossed the river to attack the port.", "attack", "none"),
    ("Without attacking the port, the army went home.", "attack", "none"),
    ("The army will enter the town and attack the port.", "attack", "planned"),
    ("The parliament passed a law to expel the envoy.", "expel", "occurred"),
    ("The army, which attacked the port, withdrew.", "attack", "occurred"),
    ("The army was accused of attacking the port.", "attack", "occurred"),
    ("You look at what the army has attacked.", "attack", "occurred"),
    ("The wall prevents the port from being attacked.", "attack", "refused"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "lemma", "status"), TABLE, ids=[row[0] for row in TABLE])
def test_standing_of_a_verb(nlp: Language, text: str, lemma: str, status: str) -> None:
    verb = next(token for token in nlp(text) if lemma_of(token) == lemma)
    assert of_verb(verb, lexicon()).status == status


def test_the_weaker_standing_wins_and_the_first_of_equals() -> None:
    done, planned = Standing("occurred"), Standing("planned")
    assert weaker(done, planned) is planned
    assert weaker(planned, done) is planned
    assert weaker(done, Standing("occurred")) is done
