"""The application: resources under /api/v1, the page under /."""

from __future__ import annotations

from importlib.metadata import version
from threading import Lock

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from detente.errors import DetenteError
from detente.observatory import Observatory
from detente.web.access import Access
from detente.web.cache import Cache
from detente.web.document import document
from detente.web.guard import Guard
from detente.web.page import page
from detente.web.problems import Problem, problem_of
from detente.web.resources import ROUTERS

_API = "/api/v1"
_CACHE = 32 << 20  # bytes of answers that are kept in memory


def make_app(observatory: Observatory, access: Access) -> Guard:
    """An ASGI application that serves one observatory. See `Access` for who may ask."""
    app = FastAPI(
        title="détente",
        summary="Who did what to whom, who said what, and how relations rise and fall: one observatory, over HTTP.",
        version=version("detente"),
        openapi_url=f"{_API}/openapi.json",
        docs_url=None,  # FastAPI's page of documentation loads scripts from elsewhere
        redoc_url=None,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    app.state.observatory = observatory
    app.state.access = access
    app.state.cache = Cache(_CACHE)
    app.state.reader = None  # loaded when the first article is sent in
    app.state.adding = Lock()
    for router in ROUTERS:
        app.include_router(router, prefix=_API)
    app.add_route("/{path:path}", page, methods=["GET", "HEAD"], include_in_schema=False)
    app.openapi = lambda: document(app)  # type: ignore[method-assign]  # FastAPI's own way to another document
    app.add_exception_handler(DetenteError, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _wrong)
    app.add_exception_handler(Exception, _broken)
    return Guard(app, access)


async def _known(_: Request, error: Exception) -> Response:
    assert isinstance(error, DetenteError)
    return problem_of(error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    path = request.url.path
    methods = methods_of(path) if error.status_code == 405 else []
    if methods:
        told = f"expected {' or '.join(methods)} at {path}, got {request.method}"
        return Problem(405, told, headers={"Allow": ", ".join(methods)})
    if error.status_code in (404, 405):
        return Problem(404, f"there is nothing at {path}; {_API}/openapi.json lists what there is")
    return Problem(error.status_code, str(error.detail), headers=error.headers)


def methods_of(path: str) -> list[str]:
    """What can be done at an address: of all resources there, since reading and writing are two. Empty where nothing is."""
    within = path.removeprefix(_API)
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    found = {
        method
        for route in routes
        if within != path and route.path_regex.match(within)
        for method in route.methods or ()
    }
    is_page = not path.startswith("/api/") or path == f"{_API}/openapi.json"
    return sorted(found | {"GET", "HEAD"} if is_page or "GET" in found else found)


async def _wrong(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = [f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors()]
    return Problem(422, "; ".join(told))


async def _broken(request: Request, _: Exception) -> Response:
    """A fault of ours: told without its insides, which the server's log has."""
    return Problem(
        500, f"{request.url.path} could not be answered: a fault of détente; its log has more, please report it"
    )
