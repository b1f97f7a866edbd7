"""Each resource against what the Python API gives."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from detente.records import to_json

if TYPE_CHECKING:
    from tests.web.conftest import Client

    from detente.observatory import Observatory

pytestmark = pytest.mark.model


def test_about(client: Client, demo: Observatory) -> None:
    told = client.get("/about").json()
    assert told["counts"] == to_json(demo.counts())
    assert told["can_add"] is False


@pytest.mark.parametrize("path", ["/events", "/quotes", "/articles"])
def test_pages_join_up(client: Client, path: str) -> None:
    whole = client.get(path, limit=1000).json()
    assert whole["next"] is None
    found, cursor = [], None
    for _ in range(200):
        page = client.get(path, limit=5, **({"cursor": cursor} if cursor else {})).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == whole["items"]
    assert len(found) > 5


def test_events_take_the_filters_of_the_command(client: Client, demo: Observatory) -> None:
    told = client.get("/events", between=["Greece", "TUR"], type="consult", status="occurred").json()["items"]
    expected = list(demo.events(between=("Greece", "TUR"), type="CONSULT", status="occurred"))
    assert told == to_json(expected)
    assert told


def test_relations_are_those_of_the_command(client: Client, demo: Observatory) -> None:
    told = client.get("/dyads/Greece/TUR", by="quarter").json()
    assert told == to_json(demo.relations("GRC", "TUR", by="quarter"))


def test_an_article_is_its_reading(client: Client, demo: Observatory) -> None:
    article = next(demo.articles()).article.id
    assert client.get(f"/articles/{article}").json() == to_json(demo.reading(article))


def test_actors_places_stories_failures(client: Client, demo: Observatory) -> None:
    assert client.get("/actors", limit=7).json()["items"] == to_json(demo.who(limit=7))
    spots = client.get("/places").json()["items"]
    assert spots == to_json(list(demo.places(limit=100)))
    assert any(spot["events"] for spot in spots)
    assert client.get("/stories", copied=False).json()["items"] == to_json(demo.stories())
    assert client.get("/failures").json()["items"] == to_json(list(demo.failures()))


def test_search_finds_all_words_in_any_order(client: Client) -> None:
    quote = client.get("/quotes", limit=1).json()["items"][0]["quote"]["text"]
    words = quote.split()[:3]
    found = client.get("/search", q=" ".join(reversed(words))).json()["items"]
    assert {"article", "quote"} <= {hit["kind"] for hit in found}
    assert all(word.lower() in hit["text"].lower() for hit in found if hit["kind"] == "quote" for word in words[:1])
    assert client.get("/search", q="zyxwv").json()["items"] == []


def test_forms(client: Client) -> None:
    rows = client.get("/events", limit=1000).json()["items"]
    table = client.get("/events", limit=1000, headers={"accept": "text/csv"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert [row["event.id"] for row in csv.DictReader(io.StringIO(table.text))] == [row["event"]["id"] for row in rows]
    columns = pq.read_table(io.BytesIO(client.get("/events", limit=1000, format="parquet").content))
    assert columns["event.id"].to_pylist() == [row["event"]["id"] for row in rows]
    lines = client.get("/events", limit=1000, headers={"accept": "application/jsonl"}).text.splitlines()
    assert len(lines) == len(rows)
    refused = client.get("/events", headers={"accept": "image/png"})
    assert refused.status_code == 406
    assert "text/csv" in refused.json()["detail"]


def test_export_is_that_of_the_command(client: Client, demo: Observatory) -> None:
    stream = io.BytesIO()
    demo.export(stream, format="jsonl")
    assert client.get("/export/jsonl").content == stream.getvalue()
    assert client.get("/export/xlsx").status_code == 400


def test_what_is_held_is_not_sent_again(client: Client) -> None:
    first = client.get("/events")
    again = client.get("/events", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    other = client.get("/events", headers={"if-none-match": first.headers["etag"]}, limit=3)
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "query", "status", "words"),
    [
        ("/events", {"source": "Atlantis"}, 404, "Atlantis"),
        ("/events", {"limit": "0"}, 422, "limit"),
        ("/events", {"cursor": "nonsense"}, 400, "cursor"),
        ("/events", {"since": "yesterday"}, 400, "yesterday"),
        ("/events", {"origin": "icews"}, 404, "icews"),
        ("/articles/none", {}, 404, "none"),
        ("/dyads/GRC/GRC", {}, 400, "two countries"),
        ("/search", {"q": "  "}, 400, "word"),
        ("/nowhere", {}, 404, "openapi"),
    ],
)
def test_errors_say_what_to_do(client: Client, path: str, query: dict[str, str], status: int, words: str) -> None:
    answer = client.get(path, **query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
    assert answer.json()["status"] == status


def test_what_is_ahead(client: Client, demo: Observatory) -> None:
    assert client.get("/calendar", a="GRC", b="Turkey").json()["items"] == to_json(demo.calendar("GRC", "TUR"))
    assert client.get("/commitments", state="open").json()["items"] == to_json(demo.commitments(state="open"))
    assert client.get("/agenda/GRC/TUR").json()["items"] == to_json(demo.agenda("GRC", "TUR"))
    assert client.get("/concerns").json()["items"] == to_json(demo.concerns())
    assert demo.calendar()


def test_who_deals_with_whom(client: Client, demo: Observatory) -> None:
    ties = client.get("/network").json()["items"]
    assert ties == to_json(list(demo.network(limit=100)))
    assert (ties[0]["a"], ties[0]["b"]) == ("GRC", "TUR")
    counted = sum(
        1
        for stored in demo.events(between=("GRC", "TUR"))
        if stored.event.status in ("occurred", "ongoing") and not stored.event.past
    )
    assert ties[0]["events"] == counted
    names = {one["code"]: one["name"] for one in client.get("/names").json()["items"]}
    assert names["TUR"] == "Turkey"


def test_outlets_are_counted(client: Client, demo: Observatory) -> None:
    told = client.get("/sources").json()["items"]
    assert told == to_json(list(demo.outlets()))
    assert sum(one["articles"] for one in told) == demo.counts().articles
    assert sum(one["events"] for one in told) == demo.counts().events


def test_the_board_and_a_pairs_page(client: Client, demo: Observatory) -> None:
    board = client.get("/board", min_events=2).json()
    assert board == to_json(demo.board(min_events=2))
    assert (board["rows"][0]["a"], board["rows"][0]["b"]) == ("GRC", "TUR")
    page = client.get("/dyads/GRC/TUR/page", by="quarter", limit=3).json()
    assert page == to_json(demo.page("GRC", "TUR", by="quarter", limit=3))
    assert page["series"] == client.get("/dyads/GRC/TUR", by="quarter").json()["series"]
