"""Names of people: repairing what the recogniser gives, and telling which names are one person's."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.knowledge.agents import particles
from detente.knowledge.spelling import skeleton

_INNER = frozenset("-‐‑–.'’")


def is_part(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the words of `short` stand in `full` in the same order."""
    rest = iter(full)
    return all(word in rest for word in short)


def one_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of several words may be one person's: one within the other, the same but for transliteration, or
    for the surname's end: "Kovacs Istvan" and "Istvan Kovacs"."""
    short, full = (a, b) if len(a) <= len(b) else (b, a)
    if is_part(short, full):
        return True
    if len(a) != len(b):
        return False
    if a in (b[1:] + b[:1], b[-1:] + b[:-1]):
        return True
    return all(one_spelling(x, y) for x, y in zip(a, b, strict=True))


def one_spelling(a: str, b: str) -> bool:
    """Whether two words differ at most in the letters that transliterations vary: "Rashedi" and "Rashidi"."""
    return a == b or (len(a) > 3 and len(b) > 3 and skeleton(a) == skeleton(b))


@dataclass(slots=True, kw_only=True)
class Name:
    """One mention of a person by name: tokens [start, end); the mention with its titles begins at `left`."""

    start: int
    end: int
    left: int
    words: tuple[str, ...]
    text: str
    gender: str = ""
    roles: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Person:
    """A person of the article while the register is being filled. index: in the register; forms: of the name.

    last_full: where the full name stood last; bare: how often one word of it alone has been used.
    """

    index: int
    forms: list[tuple[str, ...]] = field(default_factory=list)
    gender: str = ""
    roles: set[str] = field(default_factory=set)
    last_full: int = -1
    bare: int = 0

    def called(self, words: tuple[str, ...]) -> bool:
        """Whether a name of several words may be this person's."""
        return any(one_name(words, form) for form in self.forms)

    def rank_of(self, word: str) -> int:
        """How well one word fits: 4 the last of a full name, 3 that in another spelling, 2 the first, 1 in between, else 0."""
        best = 0
        for form in self.forms:
            if word == form[-1]:
                best = 4
            elif len(word) > 4 and one_spelling(word, form[-1]):
                best = max(best, 3)
            elif word == form[0]:
                best = max(best, 2)
            elif word in form:
                best = max(best, 1)
        return best


class People:
    """The people of one article, joined by name."""

    def __init__(self) -> None:
        self.persons: list[Person] = []

    def of_full(self, words: tuple[str, ...]) -> Person | None:
        """The person of a name of several words, most recently named first."""
        fitting = [p for p in self.persons if p.called(words)]
        return max(fitting, key=lambda p: p.last_full, default=None)

    def of_word(self, word: str, at: int, name: Name) -> Person | None:
        """The person of a single word: the right place in the name, then the right title, then the most recent full name."""
        best: Person | None = None
        best_score: tuple[int, int, int, int] = (0, 0, 0, 0)
        for person in self.persons:
            rank = person.rank_of(word)
            if not rank or (name.gender and person.gender and name.gender != person.gender):
                continue
            titled = int(bool(set(name.roles) & person.roles))
            before = int(person.last_full <= at)
            score = (rank, titled, before, person.last_full if before else -person.last_full)
            if best is None or score > best_score:
                best, best_score = person, score
        return best


def inner_mark(text: str) -> bool:
    """Whether a token joins the parts of one name (a hyphen, a point, an apostrophe)."""
    return text in _INNER


def is_particle(text: str) -> bool:
    """Whether a token is a particle of names ("Al", "de", "bin")."""
    return text.lower() in particles()
