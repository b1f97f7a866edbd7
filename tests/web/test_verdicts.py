"""A verdict given on the page is kept, and changes what is asked for next."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import Client

from detente.observatory import Observatory
from detente.web.access import Access

if TYPE_CHECKING:
    import httpx

pytestmark = pytest.mark.model


@pytest.fixture
def own(demo: Observatory, tmp_path: Path) -> Client:
    shutil.copytree(demo.path, tmp_path / "observatory")
    return Client(Observatory.open(tmp_path / "observatory"), Access())


def say(client: Client, **said: str) -> httpx.Response:
    answer: httpx.Response = client.http.post("/api/v1/verdicts", json=said)
    return answer


def test_the_series_changes_and_so_does_its_tag(own: Client) -> None:
    before = own.get("/dyads/GRC/TUR", by="quarter")
    wrong = before.json()["evidence"][0]
    kept = say(own, event=wrong["event"], article=wrong["article"], who="Ana Reader", why="Nobody met.")
    assert kept.status_code == 201
    assert kept.json()["verdict"] == "wrong"
    after = own.get("/dyads/GRC/TUR", by="quarter", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert wrong["event"] not in {one["event"] for one in after.json()["evidence"]}
    assert [one["why"] for one in own.get("/verdicts", article=wrong["article"]).json()["items"]] == ["Nobody met."]


def test_what_is_no_verdict_is_refused_in_words(own: Client) -> None:
    for said, status in (
        ({"event": "nothing", "who": "A", "why": "B"}, 404),
        ({"event": "nothing", "who": "A"}, 422),
        ({"event": "nothing", "who": "A", "why": "B", "verdict": "maybe"}, 422),
        ({"event": "nothing", "who": "A", "why": "x" * 3_000}, 422),
    ):
        answer = say(own, **said)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
    assert own.http.post("/api/v1/verdicts", content=b"\xff{").status_code == 422
    assert own.get("/verdicts").json()["items"] == []


def test_another_site_cannot_judge(own: Client) -> None:
    event = own.get("/events", limit=1).json()["items"][0]["event"]["id"]
    said = {"event": event, "who": "A", "why": "B"}
    answer = own.http.post("/api/v1/verdicts", json=said, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert own.get("/verdicts").json()["items"] == []
