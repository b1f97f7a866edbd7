"""Where the names of places stand in a Doc: the recogniser's spans trimmed, its misses repaired, persons left alone."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from detente.knowledge.countries import countries
from detente.knowledge.gazetteer import gazetteer
from detente.knowledge.gazetteer_tables import place_tables

WELL_KNOWN = 100_000  # people of a town that is a place without the recogniser's word
_NESTED = 20_000  # people of a town that lends its name to an organisation
_LONGEST = 4  # words of a name looked up outside the recogniser's spans
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LEADING = frozenset({"the", "The", "THE", "'s", "’s", "this", "that", "downtown", "central", "nearby"})
_TRAILING = frozenset({"'s", "’s", "'", "’", "-", "–", "—", ".", ",", ":", ";", '"', "”", "“", "(", ")"})
_IN = frozenset({"in", "near", "outside", "around", "across", "throughout"})
_DIVISION = frozenset(
    {"County", "Parish", "Province", "province", "County’s", "Governorate", "Oblast", "oblast", "Prefecture"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One mention. start, end: tokens. label: GPE, LOC or FAC. demonym: the country's code for "Iraqi", else None.

    within: the region, state or country named right after it ("Paris, Texas"), else None.
    nested: inside the name of an organisation.
    """

    start: int
    end: int
    start_char: int
    end_char: int
    text: str
    label: str
    demonym: str | None = None
    within: str | None = None
    nested: bool = False


class Spotter:
    """Finds the names of places in one Doc."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._names: list[Name] = []
        self._known: dict[str, bool] = {}
        self._countries = countries()
        self._tables = place_tables()
        self._gazetteer = gazetteer()

    def names(self) -> list[Name]:
        """In the order of the text, none over another."""
        for span in self._doc.ents:
            self._from_span(span)
        self._from_tokens()
        self._names.sort(key=lambda name: name.start)
        return self._with_context()

    def _from_span(self, span: Span) -> None:
        label = span.label_
        if label in _PLACE_LABELS:
            self._split(span.start, span.end, label)
        elif label == "NORP":
            self._demonyms(span.start, span.end)
        elif label == "ORG":
            self._from_organisation(span)
        elif label == "PERSON" and span.start and self._doc[span.start - 1].lower_ in _IN:
            start, end = self._trimmed(span.start, span.end)
            if start < end and self._is_known(start, end, 1):
                self._add(start, end, "GPE")

    def _split(self, start: int, end: int, label: str) -> None:
        """One name for each stretch between commas, slashes and line breaks."""
        first = start
        for i in range(start, end + 1):
            if i < end and self._doc[i].text not in (",", "/") and not self._doc[i].is_space:
                continue
            self._place(first, i, label)
            first = i + 1

    def _place(self, start: int, end: int, label: str) -> None:
        start, end = self._trimmed(start, end)
        if start >= end or not self._doc[start].text[0].isalnum():
            return
        text = self._doc[start:end].text
        if self._countries.demonym(text) and not self._countries.named(text):
            self._add(start, end, label, demonym=self._countries.demonym(text))
        elif label != "FAC" or self._doc[start].text[0].isupper():
            self._add(start, end, label)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        doc = self._doc
        while start < end and (doc[start].text in _LEADING or doc[start].is_space or doc[start].is_punct):
            start += 1
        while start < end and (doc[end - 1].text in _TRAILING or doc[end - 1].is_space):
            end -= 1
        return start, end

    def _demonyms(self, start: int, end: int) -> None:
        i = start
        while i < end:
            for size in (2, 1):
                if i + size <= end and (code := self._countries.demonym(self._doc[i : i + size].text)):
                    self._add(i, i + size, "GPE", demonym=code)
                    i += size - 1
                    break
            i += 1

    def _from_organisation(self, span: Span) -> None:
        start, end = self._trimmed(span.start, span.end)
        if start >= end:
            return
        if self._is_known(start, end, 1):
            self._add(start, end, "GPE")
            return
        self._nested(start, end)
        for i in range(start + 1, end - 1):
            if self._doc[i].text == "of":
                self._nested(i + 1, end)

    def _nested(self, start: int, end: int) -> None:
        """The place at the head of an organisation's name."""
        if code := self._countries.demonym(self._doc[start].text):
            self._add(start, start + 1, "GPE", demonym=code)
            return
        for size in range(min(3, end - start), 0, -1):
            division = start + size < end and self._doc[start + size].text in _DIVISION
            if division:
                self._add(start, start + size + 1, "GPE", nested=True)
                return
            if self._is_known(start, start + size, _NESTED):
                self._add(start, start + size, "GPE", nested=True)
                return

    def _from_tokens(self) -> None:
        """Well-known names outside every span of the recogniser, and demonyms."""
        doc, run = self._doc, []
        for token in doc:
            if not token.ent_type and token.text[0].isupper() and token.pos_ in ("PROPN", "ADJ", "NOUN"):
                run.append(token)
                continue
            if run:
                self._from_run(run)
                run = []
        if run:
            self._from_run(run)

    def _from_run(self, run: list[Token]) -> None:
        i = 0
        while i < len(run):
            i += self._longest(run, i)

    def _longest(self, run: list[Token], i: int) -> int:
        start = run[i].i
        for size in range(min(_LONGEST, len(run) - i), 0, -1):
            text = self._doc[start : start + size].text
            if size < 3 and (code := self._countries.demonym(text)):
                self._add(start, start + size, "GPE", demonym=code)
                return size
            if run[i].pos_ == "PROPN" and len(text) > 2 and self._is_known(start, start + size, WELL_KNOWN):
                self._add(start, start + size, "GPE")
                return size
        return 1

    def _is_known(self, start: int, end: int, people: int) -> bool:
        """Whether these words are a country, a place of the tables, or a town of at least so many people."""
        text = self._doc[start:end].text
        key = f"{people} {text}"
        if key not in self._known:
            self._known[key] = self._looked_up(text, people)
        return self._known[key]

    def _looked_up(self, text: str, people: int) -> bool:
        if self._countries.named(text) or self._countries.capital(text) or self._tables.named(text):
            return True
        return any(s.people >= people or s.kind == "region" for s in self._gazetteer.find(text))

    def _add(self, start: int, end: int, label: str, *, demonym: str | None = None, nested: bool = False) -> None:
        span = self._doc[start:end]
        self._names.append(
            Name(
                start=start,
                end=end,
                start_char=span.start_char,
                end_char=span.end_char,
                text=span.text,
                label=label,
                demonym=demonym,
                nested=nested,
            )
        )

    def _with_context(self) -> list[Name]:
        """Each name with the region or country that follows it after a comma."""
        doc, names = self._doc, self._names
        out = []
        for name, after in zip(names, [*names[1:], None], strict=True):
            comma = after is not None and after.start == name.end + 1 and doc[name.end].text in (",", "(")
            if comma and after is not None and not after.demonym and not name.demonym:
                name = _within(name, after.text)
            out.append(name)
        return out


def _within(name: Name, region: str) -> Name:
    return Name(
        start=name.start,
        end=name.end,
        start_char=name.start_char,
        end_char=name.end_char,
        text=name.text,
        label=name.label,
        within=region,
        nested=name.nested,
    )
