"""Where the names of places stand in a Doc: the recogniser's spans trimmed, its misses repaired, persons left alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from detente.knowledge.countries import countries
from detente.knowledge.gazetteer_tables import place_tables
from detente.reading.marks import context_of
from detente.reading.places_candidates import Find
from detente.reading.places_words import (
    ARTICLED,
    COLLEGES,
    COMMON,
    DIRECTIONS,
    DIVISIONS,
    ELSEWHERE,
    FEATURES,
    IN,
    JOINING,
    LANDMARKS,
    LEADING,
    LENDING,
    OPEN,
    PAPERS,
    PLURALS,
    SITES,
    STREETS,
    TITLES,
    TRAILING,
)

_WELL_KNOWN = 100_000  # people of a town that is a place without the recogniser's word
_LARGE = 500_000  # people of a town whose name places the facility that begins with it
_LENDS_NAME = 20_000  # people of a town that lends its name to an organisation
_LIST = 24  # tokens of a list that are gone back through
_BESIDE = 4  # tokens before and after a name that may belong to it
_LONGEST = 4  # words of a name looked up outside the recogniser's spans
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


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


class Spotter:
    """Finds the names of places in one Doc. find: what a name may stand for."""

    def __init__(self, doc: Doc, find: Find) -> None:
        self._doc = doc
        self._find = find
        self._body = context_of(doc).body
        self._names: list[Name] = []
        self._taken = bytearray(len(doc))
        self._met: set[str] = set()
        self._large: dict[tuple[str, int], bool] = {}
        self._surnames = {e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1}
        self._countries = countries()
        self._tables = place_tables()

    def names(self) -> list[Name]:
        """In the order of the text, none over another."""
        self._from_lists()
        for span in self._doc.ents:
            self._from_span(span)
        self._from_tokens(self._remembered())
        self._names.sort(key=lambda name: name.start_char)
        return self._with_context()

    def _from_lists(self) -> None:
        """The members of "Anbar, Diyala and Nineveh provinces", which the recogniser takes for anything."""
        doc = self._doc
        for token in doc:
            if token.lower_ not in PLURALS:
                continue
            stop = token.i
            for i in range(token.i - 1, max(-1, token.i - _LIST), -1):
                if doc[i].text in (",", "and", "&") or not doc[i].text[0].isupper():
                    if i + 1 < stop:
                        self._member(i + 1, stop, PLURALS[token.lower_])
                    stop = i
                    if doc[i].text not in (",", "and", "&"):
                        break

    def _member(self, start: int, stop: int, kind: str) -> None:
        text = self._doc[start:stop].text
        for key in (f"{text} {kind}", text):
            if self._known(key):
                self._add(start, stop, "LOC", key=key)
                return

    def _from_span(self, span: Span) -> None:
        label = span.label_
        if label in _PLACE_LABELS:
            self._split(span.start, span.end, label)
        elif label == "NORP":
            self._demonyms(span.start, span.end)
        elif label == "ORG":
            self._from_organisation(span)
        elif label == "PERSON":
            self._from_person(*self._trimmed(span.start, span.end))

    def _from_person(self, start: int, end: int) -> None:
        """A place taken for a person: a country's name of several words, or a known name after "in"."""
        if start >= end:
            return
        text = self._doc[start:end].text
        country = end - start > 1 and (self._countries.named(text) or self._tables.named(text))
        if country or (start and self._doc[start - 1].lower_ in IN and self._is_large(start, end, 1)):
            self._add(start, end, "GPE")

    def _split(self, start: int, end: int, label: str) -> None:
        """One name for each stretch between commas, slashes, dashes and line breaks."""
        doc, first = self._doc, start
        for i in range(start, end + 1):
            if i < end and doc[i].text not in (",", "/") and not doc[i].is_space and not self._is_dash(i):
                continue
            self._place(first, i, label)
            first = i + 1

    def _is_dash(self, i: int) -> bool:
        return self._doc[i].text in ("-", "–", "—") and bool(i) and bool(self._doc[i - 1].whitespace_)

    def _place(self, start: int, end: int, label: str) -> None:
        start, end = self._trimmed(start, end)
        if start >= end or not any(token.text[0].isupper() for token in self._doc[start:end]):
            return
        start, end = self._stretched(start, end)
        text = self._doc[start:end].text
        if (code := self._countries.demonym(text)) and not self._countries.named(text):
            self._add(start, end, label, demonym=code)
        elif self._is_person(start, end) or (text in ARTICLED and not self._after_the(start)):
            return
        elif end < len(self._doc) and self._doc[end].text in FEATURES and not self._tables.named(text):
            self._add(start, end + 1, "LOC", key=f"{text} {self._doc[end].text.title()}")
        elif self._known(text) and (label != "FAC" or self._is_large(start, end, _WELL_KNOWN)):
            self._add(start, end, label, key=text)
        else:
            self._unknown(start, end, label)

    def _unknown(self, start: int, end: int, label: str) -> None:
        """A span that no table holds: cut to the name in it, kept when it is a place by its own words, or left out."""
        doc, first, last = self._doc, start, self._doc[end - 1].text
        while first < end - 1 and (doc[first].text.islower() or doc[first].text in DIRECTIONS):
            first += 1
        if first > start and self._is_large(first, end, _LENDS_NAME):
            self._add(first, end, label)
            return
        while start < end - 1 and doc[start].text.islower():
            start += 1
        if label == "FAC" or last in SITES or last in STREETS:
            self._facility(start, end)
        elif last in LANDMARKS or doc[start].text in LANDMARKS or last in DIVISIONS:
            self._add(start, end, "LOC", key="")
        elif head := self._head(start, end):
            self._add(start, head, "GPE")
        elif label == "GPE" and self._is_plausible(start, end):
            self._add(start, end, label, key="")

    def _is_plausible(self, start: int, end: int) -> bool:
        """Whether a name that nobody knows may be a town: not in a headline, no acronym, not beside a person."""
        doc, first = self._doc, self._doc[start]
        acronym = end - start == 1 and first.text.isupper() and len(first) < 6
        if acronym or first.idx < self._body or first.text in ELSEWHERE:
            return False
        joined = start > 1 and doc[start - 1].lower_ in ("and", ",", "&") and doc[start - 2].ent_type_ == "PERSON"
        return not joined

    def _facility(self, start: int, end: int) -> None:
        """A facility unknown by name: where the town at its head lies, if the article names that town, or it is large."""
        words = {token.text for token in self._doc[start:end]}
        if self._doc[start].text[0].islower() or not words & (SITES | STREETS):
            return
        head = self._head(start, end, _LARGE)
        town = bool(head) and (not words & STREETS or self._doc[start:head].text in self._met)
        self._add(start, end, "FAC", key=self._doc[start:head].text if town else "")

    def _head(self, start: int, end: int, least: int = _LENDS_NAME) -> int:
        """Where the known place at the head of these words ends; 0 when there is none."""
        for stop in range(end - 1, start, -1):
            people = 1 if stop - start > 1 and least == _LENDS_NAME else least
            if self._is_large(start, stop, people) or self._doc[start:stop].text in self._met:
                return stop
        return 0

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

    def _after_the(self, start: int) -> bool:
        return bool(start) and self._doc[start - 1].text in ("the", "The")

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

    def _demonyms(self, start: int, end: int) -> None:
        i = start
        while i < end:
            i += self._demonym(i, end) or 1

    def _demonym(self, i: int, end: int) -> int:
        """How many tokens from `i` are a demonym, which is then taken down; 0 for none."""
        for size in (2, 1):
            if i + size <= end and (code := self._countries.demonym(self._doc[i : i + size].text)):
                self._add(i, i + size, "GPE", demonym=code)
                return size
        return 0

    def _from_organisation(self, span: Span) -> None:
        start, end = self._trimmed(span.start, span.end)
        if start >= end:
            return
        if self._is_large(start, end, _LENDS_NAME):
            if self._lends_name(start, end):
                self._add(start, end, "GPE")
            return
        if self._doc[end - 1].text in LANDMARKS:
            self._place(start, end, "LOC")
            return
        if self._doc[end - 1].text in PAPERS:
            return
        if start and self._doc[start - 1].lower_ in IN and self._is_large(start, end, 1):
            self._add(start, end, "GPE")
            return
        if self._doc[end - 1].text not in COLLEGES:
            self._nested(start, end)
        for i in range(start + 1, end - 1):
            if self._doc[i].text == "of" and self._doc[i + 1].text != "America":
                self._nested(i + 1, end)

    def _nested(self, start: int, end: int) -> None:
        """The place at the head of an organisation's name."""
        if self._demonym(start, end):
            return
        for size in range(min(3, end - start), 0, -1):
            stop = start + size
            if stop < end and self._doc[stop].text in LENDING and self._doc[start].text[0].isupper():
                stop += 1
                if self._known(self._doc[start:stop].text):
                    self._add(start, stop, "GPE")
                    return
            elif self._lends_name(start, stop):
                self._add(start, stop, "GPE")
                return

    def _lends_name(self, start: int, end: int) -> bool:
        """Whether these words of an organisation's name are a town, region or country: no sea, and not "Ohio State"."""
        if self._doc[end - 1].text in DIVISIONS or not self._is_large(start, end, _LENDS_NAME):
            return False
        return self._find(self._doc[start:end].text)[0].spot.kind not in ("area", "water")

    def _remembered(self) -> dict[str, list[list[str]]]:
        """The names found so far, by their first word: a place once is a place throughout the article."""
        held: dict[str, list[list[str]]] = {}
        for text in sorted(self._met):
            words = text.split(" ")
            if words[0] not in COMMON:
                held.setdefault(words[0], []).append(words)
        return held

    def _from_tokens(self, remembered: dict[str, list[list[str]]]) -> None:
        """Names outside the recogniser's places: those met elsewhere in the article, the well known, and demonyms."""
        doc, taken, i, end = self._doc, self._taken, 0, len(self._doc)
        while i < end:
            token = doc[i]
            if taken[i] or not token.text[0].isupper() or token.is_space:
                i += 1
                continue
            size = self._again(i, remembered.get(token.text, ()))
            if not size and token.ent_type_ in OPEN:
                size = self._demonym(i, min(end, i + 2)) or self._well_known(i) or self._compound(i)
            i += size or 1

    def _again(self, i: int, held: list[list[str]] | tuple[()]) -> int:
        doc = self._doc
        for words in held:
            stop = i + len(words)
            if [t.text for t in doc[i:stop]] != words or any(self._taken[i:stop]):
                continue
            if self._inside_person(i, stop) or self._is_person(i, stop):
                continue
            self._add(i, stop, "GPE")
            return len(words)
        return 0

    def _inside_person(self, start: int, stop: int) -> bool:
        """Whether these tokens are part of a longer name of a person."""
        doc = self._doc
        if doc[start].ent_type_ != "PERSON":
            return False
        longer = stop < len(doc) and doc[stop].ent_iob_ == "I"
        return longer or doc[start].ent_iob_ == "I"

    def _well_known(self, i: int) -> int:
        doc = self._doc
        if doc[i].pos_ != "PROPN":
            return 0
        stop = i + 1
        while stop < min(len(doc), i + _LONGEST) and doc[stop].ent_type_ in OPEN and doc[stop].pos_ == "PROPN":
            if doc[stop].is_space:
                break
            stop += 1
        least = 1 if self._after_place(i) else _WELL_KNOWN
        for end in range(stop, i, -1):
            if len(doc[i:end].text) > 2 and self._is_large(i, end, least) and not self._is_person(i, end):
                self._add(i, end, "GPE")
                return end - i
        return 0

    def _after_place(self, i: int) -> bool:
        """Whether a place is expected here: after "in", or after a place and "and" or a comma."""
        if not i:
            return False
        before = self._doc[i - 1].lower_
        return before in IN or (i > 1 and before in ("and", ",", "or") and bool(self._taken[i - 2]))

    def _compound(self, i: int) -> int:
        """The countries in one token with hyphens: "U.S.-Japan", "U.S.-led"."""
        token = self._doc[i]
        if "-" not in token.text:
            return 0
        at, found = token.idx, 0
        for part in token.text.split("-"):
            code = self._countries.demonym(part)
            if code or self._countries.named(part):
                name = Name(
                    start=i,
                    end=i + 1,
                    start_char=at,
                    end_char=at + len(part),
                    text=part,
                    label="GPE",
                    key=part,
                    demonym=code,
                )
                self._names.append(name)
                found = 1
            at += len(part) + 1
        return found

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

    def _with_context(self) -> list[Name]:
        """Each name with the region or country that follows it after a comma or in brackets."""
        doc, names = self._doc, self._names
        for i, after in enumerate(names[1:]):
            name = names[i]
            follows = after.start == name.end + 1 and doc[name.end].text in (",", "(")
            if follows and not name.demonym and not after.demonym:
                names[i] = replace(name, within=after.key or None)
                names[i + 1] = replace(after, contains=name.key or None)
        return names
