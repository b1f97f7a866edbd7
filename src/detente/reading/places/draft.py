"""A Doc while its places are being found: what is taken, what is known, where a name begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from detente.knowledge.countries import countries
from detente.knowledge.gazetteer_tables import place_tables
from detente.reading.marks import context_of
from detente.reading.places.candidates import Find
from detente.reading.places.words import (
    COMMON,
    DIRECTIONS,
    DIVISIONS,
    ELSEWHERE,
    IN,
    JOINING,
    LEADING,
    TITLES,
    TRAILING,
)

_WELL_KNOWN = 100_000  # people of a town that is a place without the recogniser's word
_LENDS_NAME = 20_000  # people of a town that lends its name to an organisation
_BESIDE = 4  # tokens before and after a name that may belong to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One mention. start, end: tokens; the others index characters. label: GPE, LOC or FAC.

    key: the form to look up, "" when no table holds the name. demonym: the country's code for "Iraqi", else None.
    within: the region or country named right after it ("Paris, Texas"), else None; contains: the other way round.
    """

    start: int
    end: int
    start_char: int
    end_char: int
    text: str
    label: str
    key: str = ""
    demonym: str | None = None
    within: str | None = None
    contains: str | None = None


class Draft:
    """The names found so far in one Doc, and the questions asked about its words. find: what a name may stand for."""

    def __init__(self, doc: Doc, find: Find) -> None:
        self._doc = doc
        self._find = find
        self._body = context_of(doc).body
        self._names: list[Name] = []
        self._taken = bytearray(len(doc))
        self._met: set[str] = set()
        self._objects: list[tuple[int, int]] = []
        self._tagged = doc.has_annotation("POS")
        self._large: dict[tuple[str, int], bool] = {}
        self._surnames = {e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1}
        self._countries = countries()
        self._tables = place_tables()

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        doc = self._doc
        while start < end and (doc[start].text in LEADING or doc[start].is_space or doc[start].is_punct):
            start += 1
        if end - start > 2 and doc[start + 1].text == "of" and doc[start].text in DIVISIONS:
            start += 2
        while start < end and (doc[end - 1].text in TRAILING or doc[end - 1].is_space):
            end -= 1
        return start, end

    def _stretched(self, start: int, end: int) -> tuple[int, int]:
        """The span with what the recogniser left outside: a full stop, "Republic of the", the other half at a hyphen."""
        doc = self._doc
        if end < len(doc) and doc[end].text == "." and self._tables.short(doc[start:end].text + "."):
            return start, end + 1
        first = start
        for before in range(start - 1, max(-1, start - 1 - _BESIDE), -1):
            word = doc[before].text
            if not word[0].isupper() and word not in JOINING:
                break
            if word[0].isupper() and word not in LEADING and self._known(doc[before:end].text):
                first = before
        last = end
        for after in range(end, min(end + _BESIDE, len(doc))):
            word = doc[after].text
            if not word[0].isupper() and word not in JOINING:
                break
            if word[0].isupper() and self._known(doc[first : after + 1].text):
                last = after + 1
        return first, last

    def _after_the(self, start: int) -> bool:
        return bool(start) and self._doc[start - 1].text in ("the", "The")

    def _is_person(self, start: int, end: int) -> bool:
        """Whether one word is somebody's surname or first name, and is not used as a place."""
        doc, word = self._doc, self._doc[start].text
        if end - start > 1 or self._countries.named(word) or self._countries.capital(word):
            return False
        before = start - 1
        while before >= 0 and doc[before].is_space:
            before -= 1
        if before >= 0 and doc[before].lower_ in IN:
            return False
        if word in self._surnames or (before >= 0 and doc[before].text in TITLES):
            return True
        named = end < len(doc) and doc[end].ent_type_ == "PERSON" and doc[end].pos_ == "PROPN"
        return named and not self._is_large(start, end, _WELL_KNOWN)

    def _inside_person(self, start: int, stop: int) -> bool:
        """Whether these tokens are part of a longer name of a person."""
        doc = self._doc
        if doc[start].ent_type_ != "PERSON":
            return False
        longer = stop < len(doc) and doc[stop].ent_iob_ == "I"
        return longer or doc[start].ent_iob_ == "I"

    def _is_large(self, start: int, end: int, people: int) -> bool:
        """Whether these words are a country, a place of the tables, or a town of at least so many people."""
        text = self._doc[start:end].text
        key = (text, people)
        if key not in self._large:
            self._large[key] = self._looked_up(text, people)
        return self._large[key]

    def _looked_up(self, text: str, people: int) -> bool:
        if text in COMMON or text in DIRECTIONS or not text[0].isupper() or not (text[-1].isalnum() or text[-1] == "."):
            return False
        found = self._find(text)
        if text.rsplit(" ", 1)[-1] not in DIVISIONS:
            found = [c for c in found if c.spot.kind != "county"]
        return any(c.spot.people >= people or c.spot.kind != "city" for c in found)

    def _known(self, text: str) -> bool:
        return bool(self._find(text))

    def _lends_name(self, start: int, end: int) -> bool:
        """Whether these words of an organisation's name are a town, region or country: no sea, and not "Ohio State"."""
        if self._doc[end - 1].text in DIVISIONS or not self._is_large(start, end, _LENDS_NAME):
            return False
        return self._find(self._doc[start:end].text)[0].spot.kind not in ("area", "water")

    def _head(self, start: int, end: int, least: int = _LENDS_NAME) -> int:
        """Where the known place at the head of these words ends; 0 when there is none."""
        for stop in range(end - 1, start, -1):
            people = 1 if stop - start > 1 and least == _LENDS_NAME else least
            if self._is_large(start, stop, people) or self._doc[start:stop].text in self._met:
                return stop
        return 0

    def _after_place(self, i: int) -> bool:
        """Whether a place is expected here: after "in", or after a place and "and" or a comma."""
        if not i:
            return False
        before = self._doc[i - 1].lower_
        return before in IN or (i > 1 and before in ("and", ",", "or") and bool(self._taken[i - 2]))

    def _is_dash(self, i: int) -> bool:
        return self._doc[i].text in ("-", "–", "—") and bool(i) and bool(self._doc[i - 1].whitespace_)

    def _is_plausible(self, start: int, end: int) -> bool:
        """Whether a name that nobody knows may be a town: not in a headline, no acronym, not beside a person."""
        doc, first = self._doc, self._doc[start]
        acronym = end - start == 1 and first.text.isupper() and len(first) < 6
        if acronym or first.idx < self._body or first.text in ELSEWHERE:
            return False
        joined = start > 1 and doc[start - 1].lower_ in ("and", ",", "&") and doc[start - 2].ent_type_ == "PERSON"
        return not joined

    def _add(self, start: int, end: int, label: str, *, key: str | None = None, demonym: str | None = None) -> None:
        if any(self._taken[start:end]):
            return
        span = self._doc[start:end]
        self._taken[start:end] = b"\x01" * (end - start)
        name = Name(
            start=start,
            end=end,
            start_char=span.start_char,
            end_char=span.end_char,
            text=span.text,
            label=label,
            key=span.text if key is None else key,
            demonym=demonym,
        )
        self._names.append(name)
        if label == "GPE" and name.key and not demonym:
            self._met.add(name.key)
