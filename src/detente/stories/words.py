"""The words of an article as copies share them: its body without dateline, in small letters, and their shingles."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.records import Article

SHINGLE = 4  # words: long enough that unrelated articles share almost none, short enough to outlive an edited word
OPENING = 8  # words: a text with fewer is not enough to say that two articles are one
LEAD = 50  # words in which news says who did what
_FAR = 400  # characters within which a dateline begins, after a byline

type Hashes = npt.NDArray[np.uint64]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_DAYS = frozenset(f"{day}day" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun"))
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits well mixed: 2^64 divided by the golden ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The words of one article. shingles: hashes of every run of SHINGLE words, sorted, each once.

    names: in order, the words of the lead with a capital or a digit, small, with their place; all: every word.
    """

    words: tuple[str, ...]
    shingles: Hashes
    names: tuple[tuple[int, str], ...]
    all: frozenset[str]


def body_of(article: Article) -> str:
    """The text after its dateline (and the byline before that): copies of one dispatch are often filed elsewhere."""
    dateline = article.dateline
    at = article.text.find(dateline, 0, _FAR + len(dateline)) if dateline else -1
    return article.text[at + len(dateline) :] if dateline and at >= 0 else article.text


def words_of(text: str) -> list[str]:
    """Its words as they are printed, with no mark that one outlet sets in another way."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("’", "'"))


def read_body(text: str) -> Body:
    """What two texts are compared by."""
    printed = words_of(text)
    small = [word.casefold() for word in printed]
    names = ((i, small[i]) for i, word in enumerate(printed[:LEAD]) if word[0].isupper() or word[0].isdigit())
    return Body(words=tuple(small), shingles=shingles(small), names=tuple(names), all=frozenset(small))


def shingles(small: Sequence[str]) -> Hashes:
    """A hash for every run of SHINGLE words, sorted, each once; none for a shorter text."""
    count = len(small) - SHINGLE + 1
    if count < 1:
        return np.empty(0, np.uint64)
    each = np.fromiter(map(_hash, small), np.uint64, len(small))
    total = np.zeros(count, np.uint64)
    for i in range(SHINGLE):  # wraps around at 2^64, as it should
        total = (total * _FACTOR) ^ each[i : i + count]
    return np.unique(total)


def fingerprint(small: Sequence[str]) -> bytes:
    """The same for texts of the same words."""
    return hashlib.blake2b(" ".join(small).encode("utf8", "surrogatepass"), digest_size=8).digest()


def weekdays(names: Sequence[tuple[int, str]]) -> frozenset[str]:
    """The days of the week among them."""
    return frozenset(name for _, name in names) & _DAYS


def overlap(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> float:
    """The share of the smaller set that the larger holds, so that a trimmed copy is wholly contained."""
    small, large = sorted((one, other), key=len)
    if not len(small):
        return 0.0
    at = np.searchsorted(large, small)
    at[at == len(large)] = 0
    return float(np.count_nonzero(large[at] == small)) / len(small)


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf8", "surrogatepass"), digest_size=8).digest(), "little")
