"""When and where a deed took place: the time and the place whose nearest governing verb or event noun it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from detente.reading.events.frames import is_verbal
from detente.reading.marks import PlaceMark, QuoteMark, TimeMark, context_of

_WHERE_PREPOSITIONS = frozenset(
    ["in", "at", "near", "outside", "inside", "around", "across", "off", "throughout", "along", "through"]
)
_GOALS = frozenset({"on", "to", "into", "over", "against"})
_GOAL_TYPES = frozenset({"ASSAULT", "CONSULT"})
_LONG_AGO = timedelta(days=365)
_PATIENTS = frozenset({"dobj", "nsubjpass"})
_SITES = frozenset(
    {"port", "city", "town", "village", "capital", "region", "province", "airport", "district", "island"}
)
_LABELS = frozenset({"nummod", "compound", "nmod", "amod", "poss"})
_MONTH = 31  # days
_STEPS = 8
_MENTIONED = frozenset({"since", "until", "till", "before", "after", "by"})


class Setting:
    """The times and places of one Doc by the token that governs them."""

    def __init__(self, doc: Doc, events: frozenset[int]) -> None:
        self.times: tuple[TimeMark, ...] = doc._.detente_times
        self.places: tuple[PlaceMark, ...] = doc._.detente_places
        self.published: date | None = context_of(doc).published
        self.events = events
        self.text = doc.text  # joined anew at each call: once is enough
        self.quote_at = _quotes_by_token(doc)
        self.time_by: dict[int, list[int]] = {}
        self.place_by: dict[int, list[int]] = {}
        self.goal_by: dict[int, list[int]] = {}
        self.object_by: dict[int, list[int]] = {}
        self.located: set[int] = set()
        for index, time in enumerate(self.times):
            if time.begin and time.finish and time.type in ("DATE", "TIME"):
                self._attach(doc, time.start, time.end, index, self.time_by, timed=True)
        start = context_of(doc).dateline_end
        body = context_of(doc).body
        for index, place in enumerate(self.places):
            if place.kind != "demonym" and not body <= place.start < start:
                self._attach(doc, place.start, place.end, index, self.place_by, timed=False)

    def _attach(self, doc: Doc, start: int, end: int, index: int, held: dict[int, list[int]], *, timed: bool) -> None:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or not len(span):
            return
        root = span.root
        if not timed:
            how = _location(root, self.places[index])
            if not how:
                return
            held = self.goal_by if how == "goal" else self.object_by if how == "object" else held
        if timed and root.head.dep_ == "prep" and root.head.lower_ in _MENTIONED and root.head.lower_ != "after":
            return
        if timed and self._is_label(root, index):
            return
        node = root
        for _ in range(_STEPS):
            if node.head.i == node.i or (not timed and node.dep_ in ("nsubj", "poss", "agent")):
                break
            node = node.head
            if is_verbal(node) or node.i in self.events:
                held.setdefault(node.i, []).append(index)
                if not timed:
                    self.located.add(index)
                return

    def _is_label(self, root: Token, index: int) -> bool:
        """Whether a year only names a thing: the 1974 of "the 1974 framework" dates no talks about it."""
        if root.dep_ not in _LABELS or root.head.pos_ not in ("NOUN", "PROPN") or root.head.i in self.events:
            return False
        return self._length(index) > _MONTH

    def time_of(self, heads: Iterable[Token]) -> int | None:
        """The most exact time that governs the first of the heads that has one."""
        for head in heads:
            found = self.time_by.get(head.i)
            if found:
                return min(found, key=self._length)
        return None

    def place_of(self, heads: Iterable[Token], type_: str) -> int | None:
        """The most exact place of the first of the heads that has one; what a visit or an attack is aimed at counts."""
        order = ("point", "city", "region", "country", "none")
        for nth, head in enumerate(heads):
            found = [*self.place_by.get(head.i, ()), *(() if nth else self.object_by.get(head.i, ()))]  # "took X"
            found = found or (self.goal_by.get(head.i, []) if type_ in _GOAL_TYPES else [])
            if found:
                return min(found, key=lambda i: order.index(self.places[i].precision))
        return None

    def _length(self, index: int) -> int:
        begin, finish = self.times[index].begin, self.times[index].finish
        if begin is None or finish is None:
            return 10**6
        return (date.fromisoformat(finish[:10]) - date.fromisoformat(begin[:10])).days

    def is_ahead(self, index: int | None) -> bool:
        """Whether the time begins after the day of publication: "next month", "at the end of this month" at its beginning."""
        begin = None if index is None else self.times[index].begin
        if index is None or not begin or self.published is None:
            return False
        first = date.fromisoformat(begin[:10])
        if self.times[index].rule.endswith("+end"):
            first += timedelta(days=self._length(index) * 2 // 3)  # its last third
        return first > self.published

    def is_over(self, index: int | None) -> bool:
        """Whether the time ended before the day of publication."""
        finish = None if index is None else self.times[index].finish
        return bool(finish and self.published and date.fromisoformat(finish[:10]) < self.published)

    def is_history(self, index: int | None) -> bool:
        """Whether the time ended more than a year before the day of publication."""
        finish = None if index is None else self.times[index].finish
        return bool(finish and self.published and date.fromisoformat(finish[:10]) < self.published - _LONG_AGO)


def _location(root: Token, place: PlaceMark) -> str:
    """How the place bears on what governs it: "place", "goal", "object", or "" for not at all."""
    if root.dep_ in ("appos", "conj") and root.head.dep_ == "pobj" and root.head.pos_ == "PROPN":
        root = root.head  # "in Ousmane, Mali"
    if root.dep_ == "pobj":
        word = root.head.lower_
        part = root.head.head
        if word == "of" and part.dep_ == "pobj" and part.pos_ == "NOUN":
            word = part.head.lower_  # "in the east of X"
        elif word == "of" and part.dep_ in _PATIENTS and part.lemma_ in _SITES:
            return "place"  # "took the town of X"
        return "place" if word in _WHERE_PREPOSITIONS else "goal" if word in _GOALS else ""
    if place.kind == "country":
        return ""
    if root.dep_ == "dobj":
        return "object"
    return "place" if root.dep_ in ("compound", "nmod", "npadvmod") else ""


def _quotes_by_token(doc: Doc) -> dict[int, int]:
    """The narrowest quotation that holds each token."""
    quotes: tuple[QuoteMark, ...] = doc._.detente_quotes
    found: dict[int, int] = {}
    for index in sorted(range(len(quotes)), key=lambda i: quotes[i].start - quotes[i].end):
        for start, end in quotes[index].spans or ((quotes[index].start, quotes[index].end),):
            span = doc.char_span(start, end, alignment_mode="contract")
            if span is not None:
                found.update(dict.fromkeys(range(span.start, span.end), index))
    return found
