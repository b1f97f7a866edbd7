"""How one dyad has moved over the window, for a list of many: what `relations_of` says of it, without the series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.relations.dating import Dated
from detente.relations.deeds import origins
from detente.relations.direction import Direction, direction_of
from detente.relations.evidence import evidence_of
from detente.relations.levels import posterior
from detente.relations.measures import bands
from detente.relations.records import Contribution, Now, Pool
from detente.relations.without import with_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """From the begin of the window to now. then, now: the levels, given all that is known. direction: by the full rule.

    events, origins: of the window. reason: the event of the window that moves the level now most in the way it went; None where
    none does.
    """

    direction: Direction
    then: Now
    now: Now
    events: int
    origins: int
    reason: Contribution | None

    @property
    def change(self) -> float:
        """From then to now."""
        return self.now.balance - self.then.balance


def movement_of(
    items: Sequence[Dated], periods: Sequence[str], by: str, scatter: float, pool: Pool, window: int
) -> Movement | None:
    """The movement of one dyad; None when its series is shorter than the window, in periods. The rest as in `direction_of`."""
    if not items or len(periods) <= window:
        return None
    levels, spreads = posterior(*with_all(items, periods, scatter), pool.drift, window + 1)
    then, now = (
        Now(period=periods[at], **bands(float(levels[0, at]), float(spreads[0, at, at]))) for at in (-1 - window, -1)
    )
    first = periods[-window]
    recent = [item for item in items if item.period >= first]
    days = {(item.told.article, item.told.event.id) for item in recent}
    way = np.sign(levels[0, -1] - levels[0, 0])
    reasons = (
        one
        for one in evidence_of(items, periods, scatter, pool.drift)
        if (one.article, one.event) in days and (one.contribution is None or one.contribution * way > 0)
    )
    return Movement(
        direction=direction_of(items, periods, by, scatter, pool.drift),
        then=then,
        now=now,
        events=len(recent),
        origins=origins(recent),
        reason=next(reasons, None),
    )
