"""How two countries' relations stand and move: events in, series out. Pure: no files, no model, no clock."""

from detente.relations.periods import UNITS, days_of
from detente.relations.records import Change, Contribution, Level, Now, Pool, Relations, Told
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
