"""Pages of long lists. A cursor names the record that the last page ended with, so that what is added meanwhile moves nothing."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice

from detente.errors import UsageError
from detente.store import After


def cursor_of(after: After) -> str:
    """The cursor of the page that begins behind this record: opaque, and safe in an address."""
    told = json.dumps([after.day, after.article, after.id], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode("utf8", "surrogatepass")).decode("ascii").rstrip("=")


def after_of(cursor: str | None) -> After | None:
    """The record that a cursor names. Raises UsageError for what is no cursor of ours."""
    if cursor is None:
        return None
    try:
        told = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        day, article, id_ = json.loads(told.decode("utf8", "surrogatepass"))
        if day is not None:
            date.fromisoformat(day)
        if not isinstance(article, str) or not isinstance(id_, str):
            raise TypeError
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise UsageError(f"{cursor[:80]!r} is no cursor; take `next` of the page before, unchanged") from None
    return After(article=article, id=id_, day=day)


def page_of[R](found: Iterable[R], size: int, key: Callable[[R], After]) -> tuple[list[R], str | None]:
    """The first `size` of what was asked for with `limit=size + 1`, and the cursor of the rest, None when there is none."""
    rows = list(islice(found, size + 1))
    if len(rows) <= size:
        return rows, None
    return rows[:size], cursor_of(key(rows[size - 1]))
