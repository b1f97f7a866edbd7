"""The judge beside the frames: what it may change, and what it may not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from spacy.tokens import Doc

from detente.ontology import TYPES
from detente.reading.judge.component import Judging, Trust, kin, trust_in
from detente.reading.judge.pair import Pair, Scores
from detente.reading.reader import Reader
from detente.records import Article, Event

TRUST = Trust(take=0.7, leave=0.1, bias=0.0, weight=1.0)


class Says:
    """A judge that says one thing of everything."""

    def __init__(self, kind: str, score: float) -> None:
        self.kind, self.score = kind, score

    def scores(self, pairs: Sequence[Pair]) -> Scores:
        row = np.full(len(TYPES), (1 - self.score) / (len(TYPES) - 1), dtype=np.float32)
        row[list(TYPES).index(self.kind)] = self.score
        return np.tile(row, (len(pairs), 1))


def read(frames: Reader, judge: Says, text: str) -> tuple[Event, ...]:
    from detente.reading.exit import reading_of

    article = Article(id="case", text=text, published="2024-05-10")
    doc: Doc = Judging(judge, TRUST, "test")(frames.nlp(text))
    return reading_of(doc, article, coder="test", knowledge="test").events


@pytest.mark.model
def test_a_sure_judge_gives_another_type_and_says_so(frames: Reader) -> None:
    (event,) = read(frames, Says("ACCUSE", 0.9), "Peru praised Bolivia on Monday.")
    assert event.type == "ACCUSE"
    assert event.rule.endswith("+judge")
    assert event.mode is None
    assert event.confidence == pytest.approx(0.9, abs=0.01)


@pytest.mark.model
def test_an_unsure_judge_only_lowers_the_confidence(frames: Reader) -> None:
    (event,) = read(frames, Says("ACCUSE", 0.5), "Peru praised Bolivia on Monday.")
    assert event.type == "SUPPORT"
    assert event.confidence < 0.1


@pytest.mark.model
def test_what_has_one_side_or_stands_beside_the_main_deed_keeps_its_type(frames: Reader) -> None:
    one_sided = read(frames, Says("AID", 0.99), "Eleven people were killed in a bombing in Lima.")
    beside = read(frames, Says("AID", 0.99), "Peru fell silent after praising Bolivia on Monday.")
    assert one_sided
    assert "AID" not in {e.type for e in (*one_sided, *beside)}


@pytest.mark.model
def test_a_mutual_deed_is_judged_as_one(reader: Reader) -> None:
    text = "Malaysia and Singapore traded accusations."
    events = next(iter(reader.read([Article(id="case", text=text)]))).events
    assert len({e.type for e in events}) == 1


@pytest.mark.model
def test_kin_are_what_the_judge_cannot_tell_apart(frames: Reader) -> None:
    doc = frames.nlp("Peru imposed sanctions on Bolivia on Monday.")
    assert [kin(m) for m in doc._.detente_events] == [{"SANCTION", "COERCE"}]


def test_trust_is_read_from_its_table() -> None:
    assert 0.5 < trust_in("default").take <= 1
    with pytest.raises(ValueError, match="nobody"):
        trust_in("nobody")
