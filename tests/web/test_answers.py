"""Forms, tags and kept answers."""

from __future__ import annotations

from threading import Barrier, Event, Thread
from typing import TYPE_CHECKING

import pytest

from detente.errors import TooSlowError
from detente.store import time_limit
from detente.web.answers import JSON, form_of
from detente.web.cache import Cache

if TYPE_CHECKING:
    from tests.web.conftest import Client


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ([], "json"),
        (["*/*"], "json"),
        (["text/csv"], "csv"),
        (["TEXT/CSV; charset=utf-8"], "csv"),
        (["text/*"], "csv"),
        (["application/json;q=0, */*"], "jsonl"),
        (["application/*;q=0.2, text/csv;q=0.3"], "csv"),
        (["text/csv, application/json"], "csv"),
        (["*/*;q=0.1, application/vnd.apache.parquet"], "parquet"),
        (["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"], "json"),
        (["image/png", "text/csv"], "csv"),
        (["image/png"], None),
        (["text/csv;q=0"], None),
        (["text/csv;q=nan"], None),
        (["application/json;q=2"], None),
        ([","], "json"),
    ],
)
def test_the_form_that_is_wanted_most(accept: list[str], form: str | None) -> None:
    assert form_of(accept, None) == form


def test_the_address_outweighs_the_header() -> None:
    assert form_of(["text/csv"], "parquet") == "parquet"
    assert form_of(["text/csv"], None, JSON) is None


def test_one_thing_comes_as_json_alone(client: Client) -> None:
    assert client.get("/about", headers={"accept": "text/csv"}).status_code == 406
    assert client.get("/about", headers={"accept": "text/csv, */*;q=0.1"}).status_code == 200


def test_head_is_get_without_its_body(client: Client) -> None:
    whole = client.get("/events")
    head = client.http.head("/api/v1/events")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert client.http.head("/api/v1/articles/none").status_code == 404
    assert client.http.head("/api/v1/events", headers={"if-none-match": whole.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("held", ["{}", "W/{}", '"a", {}', '"a",\tW/{}, "b"'])
def test_a_tag_is_found_among_others(client: Client, held: str) -> None:
    tag = client.get("/names").headers["etag"]
    assert client.get("/names", headers={"if-none-match": held.format(tag)}).status_code == 304
    assert client.get("/names", headers={"if-none-match": held.format('"x"')}).status_code == 200
    assert client.get("/names", headers={"if-none-match": tag[1:-1]}).status_code == 200


def test_an_export_is_not_sent_twice(client: Client) -> None:
    first = client.get("/export/csv")
    assert client.get("/export/csv", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert client.get("/export/csv", headers={"if-none-match": first.headers["etag"][:-2]}).status_code == 200


def test_what_many_ask_at_once_is_made_once() -> None:
    cache, made, told = Cache(1 << 20), [], []
    going = Event()

    def make() -> bytes:
        made.append(1)
        going.wait(5)
        return b"answer"

    threads = [Thread(target=lambda: told.append(cache.give("tag", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    going.set()
    for thread in threads:
        thread.join()
    assert (len(made), told) == (1, [b"answer"] * 8)


def test_one_who_fails_leaves_it_to_the_next() -> None:
    cache, tries = Cache(1 << 20), []

    def make() -> bytes:
        tries.append(1)
        if len(tries) == 1:
            raise TooSlowError("too slow")
        return b"answer"

    with pytest.raises(TooSlowError):
        cache.give("tag", make)
    assert cache.give("tag", make) == b"answer"


def test_nobody_waits_longer_than_a_question_may_take() -> None:
    cache, end, begun = Cache(1 << 20), Event(), Barrier(2)

    def make() -> bytes:
        begun.wait(5)
        end.wait(5)
        return b"late"

    thread = Thread(target=lambda: cache.give("tag", make))
    thread.start()
    begun.wait(5)
    with pytest.raises(TooSlowError), time_limit(0.05):
        cache.give("tag", lambda: b"never")
    end.set()
    thread.join()


def test_old_answers_leave_and_large_ones_are_not_kept() -> None:
    cache, made = Cache(80), []

    def asked(tag: str, size: int) -> None:
        cache.give(tag, lambda: made.append(tag) or b"x" * size)  # type: ignore[func-returns-value]

    for number in range(10):
        asked(f"tag{number}", 10)
    asked("tag9", 10)
    asked("tag0", 10)
    asked("large", 11)
    asked("large", 11)
    assert made == [*(f"tag{number}" for number in range(10)), "tag0", "large", "large"]
