"""A list asked for page by page is the list asked for at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from detente.observatory import Observatory
from detente.store import After


def by_pages(ask: Callable[..., Iterator[Any]], after: Callable[[Any], After], size: int) -> list[Any]:
    found: list[Any] = []
    at: After | None = None
    for _ in range(1_000):
        page = list(islice(ask(after=at, limit=size), size))
        found += page
        if len(page) < size:
            return found
        at = after(page[-1])
    raise AssertionError("the pages do not end")


def event_key(stored: Any) -> After:
    date = stored.event.date
    day = date.start if date and date.start else stored.published
    return After(article=stored.article, id=stored.event.id, day=day and day[:10])


@pytest.mark.model
@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_pages_join_up_to_the_whole(demo: Observatory, size: int) -> None:
    assert by_pages(demo.events, event_key, size) == list(demo.events())
    assert by_pages(
        demo.quotes, lambda q: After(article=q.article, id=q.quote.id, day=q.published and q.published[:10]), size
    ) == list(demo.quotes())
    assert by_pages(
        demo.articles,
        lambda a: After(article=a.article.id, day=a.article.published and a.article.published[:10]),
        size,
    ) == list(demo.articles())


def test_imported_pages_join_up(tmp_path: Path) -> None:
    rows = "".join(f"2020-01-0{1 + i % 5},IRQ,USA,CONSULT,{i}\n" for i in range(23))
    (tmp_path / "events.csv").write_text("date,source,target,type,id\n" + rows)
    observatory = Observatory.create(tmp_path / "observatory")
    observatory.import_events(tmp_path / "events.csv")

    def ask(**asked: Any) -> Iterator[Any]:
        return observatory.events(origin="csv", **asked)

    whole = list(ask())
    assert len(whole) == 23
    assert by_pages(ask, event_key, 4) == whole
