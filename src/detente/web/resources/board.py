"""The board: which pairs of countries have moved."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from detente.observatory.board import Board, DyadPage
from detente.web.asking import LIMIT, PROBLEMS, Ask, AsOf, By, Directed, Limit, OriginName, Side, Since, Until

router = APIRouter(tags=["dyads"], responses=PROBLEMS)


@router.get("/board", response_model=Board)
def board(
    ask: Ask,
    by: By = "month",
    as_of: AsOf = None,
    origin: OriginName = None,
    min_events: Annotated[int, Query(ge=1, le=10_000, description="Events that a pair must have in the window.")] = 5,
    limit: Annotated[int, Query(ge=1, le=100, description="Pairs.")] = 20,
) -> Response:
    """Which pairs of countries have moved over the last six months, the greatest change first, with the reason."""
    observatory = ask.observatory
    return ask.one(
        lambda: observatory.board(
            by=by, as_of=as_of, origin=observatory.origin_meant(origin), min_events=min_events, limit=limit
        )
    )


@router.get("/dyads/{a}/{b}/page", response_model=DyadPage)
def page(
    ask: Ask,
    a: Side,
    b: Side,
    by: By = "month",
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    directed: Directed = False,
    origin: OriginName = None,
    limit: Limit = LIMIT,
) -> Response:
    """The kept series of two countries, and their events of a period: fast, whatever the size of the observatory."""
    observatory = ask.observatory
    return ask.one(
        lambda: observatory.page(
            a,
            b,
            by=by,
            since=since,
            until=until,
            as_of=as_of,
            directed=directed,
            origin=observatory.origin_meant(origin),
            limit=limit,
        )
    )
