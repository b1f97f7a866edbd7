"""What was said, and by whom; what was promised."""

from __future__ import annotations

from dataclasses import dataclass

from detente.records.spans import Evidence
from detente.records.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One quotation: words or a clause that the article lays in somebody's mouth.

    text: `article.<field>[start:end]`, without the outer marks. spans: its pieces as (start, end) pairs.
    kind: direct, indirect, mixed. manner: speech, thought, writing.
    speaker, addressee: ids of actors, or None. inferred: the speaker was carried over from a neighbouring quotation.
    """

    id: str
    start: int
    end: int
    text: str
    spans: tuple[tuple[int, int], ...]
    kind: str
    manner: str = "speech"
    cue: Evidence | None = None
    speaker: str | None = None
    speaker_mention: Evidence | None = None
    inferred: bool = False
    addressee: str | None = None
    field: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise or pledge: by whom, to whom (actor ids), its words, the time set for it, the quotation that holds it."""

    id: str
    by: str
    start: int
    end: int
    text: str
    to: tuple[str, ...] = ()
    due: When | None = None
    quote: str | None = None
    field: str = "text"
