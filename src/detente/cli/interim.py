"""The readings of inputs, until the observatory gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from detente.reading.reader import Reader
from detente.records import Article, Failure, Reading
from detente.sources import Sourced, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable


def readings(reader: Reader, found: Iterable[Sourced | Unreadable]) -> Iterator[Reading]:
    """One reading for each article, or for what gave none, in order."""
    for kind, items in groupby(found, key=type):
        if kind is Unreadable:
            for item in items:
                assert isinstance(item, Unreadable)
                yield Reading(article=Article(id=item.id, text=""), failures=(item.failure,))
            continue
        remarks: list[tuple[Failure, ...]] = []

        def articles(items=items, remarks=remarks):  # type: ignore[no-untyped-def] # noqa: B031
            for item in items:
                remarks.append(item.failures)
                yield item.article

        for n, reading in enumerate(
            reader.read(articles())  # type: ignore[no-untyped-call]
        ):
            yield replace(reading, failures=remarks[n] + reading.failures)
