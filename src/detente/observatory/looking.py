"""Looking something up in an observatory: words, places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from detente.observatory.telling import Storyteller
    from detente.store import Hit, Spot, Store, Tie

_EACH = 10  # hits of a kind, unless told otherwise


def search(store: Store, words: str, limit: int | None) -> tuple[Hit, ...]:
    """What holds all of the words. Raises UsageError when there are none."""
    from detente.store import queries

    wanted = words.split()
    if not wanted:
        raise UsageError("nothing to search for: expected a word or more")
    return store.ask(lambda at: tuple(queries.search(at, wanted, limit=limit or _EACH)))


def spots(
    store: Store, told: Storyteller, *, country: str | None, since: date | None, until: date | None, limit: int | None
) -> Iterator[Spot]:
    """Places, with how many real events happened at each."""
    from detente.store import queries

    return store.ask(
        lambda at: queries.spots(at, country=country, since=since, until=until, joined=told(at).keys, limit=limit)
    )


def network(
    store: Store, told: Storyteller, *, since: date | None, until: date | None, limit: int | None
) -> Iterator[Tie]:
    """Who deals with whom, each real event once."""
    from detente.store import queries

    return store.ask(lambda at: queries.network(at, since=since, until=until, joined=told(at).keys, limit=limit))
