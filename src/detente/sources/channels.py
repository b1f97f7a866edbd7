"""Saved feeds (RSS, Atom, RDF, JSON Feed): what they hold of their articles. Nothing is fetched; `detente watch` does that."""

from __future__ import annotations

from collections.abc import Iterator

from detente.errors import InputError
from detente.sources.feed import Feed
from detente.sources.sourced import Draft, Unreadable, remark, unreadable
from detente.sources.syndication import LONGEST, channel_of

LONGEST_FILE = 16 * 1024 * 1024  # bytes of a saved feed


def read_channel(feed: Feed) -> Iterator[Draft | Unreadable]:
    """An article for each entry that holds some text; often that is only how the article begins."""
    channel = channel_of(feed.whole(LONGEST_FILE), url="")
    if not channel.entries:
        raise InputError("expected entries, found none in a news feed: `detente watch` follows it")
    for number, entry in enumerate(channel.entries, 1):
        where = f"{feed.name} (entry {number})"
        if not entry.text:
            reason = "expected the article's words, found a link only: `detente watch` fetches what a feed links to"
            yield unreadable(where, reason)
            continue
        cut = (remark(where, f"its feed has {channel.left} more, beyond the first {LONGEST}: not read"),)
        yield Draft(
            where=where,
            text=entry.text,
            title=entry.title,
            published=entry.published or entry.updated,
            source=channel.title,
            url=entry.link,
            failures=cut if channel.left and number == LONGEST else (),
        )
