"""Nouns for those who act, forms of address, and the particles of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from detente.errors import TableError
from detente.ontology import SECTORS, read_table

CLASSES = ("office", "rank", "person", "group", "country", "thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A noun for somebody who acts.

    role: the noun itself, or the office that it is another word for ("premier" is the prime minister).
    kind: one of CLASSES. plural: whether this form names several.
    """

    noun: str
    kind: str
    sectors: tuple[str, ...]
    role: str
    plural: bool = False


@cache
def agents() -> Mapping[str, Agent]:
    """Small-letter form, singular or plural, to what it says of the actor."""
    return parse_agents(read_table("detente.knowledge", "agents.tsv", ("noun", "class", "sectors", "same", "plural")))


def parse_agents(rows: Iterable[tuple[int, dict[str, str]]]) -> Mapping[str, Agent]:
    """As `agents`, from numbered rows. Raises TableError, naming the line, on an unknown class or sector or a double."""
    found: dict[str, Agent] = {}
    for line, row in rows:
        noun, sectors = row["noun"], tuple(filter(None, row["sectors"].split(";")))
        if row["class"] not in CLASSES:
            raise TableError(f"agents.tsv:{line}: expected a class of {', '.join(CLASSES)}, found {row['class']!r}")
        if unknown := [s for s in sectors if s not in SECTORS]:
            raise TableError(f"agents.tsv:{line}: no such sector: {', '.join(unknown)}")
        if noun in found and not found[noun].plural:
            raise TableError(f"agents.tsv:{line}: {noun!r} is given twice")
        singular = Agent(noun=noun, kind=row["class"], sectors=sectors, role=row["same"] or noun)
        found[noun] = singular
        plural = row["plural"] or plural_of(noun)
        found.setdefault(plural, Agent(noun=noun, kind=row["class"], sectors=sectors, role=singular.role, plural=True))
    return found


def plural_of(noun: str) -> str:
    """The regular plural of an English noun phrase, on its last word."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in ("a", "e", "o", "u"):
        return noun[:-1] + "ies"
    if noun.endswith("man"):
        return noun[:-3] + "men"
    return noun + "s"


@cache
def addresses() -> Mapping[str, str]:
    """Forms of address in small letters ("mr", "dr.") to the gender they tell: m, f or nothing."""
    return {row["word"]: row["value"] for row in _titles() if row["kind"] == "address"}


@cache
def particles() -> frozenset[str]:
    """Small words that belong to the name they precede ("al", "de", "bin")."""
    return frozenset(row["word"] for row in _titles() if row["kind"] == "particle")


@cache
def _titles() -> tuple[dict[str, str], ...]:
    return tuple(row for _, row in read_table("detente.knowledge", "titles.tsv", ("word", "kind", "value")))
