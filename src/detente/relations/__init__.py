"""How two countries' relations stand and move: events in, series out. Pure: no files, no model, no clock.

A table of contents: what computes is loaded when it is first named, so that asking for a record costs no numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.relations.periods import UNITS, days_of
from detente.relations.records import Change, Contribution, Level, Now, Pool, Relations, Told

if TYPE_CHECKING:
    from detente.relations.series import pool_events, pool_sums, relations_of
    from detente.relations.triangles import Triangle, triangle_of

__all__ = [
    "UNITS",
    "Change",
    "Contribution",
    "Level",
    "Now",
    "Pool",
    "Relations",
    "Told",
    "Triangle",
    "days_of",
    "pool_events",
    "pool_sums",
    "relations_of",
    "triangle_of",
]

_HOMES = {
    "Triangle": "detente.relations.triangles",
    "pool_events": "detente.relations.series",
    "pool_sums": "detente.relations.series",
    "relations_of": "detente.relations.series",
    "triangle_of": "detente.relations.triangles",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'detente.relations' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
