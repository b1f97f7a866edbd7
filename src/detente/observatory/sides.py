"""What a person means by a side of a dyad, or by a day."""

from __future__ import annotations

from datetime import date

from detente.errors import UnknownNameError
from detente.knowledge.countries import countries, fold
from detente.knowledge.organisations import organisations
from detente.relations import days_of

type Day = str | date | None


def side(name: str) -> str:
    """The code of a country (by code, name or demonym), or the id of an organisation by its name ("EU" is "org:EU").

    Raises UnknownNameError, with suggestions, for anything else.
    """
    try:
        return countries().resolve(name).code
    except UnknownNameError:
        found = _organisation(name)
        if found is None:
            raise
        return found


def country_or_none(name: str | None) -> str | None:
    """The code of a country, None for what is none."""
    try:
        return countries().resolve(name).code if name else None
    except UnknownNameError:
        return None


def side_or_none(name: str | None) -> str | None:
    """The same as `side`; None stays None."""
    return side(name) if name else None


def first_day(day: Day) -> date | None:
    """The first day of a day or period."""
    return days_of(day)[0] if isinstance(day, str) else day


def last_day(day: Day) -> date | None:
    """The last day of a day or period."""
    return days_of(day)[1] if isinstance(day, str) else day


def _organisation(name: str) -> str | None:
    wanted = fold(name)
    for organisation in organisations():
        if wanted in (fold(organisation.key), *map(fold, organisation.names)):
            return organisation.key
    return None
