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
        """The same for all events of one story: of copies of one text."""
        ...

    @property
    def outlets(self) -> tuple[str, ...]:
        """All that tell it, without repetition; none where none is known."""
        ...

    @property
    def origins(self) -> tuple[str, ...]:
        """The independent origins of its tellings: stories, or agencies that several stories credit."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One period. balance: the level of relations, -10 (war) to 10 (aid), given all data (smoothed).

    low50, high50, low90, high90: the bounds of its bands. mean: the plain mean intensity of the period's events. friction,
    exchange: rates of material conflict and of material cooperation per 1,000 stories read, with their bands. All of these
    are None in a period without events, never zero; the rates also where nothing was read. events: how many there are.
    origins: independent texts or stories that tell them. articles_read, stories_read: of any content, published in the period.
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
    stories_read: int = 0
    mean: float | None = None
    friction_low50: float | None = None
    friction_high50: float | None = None
    friction_low90: float | None = None
    friction_high90: float | None = None
    exchange_low50: float | None = None
    exchange_high50: float | None = None
    exchange_low90: float | None = None
    exchange_high90: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The level as known at the end (filtered): of the last period, carried on when nothing is reported of it."""

    period: str
    balance: float
    low50: float
    high50: float
    low90: float
    high90: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A turn in the series. period: the first of the new level. direction: up or down.

    support: the share of bootstrap samples of stories in which it is found again. live: found at the end of the
    series by the detector that needs no later data; it may yet turn out to be nothing.
    """

    period: str
    direction: str
    support: float
    live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One event behind the series.

    contribution: the latest level with the event minus without it, None when the level rests on this event alone. date: ISO; dated_by: "text", or "publication" where the text gives no day for it.
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
class Prior:
    """A gamma distribution of rates. Its mean is shape / rate, per 1,000 stories."""

    shape: float
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The parameters that all dyads share, for one unit of time.

    variance: of intensities within a period, worth `weight` degrees of freedom beside a dyad's own. clumping: how many times as
    variable a period's mean is as that of so many independent events. drift: variance of a level's step from one period to the
    next. friction, exchange: priors of the rates. dyads, events: what they were fitted on.
    """

    by: str
    variance: float
    weight: float
    drift: float
    clumping: float
    friction: Prior
    exchange: Prior
    dyads: int = 0
    events: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """The relations of a and b (ISO alpha-3), or with `directed` what a does to b.

    direction: upswing, downswing, volatile, steady (relations/direction.py says how they are told apart), or "too little
    evidence"; why: what it rests on, or what is lacking. probability: that the level now differs from that at the
    beginning of `window` by more than `delta` in that direction (steady: by no more; volatile: that it both rose and fell by
    more in between), None where no direction is named. as_of: nothing later was used. now: the level at the end; None without
    events. pool: the parameters shared by all dyads.
    left_out: events that count but that no period could be given: no day at all, several periods none of which is
    that of publication, or a day later than as_of. origin: whose events these are: own readings, or an import; the rates of
    an import are per 1,000 of its own events, where those of readings are per 1,000 stories.
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
    why: str = ""
    now: Now | None = None
    pool: Pool | None = None
    origin: str = "own"

    @property
    def rate_of(self) -> str:
        """What the rates are taken of: stories; of an import, the events in its file."""
        return "stories" if self.origin == "own" else "events in the file"
