"""Looking something up in an observatory: words, places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from detente.observatory.telling import Storyteller
    from detente.store import Hit, Spot, Store, StoryEvent, Tie
    from detente.store.snapshot import Snapshot

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


def event(store: Store, told: Storyteller, id_: str, article: str | None) -> StoryEvent:
    """One event, by its whole id. Raises UnknownNameError for none, UsageError where several articles have one."""
    from detente.store import queries

    def question(at: Snapshot) -> list[StoryEvent]:
        asked = queries.events(at, event=id_, article=article, joined=told(at).shown, set_aside=True, limit=_EACH)
        return [told(at).event(stored) for stored in asked if stored.event.id == id_]

    found = store.ask(question)
    if not found:
        raise UnknownNameError(f"{store.folder} has no event {id_!r} read out of an article; `events` lists the ids")
    if len(found) > 1:
        raise UsageError(
            f"several articles have an event {id_}: {', '.join(sorted(one.article for one in found))}; say which"
        )
    return found[0]
