"""What every resource shares: the observatory, the state it is in, and the parameters that lists take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from importlib.metadata import version
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from detente.observatory import Observatory
from detente.records import to_json
from detente.store import After
from detente.web.access import Access
from detente.web.answers import JSON, answer, encoded, form_of, listed
from detente.web.paging import after_of, page_of
from detente.web.problems import Problem

_VERSION = version("detente")
LIMIT = 100  # rows of a page, unless told otherwise


class Told(BaseModel):
    """A problem (RFC 9457)."""

    title: str = Field(examples=["Bad Request"])
    status: int = Field(examples=[400])
    detail: str = Field(examples=["there is no country 'Atlantis'"])


class Page[R](BaseModel):
    """A page of a list. next: the cursor of the page behind it, null on the last. generation: of the observatory."""

    items: list[R]
    next: str | None = Field(examples=["WyIyMDIwLTA4LTIwIiwiYTEiLCJlMSJd"])
    generation: int = Field(examples=[12])


class Asked:
    """One request: the observatory, and how the answer is wanted."""

    def __init__(self, request: Request, form: str | None) -> None:
        self.request = request
        self.observatory: Observatory = request.app.state.observatory
        self.access: Access = request.app.state.access
        self.form = form

    @cached_property
    def state(self) -> str:
        """What the answer rests on; read before anything is asked, so that no tag is newer than its answer."""
        return f"{_VERSION}/{self.observatory.state}"

    def list[R](
        self, ask: Callable[..., Iterable[R]], key: Callable[[R], After], limit: int, cursor: str | None
    ) -> Response:
        """A page of what `ask(after=, limit=)` gives. key: where a record stands in the list."""
        if self.form is None:
            return self._unknown_form()
        size, after = min(limit, self.access.page), after_of(cursor)

        def make() -> bytes:
            rows, following = page_of(ask(after=after, limit=size + 1), size, key)
            return listed(rows, self.form or "json", {"next": following, "generation": self.observatory.generation})

        return self._answer(self.form, make)

    def whole(self, ask: Callable[[], Iterable[Any]]) -> Response:
        """A list that is short enough to come at once."""
        if self.form is None:
            return self._unknown_form()
        form = self.form
        head = {"next": None, "generation": self.observatory.generation}
        return self._answer(form, lambda: listed(list(ask()), form, head))

    def one(self, ask: Callable[[], Any]) -> Response:
        """One thing, as JSON."""
        if self.form != "json":
            return Problem(406, "this comes as JSON alone; expected application/json to be accepted")
        return self._answer("json", lambda: encoded(to_json(ask())))

    def _answer(self, form: str, make: Callable[[], bytes]) -> Response:
        return answer(self.request, self.request.app.state.cache, self.state, form, make)

    def _unknown_form(self) -> Problem:
        return Problem(
            406,
            "expected application/json, application/jsonl, text/csv or application/vnd.apache.parquet to be accepted",
        )


async def _asked(request: Request) -> Asked:
    return Asked(request, form_of(request.headers.getlist("accept"), None, JSON))


async def _rows_asked(
    request: Request,
    format: Annotated[
        Literal["json", "jsonl", "csv", "parquet"] | None, Query(description="In place of an Accept header.")
    ] = None,
) -> Asked:
    return Asked(request, form_of(request.headers.getlist("accept"), format))


Ask = Annotated[Asked, Depends(_asked)]
AskRows = Annotated[Asked, Depends(_rows_asked)]  # lists, which come in other forms than JSON, too
Limit = Annotated[int, Query(ge=1, le=1_000, description="Rows of a page.")]
Cursor = Annotated[str | None, Query(description="`next` of the page before.", max_length=2_000)]
_DAY: dict[str, Any] = {"json_schema_extra": {"pattern": r"^\d{4}(-((0[1-9]|1[0-2])(-\d\d)?|Q[1-4]|W\d\d))?$"}}
Since = Annotated[
    str | None, Query(description="From this day, week, month, quarter or year on.", examples=["2020-08"], **_DAY)
]
Until = Annotated[
    str | None, Query(description="Up to this day, or the end of this period.", examples=["2020-08-20"], **_DAY)
]
AsOf = Annotated[
    str | None, Query(description="Only what had been published by then.", examples=["2020-08-31"], **_DAY)
]
By = Annotated[Literal["week", "month", "quarter"], Query(description="The period.")]
Directed = Annotated[bool, Query(description="Only what a does to b.")]
Side = Annotated[str, Path(description="A country by code, name or demonym, or an organisation.", examples=["GRC"])]
OriginName = Annotated[str | None, Query(description="own, or what was imported (icews, ...).", examples=["own"])]
Country = Annotated[str | None, Query(description="A country by code, name or demonym.", examples=["IRQ"])]
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Told, "description": text}  # web/document.py says of which content type
    for status, text in {
        400: "What was asked cannot be.",
        401: "The token is missing or wrong.",
        403: "The request comes from another site.",
        404: "A name that is not there.",
        406: "No form that we have.",
        408: "The request takes too long to come.",
        413: "Too large a request.",
        414: "Too long an address.",
        421: "Asked under another name.",
        422: "A parameter is wrong.",
        431: "Too large headers.",
        503: "Busy, or too slow a question.",
    }.items()
}
