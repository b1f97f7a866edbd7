"""Articles, and everything that was read out of one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from detente.observatory import AddReport
from detente.records import Reading, to_json
from detente.store import After, StoredArticle, StoredFailure, StoredStory, time_limit
from detente.web.answers import encoded
from detente.web.asking import LIMIT, PROBLEMS, Ask, AskRows, AsOf, Cursor, Limit, Page, Since, Until
from detente.web.problems import Problem

router = APIRouter(tags=["articles"], responses=PROBLEMS)

_PATIENCE = 600.0  # seconds that taking articles in may last
_ARTICLE = {
    "type": "object",
    "required": ["text"],
    "properties": {
        name: {"type": "string"} for name in ("id", "title", "text", "published", "source", "url", "language")
    },
    "example": {
        "title": "Minister in Ankara for talks",
        "text": "ANKARA - The Greek foreign minister met his Turkish counterpart on Tuesday.",
        "published": "2024-05-14",
        "source": "Example Wire",
    },
}
_SCHEMA = {"oneOf": [_ARTICLE, {"type": "array", "items": _ARTICLE}]}


class Taken(BaseModel):
    """What became of the articles: see `detente add`."""

    added: int
    revised: int
    unchanged: int
    removed: int
    failed: int
    corrected: int
    failures: list[StoredFailure]


@router.get("/articles", response_model=Page[StoredArticle])
def articles(
    ask: AskRows,
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


@router.post(
    "/articles",
    response_model=Taken,
    status_code=201,
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": _SCHEMA}, "application/jsonl": {}}}
    },
)
async def add(ask: Ask) -> Response:
    """Takes articles in: what `detente add DIR -` takes. Needs the token, and --allow-add.

    The body is JSON, one article or a list (`application/json`), or one article a line (`application/jsonl`), each with at least `text`.
    """
    if not ask.access.allow_add:
        return Problem(403, "this server takes no articles in; start it with --allow-add and --token-file")
    body = await ask.request.body()
    if not body.strip():
        return Problem(400, "expected one article or more, as JSON with at least `text`; the request is empty")
    kind = ask.request.headers.get("content-type", "").partition(";")[0].strip()
    form = "json" if kind == "application/json" else "jsonl"
    report = await run_in_threadpool(_add, ask, body, form)
    return Response(encoded(to_json(report)), status_code=201, media_type="application/json")


def _add(ask: Ask, body: bytes, form: str) -> AddReport:
    """Reads and stores; one after the other, with the language model loaded once."""
    state = ask.request.app.state
    with state.adding, time_limit(_PATIENCE):
        if state.reader is None:
            from detente.reading.reader import Reader

            state.reader = Reader(None)
        return ask.observatory.add(["-"], stdin=io.BytesIO(body), input_format=form, reader=state.reader)


@router.get("/articles/{id:path}", response_model=Reading)
def article(ask: Ask, id: Annotated[str, Path(description="The article's id.", examples=["demo:1"])]) -> Response:
    """Everything read out of one article: a line of `detente read`."""
    return ask.one(lambda: ask.observatory.reading(id))


@router.get("/stories", response_model=Page[StoredStory])
def stories(
    ask: AskRows,
    as_of: AsOf = None,
    copied: Annotated[bool, Query(description="Only texts that several articles have.")] = True,
) -> Response:
    """Which articles copy one text."""
    return ask.whole(lambda: ask.observatory.stories(copied=copied, as_of=as_of))


def _key(stored: StoredArticle) -> After:
    day = stored.article.published
    return After(article=stored.article.id, day=day[:10] if day else None)
