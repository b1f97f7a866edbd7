"""Who held which office when. Every question takes a date, or gets only what does not depend on one."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from detente.errors import TableError
from detente.knowledge.spelling import consonants, skeleton

HEADS = frozenset(
    {"president", "prime minister", "chancellor", "king", "queen", "premier", "emir", "sultan", "supreme leader"}
)
_COMMON_LAST, _COMMON_FIRST = 12, 30
SURNAME_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An office held. start, end: ISO dates of any granularity, "" when unknown; seen: the month up to which an open one is known."""

    country: str | None
    role: str
    sectors: tuple[str, ...]
    start: str
    end: str
    seen: str

    def held(self, day: date) -> bool | None:
        """Whether the office was held on that day; None when the table cannot tell.

        A month or a year in which it began or ended tells nothing of the days within, an unknown beginning nothing at all.
        """
        start, end = self.start.rstrip("~"), self.end.rstrip("~")
        begun, over = _order(day, start), _order(day, end or self.seen)
        if begun < 0:
            return False
        if end and (over > 0 or (over == 0 and len(end) == 10)):
            return False
        sure = start and (begun > 0 or len(start) == 10)
        return True if sure and (over < 0 or (over == 0 and not end and bool(self.seen))) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person with all posts, the highest first."""

    name: str
    words: tuple[str, ...]
    posts: tuple[Post, ...]

    @property
    def country(self) -> str | None:
        """The country of all posts; None when they are of several or of none."""
        found = {p.country for p in self.posts if p.country}
        return found.pop() if len(found) == 1 else None

    @property
    def head(self) -> Post | None:
        """The first post as head of state or government; None when there is none."""
        return next((p for p in self.posts if p.role in HEADS), None)


@lru_cache(maxsize=4096)
def holders(words: tuple[str, ...], country: str | None = None) -> tuple[Holder, ...]:
    """Those whose name may be this one. words: from `words_of`, at least two; country: wanted, when the article tells it.

    Of a name that many bear nobody is given without a country.
    """
    if len(words) < 2:
        return ()
    table = _table()
    found = [_holder(line) for known, line in table.with_word(words[-1]) if _same_name(words, known)]
    if not found and len(words[-1]) > _LONG:  # "Volodymyr Zelenskiy": the table spells the surname another way
        last = skeleton(words[-1])
        held = table.with_word(words[0])
        found = [_holder(line) for known, line in held if known[0] == words[0] and skeleton(known[-1]) == last]
    exact = [h for h in found if h.words == words]
    found = exact or found
    if country:
        return tuple(h for h in found if any(p.country == country for p in h.posts))
    if table.count(words[-1]) > _COMMON_LAST and table.count(words[0]) > _COMMON_FIRST:
        return ()
    return tuple(found)


_LONG = 6  # letters of a surname that another spelling of it may be told by


@lru_cache(maxsize=4096)
def leaders(word: str, *, given: bool = False) -> tuple[Holder, ...]:
    """Heads of state and government whom a single word may mean ("Museveni"): their surname, with `given` the first word, too."""
    found = ((known, _holder(line)) for known, line in _table().with_word(word) if word in (known[0], known[-1]))
    return tuple(h for known, h in found if (post := h.head) and _by_word(word, known, post.country, given=given))


def _by_word(word: str, known: tuple[str, ...], country: str | None, *, given: bool) -> bool:
    """Whether the word is the surname, or with `given` at the head of the name."""
    if country in SURNAME_FIRST and len(known) > 1:
        return word == known[0]
    return word == known[-1] or (given and word == known[0])


@lru_cache(maxsize=4096)
def bearers(word: str) -> int:
    """How many people of the table bear the word first or last in their name: how telling it is."""
    return sum(word in (known[0], known[-1]) for known, _ in _table().with_word(word))


def _same_name(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    short, full = (words, known) if len(words) <= len(known) else (known, words)
    rest = iter(full)
    if len(short) > 1 and all(word in rest for word in short):
        return True
    if len(words) == len(known) > 2 and all(skeleton(a) == skeleton(b) for a, b in zip(words, known, strict=True)):
        return True  # "Adel Abdul Mahdi" and "Adil Abdul-Mahdi"
    return words[-1] == known[-1] and len(consonants(words[0])) > 2 and consonants(words[0]) == consonants(known[0])


class _Table:
    """The lines of the table and an index of the words in their names; posts are parsed only when asked for."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._having: dict[str, list[int]] = {}
        having = self._having
        for i, line in enumerate(lines):
            for word in line[: line.index("\t")].split(" "):
                if word in having:
                    having[word].append(i)
                else:
                    having[word] = [i]

    def count(self, word: str) -> int:
        """How many people bear the word in their name."""
        return len(self._having.get(word, ()))

    def with_word(self, word: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """The words and the line of those who bear the word in their name."""
        for i in self._having.get(word, ()):
            line = self._lines[i]
            yield tuple(line[: line.index("\t")].split(" ")), line


def _holder(line: str) -> Holder:
    words, name, posts = line.split("\t")
    return Holder(name=name, words=tuple(words.split()), posts=tuple(_post(p) for p in posts.split(";")))


def _post(text: str) -> Post:
    country, role, sectors, start, end, seen = text.split("|")
    return Post(
        country=country or None,
        role=role,
        sectors=tuple(sectors.split("+")) if sectors else (),
        start=start,
        end=end,
        seen=seen,
    )


@cache
def _table() -> _Table:
    raw = (files("detente.knowledge") / "officeholders.tsv.gz").read_bytes()
    lines = gzip.decompress(raw).decode().splitlines()
    while lines and lines[0].startswith("#"):
        del lines[0]
    if lines[0] != "words\tname\tposts":
        raise TableError(f"officeholders.tsv.gz: expected the columns words, name, posts; found {lines[0]!r}")
    return _Table(lines[1:])


def _order(day: date, other: str) -> int:
    """Whether the day is before (-1), in (0) or after (1) a day, month or year; 0 for an unknown one."""
    own = day.isoformat()[: len(other)]
    return (own > other) - (own < other)
