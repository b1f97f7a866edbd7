"""Answers in the form that is asked for: JSON, JSON Lines, CSV or Parquet; and none where the asker has it already (ETag)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from starlette.requests import Request
from starlette.responses import Response

from detente.records import to_json
from detente.web.cache import Cache

FORMS = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}
JSON = ("json",)
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\Z")
type Row = dict[str, Any]


def form_of(accept: Iterable[str], named: str | None, offered: Iterable[str] = FORMS) -> str | None:
    """The form that Accept headers, or `format` in the address, ask for; None for one that is not offered.

    The most precise range that fits a form says how much it is wanted; of forms that are wanted alike, the first named counts.
    """
    if named is not None:
        return named if named in offered else None
    ranges = [_range(part) for header in accept for part in header.split(",") if part.strip()]
    if not ranges:
        return next(iter(offered))
    found: list[tuple[float, int, str]] = []
    for form in offered:
        fitting = [(_precision(kind), -place, q) for place, (kind, q) in enumerate(ranges) if _fits(kind, FORMS[form])]
        if fitting:
            _, place, quality = max(fitting)
            found.append((quality, place, form))
    best = max(found, key=lambda one: one[:2], default=None)  # the first offered, of those that one range names
    return best[2] if best and best[0] > 0 else None


def _range(part: str) -> tuple[str, float]:
    kind, *rest = (one.strip() for one in part.lower().split(";"))
    told = next((one[2:].strip() for one in rest if one.startswith("q=")), "1")
    return kind, float(told) if _QUALITY.match(told) else 0.0


def _precision(kind: str) -> int:
    return 2 - kind.count("*")


def _fits(kind: str, media: str) -> bool:
    return kind in ("*/*", media) or (kind.endswith("/*") and media.startswith(kind[:-1]))


def listed(rows: Sequence[object], form: str, head: Mapping[str, object]) -> bytes:
    """A page of records. head: what JSON tells beside `items`; the other forms are the rows alone."""
    found = [to_json(row) for row in rows]
    if form == "json":
        return encoded({"items": found, **head})
    if form == "jsonl":
        return b"".join(encoded(row) + b"\n" for row in found)
    flat = [_flat(row) for row in found]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    return _csv(flat, columns) if form == "csv" else _parquet(flat, columns)


def encoded(value: object) -> bytes:
    """JSON in UTF-8, without blanks. What is no character (half a surrogate pair) becomes a question mark."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf8", "replace")


def tag_of(request: Request, state: str, form: str) -> str:
    """The ETag of an answer: of the observatory's state, what is asked, and the form."""
    told = "\n".join((state, request.url.path, request.url.query, form))
    return '"' + hashlib.sha256(told.encode("utf8", "replace")).hexdigest()[:32] + '"'


def is_held(request: Request, tag: str) -> bool:
    """Whether the asker says that it has the answer of this tag already."""
    headers = request.headers.getlist("if-none-match")
    return tag in {part.strip().removeprefix("W/") for header in headers for part in header.split(",")}


def answer(request: Request, cache: Cache, state: str, form: str, make: Callable[[], bytes]) -> Response:
    """What `make` gives, or 304 where the asker holds it already: then nothing is made."""
    tag = tag_of(request, state, form)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept, Authorization"}
    if is_held(request, tag):
        return Response(status_code=304, headers=headers)
    body = cache.give(tag, make)
    if form in ("csv", "parquet"):
        headers["Content-Disposition"] = f'attachment; filename="{request.url.path.rsplit("/", 1)[-1]}.{form}"'
    return Response(body, headers=headers, media_type=FORMS[form] + ("; charset=utf-8" if form == "csv" else ""))


def _flat(row: Mapping[str, Any], within: str = "") -> Row:
    """A record as columns: `event.type`; lists of words joined by "; ", other lists as JSON."""
    found: Row = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{within}{name}.")
        elif isinstance(value, list):
            plain = all(isinstance(item, str) for item in value)
            found[within + name] = "; ".join(value) if plain else json.dumps(value, ensure_ascii=False)
        else:
            found[within + name] = value
    return found


def _csv(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    stream = io.StringIO(newline="")
    table = csv.DictWriter(stream, columns, lineterminator="\r\n")
    table.writeheader()
    table.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    return stream.getvalue().encode("utf8", "replace")


def _safe(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _parquet(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    arrays = {name: pa.array([row.get(name) for row in rows]) for name in columns}
    stream = io.BytesIO()
    pq.write_table(pa.table(arrays), stream)
    return stream.getvalue()
