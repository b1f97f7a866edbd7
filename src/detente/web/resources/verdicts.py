"""Verdicts: what people say of events. The one thing that can be written without a token, from the observatory's own page."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query, Response
from pydantic import BaseModel, Field

from detente.records import EventVerdict, to_json
from detente.web.answers import encoded
from detente.web.asking import PROBLEMS, Ask, AskRows, Page

router = APIRouter(tags=["verdicts"], responses=PROBLEMS)


class Judged(BaseModel):
    """What is said of an event."""

    event: str = Field(min_length=1, max_length=200, examples=["e6cb896382b9ecba"])
    article: str | None = Field(
        default=None, max_length=2_000, description="That of its article, where several have such an event."
    )
    verdict: Literal["wrong", "withdrawn"] = Field(
        default="wrong", description="withdrawn: an earlier verdict no longer holds."
    )
    who: str = Field(min_length=1, max_length=200, examples=["A. Reader"])
    why: str = Field(min_length=1, max_length=2_000, examples=["The sides are the wrong way round."])


@router.get("/verdicts", response_model=Page[EventVerdict])
def verdicts(
    ask: AskRows, article: Annotated[str | None, Query(description="On events of this article.")] = None
) -> Response:
    """Every verdict, the oldest first."""
    return ask.whole(lambda: [one for one in ask.observatory.verdicts() if article in (None, one.article)])


@router.post("/verdicts", response_model=EventVerdict, status_code=201)
def judge(ask: Ask, said: Annotated[Judged, Body()]) -> Response:
    """Keeps a verdict: an event that is wrong counts in nothing that is computed from then on.

    The body is JSON: `event`, `who` and `why`; `article` where several have such an event; `verdict`, `wrong` or `withdrawn`.
    """
    kept = ask.observatory.judge(said.event, article=said.article, verdict=said.verdict, who=said.who, why=said.why)
    return Response(encoded(to_json(kept)), status_code=201, media_type="application/json")
