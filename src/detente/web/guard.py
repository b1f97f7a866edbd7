"""What stands before every resource: which host is asked, from which page, with which token, and how large the request is.

A web page elsewhere can make its reader's browser send requests to 127.0.0.1, and can point a name of its own at that address
(DNS rebinding). So the Host header must be a name that we serve, an Origin must be our own, and a browser that says that a
request comes from another site (Sec-Fetch-Site) may follow a link to the page, nothing else.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from detente.store import time_limit
from detente.web.access import Access
from detente.web.problems import Problem

# Styles and scripts come from our own files alone; texts from articles never become code. No inline style, no eval.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
log = logging.getLogger("detente.web")  # of requests, without their parameters

_API = "/api/"
_ADDRESS = 8_192  # bytes
_HEADERS_SIZE = 32_768
_SECRET = frozenset({"token", "access_token", "authorization"})


class Guard:
    """ASGI middleware; see the module."""

    def __init__(self, app: FastAPI, access: Access) -> None:
        self._app = app
        self._access = access

    def document(self) -> dict[str, Any]:
        """The OpenAPI document of what it stands before."""
        return self._app.openapi()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, with its limits, or answers it with a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sending = _with_headers(send, f"{scope['method']} {scope['path']}")
        if scope["method"] == "HEAD" and scope["path"].startswith(_API):
            scope, sending = {**scope, "method": "GET"}, _without_body(sending)
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, sending)
            return
        with time_limit(self._access.seconds):
            await self._app(scope, _Body(receive, self._access), sending)

    def _refusal(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        if len(scope["raw_path"]) + len(scope["query_string"]) > _ADDRESS:
            return Problem(414, f"expected an address of at most {_ADDRESS} bytes")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > _HEADERS_SIZE:
            return Problem(431, f"expected at most {_HEADERS_SIZE} bytes of headers")
        host = headers.get("host", "")
        if _name(host) not in self._access.hosts:
            return Problem(
                421, f"this observatory is not served as {host!r}; ask for {' or '.join(sorted(self._access.hosts))}"
            )
        if not _is_own(headers, scope, host):
            return Problem(
                403, "this request comes from a page of another site; open the observatory's own page instead"
            )
        if _SECRET & {name.lower() for name, _ in parse_qsl(scope["query_string"].decode("latin-1"), True)}:
            return Problem(
                400,
                "a token does not belong into an address, which is kept in logs; send `Authorization: Bearer TOKEN`",
            )
        if scope["path"].startswith(_API) and not self._access.lets_in(headers.get("authorization")):
            return Problem(
                401,
                "expected `Authorization: Bearer TOKEN` with this server's token",
                headers={"WWW-Authenticate": "Bearer"},
            )
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._access.body:
            return Problem(413, _too_large(self._access.body))
        return None


def _name(host: str) -> str:
    """A Host header without its port, in small letters."""
    name, port = (host, "") if host.endswith("]") else host.rpartition(":")[::2] if ":" in host else (host, "")
    return name.lower() if not port or port.isdigit() else ""


def _is_own(headers: Headers, scope: Scope, host: str) -> bool:
    if any(_place(origin) != host.lower() for origin in headers.getlist("origin")):
        return False
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return True
    is_link = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return is_link and scope["method"] == "GET" and not scope["path"].startswith(_API)


def _place(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def _with_headers(send: Send, asked: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            log.info("%s: %s", ascii(asked)[1:-1], message["status"])
            given = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(pair for pair in _HEADERS if pair[0] not in given)]
        await send(message)

    return sending


def _without_body(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending


def _too_large(limit: int) -> str:
    return f"expected at most {limit} bytes in one request; send fewer articles at a time"


class _Body:
    """The request's body, as long as it keeps to the limit (its length may not have been told) and comes in time."""

    def __init__(self, receive: Callable[[], Awaitable[Message]], access: Access) -> None:
        self._receive = receive
        self._access = access
        self._left = access.body
        self._until = time.monotonic() + access.seconds
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:  # what comes now is the end of the connection
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), max(self._until - time.monotonic(), 0.0))
        except TimeoutError:
            raise HTTPException(
                408, f"expected the whole request within {self._access.seconds:g} seconds", {"Connection": "close"}
            ) from None
        self._whole = not message.get("more_body", False)
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413, _too_large(self._access.body), {"Connection": "close"})
        return message
