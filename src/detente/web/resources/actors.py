"""Actors: who is who over all articles."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from detente.observatory import Who
from detente.web.asking import LIMIT, PROBLEMS, AskRows, Country, Limit, Page

router = APIRouter(tags=["actors"], responses=PROBLEMS)


@router.get("/actors", response_model=Page[Who])
def actors(
    ask: AskRows,
    name: Annotated[str | None, Query(description="Part of it; also finds those who are only mentioned.")] = None,
    kind: Annotated[
        Literal["country", "person", "organization", "group"] | None, Query(description="Of this kind alone.")
    ] = None,
    country: Country = None,
    limit: Limit = LIMIT,
) -> Response:
    """Actors joined over all articles, the busiest first."""
    return ask.whole(lambda: ask.observatory.who(name, kind=kind, country=country, limit=limit))
