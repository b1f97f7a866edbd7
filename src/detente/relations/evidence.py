"""What moved the balance: each event by how much the level now owes to it.

An event's contribution is the latest level with it minus the latest level without it, everything else as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from detente.relations.dating import Dated
from detente.relations.levels import filtered
from detente.relations.records import Contribution
from detente.relations.without import with_all, without_each

_PLACES = 4


def evidence_of(items: Sequence[Dated], periods: Sequence[str], scatter: float, drift: float) -> Iterator[Contribution]:
    """The events, those that move the latest level most first, of equal ones the newest."""
    shares = contributions(items, periods, scatter, drift)
    ranked = sorted(
        zip(items, shares, strict=True),
        key=lambda pair: (-abs(pair[1] or 0.0), -pair[0].day.toordinal(), pair[0].told.article, pair[0].told.event.id),
    )
    return (_told(item, share) for item, share in ranked)


def contributions(items: Sequence[Dated], periods: Sequence[str], scatter: float, drift: float) -> list[float | None]:
    """For each event the latest level with it minus without it; None for an event on which the level rests alone."""
    if len(items) < 2:
        return [None] * len(items)
    keys = [(item.period, item.told.event.intensity) for item in items]
    first = {key: event for event, key in reversed(list(enumerate(keys)))}
    whole = filtered(*with_all(items, periods, scatter), drift).level[0, -1]
    rest = np.concatenate(
        [
            filtered(means, variances, drift).level[:, -1]
            for means, variances in without_each(items, [(event,) for event in first.values()], periods, scatter)
        ]
    )
    moved = {key: round(float(whole - level), _PLACES) + 0.0 for key, level in zip(first, rest, strict=True)}
    return [moved[key] for key in keys]


def _told(item: Dated, share: float | None) -> Contribution:
    event = item.told.event
    return Contribution(
        event=event.id,
        contribution=share,
        date=item.day.isoformat(),
        dated_by=item.by,
        status=event.status,
        type=event.type,
        intensity=event.intensity,
        sentence=item.told.sentence,
        article=item.told.article,
        source=item.told.source,
        published=item.told.published,
    )
