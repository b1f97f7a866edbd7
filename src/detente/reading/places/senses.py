"""What the names of an article stand for: one sense for each name, chosen by all of them together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import cos, exp, hypot, radians

from detente.knowledge.countries import countries
from detente.knowledge.gazetteer import Spot
from detente.reading.places.candidates import KNOWN, SEA, Candidate, Find
from detente.reading.places.draft import Name
from detente.reading.places.home import NOWHERE, Home

# What the article adds to a candidate's likelihood, tuned on the development sets; the figures are flat around these.
_BY_COUNTRY = 3.0
_BY_REGION = 0.5
_BY_REGION_MOST = 1.5
_BY_NEARNESS = 2.0
_NEAR = 150.0  # km at which nearness has fallen to a third
_ANCHORS = 30  # places already settled that are compared with
_KM_PER_DEGREE = 111.2
_REACH = 400.0  # km from a region's middle within which a town may lie in it, where no code tells

# The form looked up; whether it says where another place lies; where it is said to lie itself.
Key = tuple[str, bool, str | None]


class Senses:
    """The senses of one article's names. home: the outlet's country and town, as far as they are known."""

    def __init__(self, names: Sequence[Name], find: Find, home: Home = NOWHERE) -> None:
        self._names = [name for name in names if not name.demonym]
        self._find = find
        self._said = {(n.key, n.contains is not None): n.within for n in reversed(self._names) if n.within}
        self._countries: Counter[str] = Counter(name.demonym for name in names if name.demonym)
        if home.country:
            self._countries[home.country] += 1
        self._regions: defaultdict[tuple[str, str], float] = defaultdict(float)
        self._anchors: list[Spot] = []
        if home.town:
            self._regions[home.town.country, home.town.admin] += 1
            self._anchors.append(home.town)
        self._chosen: dict[Key, tuple[Spot, str] | None] = {}
        self._choose()

    def of(self, name: Name) -> tuple[Spot, str] | None:
        """What this mention stands for, and why (records.Place.rule); None when nobody knows, and for a demonym."""
        return None if name.demonym else self._chosen.get(self._key(name))

    def _key(self, name: Name) -> Key:
        """A mention that does not say where it lies stands for what the first one that does stands for."""
        holds = name.contains is not None
        return name.key, holds, name.within or self._said.get((name.key, holds))

    def _choose(self) -> None:
        holds = {self._key(n): n.contains for n in reversed(self._names) if n.contains}
        counts = Counter(self._key(n) for n in self._names)
        options = {key: self._find(key[0]) for key in counts}
        self._foresee(options.values())
        for key in sorted(options, key=lambda key: (not key[1], key[2] is None, _doubt(options[key]))):
            found, said = options[key], ""
            if (inner := holds.get(key)) and (kept := _containers(found, self._find(inner))):
                found, said = kept, "holds"
            if key[2] and (kept := _inside(found, key[2], self._find)):
                found, said = kept, "within"
            best = max(found, key=self._weight, default=None)
            self._chosen[key] = None
            if best is not None:
                narrowed = len(found) < len(options[key])
                self._chosen[key] = best.spot, said if narrowed and said else self._reason(best, found)
                self._settle(best.spot, counts[key])

    def _foresee(self, options: Iterable[Sequence[Candidate]]) -> None:
        """Each name's possible regions count in advance, the fewer the more."""
        for found in options:
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
        return candidate.prior + sum(self._evidence(candidate.spot).values())

    def _evidence(self, spot: Spot) -> dict[str, float]:
        """What the article adds to a sense's likelihood, by its kind."""
        total = self._countries.total()
        return {
            "votes": _BY_COUNTRY * self._countries[spot.country] / total if total and spot.country else 0.0,
            "region": min(_BY_REGION_MOST, _BY_REGION * self._regions[spot.country, spot.admin]) if spot.admin else 0.0,
            "near": _BY_NEARNESS * self._nearness(spot) if spot.kind != "country" else 0.0,
        }

    def _reason(self, best: Candidate, found: Sequence[Candidate]) -> str:
        """Why this sense: it is the only one, the likeliest by itself, or what most raised it above that one."""
        if best.prior in (KNOWN, SEA):
            return "listed"
        if len(found) == 1:
            return "only"
        first = max(found, key=lambda c: c.prior)
        if first is best or first.prior == best.prior:
            return "size"
        ours, theirs = self._evidence(best.spot), self._evidence(first.spot)
        return max(ours, key=lambda kind: ours[kind] - theirs[kind])

    def _nearness(self, spot: Spot) -> float:
        others = (a for a in self._anchors[-_ANCHORS:] if a.name != spot.name)
        return max((exp(-_km(spot, other) / _NEAR) for other in others), default=0.0)


def _doubt(found: Sequence[Candidate]) -> tuple[bool, float]:
    """Names of one sense first, then those whose first sense stands out most."""
    if len(found) < 2:
        return False, 0.0
    return True, found[1].prior - found[0].prior


def _inside(found: Sequence[Candidate], region: str, find: Find) -> tuple[Candidate, ...]:
    """Those senses that lie in the region or country named."""
    code = countries().named(region)
    states = [c.spot for c in find(region) if c.spot.kind in ("region", "county", "area")]
    kept = [c for c in found if any(_lies(c.spot, state) for state in states)]
    if kept:
        return tuple(kept)
    around = {code} if code else {state.country for state in states}
    return tuple(c for c in found if c.spot.country in around and c.spot.kind != "country")


def _containers(found: Sequence[Candidate], inner: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those senses of "Georgia" in "Athens, Georgia" that one of the senses of "Athens" lies in."""
    kept = [c for c in found if c.spot.kind in ("region", "county", "country", "area")]
    return tuple(c for c in kept if any(_lies(i.spot, c.spot) for i in inner)) or tuple(kept)


def _lies(spot: Spot, region: Spot) -> bool:
    if spot.country != region.country or spot.kind == "country":
        return False
    if region.kind == "country":
        return True
    if spot.kind == "region" or (region.kind == "county" and spot.kind != "city"):
        return False
    if region.kind == "county":
        return spot.admin == region.admin and _km(spot, region) < _NEAR
    if region.admin and spot.admin:
        return region.admin == spot.admin
    return _km(spot, region) < _REACH


def _km(one: Spot, other: Spot) -> float:
    """Kilometres between two places, near enough for comparing."""
    width = cos(radians((one.latitude + other.latitude) / 2))
    across = abs(one.longitude - other.longitude)
    return _KM_PER_DEGREE * hypot(one.latitude - other.latitude, width * min(across, 360 - across))
