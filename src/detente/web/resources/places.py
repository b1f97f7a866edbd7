"""Places: where things happened, and which are spoken of."""

from __future__ import annotations

from fastapi import APIRouter, Response

from detente.store import Spot
from detente.web.asking import LIMIT, PROBLEMS, AskRows, Country, Limit, Page, Since, Until

router = APIRouter(tags=["places"], responses=PROBLEMS)


@router.get("/places", response_model=Page[Spot])
def places(
    ask: AskRows, country: Country = None, since: Since = None, until: Until = None, limit: Limit = LIMIT
) -> Response:
    """Places with a point on the map, those of most events first."""
    return ask.whole(lambda: ask.observatory.places(country=country, since=since, until=until, limit=limit))
