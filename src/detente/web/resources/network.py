"""Who deals with whom, and what codes stand for."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Response

from detente.knowledge.countries import countries
from detente.knowledge.organisations import organisations
from detente.store import Tie
from detente.web.asking import LIMIT, PROBLEMS, AskRows, Limit, Page, Since, Until

router = APIRouter(tags=["network"], responses=PROBLEMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """code: ISO 3166 alpha-3 (or the package's own where there is none), or an organisation's id. kind: country, organization."""

    code: str
    name: str
    kind: str


@router.get("/network", response_model=Page[Tie])
def network(ask: AskRows, since: Since = None, until: Until = None, limit: Limit = LIMIT) -> Response:
    """Countries and organisations that deal with each other, the busiest two first."""
    return ask.whole(lambda: ask.observatory.network(since=since, until=until, limit=limit))


@router.get("/names", response_model=Page[Name])
def names(ask: AskRows) -> Response:
    """Every country and organisation that détente knows, by code."""
    return ask.whole(
        lambda: [
            *(Name(code=one.code, name=one.name, kind="country") for one in countries()),
            *(Name(code=one.key, name=one.names[0], kind="organization") for one in organisations()),
        ]
    )
