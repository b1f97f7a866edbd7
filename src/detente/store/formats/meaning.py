"""What the codes and country names of an event file mean: looked up once for each that occurs, not for each row."""

from __future__ import annotations

import re
from functools import cache

import pyarrow as pa

from detente.errors import TableError
from detente.knowledge.countries import countries
from detente.ontology import TYPES, cameo_entry, intensity, read_table
from detente.store.formats.form import Format

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


def meanings_in(rows: pa.Table, form: Format) -> pa.Table:
    """The codes that occur, each with the mode that stands beside it ("" for none, small letters), as PLOVER reads them.

    known: false for what is no code, or no mode of that type. type is null, and known true, for what PLOVER has no type for.
    """
    read = form.meaning or _meaning
    found = [{"code": code, "given_mode": mode} | dict(read(code, mode)) for code, mode in sorted(_codes(rows, form))]
    return pa.Table.from_pylist(found, _MEANINGS)


def lands_in(rows: pa.Table, form: Format) -> pa.Table:
    """What stands in the columns of countries, with its ISO alpha-3 code; what no table knows is left out."""
    read = form.land or country
    cells = {cell for column in form.countries for cell in rows[column].unique().to_pylist() if cell}
    names = {name.strip() for cell in cells for name in _split(cell, form.separators)} | cells
    found = [(name, code) for name in sorted(names) if (code := read(name))]
    return pa.table(
        {
            "name": pa.array([name for name, _ in found], pa.string()),
            "code": pa.array([code for _, code in found], pa.string()),
        }
    )


def country(name: str) -> str | None:
    """The alpha-3 code of a country by that code or its English name; None for what no table knows."""
    table = countries()
    known = table.by_code(name)
    return known.code if known else table.named(name) or _names().get(name)


def scored(type_: str, mode: str | None, contexts: tuple[str, ...] = ()) -> dict[str, object]:
    """The columns of a PLOVER deed; known: false for a mode that the type has not."""
    try:
        score = intensity(type_, mode)
    except TableError:
        return {"known": False}
    return {"known": True, "type": type_, "mode": mode, "contexts": list(contexts), "intensity": score}


def _split(cell: str, separators: str) -> list[str]:
    return re.split(f"[{re.escape(separators)}]", cell) if separators else []


def _codes(rows: pa.Table, form: Format) -> set[tuple[str, str]]:
    code, *mode = form.codes
    if not mode:
        return {(found, "") for found in rows[code].unique().to_pylist() if found}
    groups = rows.group_by([code, mode[0]]).aggregate([])
    return {
        ((one or "").strip(), (way or "").strip().lower())
        for one, way in zip(groups[code].to_pylist(), groups[mode[0]].to_pylist(), strict=True)
    }


def _meaning(code: str, mode: str) -> dict[str, object]:
    if code.upper() in TYPES:
        return scored(code.upper(), mode or None, ())
    if not code.isdigit() or not (2 <= len(code) <= 4) or not 1 <= int(code[:2]) <= 20:
        return {"known": False}
    entry = cameo_entry(code)
    if entry is None:
        return {"known": not mode, "contexts": []}
    return scored(entry.type, mode or entry.mode, entry.contexts)


@cache
def _names() -> dict[str, str]:
    return {row["name"]: row["code"] for _, row in read_table("detente.store.formats", "names.tsv", ("name", "code"))}
