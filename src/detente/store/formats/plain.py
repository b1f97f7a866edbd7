"""The plain CSV: what anybody can write. Columns in any order."""

from __future__ import annotations

from detente.store.formats.form import Format

PLAIN = Format(
    name="csv",
    columns=("date", "source", "target", "type", "score", "id", "mode", "origin", "article", "text"),
    codes=("type", "mode"),
    countries=("source", "target"),
    delimiter=",",
    quoted=True,
    numbered=True,
    optional=frozenset({"type", "score", "id", "mode", "origin", "article", "text"}),
)
