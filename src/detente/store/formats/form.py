"""What a format of event files is to the importer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format. Its statement <name>.sql, beside its module, turns rows (view `raw`) into columns of `Imported`.

    columns: as documented, in order; `cells` keeps them so. optional: those that may be missing. header: the first row
    names the columns. quoted: cells may stand in quotation marks. codes: the columns that hold an event's CAMEO code or
    PLOVER type and, if any, its mode. countries: the columns that name a country. remark: what a user should know.
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
    remark: str = ""
    statement: str = ""
