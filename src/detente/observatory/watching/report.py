"""What a poll did, and what it is doing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detente.records import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happens within a poll. kind: wait, feed, article, read. where: a host, an address, the observatory.

    told: what of it, in words. left: entries that are still to be fetched.
    """

    kind: str
    where: str
    told: str
    left: int = 0


type OnStep = Callable[[Step], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """What one poll did.

    began: ISO 8601, UTC. seconds: how long it took. feeds: asked and read. unchanged: of these, not changed since the last time. unread: could not be read.
    resting: not asked, because they or their hosts are to be left alone for now. new, changed: entries that were found so.
    fetched: pages. from_feed: articles taken from the feed's own text, as their page could not be had. added, revised,
    same, removed: what became of articles, as in `AddReport`. failed: given up. waiting: entries left for a later poll.
    held: fetched, but not read, because another process was writing; a later poll reads them. failures: what was given up,
    and remarks on what was read. trouble: what went wrong and will be tried again. stopped: ended early, as asked.
    """

    began: str
    seconds: float = 0.0
    feeds: int = 0
    unchanged: int = 0
    unread: int = 0
    resting: int = 0
    new: int = 0
    changed: int = 0
    fetched: int = 0
    from_feed: int = 0
    added: int = 0
    revised: int = 0
    same: int = 0
    removed: int = 0
    failed: int = 0
    waiting: int = 0
    held: int = 0
    failures: tuple[Failure, ...] = ()
    trouble: tuple[Failure, ...] = ()
    stopped: bool = False
