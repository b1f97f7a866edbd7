"""What was done between every two countries in every period, as columns: for measures of all dyads at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.ontology import TYPES
from detente.store.snapshot import Snapshot
from detente.store.stored import JoinedKeys

type Column = NDArray[np.float64]

_APART = JoinedKeys()
_NUMBERS = ("events", "total", "squares", "conflict", "cooperation", "origins")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSumTable:
    """Sums by dyad and then by period, [rows]; what they are, `StoredSums` says. dyad: position in `dyads`. day: the first of the
    period, datetime64[D].
    """

    dyads: tuple[tuple[str, str], ...]
    dyad: NDArray[np.int64]
    day: NDArray[Any]
    events: Column
    total: Column
    squares: Column
    conflict: Column
    cooperation: Column
    origins: Column


def own_sums(
    at: Snapshot,
    *,
    by: str,
    directed: bool = False,
    since: date | None = None,
    as_of: date | None = None,
    until: date | None = None,
    joined: JoinedKeys = _APART,
    stories: Mapping[str, str] | None = None,
) -> StoredSumTable:
    """The sums of one's own readings; for the arguments see `queries.dyads`. until: the last day used, where that is not as_of."""
    asked = own_parameters(joined, stories or {}) | kinds() | {"until": until}
    return _table(at.table("dyads", asked | {"by": by, "directed": directed, "since": since, "as_of": as_of}))


def imported_sums(
    at: Snapshot,
    *,
    origin: str,
    by: str,
    directed: bool = False,
    since: date | None = None,
    as_of: date | None = None,
) -> StoredSumTable:
    """The sums of one origin of imported events."""
    asked = {"origin": origin, "by": by, "directed": directed, "since": since, "as_of": as_of}
    return _table(at.table("imported_dyads", asked | kinds()))


def kinds() -> dict[str, list[str]]:
    """The types that are material conflict, and material cooperation."""
    return {
        kind: [name for name, type_ in TYPES.items() if type_.quad == f"material {kind}"]
        for kind in ("conflict", "cooperation")
    }


def own_parameters(joined: JoinedKeys, stories: Mapping[str, str]) -> dict[str, object]:
    """Which events are one, and which articles tell one story (by article), as `dyads.sql` has them."""
    return {
        **joined.parameters(),
        "story_articles": list(stories),
        "stories": list(stories.values()),
        "until": None,
    }


def _table(found: pa.Table) -> StoredSumTable:
    """Rows come by dyad, so that a dyad's number is how often it has changed before."""
    a, b = (found[name].combine_chunks().dictionary_encode() for name in ("a", "b"))
    one, other = (column.indices.to_numpy(zero_copy_only=False) for column in (a, b))
    new = np.diff(one, prepend=-1) != 0
    new |= np.diff(other, prepend=-1) != 0
    first = np.flatnonzero(new)
    names = [column.dictionary.to_pylist() for column in (a, b)]
    return StoredSumTable(
        dyads=tuple((names[0][one[row]], names[1][other[row]]) for row in first),
        dyad=np.cumsum(new) - 1,
        day=found["period"].to_numpy().astype("datetime64[D]"),
        **{name: found[name].to_numpy().astype(float) for name in _NUMBERS},
    )
