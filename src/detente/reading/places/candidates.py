"""What a name may stand for, before the article is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log10
from typing import NamedTuple

from detente.knowledge.countries import countries
from detente.knowledge.gazetteer import Spot, gazetteer, key_of
from detente.knowledge.gazetteer_tables import place_tables
from detente.reading.places.words import ELSEWHERE, LANDMARKS, SITES

_MOST = 12  # senses of one name that are weighed, the likeliest first
_ACRONYM = 4  # letters: a shorter word in capitals is a town only if it is a large one
_NO_ACRONYM = 5.5
_FEWEST = 300  # people assumed where nobody counted
# Likelihoods on the scale of the common logarithm of a town's people.
_COUNTRY = 8.0
KNOWN = 7.0
SEA = 9.5  # seas and continents: an article's countries speak for none of them
_LARGE_REGION = 6.5
_REGION = 4.5
_COUNTY = 3.5
_CAPITAL_BONUS = 2.5
_OTHER_SPELLING = -1.0
_SAME = 4.0  # degrees between the middles of one island, given as a country and as a region
_FEDERAL = frozenset(
    {"USA", "CAN", "AUS", "IND", "CHN", "DEU"}
)  # their states are named as often as cities of millions
_DIVISIONS = (
    "County",
    "Parish",
    "Province",
    "province",
    "Governorate",
    "governorate",
    "Oblast",
    "oblast",
    "Prefecture",
    "District",
    "district",
    "Region",
    "region",
    "State",
    "state",
)


class Candidate(NamedTuple):
    """A sense and its likelihood before the article is read."""

    spot: Spot
    prior: float


Find = Callable[[str], Sequence[Candidate]]


def candidates_of(text: str) -> tuple[Candidate, ...]:
    """Everything this name may stand for, the likeliest first."""
    if not text or text[-1].isdigit() or text in ELSEWHERE or text in LANDMARKS or text in SITES:
        return ()
    text = text.replace("’", "'")
    tables = place_tables()
    if short := tables.short(text):
        spots = [s for s in gazetteer().find(short[0]) if s.country == short[1] and s.kind == "region"]
        return tuple(Candidate(spot, _LARGE_REGION) for spot in spots)
    known = tables.named(text) or tables.named(text.title())
    code = None if known and known.kind != "region" else countries().named(text)
    country = tables.country(code) if code else None
    found = _towns_and_regions(text, country)
    if known:
        found = [c for c in found if c.spot.kind != "region" or c.spot.country != known.country]
        found.append(Candidate(known, KNOWN if known.country else SEA))
    elif country:
        found.append(Candidate(country, _COUNTRY))
    return tuple(sorted(found, key=lambda c: c.prior, reverse=True)[:_MOST])


def _towns_and_regions(text: str, country: Spot | None) -> list[Candidate]:
    found = [Candidate(s, _prior(s, text)) for s in _spots(text) if not (country and _is_same(s, country))]
    if not country and (code := countries().capital(text)):
        found = _raised(found, text, code)
    if text.isupper() and len(text) <= _ACRONYM:
        return [c for c in found if c.prior > _NO_ACRONYM]
    return found


def _is_same(spot: Spot, country: Spot) -> bool:
    """Whether a town or region of a country's name is that country: the city of Singapore, the region of Guam."""
    near = abs(spot.latitude - country.latitude) + abs(spot.longitude - country.longitude) < _SAME
    return spot.country == country.country or (spot.kind == "region" and near)


def _raised(found: list[Candidate], text: str, code: str) -> list[Candidate]:
    """The same with the capital's likelihood raised: the largest town of that very name in its country."""
    named = [
        c for c in found if c.spot.country == code and c.spot.kind == "city" and key_of(c.spot.name) == key_of(text)
    ]
    capital = max(named, key=lambda c: c.prior, default=None)
    return [Candidate(c.spot, c.prior + _CAPITAL_BONUS) if c is capital else c for c in found]


def _spots(text: str) -> Sequence[Spot]:
    if spelling := place_tables().spelling(text):
        return [s for s in gazetteer().find(spelling[0]) if s.country == spelling[1] and s.kind == "city"]
    found = gazetteer().find(text)
    bare, _, division = text.rpartition(" ")
    if division in _DIVISIONS:
        return (*found, *(s for s in gazetteer().find(bare) if s.kind == "region"))
    if found:
        return found
    if division == "City":
        return [s for s in gazetteer().find(bare) if s.kind == "city"]
    return gazetteer().find(f"{text} County")


def _prior(spot: Spot, text: str) -> float:
    if spot.kind == "region":
        return _LARGE_REGION if spot.country in _FEDERAL else _REGION
    if spot.kind == "county":
        return _COUNTY
    size = log10(max(spot.people, _FEWEST))
    own = key_of(spot.name) in (key_of(text), f"{key_of(text)} city")
    return size if own else size + _OTHER_SPELLING
