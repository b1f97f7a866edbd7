"""Pages join up while others write: nothing comes twice, nothing that was there is lost."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import Client

from detente.observatory import Observatory
from detente.web.access import Access

if TYPE_CHECKING:
    from detente.reading.reader import Reader

pytestmark = pytest.mark.model


@pytest.fixture
def own(demo: Observatory, tmp_path: Path) -> Client:
    shutil.copytree(demo.path, tmp_path / "observatory")
    return Client(Observatory.open(tmp_path / "observatory"), Access())


def observatory_of(client: Client) -> Observatory:
    found: Observatory = client.http.app._app.state.observatory  # type: ignore[attr-defined]
    return found


def ids(items: list[dict[str, dict[str, str]]]) -> list[str]:
    return [one["event"]["id"] for one in items]


def test_pages_go_on_while_articles_are_added(own: Client, reader: Reader, tmp_path: Path) -> None:
    there = ids(own.get("/events", limit=1000).json()["items"])
    found: list[str] = []
    cursor = None
    for turn in range(100):
        page = own.get("/events", limit=4, **({"cursor": cursor} if cursor else {})).json()
        found += ids(page["items"])
        cursor = page["next"]
        if cursor is None:
            break
        if turn < 3:  # before, amidst and behind what was read
            text = f"OSLO - Norwegian officials met Finnish officials in Oslo on Monday, meeting number {turn}."
            article = {"id": f"new-{turn}", "text": text, "published": ("2010-01-04", "2022-06-20", "2031-03-03")[turn]}
            (tmp_path / "new.json").write_text(json.dumps(article))
            assert observatory_of(own).add([tmp_path / "new.json"], reader=reader).added == 1
    assert len(found) == len(set(found))
    assert [one for one in found if one in there] == there


def test_a_cursor_holds_although_its_event_is_judged(own: Client) -> None:
    there = own.get("/events", limit=1000).json()["items"]
    first = own.get("/events", limit=5).json()
    last = first["items"][-1]
    observatory_of(own).judge(last["event"]["id"], article=last["article"], who="A", why="B")
    rest = own.get("/events", limit=1000, cursor=first["next"]).json()["items"]
    assert ids(rest) == ids(there[5:])


def test_pages_with_rejected_events_lose_none(own: Client) -> None:
    there = own.get("/events", limit=1000).json()["items"]
    for one in there[1:4]:
        observatory_of(own).judge(one["event"]["id"], article=one["article"], who="A", why="B")
    found, cursor = [], None
    for _ in range(200):
        page = own.get("/events", limit=2, rejected=True, **({"cursor": cursor} if cursor else {})).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert ids(found) == ids(there)
    assert [bool(one["verdict"]) for one in found[:5]] == [False, True, True, True, False]
    one = own.get(f"/events/{there[1]['event']['id']}").json()
    assert one["verdict"]["why"] == "B"


def test_imported_events_go_on_by_day_and_id(tmp_path: Path) -> None:
    rows = ["date,source,target,type,id", *(f"2020-01-{n % 5 + 1:02},NOR,FIN,CONSULT,row{n:03}" for n in range(37))]
    (tmp_path / "rows.csv").write_text("\n".join(rows))
    observatory = Observatory.create(tmp_path / "observatory")
    observatory.import_events(tmp_path / "rows.csv", origin="ours")
    client = Client(observatory, Access())
    found, cursor = [], None
    while True:
        page = client.get("/events", limit=5, origin="ours", **({"cursor": cursor} if cursor else {})).json()
        found += ids(page["items"])
        cursor = page["next"]
        if cursor is None:
            break
    assert len(found) == len(set(found)) == 37
    assert found == ids(client.get("/events", limit=100, between=["NOR", "FIN"]).json()["items"])
    assert client.get("/events", type="AGREE").json()["items"] == []


@pytest.mark.parametrize(
    "told",
    [b"", b"[]", b'["2020-01-01"]', b"[1,2,3]", b'["2020-99-99","a","b"]', b'{"a":1}', b"[" * 5_000, b"\xff\xfe",
     b'["2020-01-01",null,"b"]', b'["0001-01-01T00:00","a","b"]'],
)  # fmt: skip
def test_what_is_no_cursor(own: Client, told: bytes) -> None:
    for cursor in (base64.urlsafe_b64encode(told).decode().rstrip("="), told.decode("latin-1")):
        answer = own.get("/events", cursor=cursor)
        assert answer.status_code in (400, 414, 422)
        assert "cursor" in answer.json()["detail"] or answer.status_code == 414


def test_an_unknown_type_is_told_of(own: Client) -> None:
    answer = own.get("/events", type="CONSULTS")
    assert answer.status_code == 404
    assert "CONSULT" in answer.json()["suggestions"]
