"""Someone who acts, speaks, or is acted upon."""

from __future__ import annotations

from dataclasses import dataclass

from detente.records.spans import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One actor of one article, with every mention of it joined.

    id: unique within the article; the ISO alpha-3 code for a country.
    kind: country, person, organization, group. country: ISO 3166 alpha-3 or None. sectors: PLOVER, at most two.
    role_basis: "stated" (the article says the role), "known" (a dated table does), None.
    """

    id: str
    name: str
    kind: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    affiliation: str | None = None
    role_basis: str | None = None
    mentions: tuple[Evidence, ...] = ()
