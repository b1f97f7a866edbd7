"""Articles, and everything that was read out of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Response

from detente.records import Reading
from detente.store import After, StoredArticle, StoredStory
from detente.web.asking import LIMIT, PROBLEMS, Ask, AsOf, Cursor, Limit, Page, Since, Until

router = APIRouter(tags=["articles"], responses=PROBLEMS)


@router.get("/articles", response_model=Page[StoredArticle])
def articles(
    ask: Ask,
    source: Annotated[str | None, Query(description="The outlet.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Articles by day of publication."""

    def found(after: After | None, limit: int) -> Iterator[StoredArticle]:
        return ask.observatory.articles(source=source, since=since, until=until, after=after, limit=limit)

    return ask.list(found, _key, limit, cursor)


@router.get("/articles/{id:path}", response_model=Reading)
def article(ask: Ask, id: str) -> Response:
    """Everything read out of one article: a line of `detente read`."""
    return ask.one(lambda: ask.observatory.reading(id))


@router.get("/stories", response_model=Page[StoredStory])
def stories(ask: Ask, as_of: AsOf = None, copied: bool = True) -> Response:
    """Which articles copy one text."""
    return ask.whole(lambda: ask.observatory.stories(copied=copied, as_of=as_of))


def _key(stored: StoredArticle) -> After:
    day = stored.article.published
    return After(article=stored.article.id, day=day[:10] if day else None)
