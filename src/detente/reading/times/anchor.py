"""What relative times count from: the day of publication, and the calendar as far as the article has told it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from detente.reading.times.values import bounds


class Timeline:
    """The anchors of one article, moved on with every time that is resolved.

    published: the day of publication or None. narrative: whether the text tells history by explicit years, so that a bare
    month belongs to the year last named. way: gives -1, 0 or 1 for the tense around a word (its index; see time_tense). latest: first and
    last day of what was told last, latest_day the same when it was one day; era: the year BC when it was one. ahead: the year
    that closes a range (June to August 2020), for its open side.
    """

    def __init__(self, published: date | None, *, narrative: bool, way: Callable[..., int]) -> None:
        self.published = published
        self.narrative = narrative
        self.way = way
        self.latest: tuple[date, date] | None = None
        self.latest_day: date | None = None
        self.era: str | None = None
        self.ahead: int | None = None
        self._said: dict[str, date] = {}

    @property
    def now(self) -> date | None:
        """What a bare month or day is near to: in a narrative what was told last, in news the day of publication."""
        if self.narrative:
            return self.latest[0] if self.latest else None
        return self.published

    def note(self, value: str) -> None:
        """Remembers a resolved value as the nearest earlier one."""
        if value.startswith("BC"):
            self.era, self.latest, self.latest_day = value[:6], None, None
            return
        found = bounds(value)
        if found is None:
            return
        self.latest, self.era = found, None
        if found[0] == found[1]:
            self.latest_day = found[0]
        elif self.latest_day is not None and not found[0] <= self.latest_day <= found[1]:
            self.latest_day = None

    def say(self, name: str, day: date) -> None:
        """Remembers which day a name (a weekday, a month) stood for."""
        self._said[name] = day

    def said(self, name: str) -> date | None:
        """The day that this name stood for before."""
        return self._said.get(name)
