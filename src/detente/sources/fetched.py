"""What was fetched -> articles: a page, or, when it cannot be had, what the feed itself holds."""

from __future__ import annotations

import io
from dataclasses import replace
from urllib.parse import urlsplit

from detente.errors import InputError
from detente.records import Article, Failure, digest
from detente.sources.decode import decode
from detente.sources.feed import Feed
from detente.sources.fetching import Answer
from detente.sources.html import read_html
from detente.sources.plain import read_text
from detente.sources.settle import Settler
from detente.sources.sourced import Draft, Sourced, Unreadable, remark
from detente.sources.syndication import Entry

ENOUGH = 25  # words that an entry must hold to stand for its article: a teaser of one sentence has fewer
_MARK = b"\xef\xbb\xbf"


def article_of_page(answer: Answer, entry: Entry, outlet: str | None) -> Sourced:
    """The article of a page that was fetched for an entry. outlet: the title of its channel.

    What the page says of itself goes before what the feed says of it; but a page's own address is believed only on its
    own host, so that no page can pass for, and replace, an article of another outlet. Raises InputError where there is none.
    """
    url = answer.target.url
    draft = _draft(answer)
    if isinstance(draft, Unreadable):
        raise InputError(draft.failure.reason)
    timed = draft.published and "T" in draft.published
    return _settled(
        replace(
            draft,
            where=url,
            id=None,
            title=draft.title or entry.title,
            published=draft.published if timed else entry.published or entry.updated or draft.published,
            source=draft.source or outlet,
            url=draft.url if draft.url and _host(draft.url) == _host(url) else url,
        )
    )


def article_of_entry(entry: Entry, outlet: str | None, reason: str) -> Sourced | None:
    """The article as far as the feed itself holds it, with the reason why its page is not there; None when it holds
    too little."""
    if len(entry.text.split()) < ENOUGH:
        return None
    where = entry.link or entry.key or outlet or "a feed"
    return _settled(
        Draft(
            where=where,
            text=entry.text,
            title=entry.title,
            published=entry.published or entry.updated,
            source=outlet or (_host(entry.link) if entry.link else None),
            url=entry.link,
            failures=(remark(where, f"read from the feed's own text: {reason}"),),
        )
    )


def gone(key: str, where: str, reason: str) -> tuple[Article, Failure]:
    """The record of an article, or a feed, that could not be had."""
    return Article(id=digest("unfetched", key), text=""), remark(where, reason)


def _draft(answer: Answer) -> Draft | Unreadable:
    """The page through the reader of its kind, in the encoding that HTTP names, if it names one that fits."""
    data, url = answer.body, answer.target.url
    if answer.charset and (decoded := decode(data, answer.charset)).remark is None:
        data = _MARK + decoded.text.encode("utf-8", "replace")
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    read = read_text if kind == "text/plain" else read_html
    return next(iter(read(Feed(url, io.BytesIO(data)))))


def _settled(draft: Draft) -> Sourced:
    found = Settler(None).settle(draft)
    if isinstance(found, Unreadable):
        raise InputError(found.failure.reason)
    return found


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").casefold().removeprefix("www.")
    except ValueError:
        return ""
