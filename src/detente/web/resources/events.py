"""Events: who did what to whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response

from detente.store import After, StoryEvent
from detente.web.asking import LIMIT, PROBLEMS, Ask, AskRows, Country, Cursor, Limit, OriginName, Page, Since, Until

router = APIRouter(tags=["events"], responses=PROBLEMS)

EventId = Annotated[str, Path(description="Its whole id.", min_length=8, max_length=200, examples=["e6cb896382b9ecba"])]
OfArticle = Annotated[str | None, Query(description="The id of an article: out of that one only.")]


@router.get("/events", response_model=Page[StoryEvent])
def events(
    ask: AskRows,
    source: Country = None,
    target: Country = None,
    between: Annotated[
        list[str] | None,
        Query(min_length=2, max_length=2, description="Two countries, in either direction: give it twice."),
    ] = None,
    type: Annotated[str | None, Query(description="A PLOVER type.", examples=["CONSULT"])] = None,
    status: Annotated[
        Literal["occurred", "ongoing", "planned", "conditional", "denied"] | None,
        Query(description="Whether it happened."),
    ] = None,
    article: OfArticle = None,
    origin: OriginName = None,
    rejected: Annotated[bool, Query(description="Also those that a verdict holds to be wrong, with it.")] = False,
    since: Since = None,
    until: Until = None,
    limit: Limit = LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Events by their own date, else their article's: each real event once, with the articles that tell it."""
    pair = (between[0], between[1]) if between else None

    def found(after: After | None, limit: int) -> Iterator[StoryEvent]:
        observatory = ask.observatory
        return observatory.events(
            source=source,
            target=target,
            between=pair,
            type=type,
            status=status,
            article=article,
            rejected=rejected,
            since=since,
            until=until,
            origin=observatory.origin_meant(origin),
            after=after,
            limit=limit,
        )

    return ask.list(found, event_key, limit, cursor)


@router.get("/events/{id}", response_model=StoryEvent)
def event(ask: Ask, id: EventId, article: OfArticle = None) -> Response:
    """One event of the observatory's own readings: the articles that tell it, and the verdict that stands on it."""
    return ask.one(lambda: ask.observatory.event(id, article=article))


def event_key(stored: StoryEvent) -> After:
    """Where an event stands in the list: under the day that its text names, else that of publication."""
    named = stored.event.date.start if stored.event.date else None
    return After(article=stored.article, id=stored.event.id, day=_day(named) or _day(stored.published))


def _day(told: str | None) -> str | None:
    try:
        return date.fromisoformat(told[:10]).isoformat() if told else None
    except ValueError:
        return None
