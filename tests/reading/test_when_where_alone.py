"""The two components on their own in a spaCy pipeline that knows nothing of détente."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
import spacy
from spacy.language import Language

from detente.reading.marks import Context

TEXT = (
    "In Muscat, on 3 May 2021, Oman and Iran reopened the crossing. Two days later it was shut again; Paul London left."
)
TIMES = [("3 May 2021", "2021-05-03"), ("Two days later", "2021-05-05")]
PLACES = [("Muscat", "city", "OMN"), ("Oman", "country", "OMN"), ("Iran", "country", "IRN")]


def times(nlp: Language, text: str = TEXT) -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(doc.text[t.start : t.end], t.value) for t in doc._.detente_times]


def places(nlp: Language, text: str = TEXT) -> list[tuple[str, str, str | None]]:
    doc = nlp(text)
    return [(doc.text[p.start : p.end], p.kind, p.country) for p in doc._.detente_places]


def test_times_alone() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("detente_times")
    assert nlp.pipe_names == ["detente_times"]
    assert times(nlp) == TIMES


def test_places_alone() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("detente_places")
    assert places(nlp) == PLACES


@pytest.mark.parametrize("order", list(permutations(("detente_times", "detente_places", "sentencizer"))))
def test_in_any_order_beside_others(order: tuple[str, ...]) -> None:
    nlp = spacy.blank("en")
    for name in order:
        nlp.add_pipe(name)
    assert times(nlp) == TIMES
    assert places(nlp) == PLACES


def test_a_user_gives_the_day_of_publication_with_the_doc() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("detente_times")
    doc = nlp.make_doc("They had met last week.")
    doc._.detente_context = Context(published=date(2021, 1, 5))
    (found,) = nlp(doc)._.detente_times
    assert (found.value, found.anchor, found.rule) == ("2020-W53", "2021-01-05", "relative")
    assert [t.value for t in nlp("They had met last week.")._.detente_times] == ["XXXX-WXX"]


def test_many_docs_through_one_pipeline_do_not_tell_each_other() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("detente_times")
    nlp.add_pipe("detente_places")
    texts = ["On 3 May 2021 they met in Muscat.", "The next day they left.", TEXT] * 5
    apart = [(nlp(text)._.detente_times, nlp(text)._.detente_places) for text in texts]
    assert [(doc._.detente_times, doc._.detente_places) for doc in nlp.pipe(texts, batch_size=4)] == apart


@pytest.mark.model
def test_behind_the_trained_pipeline_and_nothing_of_ours() -> None:
    from detente.reading.pipeline import bare

    nlp = bare()
    nlp.add_pipe("detente_times")
    nlp.add_pipe("detente_places")
    assert times(nlp) == TIMES
    assert [p for p in places(nlp) if p[1] != "demonym"] == PLACES
