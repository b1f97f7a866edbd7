"""GDELT event files, versions 1 (58 columns) and 2 (61), from their documented columns: untested on real exports."""

from __future__ import annotations

from detente.store.formats.form import Format

_ACTOR = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
_DEED = (
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
)


def _gdelt(name: str, geo: tuple[str, ...]) -> Format:
    return Format(
        name=name,
        columns=(
            *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
            *(actor + part for actor in ("Actor1", "Actor2") for part in _ACTOR),
            *_DEED,
            *(f"{whose}Geo_{part}" for whose in ("Actor1", "Actor2", "Action") for part in geo),
            *("DATEADDED", "SOURCEURL"),
        ),
        codes=("EventCode",),
        countries=("Actor1CountryCode", "Actor2CountryCode"),
        header=False,
        statement="gdelt",
        remark="The reader of GDELT was written from its documented columns: it is untested on real exports.",
    )


GDELT1 = _gdelt("gdelt1", ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID"))
GDELT2 = _gdelt("gdelt2", ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"))
