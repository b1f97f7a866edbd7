"""Who is let in, and who is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import Client

from detente.errors import UsageError
from detente.observatory import Observatory
from detente.web.access import access

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "0123456789abcdef0123"


@pytest.fixture
def empty(tmp_path: Path) -> Observatory:
    return Observatory.create(tmp_path / "observatory")


@pytest.fixture
def here(empty: Observatory) -> Client:
    return Client(empty, access("127.0.0.1"))


@pytest.fixture
def guarded(empty: Observatory, tmp_path: Path) -> Client:
    (tmp_path / "token").write_text(TOKEN + "\n")
    return Client(empty, access("0.0.0.0", token_file=tmp_path / "token", names=("data.example.org",)))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8080", "localhost:1", "LOCALHOST", "[::1]:80", "[::1]"])
def test_own_names(here: Client, host: str) -> None:
    assert here.get("/about", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil:80", "127.0.0.1:80:80", "", "[::1]x"]
)
def test_a_rebound_name_is_refused(here: Client, host: str) -> None:
    answer = here.get("/about", headers={"host": host})
    assert answer.status_code == 421
    assert "not served as" in answer.json()["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
    ],
)
def test_a_page_of_another_site_is_refused(here: Client, headers: dict[str, str]) -> None:
    assert here.get("/about", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"origin": "http://127.0.0.1:8080"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}]
)
def test_the_own_page_may_ask(here: Client, headers: dict[str, str]) -> None:
    assert here.get("/about", headers=headers).status_code == 200


def test_a_link_from_elsewhere_opens_the_page_and_nothing_else(here: Client) -> None:
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert here.http.get("/", headers=link).status_code != 403
    assert here.http.get("/", headers=link | {"sec-fetch-dest": "iframe"}).status_code == 403
    assert here.http.post("/", headers=link).status_code == 403


def test_only_the_token_opens(guarded: Client) -> None:
    assert guarded.get("/about").status_code == 401
    for wrong in ("Bearer", "Bearer x", f"Basic {TOKEN}", f"bearer {TOKEN}x", TOKEN, "Bearer \u00e9"):
        assert guarded.get("/about", headers={"authorization": wrong.encode("utf8")}).status_code == 401  # type: ignore[dict-item]
    assert guarded.get("/about", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    named = guarded.get("/about", headers={"authorization": f"Bearer {TOKEN}", "host": "data.example.org"})
    assert named.status_code == 200


def test_no_token_in_an_address(guarded: Client) -> None:
    answer = guarded.get("/about", token=TOKEN)
    assert answer.status_code == 400
    assert TOKEN not in answer.text


def test_no_serving_of_others_without_a_token(tmp_path: Path) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.7", "example.org"):
        with pytest.raises(UsageError, match="token"):
            access(host)
    with pytest.raises(UsageError, match="token"):
        access("127.0.0.1", allow_add=True)
    (tmp_path / "short").write_text("abc")
    for file in (tmp_path / "short", tmp_path / "missing"):
        with pytest.raises(UsageError, match="token"):
            access("0.0.0.0", token_file=file)


def test_a_large_request_is_refused_told_or_not(here: Client) -> None:
    assert here.http.post("/api/v1/about", content=b"x" * (5 << 20)).status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(6):
            yield b"x" * (1 << 20)

    answer = here.http.post("/api/v1/about", content=pieces())
    assert answer.status_code in (405, 413)


def test_every_answer_carries_its_policy(here: Client) -> None:
    for answer in (here.get("/about"), here.get("/nowhere"), here.get("/about", headers={"host": "evil.example"})):
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers


def test_a_wrong_method_is_told_what_is_right(here: Client) -> None:
    for method, path, allowed in (
        ("DELETE", "/api/v1/verdicts", "GET, HEAD, POST"),
        ("OPTIONS", "/api/v1/articles", "GET, HEAD, POST"),
        ("POST", "/api/v1/articles/some/id", "GET, HEAD"),
        ("PUT", "/api/v1/openapi.json", "GET, HEAD"),
        ("POST", "/", "GET, HEAD"),
    ):
        answer = here.http.request(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed), path
        assert method in answer.json()["detail"]
    assert here.http.post("/api/v1/nowhere").status_code == 404
