"""Who the actors of stored events are and where the places lie: what an event refers to by an id or a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from detente.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Who does a deed, or meets with it. country: alpha-3. sectors: PLOVER's."""

    name: str | None
    country: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """Where a deed is done. country: alpha-3, or as another's file writes it. town: whether the name is a town's."""

    name: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    town: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the events of one article refer to. actors: by id. places: as numbered in the reading. day: of publication.

    text: its words, in which the events' offsets count.
    """

    actors: Mapping[str, Side] = field(default_factory=dict)
    places: tuple[Locality, ...] = ()
    url: str | None = None
    language: str | None = None
    day: date | None = None
    text: str = ""


def details(at: Snapshot, articles: Collection[str]) -> dict[str, Details]:
    """The details of each article that is there, in its current revision."""
    wanted = list(articles)
    actors: dict[str, dict[str, Side]] = defaultdict(dict)
    for row in at.rows("details_actors", articles=wanted):
        side = Side(name=row["name"], country=row["country"], sectors=tuple(row["sectors"] or ()))
        actors[row["article_id"]][row["id"]] = side
    places: dict[str, list[Locality]] = defaultdict(list)
    for row in at.rows("details_places", articles=wanted):
        given = {name: row[name] for name in ("name", "country", "latitude", "longitude", "geonames_id")}
        places[row["article_id"]].append(Locality(**given, town=row["kind"] == "city"))
    return {
        row["article_id"]: Details(
            actors=actors[row["article_id"]],
            places=tuple(places[row["article_id"]]),
            url=row["url"],
            language=row["language"],
            day=row["day"],
            text=row["text"],
        )
        for row in at.rows("details_articles", articles=wanted)
    }
