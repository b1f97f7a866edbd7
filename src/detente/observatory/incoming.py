"""Inputs of every kind, as readings that are still to be made: an article with remarks on it, or failures without a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from detente.records import Article, Failure, Reading
from detente.sources import Sourced, Unreadable, articles_from

type Input = str | Path | Article


def is_article(reading: Reading) -> bool:
    """False for an input that gave no article, only the reason why."""
    return bool(reading.article.text) or not reading.failures


def incoming(
    inputs: Input | Iterable[Input],
    published: str | None,
    input_format: str,
    stdin: BinaryIO | None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Reading]:
    """Every input as a reading that is still to be made: an article with remarks on it, or failures without a text."""
    sourced = partial(articles_from, published=published, input_format=input_format, stdin=stdin, columns=columns)
    listed = [inputs] if isinstance(inputs, str | Path | Article) else inputs
    if isinstance(listed, Sequence) and (listed or stdin) and all(isinstance(item, str | Path) for item in listed):
        paths = [item for item in listed if isinstance(item, str | Path)]
        return map(draft_of, sourced(paths))
    return _once(_mixed(listed, published, sourced))


def _mixed(
    inputs: Iterable[Input],
    published: str | None,
    sourced: Callable[[Sequence[str | Path]], Iterator[Sourced | Unreadable]],
) -> Iterator[Reading]:
    for are_articles, group in groupby(inputs, key=lambda item: isinstance(item, Article)):
        if are_articles:
            for item in group:
                assert isinstance(item, Article)
                yield Reading(article=item if item.published else replace(item, published=published))
        else:
            paths = [item for item in group if not isinstance(item, Article)]
            yield from map(draft_of, sourced(paths))


def draft_of(found: Sourced | Unreadable) -> Reading:
    """What an input gave, as a reading that is still to be made."""
    if isinstance(found, Unreadable):
        return Reading(article=Article(id=found.id, text=""), failures=(found.failure,))
    return Reading(article=found.article, failures=found.failures)


def _once(drafts: Iterable[Reading]) -> Iterator[Reading]:
    """The same, with a failure in place of an article whose id came before or whose text no file can hold."""
    seen: set[str] = set()
    for draft in drafts:
        reason = _refused(draft, seen)
        seen.add(draft.article.id)
        if reason is None:
            yield draft
        else:
            name = draft.article.id.encode("utf8", "backslashreplace").decode("utf8")
            failure = Failure(stage="source", reason=reason)
            yield Reading(article=Article(id=name, text=""), failures=(*draft.failures, failure))


def _refused(draft: Reading, seen: set[str]) -> str | None:
    article = draft.article
    if not is_article(draft):
        return None
    if not article.text.strip():
        return "expected text, found none"
    if article.id in seen:
        return f"the id {article.id!r} came before in this input; read once: give each article its own id"
    try:
        "".join(filter(None, (article.id, article.text, article.title, article.source, article.url))).encode("utf8")
    except UnicodeEncodeError:
        return "expected Unicode text, found half of a surrogate pair; replace it by U+FFFD"
    return None
