"""`Coder.classify`: what it says, in which form, and what it does with what cannot be judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente.errors import UsageError
from detente.ontology import TYPES
from detente.reading.judge.pair import Pair, Scores
from detente.records import PairText

if TYPE_CHECKING:
    from spacy.language import Language

    from detente.reading.coder import Coder

pytestmark = pytest.mark.model
Marked = Callable[..., PairText]
_ROWS = (Path(__file__).parents[2] / "cases/judge.tsv").read_text("utf8").splitlines()
CASES = [tuple(row.split("\t")) for row in _ROWS if not row.startswith(("#", "plover_type"))]


@pytest.fixture(scope="module")
def coder(nlp: Language) -> Coder:
    from detente.reading.coder import Coder

    return Coder(nlp=nlp)


@pytest.fixture(scope="module")
def rules(nlp: Language) -> Coder:
    from detente.reading.coder import Coder

    return Coder("rules", nlp=nlp)


@pytest.mark.parametrize(("folded", "deed", "text"), CASES, ids=[case[2] for case in CASES])
def test_plain_dispatches(coder: Coder, marked: Marked, folded: str, deed: str, text: str) -> None:
    (found,) = coder.classify([marked(text)])
    assert (found.plover_type, found.type) == (folded, deed)


def test_the_scores_are_a_probability_for_each_type(coder: Coder, marked: Marked) -> None:
    (found,) = coder.classify([marked("{Norway} thanked <Jordan> for its help.", "n1")])
    assert found.id == "n1"
    assert tuple(found.scores) == tuple(TYPES)
    assert sum(found.scores.values()) == pytest.approx(1, abs=1e-4)
    assert max(found.scores, key=lambda name: found.scores[name]) == found.plover_type


def test_a_batch_judges_as_one_by_one(coder: Coder, marked: Marked) -> None:
    pairs = [marked(text, str(i)) for i, (_, _, text) in enumerate(CASES * 5)]
    together = list(coder.classify(pairs))
    assert [j.id for j in together] == [p.id for p in pairs]
    assert [j.plover_type for j in together[: len(CASES)]] == [j.plover_type for j in together[-len(CASES) :]]


def test_an_unnamed_side(coder: Coder, marked: Marked) -> None:
    (found,) = coder.classify([marked("<A bridge near Basra> was bombed on Sunday.")])
    assert found.plover_type == "ASSAULT"


def test_names_do_not_weigh(coder: Coder, marked: Marked) -> None:
    first, second = coder.classify([marked("{Peru} condemned <Laos>."), marked("{Laos} condemned <Peru>.")])
    assert first.plover_type == second.plover_type == "ACCUSE"


@pytest.mark.parametrize(
    ("pair", "word"),
    [
        (PairText(id="a", text="Norway left.", sources=((0, 99),)), "within"),
        (PairText(id="a", text="Norway left.", sources=((-2, 3),)), "within"),
        (PairText(id="a", text="Norway left.", targets=((4, 4),)), "within"),
        (PairText(id="a", text="  ", sources=((0, 1),)), "text"),
        (PairText(id="a", text="Norway left."), "span"),
    ],
)
def test_what_cannot_be_judged_says_why(coder: Coder, marked: Marked, pair: PairText, word: str) -> None:
    bad, good = coder.classify([pair, marked("{Norway} condemned <the junta>.", "b")])
    assert (bad.id, bad.type, bad.plover_type, dict(bad.scores)) == ("a", None, None, {})
    assert word in bad.failures[0].reason
    assert (good.id, good.plover_type) == ("b", "ACCUSE")


def test_a_text_that_breaks_the_judge_stops_nobody_else(nlp: Language, marked: Marked) -> None:
    from detente.reading.coder import Coder

    class Brittle:
        def scores(self, pairs: Sequence[Pair]) -> Scores:
            if any("junta" in pair.doc.text for pair in pairs):
                raise ValueError("no")
            return np.full((len(pairs), len(TYPES)), 1 / len(TYPES), dtype=np.float32)

    coder = Coder("rules", nlp=nlp)
    coder.judge = Brittle()
    bad, good = coder.classify([marked("{Norway} condemned <the junta>.", "a"), marked("{Peru} met <Laos>.", "b")])
    assert "ValueError: no" in bad.failures[0].reason
    assert not good.failures


def test_rules_alone(rules: Coder, marked: Marked) -> None:
    met, nothing = rules.classify(
        [marked("{Norway} will host <Jordan> on Friday."), marked("{Norway} is north of <Jordan>.")]
    )
    assert (met.plover_type, met.type) == ("AGREE", "CONSULT")
    assert sum(met.scores.values()) == pytest.approx(1, abs=1e-4)
    assert (nothing.plover_type, nothing.type, nothing.failures) == (None, None, ())


def test_the_judges_have_names(nlp: Language) -> None:
    from detente.reading.coder import Coder

    with pytest.raises(UsageError, match="default, full, rules"):
        Coder("best", nlp=nlp)
