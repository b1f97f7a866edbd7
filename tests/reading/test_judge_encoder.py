"""The full judge: what it hands to the encoder, how it joins two judges, and that it judges plain cases right."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente.errors import UsageError
from detente.ontology import TYPES
from detente.reading.judge.encoder import EncoderJudge, Full, together
from detente.reading.judge.pair import Pair, Scores
from detente.reading.judge.pieces import (
    FIRST,
    LAST,
    SOURCE_CLOSE,
    SOURCE_OPEN,
    TARGET_CLOSE,
    TARGET_OPEN,
    sequence,
    weights,
)
from detente.reading.marks import Extent

if TYPE_CHECKING:
    from spacy.language import Language

needs_extra = pytest.mark.skipif(
    find_spec("onnxruntime") is None or find_spec("tokenizers") is None, reason="needs the extra detente[judge]"
)


def row(**chances: float) -> Scores:
    rest = (1 - sum(chances.values())) / (len(TYPES) - len(chances))
    return np.array([[chances.get(name, rest) for name in TYPES]], dtype=np.float32)


def test_marks_stand_around_both_sides() -> None:
    words = [(0, 5), (6, 9), (10, 14), (15, 20)]
    ids, source_at, target_at = sequence([11, 12, 13, 14], words, [(0, 5)], [(10, 20)])
    assert ids == [FIRST, SOURCE_OPEN, 11, SOURCE_CLOSE, 12, TARGET_OPEN, 13, 14, TARGET_CLOSE, LAST]
    assert (source_at, target_at) == ([1], [5])


def test_an_unnamed_side_gets_an_empty_pair_of_marks() -> None:
    ids, source_at, target_at = sequence([11, 12], [(0, 5), (6, 9)], [], [(6, 9)])
    assert ids == [FIRST, SOURCE_OPEN, SOURCE_CLOSE, 11, TARGET_OPEN, 12, TARGET_CLOSE, LAST]
    assert (source_at, target_at) == ([1], [4])


def test_sides_that_touch_keep_their_marks_apart() -> None:
    ids, _, _ = sequence([11, 12], [(0, 5), (5, 9)], [(0, 5)], [(5, 9)])
    assert ids == [FIRST, SOURCE_OPEN, 11, SOURCE_CLOSE, TARGET_OPEN, 12, TARGET_CLOSE, LAST]


def test_a_long_text_keeps_what_surrounds_the_actors() -> None:
    words = [(2 * i, 2 * i + 1) for i in range(400)]
    ids, _, _ = sequence(range(1000, 1400), words, [(600, 601)], [(610, 611)], limit=40)
    assert len(ids) <= 40
    assert {1300, 1305} <= set(ids)


def test_two_mentions_of_a_side_share_its_vector() -> None:
    _, source_at, target_at = sequence([11, 12, 13], [(0, 1), (2, 3), (4, 5)], [(0, 1), (4, 5)], [(2, 3)])
    pool = np.array(weights(11, 12, source_at, target_at))
    assert pool.sum(axis=1) == pytest.approx([1, 1, 1, 1])
    assert pool[2, source_at] == pytest.approx([0.5, 0.5])


def test_judges_that_agree_are_surer_than_one_that_stands_alone() -> None:
    agreed = together(row(AID=0.6), row(AID=0.6))[0]
    split = together(row(AID=0.6), row(SANCTION=0.6))[0]
    assert agreed.sum() == pytest.approx(1)
    assert agreed.max() > split.max()


def test_no_pairs_give_no_rows() -> None:
    class Silent:
        def scores(self, pairs: Sequence[Pair]) -> Scores:
            raise AssertionError("not asked")

    assert Full(Silent(), Silent()).scores([]).shape == (0, len(TYPES))


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name in ("onnxruntime", "tokenizers"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"detente\[judge\]"):
        EncoderJudge()


CASES = [
    ("{Finland} promised to open talks with <Estonia> on rescue at sea.", "AGREE"),
    ("{Rebels} shelled <the garrison> at dawn, killing four soldiers.", "ASSAULT"),
    ("{Canada} sent tents and medicine to <Malawi> after the flood.", "AID"),
    ("{Bolivia} broke off diplomatic relations with <Chile>.", "SANCTION"),
    ("Thousands of {students} marched against <the government> in Dhaka.", "PROTEST"),
    ("{Chad} called on <Sudan> to hand over the fugitives.", "REQUEST"),
    ("{Poland} accused <Minsk> of sending drones across the border.", "ACCUSE"),
    ("{Cairo} turned down <Ethiopia>'s proposal for the dam.", "REJECT"),
]


@needs_extra
@pytest.mark.model
def test_plain_cases(nlp: Language) -> None:
    judge = EncoderJudge()
    pairs = [pair(nlp, marked) for marked, _ in CASES]
    scores = judge.scores(pairs)
    assert scores.sum(axis=1) == pytest.approx(np.ones(len(CASES)), abs=1e-4)
    said = [list(TYPES)[i] for i in scores.argmax(axis=1)]
    right = sum(a == b for a, (_, b) in zip(said, CASES, strict=True))
    assert right >= len(CASES) - 1, list(zip(said, CASES, strict=True))


@needs_extra
@pytest.mark.model
def test_company_in_the_batch_changes_next_to_nothing(nlp: Language) -> None:
    judge = EncoderJudge()
    pairs = [pair(nlp, marked) for marked, _ in CASES]
    assert judge.scores(pairs[:1])[0] == pytest.approx(judge.scores(pairs)[0], abs=0.1)


def pair(nlp: Language, marked: str) -> Pair:
    text, sides = "", {"{": [], "<": []}  # type: ignore[var-annotated]
    opened = 0
    for sign in marked:
        if sign in "{<":
            opened = len(text)
        elif sign in "}>":
            sides["{" if sign == "}" else "<"].append(Extent(opened, len(text)))
        else:
            text += sign
    return Pair(doc=nlp(text), sources=tuple(sides["{"]), targets=tuple(sides["<"]))
