"""The observatory itself: what it holds, where that comes from, and what could not be read."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, Response
from pydantic import BaseModel

from detente.store import Counts, Origin, StoredFailure
from detente.web.asking import PROBLEMS, Ask, AskRows, Page

router = APIRouter(tags=["observatory"], responses=PROBLEMS)


class About(BaseModel):
    """What is served: version of détente, name of the folder, how much of each kind, imports, and whether articles may be sent."""

    detente: str
    name: str
    counts: Counts
    origins: list[Origin]
    can_add: bool


@router.get("/about", response_model=About)
def about(ask: Ask) -> Response:
    """What this observatory holds."""
    return ask.one(
        lambda: {
            "detente": version("detente"),
            "name": ask.observatory.path.resolve().name,
            "counts": ask.observatory.counts(),
            "origins": [
                {
                    "name": one.name,
                    "events": one.events,
                    "counted": one.counted,
                    "first": str(one.first),
                    "last": str(one.last),
                }
                for one in ask.observatory.origins()
            ],
            "can_add": ask.access.allow_add,
        }
    )


@router.get("/failures", response_model=Page[StoredFailure])
def failures(ask: AskRows) -> Response:
    """What could not be read, of which article or input, and why."""
    return ask.whole(ask.observatory.failures)
