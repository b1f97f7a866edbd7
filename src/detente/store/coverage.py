"""Questions to what was read as a whole: one typed function for each statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from detente.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredShare:
    """Articles of one outlet in one language, read by one version. undated: those without a day. first, last: of the others."""

    source: str | None
    language: str | None
    coder: str
    knowledge: str
    articles: int
    undated: int
    first: date | None
    last: date | None


def coverage(at: Snapshot, *, since: date | None = None, as_of: date | None = None) -> Iterator[StoredShare]:
    """All articles published from `since` to `as_of`, as they were known then."""
    return (StoredShare(**row) for row in at.rows("coverage", since=since, as_of=as_of))


def gaps(at: Snapshot, *, since: date | None = None, as_of: date | None = None) -> int:
    """How many inputs were not read whole; those that gave no article have no day, and count only where none is given."""
    return int(next(at.rows("gaps", since=since, as_of=as_of))["number"])
