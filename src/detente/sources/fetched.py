"""What was fetched -> articles: a page, or, when it cannot be had, what the feed itself holds."""

from __future__ import annotations

import io
from dataclasses import replace
from urllib.parse import urlsplit

from detente.errors import InputError
from detente.records import Article, Failure, digest
from detente.sources.feed import Feed
from detente.sources.fetching import Answer
from detente.sources.html import page_draft
from detente.sources.plain import read_text
from detente.sources.settle import Settler
from detente.sources.sourced import Draft, Sourced, Unreadable, remark
from detente.sources.syndication import Entry

ENOUGH = 25  # words that an entry must hold to stand for its article: a teaser of one sentence has fewer


def article_of_page(answer: Answer, entry: Entry, outlet: str | None) -> Sourced:
    """The article of a page that was fetched for an entry. outlet: the title of its channel.

    What the page says of itself goes before what the feed says of it, but for its address, of which the id is made: that is
    where it was found, so that no page can pass for another, and replace it. Raises InputError where there is no article.
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
            url=url,
        )
    )


def article_of_entry(entry: Entry, outlet: str | None, reason: str, *, feed: str) -> Sourced | None:
    """The article as far as the feed itself holds it, with the reason why its page is not there; None when it holds
    too little. feed: its address. What it says of a page on another host does not pass for that page.
    """
    if len(entry.text.split()) < ENOUGH:
        return None
    where = entry.link or entry.key or outlet or "a feed"
    return _settled(
        Draft(
            where=where,
            id=None
            if entry.link and _host(entry.link) == _host(feed)
            else digest("entry", feed, entry.link or entry.key, entry.title),
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
    """The page through the reader of its kind."""
    url, kind = answer.target.url, answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "text/plain":
        return next(iter(read_text(Feed(url, io.BytesIO(answer.body)))))
    return page_draft(answer.body, where=url, charset=answer.charset, url=url)


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
