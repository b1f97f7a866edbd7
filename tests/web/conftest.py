"""Shared by the tests of the web: a served observatory of the example articles, asked as a client would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from detente.web.access import Access

if TYPE_CHECKING:
    from detente.observatory import Observatory


class Client:
    """Asks an application in this process, by the name of this machine unless told otherwise."""

    def __init__(self, observatory: Observatory, access: Access) -> None:
        from starlette.testclient import TestClient

        from detente.web.app import make_app

        self.http = TestClient(
            make_app(observatory, access), base_url="http://127.0.0.1:8080", raise_server_exceptions=False
        )

    def get(self, path: str, /, headers: dict[str, str] | None = None, **query: object) -> httpx.Response:
        """GET /api/v1 + path."""
        answer: httpx.Response = self.http.get("/api/v1" + path, params=query, headers=headers)
        return answer


@pytest.fixture
def client(demo: Observatory) -> Client:
    return Client(demo, Access())
