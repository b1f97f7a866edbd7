"""What could not be read, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A gap that is named. stage: source, language, reading, import. reason: what was expected, what came, what to do.

    where: file and line of the input, when there is one.
    """

    stage: str
    reason: str
    where: str | None = None
