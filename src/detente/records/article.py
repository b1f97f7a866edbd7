"""One article as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article. Offsets in all records made from it index `text` (or `title`) exactly as kept here.

    published: ISO 8601 date, or date and time, as the source gives it; None when it gives none.
    source: the outlet. language: ISO 639-1. dateline: the words before the lead that say where and when it was filed.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    dateline: str | None = None

    @property
    def day(self) -> date | None:
        """The day of publication, or None when it is unknown."""
        return date.fromisoformat(self.published[:10]) if self.published else None
