"""Where an outlet keeps its calendar."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from detente.ontology.tables import read_table


def zone_of(source: str | None, url: str | None) -> str | None:
    """The IANA zone of an outlet, by its name, else by its domain (a domain may stand in `source`, too); None when unknown."""
    names, domains = _tables()
    name = (source or "").casefold().strip()
    found = names.get(name) or names.get(name.removeprefix("the ")) or _by_host(name, domains)
    return found or _by_host(_host(url), domains)


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").casefold()
    except ValueError:  # an address with a broken bracket
        return ""


def _by_host(host: str, domains: dict[str, str]) -> str | None:
    """The zone of the host or of the nearest domain above it."""
    while "." in host:
        if host in domains:
            return domains[host]
        host = host.partition(".")[2]
    return None


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    domains: dict[str, str] = {}
    for _, row in read_table("detente.sources", "outlets.tsv", ("zone", "names", "domains")):
        for name in row["names"].split("|"):
            names[name.strip().casefold().removeprefix("the ")] = row["zone"]
        for domain in row["domains"].split():
            domains[domain] = row["zone"]
    return names, domains
