"""POLECAT event data, the 40 columns of its weekly files (Harvard Dataverse, doi:10.7910/DVN/AJGVIT): untested on real exports.

Column names, the separators within cells, `None` for nothing, and the surplus names of some headings are facts as programs that
read the files have them; 2026-11.
"""

from __future__ import annotations

from detente.ontology import TYPES
from detente.store.formats.form import Format
from detente.store.formats.meaning import scored

_SIDE = ("Name", "Country", "COW", "Sector", "Sectors", "Title", "Name Raw", "ID")


def _side(who: str) -> tuple[str, ...]:
    named = {"Sector": f"Primary {who} Sector", "ID": f"Wikipedia {who} ID"}
    return tuple(named.get(part, f"{who} {part}") for part in _SIDE)


def _meaning(code: str, mode: str) -> dict[str, object]:
    """A PLOVER type and its mode; `None` is none, and a mode may be written in other than hyphenated words."""
    if code.upper() not in TYPES:
        return {"known": False}
    way = "" if mode in ("none", "na") else mode.replace(" ", "-").replace("_", "-")
    return scored(code.upper(), way or None)


POLECAT = Format(
    name="polecat",
    columns=(
        *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
        *_side("Actor"),
        *_side("Recipient"),
        *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude"),
        *("GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date"),
        *("Story People", "Story Organizations", "Story Locations", "Language", "Version"),
    ),
    codes=("Event Type", "Event Mode"),
    countries=("Actor Country", "Recipient Country"),
    separators=";|",
    aliases={"Event Intensity": "Intensity"},
    surplus=frozenset({"Headline", "Event Text", "Feed", "Story ID"}),
    meaning=_meaning,
    remark="The reader of POLECAT was written from its documented columns: it is untested on real exports.",
)
