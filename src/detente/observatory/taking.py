"""A lake into an observatory: what workers have read is taken over, not read again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from detente.observatory.adding import MANY, AddReport
from detente.observatory.telling import note

if TYPE_CHECKING:
    from detente.store import Store
    from detente.store.lake import OnShard


def take_over(store: Store, lake: str | Path, *, again: bool = False, on_shard: OnShard | None = None) -> AddReport:
    """See `Observatory.take_over`."""
    from detente.store import lake as lakes
    from detente.store.lake import second

    there = lakes.Lake.open(lake)
    with store.writer() as writer:
        taken = lakes.take_over(there, writer, again=again, on_shard=on_shard)
        if writer.small_segments() >= MANY:
            writer.compact()
        if taken.added or taken.revised:
            note(store, writer, known=second.noted(there))
    return AddReport(
        added=taken.added,
        revised=taken.revised,
        unchanged=taken.unchanged,
        removed=taken.removed,
        failed=taken.failed,
        failures=taken.failures,
    )
