"""Which column of a table holds which part of an article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from detente.errors import InputError, UsageError
from detente.ontology.tables import read_table
from detente.sources.decode import clean

FIELDS = ("id", "title", "text", "published", "source", "url", "language", "dateline")
_BESIDE = re.compile(r"[\s._\-\ufeff]+")
_SHOWN = 12  # columns named in a message


def checked(columns: Mapping[str, str]) -> dict[str, str]:
    """A user's own mapping from fields to columns. Raises UsageError for a field that articles do not have."""
    for field in columns:
        if field not in FIELDS:
            raise UsageError(f"expected one of {', '.join(FIELDS)} before the `=` of a column, found {field!r}")
    return dict(columns)


def mapped(names: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    """The place of each field's column. given: the user's own names, "" for a field that is not to be read.

    Raises InputError where a named column is missing, or none holds the article's words.
    """
    places = {field: _place(names, field, given.get(field)) for field in FIELDS}
    found = {field: place for field, place in places.items() if place is not None}
    if "text" not in found:
        raise InputError(
            f"expected a column with the articles' words (text, body, content, ...), found {_shown(names)}: "
            "name it with --column text=NAME"
        )
    return found


def _place(names: Sequence[str], field: str, own: str | None) -> int | None:
    if own == "":
        return None
    if own is not None:
        if own not in names:
            raise InputError(f"expected a column {own!r} for `{field}`, found {_shown(names)}")
        return names.index(own)
    keys = [_BESIDE.sub("", name).casefold() for name in names]
    return next((keys.index(key) for key in _synonyms()[field] if key in keys), None)


def _shown(names: Sequence[str]) -> str:
    told = ", ".join(clean(name)[0][:40] for name in names[:_SHOWN])
    return f"the columns {told}{', ...' if len(names) > _SHOWN else ''}" if names else "no columns"


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    rows = read_table("detente.sources", "columns.tsv", ("field", "names"))
    return {row["field"]: tuple(row["names"].split()) for _, row in rows}
