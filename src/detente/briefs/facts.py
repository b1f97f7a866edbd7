"""All that a brief is written from. Whoever composes one may say nothing that does not stand here."""

from __future__ import annotations

from dataclasses import dataclass

from detente.briefs.records import Ahead, Cited, Concern, Issue, Pledge, Said

OWN = "own"  # the origin of what was read here; anything else was imported


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period of the series. balance, low50 … high90: the level and its bands; friction, exchange: rates per 1,000 stories.

    All of these are None in a period without events.
    """

    period: str
    balance: float | None = None
    low50: float | None = None
    high50: float | None = None
    low90: float | None = None
    high90: float | None = None
    friction: float | None = None
    friction_low90: float | None = None
    friction_high90: float | None = None
    exchange: float | None = None
    exchange_low90: float | None = None
    exchange_high90: float | None = None
    events: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A turn of the series. period: the first of the new level. direction: up, down. support: share of the samples that
    find it again. live: it may yet turn out to be nothing."""

    period: str
    direction: str
    support: float
    live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """The level at the end, as known then, with its bands."""

    period: str
    balance: float
    low50: float
    high50: float
    low90: float
    high90: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How the relation went, and what may be said of its direction.

    by: week, month, quarter. as_of: last day used (ISO). direction, probability, window, delta, why: see
    `detente.relations.Relations`. sure, bearers, again: from which probability, by how many independent origins a direction is
    named, and in what share of samples a turn must be found again.
    """

    by: str
    as_of: str | None
    points: tuple[Point, ...] = ()
    turns: tuple[Turn, ...] = ()
    now: Stand | None = None
    direction: str = "too little evidence"
    probability: float | None = None
    why: str = ""
    window: str = "6 months"
    delta: float = 0.5
    left_out: int = 0
    sure: float = 0.9
    bearers: int = 3
    again: float = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One event behind the series.

    period: of the series. date, end: first and last day (ISO); dated_by: "text" or "publication". doers, others: ISO alpha-3 or ids of organisations.
    contribution: by how much it moves the level now, None when the level rests on it alone. clause: the words of the deed
    within `words`. origins: how many independent ones tell it.
    """

    event: str
    period: str
    date: str
    end: str
    dated_by: str
    doers: tuple[str, ...]
    others: tuple[str, ...]
    type: str
    mode: str | None
    status: str
    intensity: float
    contribution: float | None
    clause: str
    words: Cited
    origins: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many articles an outlet gave, or a language."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was read, of any content. first, last: days of publication (ISO). undated: articles without one.

    stories: texts, copies counted once. telling: articles that tell what the series counts; origins: independent ones among
    these. outlets, languages: the largest first, those unknown left out. failures: articles that were not read whole.
    imported: events of the origin, where it is not one's own.
    """

    articles: int = 0
    first: str | None = None
    last: str | None = None
    undated: int = 0
    stories: int = 0
    telling: int = 0
    origins: int = 0
    outlets: tuple[Share, ...] = ()
    languages: tuple[Share, ...] = ()
    failures: int = 0
    imported: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Two countries (or organisations) a and b on one day: everything that the page is made from.

    since: the first day asked for (ISO), None for all. deeds: the series' events, the weightiest for the level now first;
    said, ahead, pledges, issues, concerns: in the order in which they were found. coders: versions of the reader;
    knowledge: digests of its tables.
    """

    a: str
    b: str
    since: str | None
    origin: str
    course: Course
    coverage: Coverage
    deeds: tuple[Deed, ...] = ()
    said: tuple[Said, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    issues: tuple[Issue, ...] = ()
    concerns: tuple[Concern, ...] = ()
    coders: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
