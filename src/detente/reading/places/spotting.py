"""Where the names of places stand in a Doc: the recogniser's spans trimmed, its misses repaired, persons left alone."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span

from detente.reading.marks import hyphened_to
from detente.reading.places.draft import Draft, Name
from detente.reading.places.words import (
    ARTICLED,
    COLLEGES,
    COMMON,
    DIRECTIONS,
    DIVISIONS,
    FEATURES,
    IN,
    LANDMARKS,
    LENDING,
    OPEN,
    PAPERS,
    PLURALS,
    SITES,
    STREETS,
    TAKING,
)

_WELL_KNOWN = 100_000  # people of a town that is a place without the recogniser's word
_TOWN = 5_000  # people of a town that armies reach
_LARGE = 500_000  # people of a town whose name places the facility that begins with it
_LENDS_NAME = 20_000  # people of a town that lends its name to an organisation
_LIST = 24  # tokens of a list that are gone back through
_LONGEST = 4  # words of a name looked up outside the recogniser's spans
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


class Spotter(Draft):
    """Finds the names of places in one Doc."""

    def names(self) -> list[Name]:
        """In the order of the text, none over another."""
        self._from_lists()
        for span in self._doc.ents:
            self._from_span(span)
        self._from_objects()
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
            if not self._demonyms(span.start, span.end):
                self._from_person(*self._trimmed(span.start, span.end))
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
        if country or (self._after_place(start) and self._is_large(start, end, 1)):
            self._add(start, end, "GPE")
        elif start and self._doc[start - 1].lower_ in TAKING:
            self._objects.append((start, end))

    def _from_objects(self) -> None:
        """Towns taken for persons after "shelled" or "reached", in a country that the article names."""
        named = {self._countries.named(n.text) or n.demonym for n in self._names}
        for start, end in self._objects:
            found = self._find(self._doc[start:end].text)
            if found and found[0].spot.people >= _TOWN and found[0].spot.country in named:
                self._add(start, end, "GPE")

    def _split(self, start: int, end: int, label: str) -> None:
        """One name for each stretch between commas, slashes, dashes and line breaks."""
        doc, first = self._doc, start
        for i in range(start, end + 1):
            if i < end and doc[i].text not in (",", "/") and not doc[i].is_space and not self._is_dash(i):
                continue
            self._place(first, i, label)
            first = i + 1

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

    def _facility(self, start: int, end: int) -> None:
        """A facility unknown by name: where the town at its head lies, if the article names that town, or it is large."""
        words = {token.text for token in self._doc[start:end]}
        if self._doc[start].text[0].islower() or not words & (SITES | STREETS):
            return
        head = self._head(start, end, _LARGE)
        town = bool(head) and (not words & STREETS or self._doc[start:head].text in self._met)
        self._add(start, end, "FAC", key=self._doc[start:head].text if town else "")

    def _demonyms(self, start: int, end: int) -> bool:
        """Takes down the demonyms among these tokens and says whether there were any."""
        i, found = start, False
        while i < end:
            size = self._demonym(i, end)
            found, i = found or size > 0, i + (size or 1)
        return found

    def _demonym(self, i: int, end: int) -> int:
        """How many tokens from `i` are a demonym, which is then taken down; 0 for none."""
        if self._doc[i].lower_ == "the":
            return 0
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
        if start and self._doc[start - 1].lower_ in TAKING:
            self._objects.append((start, end))
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
            if not size and self._is_adjective(i):
                size = self._demonym(i, i + 1)
            if not size and token.ent_type_ in OPEN:
                size = self._demonym(i, min(end, i + 2)) or self._well_known(i) or self._compound(i)
            i += size or 1

    def _is_adjective(self, i: int) -> bool:
        """An adjective that the recogniser took for a whole person: Omani ministers."""
        doc = self._doc
        longer = i + 1 < len(doc) and doc[i + 1].ent_iob_ == "I"
        return doc[i].pos_ == "ADJ" and doc[i].ent_type_ == "PERSON" and doc[i].ent_iob_ == "B" and not longer

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

    def _well_known(self, i: int) -> int:
        doc = self._doc
        if not self._tagged:
            return self._whole_run(i)
        if doc[i].pos_ != "PROPN" or self._second_half(i):
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

    def _second_half(self, i: int) -> bool:
        """Whether a hyphen joins the word to a name that is no place: the Montana of "Crans-Montana"."""
        before = hyphened_to(self._doc, i)
        return before is not None and not self._taken[before.i] and before.pos_ == "PROPN"

    def _whole_run(self, i: int) -> int:
        """In a Doc without parts of speech: words with capitals that together are a well-known place, no more and no fewer.

        So "Paul London" is none, though London is one.
        """
        doc = self._doc
        if doc[i].is_stop or (i and doc[i - 1].text[0].isupper() and not doc[i - 1].is_stop):
            return 0
        stop = i + 1
        while stop < len(doc) and doc[stop].text[0].isupper():
            stop += 1
        if stop - i > _LONGEST or not self._is_large(i, stop, _WELL_KNOWN):
            return 0
        self._add(i, stop, "GPE")
        return stop - i

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
