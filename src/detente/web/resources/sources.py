"""Outlets: what was read of each."""

from __future__ import annotations

from fastapi import APIRouter, Response

from detente.store import Outlet
from detente.web.asking import PROBLEMS, AskRows, Page

router = APIRouter(tags=["observatory"], responses=PROBLEMS)


@router.get("/sources", response_model=Page[Outlet])
def sources(ask: AskRows) -> Response:
    """Each outlet with the number of its articles, events and quotations, and its first and last day."""
    return ask.whole(ask.observatory.outlets)
