"""What is ahead, promised, at issue and feared: calendar, commitments, agenda, concerns."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from detente.briefs.records import Ahead, Concern, Issue, Pledge
from detente.web.asking import PROBLEMS, AskRows, AsOf, Country, Page, Side, Since, Until

router = APIRouter(tags=["planning"], responses=PROBLEMS)


@router.get("/calendar", response_model=Page[Ahead])
def calendar(
    ask: AskRows, a: Country = None, b: Country = None, since: Since = None, until: Until = None, as_of: AsOf = None
) -> Response:
    """Planned events, of all, of one country, or between two, and whether they were seen to occur."""
    return ask.whole(lambda: ask.observatory.calendar(a, b, since=since, until=until, as_of=as_of))


@router.get("/commitments", response_model=Page[Pledge])
def commitments(
    ask: AskRows,
    a: Country = None,
    b: Country = None,
    state: Annotated[Literal["kept", "due", "overdue", "open"] | None, Query(description="What became of it.")] = None,
    as_of: AsOf = None,
) -> Response:
    """Promises, and what became of them."""
    return ask.whole(lambda: ask.observatory.commitments(a, b, state=state, as_of=as_of))


@router.get("/agenda/{a}/{b}", response_model=Page[Issue])
def agenda(ask: AskRows, a: Side, b: Side, since: Since = None, as_of: AsOf = None) -> Response:
    """The issues between two countries, with the positions of either side in its words."""
    return ask.whole(lambda: ask.observatory.agenda(a, b, since=since, as_of=as_of))


@router.get("/concerns", response_model=Page[Concern])
def concerns(ask: AskRows, a: Country = None, b: Country = None, since: Since = None, as_of: AsOf = None) -> Response:
    """What a country's speakers call a concern, a worry, a threat."""
    return ask.whole(lambda: ask.observatory.concerns(a, b, since=since, as_of=as_of))
