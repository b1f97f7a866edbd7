"""The way between two sides, over parses made by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from detente.reading.judge.pair import Pair, inside, way_of
from detente.reading.marks import Extent, declare


def doc_of(words: str, heads: list[int], deps: str, tags: str) -> Doc:
    declare()
    split = words.split()
    return Doc(Vocab(), words=split, heads=heads, deps=deps.split(), pos=tags.split(), tags=tags.split(), lemmas=split)


@pytest.fixture
def urging() -> Doc:
    """Oslo urged Bern to free a pilot"""
    return doc_of(
        "Oslo urged Bern to free a pilot",
        [1, 1, 1, 4, 1, 6, 4],
        "nsubj ROOT dobj aux xcomp det dobj",
        "PROPN VERB PROPN PART VERB DET NOUN",
    )


def extent(doc: Doc, first: int, last: int) -> Extent:
    return Extent(doc[first].idx, doc[last].idx + len(doc[last]))


def told(doc: Doc, sources: tuple[Extent, ...], targets: tuple[Extent, ...]) -> list[str]:
    return [t.text for t in way_of(Pair(doc=doc, sources=sources, targets=targets)).words]


def test_the_way_runs_over_the_words_that_join_the_sides(urging: Doc) -> None:
    assert told(urging, (extent(urging, 0, 0),), (extent(urging, 5, 6),)) == ["urged", "free"]
    assert told(urging, (extent(urging, 0, 0),), (extent(urging, 2, 2),)) == ["urged"]


def test_the_target_may_come_first(urging: Doc) -> None:
    assert told(urging, (extent(urging, 6, 6),), (extent(urging, 0, 0),)) == ["free", "urged"]


def test_an_unnamed_side_leaves_the_other_ones_climb(urging: Doc) -> None:
    assert told(urging, (), (extent(urging, 5, 6),)) == ["free"]
    assert told(urging, (extent(urging, 0, 0),), ()) == ["urged"]
    assert told(urging, (), ()) == []


def test_a_side_within_the_other_has_no_way(urging: Doc) -> None:
    way = way_of(Pair(doc=urging, sources=(extent(urging, 6, 6),), targets=(extent(urging, 5, 6),)))
    assert way.words == ()


def test_two_sentences_are_not_joined() -> None:
    doc = doc_of(
        "Oslo spoke Bern wept", [1, 1, 3, 3], "nsubj ROOT nsubj ROOT", "PROPN VERB PROPN VERB"
    )  # fmt: skip
    way = way_of(Pair(doc=doc, sources=(extent(doc, 0, 0),), targets=(extent(doc, 2, 2),)))
    assert not way.joined
    assert [t.text for t in way.words] == ["spoke", "wept"]


def test_half_a_word_is_the_word(urging: Doc) -> None:
    assert inside(urging, [Extent(1, 3)]) == {0}
