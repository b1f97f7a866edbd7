"""JSON Lines of `detente classify`: a text with the spans of two sides on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from detente.errors import InputError
from detente.records import PairText
from detente.sources import inputs
from detente.sources.decode import clean
from detente.sources.feed import LONGEST, Feed
from detente.sources.sourced import Unreadable, unreadable

_FORM = '{"id": ..., "text": ..., "sources": [[start, end], ...], "targets": [[start, end], ...]}'


def pairs_from(path: str | Path, *, stdin: BinaryIO | None = None) -> Iterator[PairText | Unreadable]:
    """Every line of a file (`-`: of stdin), in order, with a record for each that is no pair. Nothing in an input raises."""
    file = inputs.STDIN if str(path) == inputs.STDIN else Path(path)
    name = "standard input" if isinstance(file, str) else inputs.shown(file)
    try:
        with inputs.opened(file, stdin) as feed:
            yield from _lines(feed)
    except InputError as error:
        yield unreadable(name, str(error))


def _lines(feed: Feed) -> Iterator[PairText | Unreadable]:
    for number, line in feed.lines():
        where = f"{feed.name}:{number}"
        if line is None:
            yield unreadable(where, f"expected a line of at most {LONGEST // 2**20} MB, found a longer one")
        elif line.strip():
            yield _pair(where, line)


def _pair(where: str, line: bytes) -> PairText | Unreadable:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except RecursionError:
        return unreadable(where, "expected one JSON object, found one nested too deeply")
    except ValueError as error:  # broken JSON, broken UTF-8
        return unreadable(where, f"expected one JSON object, found what cannot be read: {error}")
    if not isinstance(value, dict):
        return unreadable(where, f"expected an object {_FORM}, found {type(value).__name__}")
    id_ = str(value["id"]) if isinstance(value.get("id"), str | int) else None
    if id_ is None:
        return unreadable(where, "expected an `id`, text or a number, found none: give each line its own")
    if not isinstance(value.get("text"), str):
        return unreadable(where, f"expected the sentence under `text`, found none; a line is {_FORM}", id_)
    sides = []
    for side in ("sources", "targets"):
        spans = _spans(value, side)
        if spans is None:
            reason = f"expected `{side}` as a list of [start, end], whole numbers, found {json.dumps(value[side])[:80]}"
            return unreadable(where, reason, id_)
        sides.append(spans)
    text, _ = clean(value["text"])
    return PairText(id=id_, text=text, sources=sides[0], targets=sides[1])


def _spans(value: Mapping[str, Any], side: str) -> tuple[tuple[int, int], ...] | None:
    """The spans of a side, none for one that is left out or null; None when they are not spans."""
    given = value.get(side) or []
    if not isinstance(given, list):
        return None
    spans = []
    for span in given:
        if not isinstance(span, list) or len(span) != 2 or any(type(at) is not int for at in span):
            return None
        spans.append((span[0], span[1]))
    return tuple(spans)
