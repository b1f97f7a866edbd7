"""What the names of an article stand for: one sense for each name, chosen by all of them together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import cos, exp, hypot, log10, radians
from typing import NamedTuple

from detente.knowledge.countries import countries
from detente.knowledge.gazetteer import Spot, gazetteer, key_of
from detente.knowledge.gazetteer_tables import place_tables
from detente.reading.places_spotting import Name

_MOST = 12  # senses of one name that are weighed, the likeliest first
_ACRONYM = 4  # letters: a shorter word in capitals is a town only if it is a large one
_NO_ACRONYM = 5.5
_FEWEST = 300  # people assumed where nobody counted
# Likelihood of a sense before the article is read, on the scale of the common logarithm of a town's people.
_COUNTRY = 8.0
_KNOWN = 7.0
_LARGE_REGION = 6.5
_REGION = 4.5
_COUNTY = 3.5
_CAPITAL_BONUS = 1.0
_OTHER_SPELLING = -1.0
# What the article adds, tuned on the development sets.
_BY_COUNTRY = 3.0
_BY_REGION = 0.5
_BY_REGION_MOST = 1.5
_BY_NEARNESS = 2.0
_NEAR = 150.0  # km at which nearness has fallen to a third
_ANCHORS = 30  # places already settled that are compared with
_KM_PER_DEGREE = 111.2
_REACH = 400.0  # km from a region's middle within which a town may lie in it, where no code tells
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
)


class Candidate(NamedTuple):
    """A sense and its likelihood before the article is read."""

    spot: Spot
    prior: float


Find = Callable[[str], Sequence[Candidate]]


class Senses:
    """The senses of one article's names. home: the outlet's country, when known."""

    def __init__(self, names: Sequence[Name], find: Find, home: str | None = None) -> None:
        self._names = [name for name in names if not name.demonym]
        self._find = find
        self._countries: Counter[str] = Counter(name.demonym for name in names if name.demonym)
        if home:
            self._countries[home] += 1
        self._regions: defaultdict[tuple[str, str], float] = defaultdict(float)
        self._anchors: list[Spot] = []
        self._chosen: dict[str, Spot | None] = {}
        self._choose()

    def of(self, name: Name) -> Spot | None:
        """What this mention stands for; None when nobody knows, and for a demonym."""
        return None if name.demonym else self._chosen.get(name.key)

    def _choose(self) -> None:
        within = {n.key: n.within for n in reversed(self._names) if n.within}
        counts = Counter(n.key for n in self._names)
        options = {key: self._find(key) for key in counts}
        self._foresee(options)
        for key in sorted(options, key=lambda key: (key not in within, _doubt(options[key]))):
            found = options[key]
            if region := within.get(key):
                found = _inside(found, region, self._find) or found
            best = max(found, key=self._weight, default=None)
            self._chosen[key] = best and best.spot
            if best is not None:
                self._settle(best.spot, counts[key])

    def _foresee(self, options: dict[str, Sequence[Candidate]]) -> None:
        """Each name's possible regions count in advance, the fewer the more."""
        for found in options.values():
            if any(c.spot.kind == "country" for c in found):
                continue
            regions = {(c.spot.country, c.spot.admin) for c in found if c.spot.admin}
            for region in regions:
                self._regions[region] += 1 / len(regions)

    def _settle(self, spot: Spot, times: int) -> None:
        if spot.country:
            self._countries[spot.country] += min(times, 5)
        if spot.kind in ("city", "county", "facility") or (spot.kind == "region" and spot.admin):
            self._anchors.append(spot)
        if spot.admin:
            self._regions[spot.country, spot.admin] += 1

    def _weight(self, candidate: Candidate) -> float:
        spot, weight = candidate
        total = self._countries.total()
        if total and spot.country:
            weight += _BY_COUNTRY * self._countries[spot.country] / total
        if spot.admin:
            weight += min(_BY_REGION_MOST, _BY_REGION * self._regions[spot.country, spot.admin])
        if spot.kind != "country":
            weight += _BY_NEARNESS * self._nearness(spot)
        return weight

    def _nearness(self, spot: Spot) -> float:
        others = (a for a in self._anchors[-_ANCHORS:] if a.name != spot.name)
        return max((exp(-_km(spot, other) / _NEAR) for other in others), default=0.0)


def candidates_of(text: str) -> tuple[Candidate, ...]:
    """Everything this name may stand for, the likeliest first."""
    tables = place_tables()
    if short := tables.short(text):
        spots = [s for s in gazetteer().find(short[0]) if s.country == short[1] and s.kind == "region"]
        return tuple(Candidate(spot, _LARGE_REGION) for spot in spots)
    known = tables.named(text) or tables.named(text.title())
    code = None if known and known.kind != "region" else countries().named(text)
    country = tables.country(code) if code else None
    found = [Candidate(s, _prior(s, text)) for s in _towns(text)]
    if text.isupper() and len(text) <= _ACRONYM:
        found = [c for c in found if c.prior > _NO_ACRONYM]
    if known:
        found = [c for c in found if c.spot.kind != "region" or c.spot.country != known.country]
        found.append(Candidate(known, _KNOWN))
    elif country:
        found.append(Candidate(country, _COUNTRY))
    return tuple(sorted(found, key=lambda c: c.prior, reverse=True)[:_MOST])


def _towns(text: str) -> Sequence[Spot]:
    found = gazetteer().find(text)
    if found:
        return found
    bare, _, division = text.rpartition(" ")
    if division == "City":
        return [s for s in gazetteer().find(bare) if s.kind == "city"]
    if division in _DIVISIONS:
        return [s for s in gazetteer().find(bare) if s.kind != "city"]
    return gazetteer().find(f"{text} County")


def _prior(spot: Spot, text: str) -> float:
    other = 0.0 if key_of(text) == key_of(spot.name) else _OTHER_SPELLING
    if spot.kind == "region":
        return _LARGE_REGION if spot.country in _FEDERAL else _REGION
    if spot.kind == "county":
        return _COUNTY
    capital = countries().capital(text) == spot.country and spot.people > 100_000
    if capital:
        other = _CAPITAL_BONUS
    return log10(max(spot.people, _FEWEST)) + other


def _doubt(found: Sequence[Candidate]) -> tuple[bool, float]:
    """Names of one sense first, then those whose first sense stands out most."""
    if len(found) < 2:
        return False, 0.0
    return True, found[1].prior - found[0].prior


def _inside(found: Sequence[Candidate], region: str, find: Find) -> tuple[Candidate, ...]:
    """Those senses that lie in the region or country named."""
    code = countries().named(region)
    states = [c.spot for c in find(region) if c.spot.kind == "region"]
    kept = [c for c in found if any(_lies(c.spot, state) for state in states)]
    if not kept and code:
        kept = [c for c in found if c.spot.country == code and c.spot.kind != "country"]
    return tuple(kept)


def _lies(spot: Spot, region: Spot) -> bool:
    if spot.country != region.country or spot.kind in ("region", "country"):
        return False
    if region.admin and spot.admin:
        return region.admin == spot.admin
    return _km(spot, region) < _REACH


def _km(one: Spot, other: Spot) -> float:
    """Kilometres between two places, near enough for comparing."""
    width = cos(radians((one.latitude + other.latitude) / 2))
    across = abs(one.longitude - other.longitude)
    return _KM_PER_DEGREE * hypot(one.latitude - other.latitude, width * min(across, 360 - across))
