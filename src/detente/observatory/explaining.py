"""An event of an observatory, explained: its article read again by today's coder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import UsageError
from detente.observatory.reading import LazyReader
from detente.records import Article, Event, Reading, Silence

if TYPE_CHECKING:
    from detente.store import StoredEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An event as it is kept, and what today's coder makes of its article.

    event: the same event now, with its explanation; None when the coder no longer gives it: then `instead` has what it
    gives at the same words, and `silent` why it gives no more. coder, knowledge: today's.
    """

    stored: StoredEvent
    reading: Reading
    event: Event | None
    instead: tuple[Event, ...]
    silent: tuple[Silence, ...]
    coder: str
    knowledge: str

    @property
    def same_coder(self) -> bool:
        """Whether the event is kept as today's coder and tables would have it."""
        kept = self.stored.event
        return (kept.coder, kept.knowledge) == (self.coder, self.knowledge)


def the_one(event: str, found: Sequence[StoredEvent], folder: Path) -> StoredEvent:
    """The one event that was found. Raises UsageError for none, and for more than one."""
    if not found:
        raise UsageError(f"{folder} has no event {event!r}; `detente events {folder}` shows the ids")
    if len(found) > 1:
        raise UsageError(f"more than one event of {folder} begins with {event!r}; give more of its id")
    return found[0]


def explained(stored: StoredEvent, article: Article, lazy: LazyReader) -> Explained:
    """Reads the article again and finds the event in it: by its id, else by its trigger's place."""
    (reading,) = lazy().read([article])
    kept = stored.event
    event = next((e for e in reading.events if e.id == kept.id), None)
    at = kept.trigger
    beside = tuple(
        e
        for e in reading.events
        if e.trigger.field == at.field and e.trigger.start < at.end and at.start < e.trigger.end
    )
    silent = tuple(
        silence
        for silence in reading.silent
        if silence.sentence.field == at.field and silence.sentence.start <= at.start < silence.sentence.end
    )
    return Explained(
        stored=stored,
        reading=reading,
        event=event,
        instead=beside if event is None else (),
        silent=silent if event is None else (),
        coder=lazy.coder,
        knowledge=lazy.knowledge,
    )
