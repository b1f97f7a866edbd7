"""What the names of an article stand for: one sense for each name, chosen by all of them together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from math import cos, exp, hypot, log10, radians

from detente.knowledge.countries import countries
from detente.knowledge.gazetteer import Spot, gazetteer
from detente.knowledge.gazetteer_tables import place_tables
from detente.reading.places_spotting import Name

_MOST = 12  # senses of one name that are weighed, the largest places first
_FEWEST = 300  # people assumed where nobody counted
_COUNTRY_WEIGHT = 8.0
_KNOWN_WEIGHT = 7.0
_REGION_WEIGHT = 6.0
_COUNTY_WEIGHT = 3.5
_CAPITAL_BONUS = 1.0
_NEAR = 150.0  # km at which nearness has fallen to a third
_KM_PER_DEGREE = 111.2
_STEMS = (" County", " Parish", " Province", " province", " Governorate", " Oblast", " oblast", " Prefecture", " City")

Find = Callable[[str], tuple[Spot, ...]]


class Senses:
    """The senses of one article's names."""

    def __init__(self, names: Iterable[Name], find: Find) -> None:
        self._names = [name for name in names if not name.demonym]
        self._find = find
        self._countries: Counter[str] = Counter()
        self._regions: defaultdict[tuple[str, str], float] = defaultdict(float)
        self._anchors: list[Spot] = []
        self._chosen: dict[str, Spot | None] = {}
        self._vote(names)
        self._choose()

    def of(self, name: Name) -> Spot | None:
        """What this mention stands for; None when nobody knows, and for a demonym."""
        return None if name.demonym else self._chosen.get(name.text)

    def _vote(self, names: Iterable[Name]) -> None:
        for name in names:
            if name.demonym:
                self._countries[name.demonym] += 1

    def _choose(self) -> None:
        within = {n.text: n.within for n in reversed(self._names) if n.within}
        options = {n.text: self._find(n.text) for n in self._names}
        order = sorted(options, key=lambda text: (text not in within, _spread(options[text])))
        counts = Counter(n.text for n in self._names)
        self._foresee(options)
        for text in order:
            spots = options[text]
            if text in within:
                spots = _inside(spots, within[text], self._find) or spots
            best = max(spots, key=self._weight, default=None)
            self._chosen[text] = best
            if best is not None:
                self._settle(best, counts[text])

    def _foresee(self, options: dict[str, tuple[Spot, ...]]) -> None:
        """Each name's possible regions count in advance, the fewer the more."""
        for spots in options.values():
            if any(s.kind == "country" for s in spots):
                continue
            regions = {(s.country, s.admin) for s in spots if s.admin}
            for region in regions:
                self._regions[region] += 1 / len(regions)

    def _settle(self, spot: Spot, times: int) -> None:
        if spot.country:
            self._countries[spot.country] += min(times, 5)
        if spot.kind in ("city", "county", "facility") or (spot.kind == "region" and spot.admin):
            self._anchors.append(spot)
        if spot.admin:
            self._regions[spot.country, spot.admin] += 1

    def _weight(self, spot: Spot) -> float:
        total = sum(self._countries.values())
        weight = _prior(spot)
        if total and spot.country:
            weight += 2.0 * self._countries[spot.country] / total
        if spot.admin:
            weight += min(1.5, 0.5 * self._regions[spot.country, spot.admin])
        if spot.kind != "country":
            weight += 2.0 * self._nearness(spot)
        return weight

    def _nearness(self, spot: Spot) -> float:
        return max((exp(-_km(spot, a) / _NEAR) for a in self._anchors[-30:] if a.name != spot.name), default=0.0)


def candidates_of(text: str) -> tuple[Spot, ...]:
    """Everything this name may stand for."""
    tables, table = place_tables(), countries()
    if short := tables.short(text):
        return tuple(s for s in gazetteer().find(short[0]) if s.country == short[1] and s.kind == "region")
    known = tables.named(text)
    code = None if known else table.named(text)
    country = code and tables.country(code)
    spots = list(_largest(gazetteer().find(text))) or _stemmed(text)
    for extra in (known, country):
        if extra:
            spots = [s for s in spots if s.kind != "region" or s.country != extra.country] + [extra]
    return tuple(spots)


def _largest(spots: tuple[Spot, ...]) -> list[Spot]:
    return sorted(spots, key=_prior, reverse=True)[:_MOST]


def _stemmed(text: str) -> list[Spot]:
    for stem in _STEMS:
        if text.endswith(stem):
            found = gazetteer().find(text.removesuffix(stem))
            return [s for s in found if (s.kind == "city") == (stem == " City")] or list(found)
    return []


def _prior(spot: Spot) -> float:
    if spot.kind == "country":
        return _COUNTRY_WEIGHT
    if spot.kind in ("area", "water", "facility"):
        return _KNOWN_WEIGHT
    if spot.kind == "region":
        return _REGION_WEIGHT if spot.country in ("USA", "CAN", "AUS", "IND", "CHN", "DEU") else _REGION_WEIGHT - 1.5
    if spot.kind == "county":
        return _COUNTY_WEIGHT
    capital = countries().capital(spot.name) == spot.country
    return log10(max(spot.people, _FEWEST)) + (_CAPITAL_BONUS if capital else 0.0)


def _spread(spots: tuple[Spot, ...]) -> tuple[int, float]:
    """Names of one sense first, then those whose first sense stands out most."""
    weights = sorted((_prior(s) for s in spots), reverse=True)
    if len(weights) < 2:
        return 0, 0.0
    return 1, weights[1] - weights[0]


def _inside(spots: tuple[Spot, ...], region: str | None, find: Find) -> tuple[Spot, ...]:
    """Those senses that lie in the region or country named."""
    if region is None:
        return ()
    code = countries().named(region)
    states = [s for s in find(region) if s.kind == "region"]
    kept = [s for s in spots if s.kind != "country" and any(_lies(s, state) for state in states)]
    if not kept and code:
        kept = [s for s in spots if s.country == code and s.kind != "country"]
    return tuple(kept)


def _lies(spot: Spot, region: Spot) -> bool:
    if spot.country != region.country or spot.kind == "region":
        return False
    if region.admin and spot.admin:
        return region.admin == spot.admin
    return _km(spot, region) < 400


def _km(one: Spot, other: Spot) -> float:
    """Kilometres between two places, near enough for comparing."""
    width = cos(radians((one.latitude + other.latitude) / 2))
    across = abs(one.longitude - other.longitude)
    return _KM_PER_DEGREE * hypot(one.latitude - other.latitude, width * min(across, 360 - across))
