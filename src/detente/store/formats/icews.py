"""ICEWS event data, the 20 columns of its yearly files (Harvard Dataverse, doi:10.7910/DVN/28075)."""

from __future__ import annotations

from detente.store.formats.form import Format

ICEWS = Format(
    name="icews",
    columns=(
        "Event ID",
        "Event Date",
        "Source Name",
        "Source Sectors",
        "Source Country",
        "Event Text",
        "CAMEO Code",
        "Intensity",
        "Target Name",
        "Target Sectors",
        "Target Country",
        "Story ID",
        "Sentence Number",
        "Publisher",
        "City",
        "District",
        "Province",
        "Country",
        "Latitude",
        "Longitude",
    ),
    codes=("CAMEO Code",),
    countries=("Source Country", "Target Country"),
)
