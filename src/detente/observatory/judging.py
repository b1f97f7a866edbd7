"""What people say of events: verdicts, kept in a journal and honoured by whatever is computed next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from detente.errors import UnknownNameError, UsageError
from detente.records import VERDICTS, EventVerdict

if TYPE_CHECKING:
    from detente.store import Store

_LONGEST = {"who": 200, "why": 2_000}  # characters


def judge(store: Store, event: str, *, article: str | None, verdict: str, who: str, why: str) -> EventVerdict:
    """Keeps a verdict on an event of one's own readings. Raises UsageError, UnknownNameError."""
    if verdict not in VERDICTS:
        raise UsageError(f"expected the verdict {' or '.join(VERDICTS)}, found {verdict!r}")
    for name, text in (("who", who), ("why", why)):
        if not text.strip() or len(text) > _LONGEST[name]:
            raise UsageError(f"expected {name}, in 1 to {_LONGEST[name]} characters; found {len(text)}")
        if any("\ud800" <= sign <= "\udfff" for sign in text):  # bytes of a command line that are no UTF-8, say
            raise UsageError(f"expected {name} as Unicode text, found {text!r}; type it anew")
    kept = EventVerdict(
        article=_article(store, event, article),
        event=event,
        verdict=verdict,
        who=who.strip(),
        why=why.strip(),
        when=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    if verdict == "withdrawn" and (kept.article, event) not in store.rejected:
        raise UsageError(f"no verdict stands on the event {event} of {kept.article}: there is nothing to withdraw")
    store.judge(kept)
    return kept


def _article(store: Store, event: str, article: str | None) -> str:
    """The article of an event, by their ids."""
    from detente.store import queries

    found = store.ask(
        lambda at: {one.article for one in queries.events(at, event=event, article=article) if one.event.id == event}
    )
    if not found:
        raise UnknownNameError(f"{store.folder} has no event {event!r} read out of an article; `events` lists the ids")
    if len(found) > 1:
        raise UsageError(f"several articles have an event {event}: {', '.join(sorted(found))}; say which")
    return found.pop()
