"""What a format of event files is to the importer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

type Meaning = Callable[[str, str], Mapping[str, Any]]  # a code, and the mode beside it or "": columns of `meanings`
type Land = Callable[[str], str | None]  # what stands in a column of countries, as an alpha-3 code


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format. Its statement <name>.sql, beside its module, turns rows (view `raw`) into columns of `Imported`.

    columns: as documented, in order; `cells` keeps them so. optional: those that may be missing. aliases: other names of
    columns, with these ones. surplus: names that stand in some headings though no row has a cell for them. header: the first
    row names the columns. quoted: cells may stand in quotation marks. codes: the columns that hold an event's CAMEO code or
    PLOVER type and, if any, its mode. countries: the columns that name a country; separators: characters between several in one
    cell. numbered: rows without an id are known by their words, and by how many came before with the same. meaning, land: how codes and countries are read, None for the usual way. remark: what a user should know.
    statement: the name of its statement, where that is not its own.
    """

    name: str
    columns: tuple[str, ...]
    codes: tuple[str, ...]
    countries: tuple[str, ...]
    delimiter: str = "\t"
    quoted: bool = False
    header: bool = True
    optional: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)
    surplus: frozenset[str] = frozenset()
    separators: str = ""
    numbered: bool = False
    meaning: Meaning | None = None
    land: Land | None = None
    remark: str = ""
    statement: str = ""
