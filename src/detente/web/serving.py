"""The server: uvicorn around the application, until it is told to stop."""

from __future__ import annotations

import socket

import uvicorn

from detente.errors import UsageError
from detente.observatory import Observatory
from detente.web.access import Access
from detente.web.app import make_app
from detente.web.patience import Patience

_AT_ONCE = 200  # connections; more wait in the system's queue
_GRACE = 5  # seconds that requests under way are given at the end
_HEAD = 32 << 10  # bytes of an address with all headers


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes a free one. Raises UsageError when the place is taken, or none of ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(f"cannot serve at {host}:{port} ({error}); choose another --port") from error
    return listening


def serve(observatory: Observatory, access: Access, listening: socket.socket) -> None:
    """Serves until it is interrupted."""
    server_of(observatory, access).run(sockets=[listening])


def server_of(observatory: Observatory, access: Access) -> uvicorn.Server:
    """The server, not yet running."""
    config = uvicorn.Config(
        make_app(observatory, access),
        access_log=False,  # it would write addresses with their parameters; the guard logs requests without them
        log_level="warning",
        server_header=False,
        http=Patience,
        loop="asyncio",
        ws="none",
        h11_max_incomplete_event_size=_HEAD,
        limit_concurrency=_AT_ONCE,
        timeout_graceful_shutdown=_GRACE,
        lifespan="off",
    )
    return uvicorn.Server(config)
