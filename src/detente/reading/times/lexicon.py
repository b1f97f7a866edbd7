"""What single words and phrases can mean as parts of a time: labels with values, read from tables and from digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc

from detente.errors import TableError
from detente.ontology import read_table

_ROOM = "detente.reading.times"
_APOSTROPHES = {"'", "’", "‘"}


class Label(NamedTuple):
    """One meaning of the words [i, end): a label of words.tsv (or one for digits) and its value."""

    name: str
    value: str
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of the lexicon; rest: the words after the first."""

    rest: tuple[str, ...]
    label: str
    value: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first word; cardinals and scales apart, because numbers are read by a rule."""

    phrases: dict[str, tuple[Phrase, ...]]
    cardinals: dict[str, int]
    scales: dict[str, int]


@cache
def lexicon() -> Lexicon:
    """The lexicon of the package's own tables, read once."""
    found: dict[str, list[Phrase]] = {}
    numbers: dict[str, dict[str, int]] = {"CARD": {}, "SCALE": {}}
    for line, row in read_table(_ROOM, "words.tsv", ("phrase", "label", "value", "case")):
        if row["label"] in numbers:
            numbers[row["label"]][row["phrase"]] = int(row["value"])
            continue
        if row["case"] not in ("", "cap"):
            raise TableError(f"words.tsv:{line}: expected the case to be empty or cap, found {row['case']!r}")
        _put(found, row["phrase"], row["label"], row["value"], row["case"] == "cap")
    for _, row in read_table(_ROOM, "holidays.tsv", ("name", "rule", "case")):
        _put(found, row["name"], "HOLIDAY", row["rule"], row["case"] == "cap")
    phrases = {first: tuple(sorted(rows, key=lambda p: -len(p.rest))) for first, rows in found.items()}
    return Lexicon(phrases, numbers["CARD"], numbers["SCALE"])


@cache
def hints(name: str) -> frozenset[str]:
    """The words of hints.tsv that give this hint. Raises TableError for a hint that no row gives."""
    found = frozenset(row["word"] for _, row in read_table(_ROOM, "hints.tsv", ("word", "hint")) if row["hint"] == name)
    if not found:
        raise TableError(f"hints.tsv: expected rows with the hint {name!r}, found none")
    return found


def _put(found: dict[str, list[Phrase]], phrase: str, label: str, value: str, capital: bool) -> None:
    first, *rest = phrase.split(" ")
    found.setdefault(first, []).append(Phrase(tuple(rest), label, value, capital))


