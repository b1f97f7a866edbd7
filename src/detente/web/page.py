"""The page: files that were built before, held in memory; every address that is none of the API's shows it."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response

from detente.web.problems import Problem

_INDEX = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the page. packed: by gzip."""

    plain: bytes
    packed: bytes
    media: str
    tag: str


@cache
def page_files() -> Mapping[str, File]:
    """The files by their path. Empty where the page has not been built (`make page`)."""
    home = files("detente.web") / "static"
    return {path: _file(path, node.read_bytes()) for path, node in _walk(home, "")} if home.is_dir() else {}


async def page(request: Request) -> Response:
    """A file of the page, or the page itself: its address is its own affair."""
    path = request.path_params["path"]
    if path.startswith("api/"):
        return Problem(404, f"there is nothing at /{path}; /api/v1/openapi.json lists what there is")
    held = page_files()
    if not held:
        return Problem(404, "the page has not been built: run `make page` in the checkout; the API is at /api/v1")
    if path.startswith("assets/") and path not in held:
        return Problem(404, f"the page has no file {path}")
    file = held.get(path) or held[_INDEX]
    headers = {"ETag": file.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == file.tag:
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(file.plain, headers=headers, media_type=file.media)
    return Response(file.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=file.media)


def _walk(node: Traversable, within: str) -> list[tuple[str, Traversable]]:
    found = []
    for child in sorted(node.iterdir(), key=lambda one: one.name):
        if child.is_dir():
            found += _walk(child, f"{within}{child.name}/")
        else:
            found.append((within + child.name, child))
    return found


def _file(path: str, plain: bytes) -> File:
    return File(
        plain=plain,
        packed=gzip.compress(plain, mtime=0),
        media=mimetypes.guess_type(path)[0] or "application/octet-stream",
        tag=f'"{hashlib.sha256(plain).hexdigest()[:32]}"',
    )
