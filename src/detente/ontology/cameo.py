"""CAMEO codes read as PLOVER."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from detente.ontology.tables import read_table


class CameoEntry(NamedTuple):
    """What a CAMEO code means in PLOVER."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]


@cache
def _table() -> dict[str, CameoEntry]:
    rows = read_table("detente.ontology", "cameo.tsv", ("code", "type", "mode", "contexts"))
    return {
        row["code"]: CameoEntry(row["type"], row["mode"] or None, tuple(filter(None, row["contexts"].split(";"))))
        for _, row in rows
    }


def cameo_entry(code: str) -> CameoEntry | None:
    """The PLOVER reading of a CAMEO code by its longest listed prefix; None when PLOVER has none (01, a statement)."""
    for length in range(len(code), 1, -1):
        if entry := _table().get(code[:length]):
            return entry
    return None


@cache
def _finer() -> frozenset[tuple[str, str]]:
    rows = read_table("detente.ontology", "finer.tsv", ("cameo", "mode", "why"))
    return frozenset((row["cameo"], row["mode"]) for _, row in rows)


def agrees(code: str, type_: str, mode: str | None) -> bool:
    """Whether a CAMEO code says what a type and mode say: the crosswalk reads it so, says less, or is known to be coarser."""
    entry = cameo_entry(code)
    if entry is None or entry.type != type_:
        return False
    return entry.mode in (None, mode) or (code, mode) in _finer()
