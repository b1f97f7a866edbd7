"""What is kept of an article so that its copies are found without reading it again: 300 bytes, made once.

A sketch begins with its version: one of another version (of this layout, of the words, or of rensa's algorithm) is made
anew from the text.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from detente.ontology.tables import read_table
from detente.records import Article
from detente.stories.words import OPENING, Hashes, body_of, fingerprint, shingles, words_of

VALUES = 128  # of the signature: the standard error of an estimated overlap is at most 0.044
_SEED = 20_201_123
_FORM = struct.Struct("<BBI8s8s8s")  # layout, algorithm, words, fingerprint, printed, opening
_LAYOUT = 2
_HEAD, _TAIL = 160, 120  # characters in which a credit stands

type Signature = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """words: of the body. fingerprint: the same for the same words; printed: for the same words with the same capitals;
    opening: for the same first few words.

    signature: MinHash values, their lower 16 bits. agency: the news agency that the article credits, "" for none.
    """

    words: int
    fingerprint: bytes
    printed: bytes
    opening: bytes
    signature: Signature
    agency: str


def sketch_of(article: Article) -> bytes:
    """The sketch of an article, to be kept with it."""
    printed = words_of(body_of(article))
    small = [word.casefold() for word in printed]
    prints = fingerprint(small), fingerprint(printed), fingerprint(small[:OPENING])
    head = _FORM.pack(_LAYOUT, RMinHash.ALGORITHM_VERSION, len(small), *prints)
    return head + signature(shingles(small)).tobytes() + agency_of(article.text).encode()


def read_sketch(kept: bytes | None) -> Sketch | None:
    """A kept sketch; None when there is none of today's version."""
    if not kept or kept[:2] != bytes((_LAYOUT, RMinHash.ALGORITHM_VERSION)):
        return None
    _, _, words, whole, printed, opening = _FORM.unpack_from(kept)
    values = np.frombuffer(kept, "<u2", VALUES, _FORM.size)
    agency = kept[_FORM.size + 2 * VALUES :].decode()
    return Sketch(words=words, fingerprint=whole, printed=printed, opening=opening, signature=values, agency=agency)


def signature(found: Hashes) -> Signature:
    """MinHash values of a set of shingles."""
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(found, [0, len(found)], VALUES, _SEED)
    return np.array(matrix.to_rows()[0], np.uint32).astype("<u2")


def agency_of(text: str) -> str:
    """The agency that an article credits in its first or last words: "OSLO (Reuters)", "- AFP"; "" for none."""
    patterns, names = _agencies()
    found = patterns[0].search(text[:_HEAD]) or patterns[1].search(text[-_TAIL:])
    return names[found["agency"]] if found else ""


@cache
def _agencies() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], dict[str, str]]:
    rows = [row for _, row in read_table("detente.stories", "agencies.tsv", ("name", "words"))]
    names = {word: row["name"] for row in rows for word in row["words"].split("|")}
    any_ = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    head = rf"\((?P<agency>{any_})\)"
    tail = rf"(?:\(|[–—-] ?|\bSource: )(?P<agency>{any_})[).]?\s*$"
    return (re.compile(head), re.compile(tail)), names
