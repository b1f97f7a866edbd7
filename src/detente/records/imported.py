"""An event that somebody else coded, as it came in a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One row of an event file; `cells` is its evidence.

    origin: whose it is (icews, gdelt2, ...); never "own". id: the origin's own, unique within it. day: of the event.
    type, mode, contexts: PLOVER, None where PLOVER has no such type. cameo: the code that stood there. intensity: -10 to
    10 by PLOVER, else a score on that scale that the row gives; None for what no measure counts. score: on the origin's
    own scale. source, target: names; their countries ISO alpha-3, None for none or an unknown one. story: the same for all
    events of one text. sentence: its number there. publisher: the outlet. article: its address or id. text: the deed in
    words. place: the town or region, place_country as it is written. cells: the row as it came, in the columns' order.
    """

    origin: str
    id: str
    day: date
    cells: tuple[str, ...]
    type: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    intensity: float | None = None
    score: float | None = None
    source: str | None = None
    target: str | None = None
    source_country: str | None = None
    target_country: str | None = None
    story: str | None = None
    sentence: int | None = None
    publisher: str | None = None
    article: str | None = None
    text: str | None = None
    place: str | None = None
    place_country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
