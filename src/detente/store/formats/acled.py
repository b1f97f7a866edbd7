"""ACLED's CSV exports, the 31 columns of its code book of 2023; older exports with more columns, too: untested on real ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from detente.ontology import read_table
from detente.store.formats.form import Format
from detente.store.formats.meaning import country, scored

# "Military Forces of Kenya (2022-) Special Forces", "Government of Kenya (2022-)", "Civilians (Kenya)": names that state whose
# people these are. What stands in brackets behind an armed group is where it fights; that makes it nobody's.
_STATE = re.compile(r"(?:Military Forces|Police Forces|Government) of ([^()]+?)(?: \(.*)?")
_PEOPLE = re.compile(r"(?:Civilians|Protesters|Rioters) \(([^()]+)\)")


def country_of(actor: str) -> str | None:
    """The country that an actor's name states; None for a group of no state, or of one that no table knows."""
    found = _STATE.fullmatch(actor.strip()) or _PEOPLE.fullmatch(actor.strip())
    return country(found[1]) if found else None


@cache
def _table() -> Mapping[tuple[str, str], tuple[str, str]]:
    rows = read_table("detente.store.formats", "acled.tsv", ("event_type", "sub_event_type", "type", "mode"))
    return {
        (row["event_type"].lower(), row["sub_event_type"].lower()): (row["type"], row["mode"])
        for _, row in rows
    }  # fmt: skip


def _meaning(event: str, sub_event: str) -> Mapping[str, object]:
    found = _table().get((event.lower(), sub_event.lower()))
    if found is None:
        return {"known": False}
    type_, mode = found
    return scored(type_, mode or None) if type_ else {"known": True, "contexts": []}


_ASKED = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "actor2")
_COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)

ACLED = Format(
    name="acled",
    columns=_COLUMNS,
    codes=("event_type", "sub_event_type"),
    countries=("actor1", "actor2"),
    delimiter=",",
    quoted=True,
    optional=frozenset(_COLUMNS) - frozenset(_ASKED),
    meaning=_meaning,
    land=country_of,
    remark="The reader of ACLED was written from its documented columns: it is untested on real exports. ACLED does not say who "
    "began: which of two sides is the doer means nothing.",
)
