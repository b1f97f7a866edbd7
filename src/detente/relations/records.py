"""What the relations of two countries are told with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from detente.records import Event

SCHEMA = 1


class Told(Protocol):
    """An event as it was told: what this room needs of it, wherever it was kept."""

    @property
    def event(self) -> Event:
        """The event itself."""
        ...

    @property
    def article(self) -> str:
        """Id of its article."""
        ...

    @property
    def source(self) -> str | None:
        """The outlet."""
        ...

    @property
    def published(self) -> str | None:
        """When: ISO 8601."""
        ...

    @property
    def sentence(self) -> str:
        """Its words."""
        ...

    @property
    def origin(self) -> str:
        """The same for verbatim copies of one text."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One period. balance: mean intensity of its events, -10 (war) to 10 (aid); None without events, never zero.

    low50, high50, low90, high90, friction, exchange: None, not computed yet. events: how many events the mean is of.
    origins: distinct texts that tell them. articles_read: articles of any content published in the period.
    """

    period: str
    balance: float | None = None
    low50: float | None = None
    high50: float | None = None
    low90: float | None = None
    high90: float | None = None
    friction: float | None = None
    exchange: float | None = None
    events: int = 0
    origins: int = 0
    articles_read: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A turn in the series. direction: up or down; support: 0 to 1; live: still under way."""

    period: str
    direction: str
    support: float
    live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One event behind the series.

    contribution: the latest level with the event minus without it: 0 for events of earlier periods, None when the level
    rests on this event alone. date: ISO; dated_by: "text", or "publication" where the text gives no day for it.
    """

    event: str
    contribution: float | None
    date: str
    dated_by: str
    status: str
    type: str
    intensity: float
    sentence: str
    article: str
    source: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """The relations of a and b (ISO alpha-3), or with `directed` what a does to b.

    direction: upswing, downswing, steady (relations/direction.py says how they are told apart), or "too little
    evidence". probability: that the balance of the last `window` differs from that of the window before by more than
    `delta` in that direction (for steady: by no more), None where no direction is named. as_of: nothing later was used.
    left_out: events that count but that no period could be given: no day at all, several periods none of which is
    that of publication, or a day later than as_of.
    """

    schema: int = SCHEMA
    a: str
    b: str
    by: str
    directed: bool
    as_of: str | None
    series: tuple[Level, ...]
    changes: tuple[Change, ...] = ()
    direction: str = "too little evidence"
    probability: float | None = None
    window: str = "6 months"
    delta: float = 0.5
    left_out: int = 0
    evidence: tuple[Contribution, ...] = ()
