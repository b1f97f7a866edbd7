"""Quotations: who said what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Response

from detente.store import After, StoredQuote
from detente.web.asking import LIMIT, PROBLEMS, AskRows, Cursor, Limit, Page, Since, Until

router = APIRouter(tags=["quotes"], responses=PROBLEMS)


@router.get("/quotes", response_model=Page[StoredQuote])
def quotes(
    ask: AskRows,
    speaker: Annotated[str | None, Query(description="Part of a name, an actor's id, or a country.")] = None,
    about: Annotated[str | None, Query(description="Words that the quotation holds.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Quotations by day of publication."""

    def found(after: After | None, limit: int) -> Iterator[StoredQuote]:
        return ask.observatory.quotes(speaker=speaker, about=about, since=since, until=until, after=after, limit=limit)

    return ask.list(found, _key, limit, cursor)


def _key(stored: StoredQuote) -> After:
    day = stored.published
    return After(article=stored.article, id=stored.quote.id, day=day[:10] if day else None)
