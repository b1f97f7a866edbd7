"""Plurals that can only be verbs, mended before the frames are matched."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from detente.reading.events.mend import mend

VERBS = frozenset({"bomb", "seize"})


def doc(words: str, tags: str, labels: str, heads: list[int], parts: str) -> Doc:
    return Doc(
        Vocab(),
        words=words.split(),
        lemmas=[
            w.lower().removesuffix("s") if t == "NNS" else w.lower()
            for w, t in zip(words.split(), tags.split(), strict=True)
        ],
        tags=tags.split(),
        deps=labels.split(),
        heads=heads,
        pos=parts.split(),
    )


def test_a_plural_with_an_object_is_the_verb_and_what_stands_before_is_its_subject() -> None:
    given = doc(
        "The air force bombs three depots",
        "DT NN NN NNS CD NNS",
        "det compound compound ROOT nummod dobj",
        [3, 2, 3, 3, 5, 3],
        "DET NOUN NOUN NOUN NUM NOUN",
    )
    mend(given, VERBS)
    assert (given[3].pos_, given[3].tag_) == ("VERB", "VBZ")
    assert (given[2].dep_, given[2].head.i) == ("nsubj", 3)
    assert given[0].head.i == 2


@pytest.mark.parametrize("label", ["pobj", "compound"])
def test_a_plural_that_heads_no_clause_stays_a_noun(label: str) -> None:
    given = doc("under bombs depots", "IN NNS NNS", f"prep {label} dobj", [0, 0, 1], "ADP NOUN NOUN")
    mend(given, VERBS)
    assert given[1].tag_ == "NNS"


def test_a_plural_after_a_number_stays_a_noun() -> None:
    given = doc("Three bombs depots", "CD NNS NNS", "nummod ROOT dobj", [1, 1, 1], "NUM NOUN NOUN")
    mend(given, VERBS)
    assert given[1].pos_ == "NOUN"


def test_a_plural_that_is_no_verb_of_the_lexicon_stays_a_noun() -> None:
    given = doc("navy boards ships", "NN NNS NNS", "compound ROOT dobj", [1, 1, 1], "NOUN NOUN NOUN")
    mend(given, VERBS)
    assert given[1].pos_ == "NOUN"
