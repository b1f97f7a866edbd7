"""Words that bring in what somebody said, wrote or thought: the table `cues.tsv`, looked up by lemma."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.strings import StringStore
from spacy.tokens import Token

from detente.errors import TableError
from detente.ontology import read_table

MANNERS = ("speech", "thought", "writing")
CLASSES = ("verb", "noun", "adjective", "document")
TAKES = ("words", "after", "clause", "to", "noun", "document")
_COLUMNS = ("cue", "class", "manner", "takes")
_CLASS_OF = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One row of the table. takes: words, after, clause, to, noun, document; the table's header says what each means."""

    lemma: str
    manner: str
    takes: frozenset[str]


class Cues:
    """The cues of the table by class and by the hash of their lemma, as spaCy keeps it."""

    def __init__(self) -> None:
        strings = StringStore()
        self._by_class: dict[str, dict[int, Cue]] = {name: {} for name in CLASSES}
        for class_, cue in _rows():
            self._by_class[class_][strings.add(cue.lemma)] = cue

    def of(self, token: Token) -> Cue | None:
        """The cue that this token is, by its lemma and part of speech."""
        class_ = _CLASS_OF.get(token.pos_)
        if class_ is None:
            return None
        return self._by_class[class_].get(token.lemma)

    def mistaken(self, token: Token) -> Cue | None:
        """The verb that a token may be although the tagger calls it a noun: "answers", "claims"."""
        verbs = self._by_class["verb"]
        return verbs.get(token.lemma) or verbs.get(token.vocab.strings.add(token.lower_.removesuffix("s")))

    def document(self, token: Token) -> bool:
        """Whether the token names a thing that can speak: a poll, a letter."""
        return token.lemma in self._by_class["document"]


@cache
def _rows() -> tuple[tuple[str, Cue], ...]:
    found = []
    for line, row in read_table("detente.reading.quotes", "cues.tsv", _COLUMNS):
        takes = frozenset(row["takes"].split(","))
        if row["class"] not in CLASSES or row["manner"] not in MANNERS or not takes <= set(TAKES):
            raise TableError(
                f"cues.tsv:{line}: expected a class of {', '.join(CLASSES)}, a manner of {', '.join(MANNERS)} and what it "
                f"takes of {', '.join(TAKES)}; found {row['class']}, {row['manner']}, {row['takes']}"
            )
        found.append((row["class"], Cue(lemma=row["cue"], manner=row["manner"], takes=takes)))
    return tuple(found)
