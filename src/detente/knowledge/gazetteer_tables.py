"""Places known by name beside the gazetteer's towns: countries' points, seas, straits, disputed lands, seats of power."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from detente.errors import TableError
from detente.knowledge.countries import countries
from detente.knowledge.gazetteer import Spot
from detente.ontology import read_table

_PLACES = ("name", "aliases", "kind", "country", "latitude", "longitude")
_COUNTRIES = ("country", "latitude", "longitude", "geonames_id", "neighbours")
_SHORT = ("name", "country", "short")
_SPELLINGS = ("name", "country", "spellings")
_KINDS = frozenset({"area", "region", "water", "facility"})


class PlaceTables:
    """Look-ups that respect case. Raises TableError, naming the line, on an unknown kind, a point off the globe, or a
    name given twice."""

    def __init__(
        self,
        places: Iterable[tuple[int, dict[str, str]]],
        points: Iterable[tuple[int, dict[str, str]]],
        short: Iterable[tuple[int, dict[str, str]]],
        spellings: Iterable[tuple[int, dict[str, str]]] = (),
    ) -> None:
        self._named: dict[str, Spot] = {}
        self._points: dict[str, Spot] = {}
        self._neighbours: dict[str, frozenset[str]] = {}
        self._short: dict[str, tuple[str, str]] = {}
        self._spellings: dict[str, tuple[str, str]] = {}
        for line, row in places:
            self._enter(line, row)
        for line, row in points:
            code = row["country"]
            self._points[code] = _country_spot(line, row)
            self._neighbours[code] = frozenset(filter(None, row["neighbours"].split(";")))
        for _, row in short:
            for text in row["short"].split(";"):
                self._short[text] = (row["name"], row["country"])

        for _, row in spellings:
            for text in row["spellings"].split(";"):
                self._spellings[text] = (row["name"], row["country"])

    def named(self, text: str) -> Spot | None:
        """The sea, strait, region, seat of power or facility of this name."""
        return self._named.get(text)

    def country(self, code: str) -> Spot | None:
        """The country as a place. None for a state that is no more."""
        return self._points.get(code)

    def neighbours(self, code: str) -> frozenset[str]:
        """Alpha-3 codes of the countries that share a land border."""
        return self._neighbours.get(code, frozenset())

    def short(self, text: str) -> tuple[str, str] | None:
        """Region and country that an abbreviation stands for ("Tenn.": Tennessee, USA)."""
        return self._short.get(text)

    def spelling(self, text: str) -> tuple[str, str] | None:
        """The gazetteer's name and the country of a town that the news spells so ("Hodeidah": Al Hudaydah, YEM)."""
        return self._spellings.get(text)

    def names(self) -> Iterable[str]:
        """Every name and alias of the table of places."""
        return self._named.keys()

    def _enter(self, line: int, row: dict[str, str]) -> None:
        if row["kind"] not in _KINDS:
            raise TableError(f"places.tsv:{line}: expected one of {', '.join(sorted(_KINDS))}, found {row['kind']!r}")
        spot = Spot(
            kind=row["kind"],
            name=row["name"],
            country=row["country"],
            admin="",
            latitude=_degrees(row["latitude"], 90, f"places.tsv:{line}"),
            longitude=_degrees(row["longitude"], 180, f"places.tsv:{line}"),
            people=0,
            geonames_id=None,
        )
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            if name in self._named:
                raise TableError(f"places.tsv:{line}: {name!r} is given twice; keep one row")
            self._named[name] = spot


def _country_spot(line: int, row: dict[str, str]) -> Spot:
    known = countries().by_code(row["country"])
    where = f"places_countries.tsv:{line}"
    return Spot(
        kind="country",
        name=known.name if known else row["country"],
        country=row["country"],
        admin="",
        latitude=_degrees(row["latitude"], 90, where),
        longitude=_degrees(row["longitude"], 180, where),
        people=0,
        geonames_id=int(row["geonames_id"]) or None,
    )


def _degrees(cell: str, most: int, where: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise TableError(f"{where}: expected degrees, found {cell!r}") from None
    if abs(value) > most:
        raise TableError(f"{where}: expected degrees from -{most} to {most}, found {cell}")
    return value


@cache
def place_tables() -> PlaceTables:
    """The tables that ship with the package, read once."""
    package = "detente.knowledge"
    return PlaceTables(
        read_table(package, "places.tsv", _PLACES),
        read_table(package, "places_countries.tsv", _COUNTRIES),
        read_table(package, "places_short.tsv", _SHORT),
        read_table(package, "places_spellings.tsv", _SPELLINGS),
    )
