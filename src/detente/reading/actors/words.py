"""Small sets of words that decide about actors; the table is beside this file."""

from __future__ import annotations

from functools import cache

from detente.ontology import read_table


def words(name: str) -> frozenset[str]:
    """The set of that name. Raises KeyError when the table has none."""
    return _sets()[name]


@cache
def _sets() -> dict[str, frozenset[str]]:
    rows = read_table("detente.reading.actors", "words.tsv", ("set", "meaning", "words"))
    return {row["set"]: frozenset(row["words"].split()) for _, row in rows}
