"""The component detente_judge: a second opinion on each event that the frames gave.

The judge scores the types for the two sides of an event. Where it is sure of another type, and gives the frame's next to
nothing, the event takes the judge's; elsewhere it only says how much the event can be trusted. It is asked only where it can
know: it has learnt from sentences with two sides and the main deed between them, so an event with one side, or told beside the
main clause, keeps the frames' type. Which actors, which standing, which day: that stays the frames' business.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched

from spacy.language import Language
from spacy.tokens import Doc

from detente.errors import UsageError
from detente.ontology import TYPES, is_conflict, plover_type, quad, read_table
from detente.reading.events.frames import clause_of
from detente.reading.events.trace import Trace
from detente.reading.judge.pair import Judge, Pair
from detente.reading.marks import EventMark, Extent, declare, register_of

BATCH = 16
_NAMES = tuple(TYPES)
_VIOLENCE = "ASSAULT"
_FLOOR = 1e-4
_MARGIN = 300  # characters around a trigger in which a side's mention belongs to the same telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """How far a judge is followed (judge/trust.tsv).

    take: from this score on, another type is taken; leave: while the frame's own scores at most this.
    bias, weight: the logistic of the confidence, over the log-odds of the judge's score for the type that is given.
    """

    take: float
    leave: float
    bias: float
    weight: float

    def confidence(self, score: float) -> float:
        """The probability that the event is right, 0 to 1. score: the judge's for the type that is given."""
        score = min(1 - _FLOOR, max(_FLOOR, score))
        return 1 / (1 + math.exp(-(self.bias + self.weight * math.log(score / (1 - score)))))


def trust_in(judge: str) -> Trust:
    """The settings of a judge, by its name."""
    columns = ("judge", "take", "leave", "bias", "weight")
    for _, row in read_table("detente.reading.judge", "trust.tsv", columns):
        if row["judge"] == judge:
            return Trust(
                take=float(row["take"]),
                leave=float(row["leave"]),
                bias=float(row["bias"]),
                weight=float(row["weight"]),
            )
    raise ValueError(f"expected a row for the judge {judge!r} in trust.tsv, found none")


@Language.factory("detente_judge", default_config={"judge": "default"})
def make_judging(nlp: Language, name: str, judge: str) -> Judging:
    """The spaCy factory `detente_judge`. judge: "default" or "full"; the latter needs the extra `judge`."""
    return Judging(judge_called(judge), trust_in(judge), judge)


def judge_called(name: str) -> Judge:
    """The judge of that name, its weights loaded once. Raises UsageError for an unknown one."""
    if name == "default":
        from detente.reading.judge.linear import linear_judge

        return linear_judge()
    if name == "full":
        from detente.reading.judge.encoder import full_judge

        return full_judge()
    raise UsageError(f"expected a judge called default or full, got {name!r}")


