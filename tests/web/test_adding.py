"""Articles sent in over HTTP: only with the token, only where it is allowed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import Client

from detente.observatory import Observatory
from detente.web.access import access

if TYPE_CHECKING:
    from detente.reading.reader import Reader

TOKEN = "0123456789abcdef0123"
HEAD = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
ARTICLE = {
    "id": "one",
    "title": "Envoys meet",
    "text": "ATHENS - Greek Foreign Minister Nikos Dendias met Turkish officials in Athens on Monday.",
    "published": "2022-05-24",
    "source": "Example Wire",
}


@pytest.fixture
def open_to_all(tmp_path: Path, reader: Reader) -> Client:
    (tmp_path / "token").write_text(TOKEN)
    granted = access("127.0.0.1", token_file=tmp_path / "token", allow_add=True)
    client = Client(Observatory.create(tmp_path / "observatory"), granted)
    client.http.app._app.state.reader = reader  # type: ignore[attr-defined]  # the model is loaded once for all tests
    return client


@pytest.mark.model
def test_articles_are_read_and_kept(open_to_all: Client) -> None:
    post = open_to_all.http.post
    first = post("/api/v1/articles", content=json.dumps(ARTICLE), headers=HEAD)
    assert (first.status_code, first.json()["added"]) == (201, 1)
    again = post("/api/v1/articles", content=json.dumps([ARTICLE, ARTICLE | {"id": "two"}]), headers=HEAD).json()
    assert (again["added"], again["unchanged"]) == (1, 1)
    lines = "\n".join(json.dumps(ARTICLE | {"id": name}) for name in ("three", "four"))
    assert (
        post("/api/v1/articles", content=lines, headers=HEAD | {"content-type": "application/jsonl"}).json()["added"]
        == 2
    )
    found = open_to_all.get("/events", between=["GRC", "TUR"], headers=HEAD).json()["items"]
    assert {"CONSULT"} == {one["event"]["type"] for one in found}


@pytest.mark.model
def test_what_is_no_article_is_told_of(open_to_all: Client) -> None:
    answer = open_to_all.http.post("/api/v1/articles", content=b'{"text": ""}', headers=HEAD)
    assert answer.status_code == 201
    assert answer.json()["added"] == 0
    assert answer.json()["failures"]
    assert open_to_all.http.post("/api/v1/articles", content=b" ", headers=HEAD).status_code == 400


def test_nobody_else_may(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN)
    observatory = Observatory.create(tmp_path / "observatory")
    closed = Client(observatory, access("127.0.0.1", token_file=tmp_path / "token"))
    assert closed.http.post("/api/v1/articles", content=json.dumps(ARTICLE), headers=HEAD).status_code == 403
    allowed = Client(observatory, access("127.0.0.1", token_file=tmp_path / "token", allow_add=True))
    assert allowed.http.post("/api/v1/articles", content=json.dumps(ARTICLE)).status_code == 401
    assert Client(observatory, access("127.0.0.1")).http.post("/api/v1/articles", content="{}").status_code == 403
    assert observatory.counts().articles == 0
