"""Organisations by name: alliances, armed groups, agencies, parliaments, parties, media."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from detente.errors import TableError
from detente.ontology import SECTORS, read_table

_COLUMNS = ("key", "name", "aliases", "country", "sectors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation. key: its id in a dyad ("org:EU"). names: all spellings, the usual one first.

    country: ISO alpha-3 of its home, None for those of many states or of unknown home; where an armed group fights is
    not its home.
    """

    key: str
    names: tuple[str, ...]
    country: str | None
    sectors: tuple[str, ...]


@cache
def organisations(*, listed: bool = True) -> tuple[Organisation, ...]:
    """The organisations that ship with the package; without the `listed` ones of public lists, only our own."""
    tables = ("organisations.tsv", "organisations_listed.tsv") if listed else ("organisations.tsv",)
    return tuple(parse_organisations(row for name in tables for row in read_table("detente.knowledge", name, _COLUMNS)))


def parse_organisations(rows: Iterable[tuple[int, dict[str, str]]]) -> list[Organisation]:
    """Organisations from numbered rows. Raises TableError, naming the line, on an unknown sector or a name of two."""
    held: dict[str, str] = {}
    found = []
    for line, row in rows:
        sectors = tuple(filter(None, row["sectors"].split(";")))
        if unknown := [s for s in sectors if s not in SECTORS]:
            raise TableError(f"organisations.tsv:{line}: no such sector: {', '.join(unknown)}")
        names = (row["name"], *filter(None, (n.strip() for n in row["aliases"].split(";"))))
        for name in names:
            if held.setdefault(name, row["key"]) != row["key"]:
                raise TableError(f"organisations.tsv:{line}: {name!r} stands for {row['key']} and {held[name]}")
        found.append(
            Organisation(
                key=f"org:{row['key']}",
                names=names,
                country=row["country"] or None,
                sectors=sectors,
            )
        )
    return found