class Judging:
    """Scores the events of Docs with a judge, a batch of Docs at a time."""

    def __init__(self, judge: Judge, trust: Trust, name: str) -> None:
        declare()
        self.judge, self.trust, self.called = judge, trust, name  # spaCy sets `name` anew

    def __call__(self, doc: Doc) -> Doc:
        """Annotates and returns the Doc."""
        self._judge([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = BATCH) -> Iterator[Doc]:
        """The same for many."""
        for docs in batched(stream, batch_size):
            self._judge(docs)
            yield from docs

    def _judge(self, docs: Sequence[Doc]) -> None:
        asked = [(doc, mark) for doc in docs for mark in doc._.detente_events if mark.sources and mark.targets]
        if not asked:
            return
        found = self.judge.scores([pair_of(doc, mark) for doc, mark in asked]).tolist()
        rows = iter(_alike([(id(doc), mark) for doc, mark in asked], found))
        for doc in docs:
            judged = (
                self._judged(doc, mark, next(rows)) if mark.sources and mark.targets else mark
                for mark in doc._.detente_events
            )
            doc._.detente_events = tuple(_once(judged))

    def _judged(self, doc: Doc, mark: EventMark, scores: list[float]) -> EventMark:
        self._explain(doc, mark, scores)
        own = sum(scores[_NAMES.index(t)] for t in kin(mark))
        best = max(range(len(scores)), key=scores.__getitem__)
        sure = own <= self.trust.leave and scores[best] >= self.trust.take and own < scores[best]
        if sure and _is_main(doc, mark) and _may_become(mark, _NAMES[best]):
            return replace(
                mark,
                type=_NAMES[best],
                mode=None,
                cameo=None,
                rule=f"{mark.rule}+judge",
                confidence=self.trust.confidence(scores[best]),
            )
        return replace(mark, confidence=self.trust.confidence(own))

    def _explain(self, doc: Doc, mark: EventMark, scores: list[float]) -> None:
        trace: Trace | None = doc._.detente_trace
        if trace is not None:
            trace.judged(mark, self.called, dict(zip(_NAMES, scores, strict=True)))


def _alike(asked: Sequence[tuple[int, EventMark]], rows: Sequence[list[float]]) -> list[list[float]]:
    """The scores, the two directions of one mutual deed judged as one: the mean of both."""
    groups: dict[object, list[list[float]]] = {}
    keys = [(doc, m.trigger, m.type, frozenset((*m.sources, *m.targets))) for doc, m in asked]
    for key, row in zip(keys, rows, strict=True):
        groups.setdefault(key, []).append(row)
    return [[sum(column) / len(groups[key]) for column in zip(*groups[key], strict=True)] for key in keys]


def _is_main(doc: Doc, mark: EventMark) -> bool:
    """Whether the event is what its sentence is about: its verb is the main one, or of what is said or begun."""
    span = doc.char_span(mark.trigger.start, mark.trigger.end, alignment_mode="expand")
    if span is None or not len(span):
        return False
    verb = clause_of(span.root)
    if verb.i != span.root.i and span.root.head.i != verb.i and span.root.head.head.i != verb.i:
        return False  # a noun deep in a phrase: "sentenced for the murder of"
    while verb.dep_ in ("xcomp", "ccomp") and verb.head.i != verb.i:
        verb = verb.head
    return verb.dep_ == "ROOT"


def _may_become(mark: EventMark, type_: str) -> bool:
    """Whether the judge is heard about another type.

    Plans look like promises to it, a murder that is tried like an arrest, and politicians' attacks like raids: what is planned
    and what a noun tells stay cooperation or conflict, a noun of violence stays one, and only force becomes violence.
    """
    if mark.status == "denied":
        return False  # what nobody has done is no other deed either
    noun = mark.rule.startswith("noun:")
    if (noun or mark.status == "planned") and is_conflict(mark.type) != is_conflict(type_):
        return False
    if noun and mark.type == _VIOLENCE:
        return False
    return type_ != _VIOLENCE or quad(mark.type) == quad(_VIOLENCE)


def kin(mark: EventMark) -> frozenset[str]:
    """The types that a judge trained on the development data would give for the frame's reading.

    It folds CONCEDE and RETREAT, counts sanctions imposed as COERCE, and convictions as ACCUSE or COERCE (docs/guides/judge.md).
    """
    folded = plover_type(mark.type, mark.status) or mark.type
    if folded in ("CONCEDE", "RETREAT"):
        return frozenset({"CONCEDE", "RETREAT"})
    if folded == "SANCTION" and (mark.cameo or "").startswith("163"):
        return frozenset({"SANCTION", "COERCE"})
    if folded == "SANCTION" and mark.mode == "convict":
        return frozenset({"SANCTION", "COERCE", "ACCUSE"})
    return frozenset({folded})


def pair_of(doc: Doc, mark: EventMark) -> Pair:
    """The event's sides as the judge takes them: their mentions around the trigger."""
    return Pair(doc=doc, sources=_near(doc, mark.sources, mark), targets=_near(doc, mark.targets, mark))


def _near(doc: Doc, actors: tuple[int, ...], mark: EventMark) -> tuple[Extent, ...]:
    register = register_of(doc)
    low = max(0, min(mark.span.start, mark.trigger.start - _MARGIN))
    high = max(mark.span.end, mark.trigger.end + _MARGIN)
    token = doc.char_span(mark.trigger.start, mark.trigger.end, alignment_mode="expand")
    if token is not None and len(token):
        low, high = token.root.sent.start_char, token.root.sent.end_char
    return tuple(
        m
        for i in actors
        for m in sorted(register[i].mentions + register[i].pronouns)
        if low <= m.start and m.end <= high
    )


def _once(marks: Iterable[EventMark]) -> Iterator[EventMark]:
    """Events that the judge has made alike are one."""
    seen = set()
    for mark in marks:
        key = (mark.type, mark.sources, mark.targets, mark.span, mark.status)
        if not mark.rule.endswith("+judge") or key not in seen:
            yield mark
        seen.add(key)
