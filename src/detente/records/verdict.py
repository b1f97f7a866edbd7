"""What a person says of an event that was read."""

from __future__ import annotations

from dataclasses import dataclass

VERDICTS = ("wrong", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventVerdict:
    """A person's judgement of one event of one article.

    verdict: wrong (it counts in no measure), or withdrawn (an earlier verdict no longer holds). who: by the name they give.
    why: in their words. when: ISO 8601, UTC.
    """

    article: str
    event: str
    verdict: str
    who: str
    why: str
    when: str
