"""What a brief is made of. Each record carries the words that prove it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Where a statement stands: the sentence, its article's id, outlet, day of publication (ISO), title and address."""

    sentence: str
    article: str
    source: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """One entry of the calendar: an event that was planned when it was told.

    event: its id. type, mode: PLOVER. sources, targets: ISO alpha-3, or ids of organisations. start, end: days for which it is planned (ISO), None
    when the text sets none; when: those words. outcome: ahead, seen (an event of the same type and sides was told to have
    occurred around those days), called off, not seen (the days are over and nothing was told), open (no day was set).
    seen: id of the event that shows it done or called off, with proof. plan: the words of the plan, as the first article
    tells it. origins: independent ones that tell of the plan.
    """

    event: str
    type: str
    mode: str | None
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    start: str | None
    end: str | None
    when: str
    outcome: str
    plan: Cited
    origins: int = 1
    seen: str | None = None
    proof: Cited | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A commitment and what became of it.

    by, to: names; by_country, to_countries: ISO alpha-3. text: the words of the promise. due: the last day set for it (ISO);
    when: those words. state: kept (a deed that fits was told to have occurred), due (its day is still ahead), overdue (its
    day is over and no such deed was told), open (no day was set). kept_by: id of the event, with proof.
    """

    id: str
    by: str
    by_country: str | None
    to: tuple[str, ...]
    to_countries: tuple[str, ...]
    text: str
    due: str | None
    when: str
    state: str
    words: Cited
    kept_by: str | None = None
    proof: Cited | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quotation: words, kind (direct, indirect, mixed), the speaker's name, office and country, whom it is about."""

    id: str
    text: str
    kind: str
    speaker: str | None
    role: str | None
    country: str | None
    about: tuple[str, ...]
    words: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue between two countries: a PLOVER context, its events and the positions taken on it.

    events: how many deeds occurred in it; planned: how many are planned, called for or conditional. intensity: mean of the
    deeds' intensities (-10 to 10), None without deeds. latest: day of the latest (ISO). proofs: the words, the newest first.
    positions: what was said on it.
    """

    context: str
    events: int
    planned: int
    intensity: float | None
    latest: str | None
    proofs: tuple[Cited, ...] = ()
    positions: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What a country's speakers call a concern, a worry, a threat: the word, what it is about, and the quotation."""

    word: str
    about: str
    said: Said
