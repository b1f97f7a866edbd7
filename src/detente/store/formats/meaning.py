"""What the codes and country names of an event file mean: looked up once for each that occurs, not for each row."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pyarrow as pa

from detente.errors import TableError
from detente.knowledge.countries import countries
from detente.ontology import TYPES, cameo_entry, intensity, read_table

_MEANINGS = pa.schema(
    [
        ("code", pa.string()),
        ("given_mode", pa.string()),
        ("known", pa.bool_()),
        ("type", pa.string()),
        ("mode", pa.string()),
        ("contexts", pa.list_(pa.string())),
        ("intensity", pa.float64()),
    ]
)


def meanings(codes: Iterable[tuple[str, str]]) -> pa.Table:
    """Codes (CAMEO, or the name of a PLOVER type) with the mode that is given ("" for none), as PLOVER reads them.

    known: false for what is no code, or no mode of that type. type is null, and known true, for what PLOVER has no type for.
    """
    rows = [{"code": code, "given_mode": mode} | _meaning(code, mode) for code, mode in sorted(set(codes))]
    return pa.Table.from_pylist(rows, _MEANINGS)


def lands(names: Iterable[str]) -> pa.Table:
    """Country names and codes with their ISO alpha-3 code; those that no table knows are left out."""
    found = [(name, code) for name in sorted(set(names)) if (code := _country(name))]
    return pa.table(
        {
            "name": pa.array([name for name, _ in found], pa.string()),
            "code": pa.array([code for _, code in found], pa.string()),
        }
    )


def _meaning(code: str, mode: str) -> dict[str, object]:
    if code.upper() in TYPES:
        return _scored(code.upper(), mode or None, ())
    if not code.isdigit() or not (2 <= len(code) <= 4) or not 1 <= int(code[:2]) <= 20:
        return {"known": False}
    entry = cameo_entry(code)
    if entry is None:
        return {"known": not mode, "contexts": []}
    return _scored(entry.type, mode or entry.mode, entry.contexts)


def _scored(type_: str, mode: str | None, contexts: tuple[str, ...]) -> dict[str, object]:
    try:
        score = intensity(type_, mode)
    except TableError:
        return {"known": False}
    return {"known": True, "type": type_, "mode": mode, "contexts": list(contexts), "intensity": score}


def _country(name: str) -> str | None:
    table = countries()
    known = table.by_code(name)
    return known.code if known else table.named(name) or _names().get(name)


@cache
def _names() -> dict[str, str]:
    return {row["name"]: row["code"] for _, row in read_table("detente.store.formats", "names.tsv", ("name", "code"))}
