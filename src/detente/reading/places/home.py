"""Where an outlet is at home, as far as its name or domain tells: its country, and its town when only one can be meant."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from detente.knowledge.countries import countries
from detente.knowledge.gazetteer import Spot, gazetteer, key_of
from detente.reading.places.words import COMMON, PAPERS

_RENTED = frozenset({"ai", "cc", "co", "fm", "gg", "io", "ly", "me", "sh", "to", "tv", "ws"})
_LARGE = 50_000  # people of a town that a paper is named after
_TIMES = 5  # so many times larger than its namesakes at home it must be
_NAMESAKE = 10_000  # people of a town of that name abroad that make the name say nothing
_ENDINGS = tuple(sorted((word.casefold() for word in PAPERS), key=len, reverse=True))


class Home(NamedTuple):
    """country: ISO alpha-3. town: None where the name tells no more than the country."""

    country: str | None = None
    town: Spot | None = None


NOWHERE = Home()


def home_of(source: str | None) -> Home:
    """The home of an outlet, by its domain ("thenational.ae", "miamiherald.com") or name ("The Jordan Times")."""
    if not source:
        return NOWHERE
    host = source.casefold().removeprefix("https://").removeprefix("http://").split("/")[0]
    if "." in host and " " not in host:
        return _by_domain(host)
    return _by_name(source)


def _by_domain(host: str) -> Home:
    label, _, ending = host.rpartition(".")
    country = _domains().get(ending)
    town = _town(_bare_label(label.removeprefix("www.").split(".")[-1]))
    if country:
        return Home(country, town if town and town.country == country else None)
    return Home(town.country if town else None, town)


def _bare_label(label: str) -> str:
    """A domain's word without "the" and the kind of paper: themiamiherald is miami; "" when it names no paper."""
    label = label.removeprefix("the").replace("-", " ").strip()
    for ending in _ENDINGS:
        if label.endswith(ending) and len(label) > len(ending) + 3:
            return label.removesuffix(ending).strip()
    return ""


def _by_name(source: str) -> Home:
    words = [
        w for w in source.replace(",", " ").replace("-", " ").split() if w not in ("The", "the") and w not in PAPERS
    ]
    town = _town(" ".join(words))
    if town:
        return Home(town.country, town)
    table = countries()
    for word in words:
        if code := table.named(word) or table.demonym(word) or table.capital(word):
            return Home(code)
    return NOWHERE


def _town(name: str) -> Spot | None:
    """The town of this name, if a reader could mean no other."""
    if not name or name.title() in COMMON or countries().named(name.title()):
        return None
    key = key_of(name)
    found = sorted((s for s in gazetteer().find(name) if s.kind == "city"), key=lambda s: s.people, reverse=True)
    if not found or found[0].people < _LARGE or key_of(found[0].name) not in (key, f"{key} city"):
        return None
    first, *others = found
    abroad = any(s.country != first.country and s.people >= _NAMESAKE for s in others)
    rivals = any(s.people * _TIMES > first.people for s in others)
    return None if abroad or rivals else first


@cache
def _domains() -> dict[str, str]:
    """Country-code domains, without those that anybody rents."""
    codes = {country.iso2.casefold(): country.code for country in countries() if country.iso2}
    return {iso2: code for iso2, code in codes.items() if iso2 not in _RENTED} | {"uk": "GBR"}
