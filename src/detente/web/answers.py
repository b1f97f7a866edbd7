"""Answers in the form that is asked for: JSON, JSON Lines, CSV or Parquet; and none where the asker has it already (ETag)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from starlette.requests import Request
from starlette.responses import Response

from detente.records import to_json

FORMS = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}
type Row = dict[str, Any]


def form_of(accept: str | None, named: str | None) -> str | None:
    """The form that an Accept header, or `format` in the address, asks for; None for one that we do not have."""
    if named is not None:
        return named if named in FORMS else None
    wanted = [part.partition(";") for part in (accept or "*/*").split(",")]
    ranked = sorted(((-_quality(rest), place, kind.strip().lower()) for place, (kind, _, rest) in enumerate(wanted)))
    for quality, _, kind in ranked:
        for form, media in FORMS.items():
            if quality < 0 and (kind in ("*/*", media) or (kind.endswith("/*") and media.startswith(kind[:-1]))):
                return form
    return None


def _quality(rest: str) -> float:
    for part in rest.split(";"):
        name, _, value = part.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


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


def answer(request: Request, state: str, form: str, make: Callable[[], bytes]) -> Response:
    """What `make` gives, or 304 where the asker holds it already: then nothing is made."""
    tag = tag_of(request, state, form)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept, Authorization"}
    held = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    if tag in held or "*" in held:
        return Response(status_code=304, headers=headers)
    media = FORMS[form] + ("; charset=utf-8" if form == "csv" else "")
    if form in ("csv", "parquet"):
        headers["Content-Disposition"] = f'attachment; filename="{request.url.path.rsplit("/", 1)[-1]}.{form}"'
    return Response(make(), headers=headers, media_type=media)


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
