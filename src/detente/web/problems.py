"""Errors as `application/problem+json` (RFC 9457): what was expected, what came, what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from detente.errors import BusyError, DetenteError, TooSlowError, UnknownNameError, UsageError

TYPE = "application/problem+json"


class Problem(Response):
    """A refusal in words. more: members of its own beside title, status and detail."""

    media_type = TYPE

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        told = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **(more or {})}
        super().__init__(
            json.dumps(told, ensure_ascii=False).encode("utf8", "replace"),
            status_code=status,
            headers={"Cache-Control": "no-store", **(headers or {})},
        )


def problem_of(error: DetenteError) -> Problem:
    """What an error of détente is over HTTP: the caller's fault (4xx), a matter of waiting (503), or ours (500)."""
    if isinstance(error, UnknownNameError):
        return Problem(404, str(error), more={"suggestions": list(error.suggestions)})
    if isinstance(error, UsageError):
        return Problem(400, str(error))
    if isinstance(error, BusyError):
        return Problem(503, str(error), headers={"Retry-After": "5"})
    if isinstance(error, TooSlowError):
        return Problem(503, str(error))
    return Problem(500, str(error))
