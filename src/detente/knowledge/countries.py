"""Countries by every name that news prose gives them: codes, names, demonyms, capitals, seats of power."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from detente.errors import TableError, UnknownNameError
from detente.knowledge.spelling import without_accents
from detente.ontology import read_table

_COLUMNS = ("code", "iso2", "name", "aliases", "demonyms", "capitals", "seats")


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One country. code: ISO 3166 alpha-3 (XKX Kosovo; SUN, YUG … for former states).

    iso2: alpha-2, "" where there is none. demonyms: adjectives and nouns, plurals included ("Iraqi", "Iraqis").
    capital: "" where there is none; capitals: with its other spellings and predecessors. seats: places that stand for
    its government ("Kremlin").
    """

    code: str
    iso2: str
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str = ""
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()


class CountryTable:
    """Looks countries up. Exact methods (`named`, `demonym` …) respect case: "us" is no country; `resolve` is for people."""

    def __init__(self, rows: Iterable[tuple[int, Country]]) -> None:
        self._by_code: dict[str, Country] = {}
        self._names: dict[str, str] = {}
        self._demonyms: dict[str, str] = {}
        self._capitals: dict[str, str] = {}
        self._seats: dict[str, str] = {}
        for line, country in rows:
            if country.code in self._by_code:
                raise TableError(f"countries.tsv:{line}: the code {country.code} is given twice; keep one row")
            self._by_code[country.code] = country
            _enter(self._names, (country.name, *country.aliases), country.code, line)
            _enter(self._demonyms, country.demonyms, country.code, line)
            _enter(self._capitals, country.capitals, country.code, line)
            _enter(self._seats, country.seats, country.code, line)

    def __iter__(self) -> Iterator[Country]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def by_code(self, code: str) -> Country | None:
        """The country with this alpha-3 code."""
        return self._by_code.get(code)

    def named(self, text: str) -> str | None:
        """The code of the country with this name ("Iraq", "the United States", "U.S.", "IRAQ")."""
        return _found(self._names, text)

    def demonym(self, text: str) -> str | None:
        """The code of the country with this adjective or name of its people ("Iraqi", "Iraqis")."""
        return _found(self._demonyms, text)

    def capital(self, text: str) -> str | None:
        """The code of the country whose capital this is ("Baghdad")."""
        return _found(self._capitals, text)

    def seat(self, text: str) -> str | None:
        """The code of the country whose power sits here ("the Kremlin", "White House")."""
        return _found(self._seats, text)

    def resolve(self, user_text: str) -> Country:
        """The country a person means: alpha-3 or alpha-2 code, name, alias or demonym, whatever the case and accents.

        Raises UnknownNameError, with the nearest names as suggestions, when there is none.
        """
        wanted = fold(user_text)
        folded = self._spellings
        if wanted in folded:
            return self._by_code[folded[wanted]]
        near = difflib.get_close_matches(wanted, folded, n=8, cutoff=0.6)
        suggestions = tuple(dict.fromkeys(self._by_code[folded[n]].name for n in near))[:3]
        hint = f"; did you mean {' or '.join(suggestions)}?" if suggestions else "; try an ISO code such as IRQ"
        raise UnknownNameError(
            f"expected a country's name, demonym or ISO code, got {user_text!r}, which no table holds{hint}",
            suggestions,
        )

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """Folded spelling to code, for everything that `resolve` understands. A name wins over a demonym over a code."""
        found: dict[str, str] = {}
        for table in (self._names, self._demonyms):
            for text, code in table.items():
                found.setdefault(fold(text), code)
        for country in self:
            for text in (country.code, country.iso2):
                if text:
                    found.setdefault(fold(text), country.code)
        return found


def fold(text: str) -> str:
    """Small letters without accents, dots, a leading "the", or double spaces: the form in which spellings are compared."""
    words = without_accents(text).casefold().replace(".", "").replace("’", "'").replace("-", " ").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _enter(table: dict[str, str], texts: Iterable[str], code: str, line: int) -> None:
    for text in texts:
        other = table.setdefault(text, code)
        if other != code:
            raise TableError(
                f"countries.tsv:{line}: {text!r} stands for {code} and for {other}; one spelling, one country"
            )


def _found(table: dict[str, str], text: str) -> str | None:
    code = table.get(text)
    if code is not None:
        return code
    if text[:4] in ("the ", "The "):
        return _found(table, text[4:])
    return table.get(text.title()) if len(text) > 3 and text.isupper() else None


def parse_countries(rows: Iterable[tuple[int, dict[str, str]]]) -> CountryTable:
    """The table from numbered rows. Raises TableError, naming the line, on a bad code or a spelling of two countries."""
    return CountryTable((line, _country(line, row)) for line, row in rows)


def _country(line: int, row: dict[str, str]) -> Country:
    code, iso2 = row["code"], row["iso2"]
    if len(code) != 3 or not (code.isascii() and code.isupper()):
        raise TableError(f"countries.tsv:{line}: expected an alpha-3 code of capital letters, found {code!r}")
    if iso2 and (len(iso2) != 2 or not iso2.isupper()):
        raise TableError(
            f"countries.tsv:{line}: expected an alpha-2 code of capital letters or nothing, found {iso2!r}"
        )
    if not row["name"]:
        raise TableError(f"countries.tsv:{line}: {code} has no name")
    capitals = _values(row["capitals"])
    return Country(
        code=code,
        iso2=iso2,
        name=row["name"],
        aliases=_values(row["aliases"]),
        demonyms=_values(row["demonyms"]),
        capital=capitals[0] if capitals else "",
        capitals=capitals,
        seats=_values(row["seats"]),
    )


def _values(cell: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in cell.split(";") if value.strip())


@cache
def regions() -> Mapping[str, str]:
    """Regions by phrase ("Chechen"), to their country's code; to "" for what is of no country ("South American")."""
    return {row["phrase"]: row["code"] for _, row in read_table("detente.knowledge", "regions.tsv", ("phrase", "code"))}


@cache
def countries() -> CountryTable:
    """The table that ships with the package, read once."""
    return parse_countries(read_table("detente.knowledge", "countries.tsv", _COLUMNS))
