"""Search everywhere: articles, quotations and events that hold the words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from detente.store import Hit
from detente.web.asking import PROBLEMS, Ask

router = APIRouter(tags=["search"], responses=PROBLEMS)


class Hits(BaseModel):
    """What was found, the best of each kind first."""

    items: list[Hit]


@router.get("/search", response_model=Hits)
def search(
    ask: Ask,
    q: Annotated[str, Query(min_length=1, max_length=200, description="Words.", examples=["oil pipeline"])],
    limit: Annotated[int, Query(ge=1, le=100, description="Hits of each kind.")] = 10,
) -> Response:
    """What holds all of these words, in whatever order."""

    def found() -> dict[str, Any]:
        return {"items": ask.observatory.search(q, limit=limit)}

    return ask.one(found)
