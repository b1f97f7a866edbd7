"""Web archives (WARC, plain or packed with gzip, lz4 or zstd), such as Common Crawl's CC-NEWS: the articles of their pages."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from detente.errors import InputError
from detente.sources.archive import Archive, Broken, Record
from detente.sources.dates import iso
from detente.sources.feed import Feed
from detente.sources.html import LONGEST_PAGE, page_draft
from detente.sources.payload import unpacked
from detente.sources.sourced import Draft, Unreadable, remark, unreadable

log = logging.getLogger("detente.sources.warc")

_PAGES = ("text/html", "application/xhtml+xml")
_SHOWN = 120  # characters of an address in a message


def read_warc(feed: Feed) -> Iterator[Draft | Unreadable]:
    """The article of every page in the archive, and a record of each that is clipped, malformed or holds none.

    Requests, metadata, revisits, other answers than 200 and other media than pages are passed over; their count goes to the log.
    """
    archive = Archive(feed.stored())
    for record in archive.records():
        found = _found(feed.name, record, archive.passed)
        if found is not None:
            yield found
    feed.passed = ", ".join(f"{count} {kind}" for kind, count in archive.passed.most_common())
    log.info("%s: passed over: %s", feed.name, feed.passed or "nothing")


def _found(name: str, record: Record | Broken, passed: Counter[str]) -> Draft | Unreadable | None:
    """What a record gives; None for one that is passed over and counted."""
    where = f"{name}:byte {record.offset}"
    if isinstance(record, Broken):
        return unreadable(where, record.reason)
    if record.status not in (None, 200):
        passed[f"answers with status {record.status}"] += 1
        return None
    if not _is_page(record):
        passed[record.media or "of no kind"] += 1
        return None
    try:
        body = unpacked(record.body, transfer=record.transfer, coding=record.coding, limit=LONGEST_PAGE)
        draft = page_draft(body, where=where, charset=record.charset, url=record.url)
    except InputError as error:
        return unreadable(where, f"{error} ({(record.url or 'no address')[:_SHOWN]})")
    return _dated(draft, record)


def _is_page(record: Record) -> bool:
    return record.media in _PAGES or (not record.media and record.body.lstrip()[:1] == b"<")


def _dated(draft: Draft, record: Record) -> Draft:
    """The draft with a remark where its day is unknown: the day of crawling only says that it was not later."""
    crawled = (record.crawled or "")[:10]
    limit = _day(crawled)
    if not draft.published:
        reason = (
            f"expected a day of publication on the page, found none; it was crawled on {crawled or 'an unknown day'}"
        )
        return replace(draft, failures=(*draft.failures, remark(draft.where, reason)))
    written = _day((iso(draft.published) or "")[:10])
    if limit is None or written is None or written <= limit + timedelta(days=1):  # the two may stand in two zones
        return draft
    reason = f"the page names {draft.published[:40]!r} as its day of publication, but was crawled on {crawled}; read without a day"
    return replace(draft, published=None, failures=(*draft.failures, remark(draft.where, reason)))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
