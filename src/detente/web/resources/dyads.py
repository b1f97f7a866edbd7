"""Two countries: the series of their relations, its turns, and the sentences behind it."""

from __future__ import annotations

from fastapi import APIRouter, Response

from detente.relations import Relations, Triangle
from detente.web.asking import PROBLEMS, Ask, AsOf, By, Directed, OriginName, Side, Since

router = APIRouter(tags=["dyads"], responses=PROBLEMS)


@router.get("/dyads/{a}/{b}", response_model=Relations)
def dyad(
    ask: Ask,
    a: Side,
    b: Side,
    by: By = "month",
    since: Since = None,
    as_of: AsOf = None,
    directed: Directed = False,
    origin: OriginName = None,
) -> Response:
    """How two countries stand to each other: what `detente relations DIR A B --format json` gives."""
    observatory = ask.observatory
    return ask.one(
        lambda: observatory.relations(
            a, b, by=by, since=since, as_of=as_of, directed=directed, origin=observatory.origin_meant(origin)
        )
    )


@router.get("/triangles/{a}/{b}/{c}", response_model=Triangle)
def triangle(
    ask: Ask, a: Side, b: Side, c: Side, by: By = "month", since: Since = None, as_of: AsOf = None
) -> Response:
    """Country a between b and c: both balances, and whether they move together."""
    return ask.one(lambda: ask.observatory.triangle(a, b, c, by=by, since=since, as_of=as_of))
