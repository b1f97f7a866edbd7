"""A place named in the text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place name with what it stands for.

    kind: country, region, city, facility, water, area, demonym. precision: point, city, region, country, none.
    country: ISO alpha-3. latitude, longitude: degrees, WGS 84. All None when unknown.
    rule: why this sense. within: of the region named after it; holds: of the town named before it; listed: by the package's
    own table; only: there is no other; size: the likeliest by itself; votes, region, near: made the likeliest by the article's
    countries, its regions, a place nearby; town: a facility, put where the town at its head lies; demonym; unknown.
    """

    start: int
    end: int
    text: str
    name: str
    kind: str
    precision: str = "none"
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    rule: str = ""
    field: str = "text"
