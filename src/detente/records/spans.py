"""Where in an article a fact stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The exact words that carry a fact: `text` is `article.<field>[start:end]`."""

    start: int
    end: int
    text: str
    field: str = "text"