_SHAPES = (
    ("YEAR", re.compile(r"((?:1\d|20|21)\d\d)")),
    ("DAY", re.compile(r"(0?[1-9]|[12]\d|3[01])")),
    ("TWO", re.compile(r"(\d\d)")),
    ("DAYTH", re.compile(r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)")),
    ("ORD", re.compile(r"(\d{1,2})(?:st|nd|rd|th)")),
    ("DECADE", re.compile(r"((?:1\d|20)\d)0['’]?s")),
    ("CLOCK", re.compile(r"((?:[01]?\d|2[0-3]):[0-5]\d)")),
    ("DOTTED", re.compile(r"((?:[01]?\d|2[0-3])\.[0-5]\d)")),
    ("MILITARY", re.compile(r"((?:[01]\d|2[0-3])[0-5]\d)")),
    ("CLOCKPM", re.compile(r"((?:0?[1-9]|1[0-2])(?:[:.]?[0-5]\d)?[ap]\.?m)\.?")),
    ("SPAN", re.compile(r"((?:1\d|20)\d\d[–/-](?:\d\d|(?:1\d|20)\d\d))")),
    ("NDATE", re.compile(r"(\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)|\d{1,2}\.\d{1,2}\.\d{4}|\d\d\.\d\d\.\d\d)")),
    ("ISO", re.compile(r"((?:1\d|20)\d\d([-/]?)[01]\d\2[0-3]\d)(?:t.*)?")),
    ("MODYEAR", re.compile(r"(?:mid|early|late|post|pre)[-–]((?:1\d|20)\d\d)")),
    ("MODDECADE", re.compile(r"(?:mid|early|late)[-–]((?:1\d|20)\d)0s")),
    ("QUARTERNO", re.compile(r"q([1-4])")),
    ("HALFNO", re.compile(r"h([12])")),
)
_POST = 80  # words of the longest post
_SELF = frozenset({"i", "me", "my", "u", "ur", "im", "!", "!!", "!!!", ":)", ":(", ":-)", ":d", "..", "...", "lol"})
_GLUED = re.compile(r"(\d{1,3}(?:\.\d)?)([a-z]{2,7})")  # 3mins
_DIGITS = re.compile(r"\d{1,9}|\d{1,3}(?:,\d{3})+|\d{1,6}\.\d{1,2}")


def _is_post(doc: Doc) -> bool:
    """Whether this is a short post rather than a report: its writer speaks of self, exclaims, or marks words with # and @."""
    return len(doc) <= _POST and any(t.lower_ in _SELF or t.text[0] in "#@" or t.like_url for t in doc)


class Labels:
    """The labels of a Doc's words, worked out where they are asked for. post: whether they are those of a short post."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.post = _is_post(doc)
        self.words = [t.lower_.replace("’", "'") for t in doc]
        self._lexicon = lexicon()
        self._at: dict[int, list[Label]] = {}

    def at(self, i: int) -> list[Label]:
        """Every label of words that begin at i, phrases and numbers included."""
        held = self._at.get(i)
        if held is None:
            held = self._at[i] = self._read(i) if i < len(self.words) else []
        return held

    def _read(self, i: int) -> list[Label]:
        word, words = self.words[i], self.words
        labels = []
        for p in self._lexicon.phrases.get(word, ()):
            end = i + 1 + len(p.rest)
            if (not p.rest or tuple(words[i + 1 : end]) == p.rest) and not (p.capital and self._small(i)):
                labels.append(Label(p.label, p.value, end))
        if any(c.isdigit() for c in word):
            labels += [Label(name, m[1], i + 1) for name, shape in _SHAPES if (m := shape.fullmatch(word))]
            labels += self._glued(i)
        elif word in _APOSTROPHES:
            labels += self._short_year(i)
        if number := self._number(i):
            labels.append(Label("NUM", f"{number[0]:g}", number[1]))
        return labels

    def _glued(self, i: int) -> list[Label]:
        """A count and its unit in one word: 3mins, 1.5hrs; the value is "3 MIN"."""
        found = _GLUED.fullmatch(self.words[i])
        units = self._lexicon.phrases.get(found[2], ()) if found else ()
        return [Label("GLUED", f"{found[1]} {p.value}", i + 1) for p in units if found and p.label in ("UNIT", "UNITS")]

    def _small(self, i: int) -> bool:
        return not self.doc[i].text[:1].isupper()

    def _short_year(self, i: int) -> list[Label]:
        if self.doc[i].whitespace_ or i + 1 >= len(self.words):
            return []
        word = self.words[i + 1]
        if re.fullmatch(r"\d\d", word):
            return [Label("SHORT", word, i + 2)]
        return [Label("SHORTDECADE", word[0], i + 2)] if re.fullmatch(r"\d0s", word) else []

    def _number(self, i: int) -> tuple[float, int] | None:
        """A number in digits or words (twenty-one, two hundred and five, 5 1/2, two and a half) and where it ends."""
        words, word = self.words, self.words[i]
        if _DIGITS.fullmatch(word):
            value, end = float(word.replace(",", "")), i + 1
            if words[end : end + 1] == ["1/2"]:
                return value + 0.5, end + 1
        else:
            spelled = self._spelled(i)
            if spelled is None:
                return None
            value, end = spelled
        if words[end : end + 3] == ["and", "a", "half"] or words[end : end + 3] == ["-", "and-a", "half"]:
            return value + 0.5, end + 3
        return value, end

    def _spelled(self, i: int) -> tuple[float, int] | None:
        words, cards, scales = self.words, self._lexicon.cardinals, self._lexicon.scales
        if words[i] in ("a", "an") and i + 1 < len(words) and words[i + 1] in scales:
            total, end = 1, i + 1
        elif words[i] in cards:
            total, end = cards[words[i]], i + 1
            if total >= 20 and words[end : end + 1] == ["-"] and end + 1 < len(words) and words[end + 1] in cards:
                total, end = total + cards[words[end + 1]], end + 2
        else:
            return None
        if end < len(words) and words[end] in scales:
            total, end = total * scales[words[end]], end + 1
        return float(total), end
