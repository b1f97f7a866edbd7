"""One index of every phrase that may name an actor, and the scan that finds them in a Doc."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from detente.knowledge.agents import Agent, addresses, agents
from detente.knowledge.countries import countries, regions
from detente.knowledge.organisations import Organisation, organisations

_FIRST = re.compile(r"[^\s\-–]+(?=['’]s\b)|(?:[a-zà-ÿ]\.)+|[^\s\-–,]+", re.IGNORECASE)
_SAME_LENGTH = str.maketrans({"’": "'", "\xa0": " ", "İ": "i"})


class Phrase(NamedTuple):
    """A phrase of the index. kind: country, demonym, capital, seat, region, org, address, or a class of `Agent`.

    exact: the surface that must be met letter for letter (or all in capitals); None when case does not matter.
    """

    folded: str
    kind: str
    exact: str | None = None
    code: str | None = None
    agent: Agent | None = None
    organisation: Organisation | None = None


class Hit(NamedTuple):
    """A phrase found at tokens [start, end)."""

    start: int
    end: int
    phrase: Phrase


type Index = Mapping[str, tuple[Phrase, ...]]


def scan(doc: Doc, tokens: list[Token], index: Index | None = None) -> list[Hit]:
    """The phrases of the index (without one, the package's) in the Doc, the longest first, none overlapping."""
    index, text = _index() if index is None else index, doc.text
    folded = fold_case(text)
    hits: list[Hit] = []
    past = 0
    for token in tokens:
        if token.i < past:
            continue
        word = token.lower_
        choices = index.get(word) or ("-" in word and index.get(word.partition("-")[0])) or ()
        for phrase in choices:
            start = token.idx
            end = start + len(phrase.folded)
            if not folded.startswith(phrase.folded, start) or (end < len(folded) and folded[end].isalnum()):
                continue
            if phrase.exact and not _same(text[start:end], phrase.exact):
                continue
            past = _token_after(tokens, token.i, end)
            hits.append(Hit(token.i, past, phrase))
            break
    return hits


def fold_case(text: str) -> str:
    """Small letters and plain apostrophes, character for character: offsets stay what they were."""
    plain = text.translate(_SAME_LENGTH)
    low = plain.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def _same(surface: str, exact: str) -> bool:
    if surface == exact:
        return True
    plain = surface.translate(_SAME_LENGTH)
    return plain == exact.translate(_SAME_LENGTH) or (len(exact) > 3 and plain == exact.upper())


def _token_after(tokens: list[Token], start: int, end: int) -> int:
    while start < len(tokens) and tokens[start].idx < end:
        start += 1
    return start


@cache
def _index() -> Index:
    return indexed(_phrases())


def indexed(phrases: Iterable[Phrase]) -> Index:
    """First word to its phrases, the longest first; of equal ones the first told (countries before nouns)."""
    buckets: dict[str, dict[str, Phrase]] = {}
    for phrase in phrases:
        match = _FIRST.match(phrase.folded)
        first = match[0] if match else phrase.folded
        buckets.setdefault(first, {}).setdefault(f"{phrase.folded} {phrase.exact or ''}", phrase)
    return {first: tuple(sorted(phrases.values(), key=lambda p: -len(p.folded))) for first, phrases in buckets.items()}


def _phrases() -> Iterator[Phrase]:
    for region, code in regions().items():
        yield Phrase(fold_case(region), "region", region, code or None)
    for organisation in organisations():
        for name in organisation.names:
            yield Phrase(fold_case(name), "org", name, organisation.country, None, organisation)
    for country in countries():
        names = (country.name, *country.aliases)
        told = (
            ("country", names),
            ("demonym", country.demonyms),
            ("seat", country.seats),
            ("capital", country.capitals),
        )
        for kind, texts in told:
            for text in texts:
                yield Phrase(fold_case(text), kind, text, country.code)
    for word in addresses():
        yield Phrase(word, "address")
    for word, agent in agents().items():
        yield Phrase(word, agent.kind, None, None, agent)
