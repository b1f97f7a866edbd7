"""The organisations of a user's own table: new ones, and those of the package as the user would have them."""

from __future__ import annotations

import re
from functools import lru_cache

from detente.knowledge.countries import fold
from detente.knowledge.organisations import Organisation, organisations
from detente.knowledge.own_actors import NOBODY, OwnActor, OwnActors, kind_of
from detente.knowledge.spelling import without_accents

_BETWEEN = re.compile(r"[^A-Z0-9]+")


@lru_cache(maxsize=4)
def own_organisations(own: OwnActors) -> tuple[Organisation, ...]:
    """What the table makes of every actor that may be an organisation (a row without kind and role may be one)."""
    return tuple(_organisation(rows) for rows in own.actors() if kind_of(rows) != "person") if own else ()


def organisation_key(name: str, own: OwnActors | None = None) -> str | None:
    """The id of the organisation with this name, whatever its case; None when no table has it."""
    wanted = fold(name)
    for organisation in (*own_organisations(own or NOBODY), *organisations()):
        if wanted in (fold(organisation.key), *map(fold, organisation.names)):
            return organisation.key
    return None


def _organisation(rows: tuple[OwnActor, ...]) -> Organisation:
    """One that the package has keeps its id, its names, and whatever the rows say nothing of."""
    row = rows[0]
    names = tuple(dict.fromkeys(name for r in rows for name in r.names))
    known = next((o for o in organisations() if set(names).intersection(o.names)), None)
    if known is None:
        key = "org:OWN-" + _BETWEEN.sub("-", without_accents(row.name).upper()).strip("-")
        return Organisation(key=key, names=names, country=row.country or None, sectors=row.sectors or ())
    return Organisation(
        key=known.key,
        names=tuple(dict.fromkeys((*names, *known.names))),
        country=known.country if row.country is None else row.country or None,
        sectors=known.sectors if row.sectors is None else row.sectors,
    )
