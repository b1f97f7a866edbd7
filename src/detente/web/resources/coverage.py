"""What was read, by what, and when it was published: without this no other number means anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Response

from detente.web.asking import PROBLEMS, AskRows, Page

if TYPE_CHECKING:
    from detente.store.coverage import StoredShare

router = APIRouter(tags=["observatory"], responses=PROBLEMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Articles of one outlet in one language, read by one version. undated: those without a day. first, last: of the others."""

    source: str | None
    language: str | None
    coder: str
    knowledge: str
    articles: int
    undated: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRead:
    """articles: published on this day, and read."""

    day: str
    articles: int


@router.get("/coverage", response_model=Page[Share])
def coverage(ask: AskRows) -> Response:
    """Articles by outlet, language, and the versions of the reader and of its knowledge."""
    return ask.whole(lambda: map(_share, ask.observatory.coverage()))


@router.get("/coverage/days", response_model=Page[DayRead])
def days(ask: AskRows) -> Response:
    """How many articles of each day were read; days without any are left out."""
    return ask.whole(lambda: (DayRead(day=str(day), articles=number) for day, number in ask.observatory.days_read()))


def _share(found: StoredShare) -> Share:
    return Share(
        source=found.source,
        language=found.language,
        coder=found.coder,
        knowledge=found.knowledge,
        articles=found.articles,
        undated=found.undated,
        first=found.first.isoformat() if found.first else None,
        last=found.last.isoformat() if found.last else None,
    )
