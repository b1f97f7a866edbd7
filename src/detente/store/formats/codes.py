"""PLOVER deeds as CAMEO codes: the crosswalk read backwards, where it leaves one answer."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from detente.ontology import agrees, cameo_entry, read_table


def cameo_of(type_: str, mode: str | None, contexts: Collection[str] = ()) -> str | None:
    """The one CAMEO code that says a type and mode, in the most of its contexts; None where several do, or none.

    Where several codes say the mode, that of the type alone ("not specified") stands for them if it says no other mode: what is
    lost is told by `says_mode`.
    """
    codes = _codes(type_, mode)
    held = {code: _contexts(code) for code in codes if _contexts(code) and _contexts(code) <= set(contexts)}
    most = max(map(len, held.values()), default=0)
    narrow = _general([code for code in held if len(held[code]) == most])
    found = narrow if len(narrow) == 1 else _general(codes)
    if len(found) == 1:
        return found[0]
    roots = {code[:2] + "0" for code in codes or _codes(type_, None)}
    plain = [root for root in roots if mode is not None and agrees(root, type_, mode)]
    return plain[0] if len(plain) == 1 else None


def says_mode(code: str, mode: str | None) -> bool:
    """Whether the crosswalk reads that mode out of a code."""
    entry = cameo_entry(code)
    return (entry.mode if entry else None) == mode


def _general(codes: Collection[str]) -> list[str]:
    """The codes that stand under no other one of them: 1031 stands under 103, and 103 under 100."""
    return [code for code in codes if not {code[:3], code[:2] + "0"} & set(codes) - {code}]


def _contexts(code: str) -> set[str]:
    entry = cameo_entry(code)
    return set(entry.contexts) if entry else set()


@cache
def _codes(type_: str, mode: str | None) -> tuple[str, ...]:
    """Every code of three figures or more that the crosswalk reads as just this."""
    rows = read_table("detente.ontology", "cameo.tsv", ("code", "type", "mode", "contexts"))
    listed = dict.fromkeys(row["code"] for _, row in rows if len(row["code"]) > 2)
    return tuple(code for code in listed if (entry := cameo_entry(code)) and (entry.type, entry.mode) == (type_, mode))
