"""The series of all dyads as columns, a row for each dyad and period in which anything happened: for files that others read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import numpy as np

from detente.relations.levels import Array
from detente.relations.measures import PLACES, Z50, Z90
from detente.relations.whole import Whole

type Values = list[float | None]

_BANDS = {"balance": 0.0, "low50": -Z50, "high50": Z50, "low90": -Z90, "high90": Z90}


def flat(whole: Whole) -> Mapping[str, Values]:
    """The measures of every row of `whole.columns`, by the names, and with the numbers, that `Level` has them."""
    level, width = whole.history.level, np.sqrt(whole.history.variance)
    found = {"mean": _rounded(whole.columns.means)}
    found |= {name: _rounded(np.clip(level + z * width, -10, 10)) for name, z in _BANDS.items()}
    for kind, rates in (("friction", whole.friction), ("exchange", whole.exchange)):
        for part in fields(rates):
            name = kind if part.name == "mean" else f"{kind}_{part.name}"
            found[name] = _rounded(getattr(rates, part.name))
    return found


def _rounded(values: Array) -> Values:
    """As Python rounds, which numpy does a little otherwise; None for what is not a number, 0.0 rather than -0.0."""
    return [round(value, PLACES) + 0.0 if value == value else None for value in values.tolist()]
