"""What a person means by a side of a dyad, or by a day."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from detente.errors import UnknownNameError, UsageError
from detente.knowledge.countries import countries
from detente.knowledge.own_actors import NOBODY, OwnActors
from detente.knowledge.own_organisations import organisation_key
from detente.ontology import TYPES
from detente.relations import days_of

type Day = str | date | None


def side(name: str, own: OwnActors = NOBODY) -> str:
    """The code of a country (by code, name or demonym), or the id of an organisation by its name ("EU" is "org:EU").

    own: the user's own actors, among which there may be more organisations.
    Raises UnknownNameError, with suggestions, for anything else.
    """
    try:
        return countries().resolve(name).code
    except UnknownNameError:
        found = organisation_key(name, own)
        if found is None:
            raise
        return found


def country_or_none(name: str | None) -> str | None:
    """The code of a country, None for what is none."""
    try:
        return countries().resolve(name).code if name else None
    except UnknownNameError:
        return None


def side_or_none(name: str | None, own: OwnActors = NOBODY) -> str | None:
    """The same as `side`; None stays None."""
    return side(name, own) if name else None


def type_or_none(name: str | None) -> str | None:
    """A PLOVER type, in whatever letters. Raises UnknownNameError, with the nearest types, for one that there is not."""
    if not name or name.upper() in TYPES:
        return name.upper() if name else None
    near = tuple(get_close_matches(name.upper(), TYPES, n=3))
    raise UnknownNameError(f"there is no event type {name!r}; there are {', '.join(TYPES)}", near)


def first_day(day: Day) -> date | None:
    """The first day of a day or period."""
    return days_of(day)[0] if isinstance(day, str) else day


def last_day(day: Day) -> date | None:
    """The last day of a day or period."""
    return days_of(day)[1] if isinstance(day, str) else day


def stretch(since: Day, as_of: Day) -> tuple[date | None, date | None]:
    """The first and the last day used. Raises UsageError when no day lies between them."""
    first, last = first_day(since), last_day(as_of)
    if first and last and first > last:
        raise UsageError(
            f"expected a first day up to {last}, the last one used, found {first}; begin earlier, or end later"
        )
    return first, last
