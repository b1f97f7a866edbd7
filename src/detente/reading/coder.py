"""The type of the deed between two given sides: `Coder.classify`, the Python form of `detente classify`."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched

from spacy.language import Language
from spacy.tokens import Doc

from detente.errors import UsageError
from detente.ontology import TYPES, plover_type
from detente.reading.dateline import split_dateline
from detente.reading.judge.component import judge_called
from detente.reading.judge.pair import Pair
from detente.reading.judge.touch import BOTH, touch
from detente.reading.marks import Context, EventMark, Extent, declare
from detente.reading.pipeline import JUDGES, load
from detente.reading.reader import LONGEST
from detente.records import Failure, Judgement, PairText

BATCH = 64  # texts parsed together; most are single sentences
_DIGITS = 6  # of a probability in the output
_log = logging.getLogger("detente")


class Coder:
    """Names the deed between two given sides.

    judge: "default"; "full" adds the encoder (needs the extra `detente[judge]`); "rules" uses the matcher alone. model, nlp: as for
    `Reader`. Raises UsageError for another judge, ModelError when the model or the weights are missing or altered.
    """

    def __init__(self, judge: str = "default", *, model: str | None = None, nlp: Language | None = None) -> None:
        if judge not in JUDGES:
            raise UsageError(f"expected one of the judges {', '.join(JUDGES)}; found {judge!r}")
        self.judge = None if judge == "rules" else judge_called(judge)
        self.nlp = nlp or load(model, "rules")
        declare()

    def classify(self, pairs: Iterable[PairText]) -> Iterator[Judgement]:
        """One judgement for each pair, in order. What cannot be judged says why in its failures; nothing is raised."""
        for batch in batched(pairs, BATCH):
            yield from self._batch(batch)

    def _batch(self, pairs: Sequence[PairText]) -> Iterator[Judgement]:
        refused = {i: failure for i, pair in enumerate(pairs) if (failure := _refusal(pair))}
        fit = [pair for i, pair in enumerate(pairs) if i not in refused]
        try:
            judged = iter(self._together(fit))
        except Exception:  # the border of the batch: find the text that broke it, judge the others
            judged = iter([self._alone(pair) for pair in fit])
        for i, pair in enumerate(pairs):
            yield Judgement(id=pair.id, failures=(refused[i],)) if i in refused else next(judged)

    def _alone(self, pair: PairText) -> Judgement:
        try:
            return self._together([pair])[0]
        except Exception as error:
            _log.exception("the coder broke on %s", pair.id)
            reason = f"the coder broke on this text ({type(error).__name__}: {error}); please report it with its text"
            return Judgement(id=pair.id, failures=(Failure(stage="classify", reason=reason),))

    def _together(self, texts: Sequence[PairText]) -> list[Judgement]:
        pairs = pairs_of(self.nlp, texts)
        if self.judge is None:
            return [_by_rules(text.id, pair) for text, pair in zip(texts, pairs, strict=True)]
        scores = self.judge.scores(pairs)
        return [_judged(text.id, pair, row) for text, pair, row in zip(texts, pairs, scores, strict=True)]


def pairs_of(nlp: Language, texts: Sequence[PairText]) -> list[Pair]:
    """The texts, read by the whole pipeline but its judge. Training takes its pairs from here, too."""
    judging = [name for name in nlp.pipe_names if name == "detente_judge"]  # no judge is asked about its own opinion
    with nlp.select_pipes(disable=judging):
        docs = list(nlp.pipe(_doc(nlp, text.text) for text in texts))
    return [
        Pair(
            doc=doc,
            sources=tuple(Extent(*span) for span in text.sources),
            targets=tuple(Extent(*span) for span in text.targets),
        )
        for text, doc in zip(texts, docs, strict=True)
    ]


def _doc(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc._.detente_context = Context(dateline_end=split_dateline(text)[1])
    return doc


def _refusal(pair: PairText) -> Failure | None:
    """Why the pair cannot be judged; None when it can be."""
    reason = None
    outside = [span for span in (*pair.sources, *pair.targets) if not 0 <= span[0] < span[1] <= len(pair.text)]
    if not pair.text.strip():
        reason = "expected a text, found none: nothing to judge"
    elif len(pair.text) > LONGEST:
        reason = f"expected a text of at most {LONGEST:,} characters, found {len(pair.text):,}: give the sentence alone"
    elif outside:
        start, end = outside[0]
        reason = (
            f"expected spans [start, end) within the text's {len(pair.text):,} characters, found [{start}, {end}]: "
            "offsets count Unicode code points"
        )
    elif not pair.sources and not pair.targets:
        reason = "expected at least one span among sources and targets, found none: name one side"
    return Failure(stage="classify", reason=reason) if reason else None


def _judged(id_: str, pair: Pair, row: Iterable[float]) -> Judgement:
    scores = {name: round(float(p), _DIGITS) for name, p in zip(TYPES, row, strict=True)}
    folded = max(scores, key=lambda name: scores[name])
    deed = next((m for m in _deeds(pair) if plover_type(m.type, m.status) == folded), None)
    return Judgement(id=id_, type=deed.type if deed else folded, plover_type=folded, scores=scores)


def _by_rules(id_: str, pair: Pair) -> Judgement:
    """By the surest deed that the matcher found between the sides; what is left of its confidence the other types share."""
    deed = next((m for m in _deeds(pair) if plover_type(m.type, m.status)), None)
    if deed is None:
        return Judgement(id=id_)
    folded = plover_type(deed.type, deed.status)
    rest = (1 - deed.confidence) / (len(TYPES) - 1)
    scores = {name: round(deed.confidence if name == folded else rest, _DIGITS) for name in TYPES}
    return Judgement(id=id_, type=deed.type, plover_type=folded, scores=scores)


def _deeds(pair: Pair) -> list[EventMark]:
    """The matcher's events between the two sides, surest first."""
    found = [mark for mark in pair.doc._.detente_events if touch(mark, pair) == BOTH]
    return sorted(found, key=lambda mark: -mark.confidence)
