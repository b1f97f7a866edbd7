"""Deterministic ids: the same input gives the same id, on every machine and in every version of the coder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

_LENGTH = 16  # hex digits: 64 bits, a clash is expected only beyond four billion records


def digest(*parts: object) -> str:
    """16 hex digits of SHA-256 over the canonical JSON of the parts."""
    canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode("utf8", "surrogatepass")).hexdigest()[:_LENGTH]


def canonical_url(url: str) -> str:
    """The address without fragment, default port, trailing slash, tracking parameters and upper case in its host."""
    scheme, host, path, query, _ = urlsplit(url.strip())
    kept = "&".join(p for p in query.split("&") if p and not p.lower().startswith(("utm_", "fbclid=", "gclid=")))
    host = host.lower().removesuffix(":80" if scheme == "http" else ":443")
    return urlunsplit((scheme.lower(), host, path.rstrip("/"), kept, ""))


def article_id(*, url: str | None, title: str | None, source: str | None, text: str) -> str:
    """The id of an article that brings none: a hash of its canonical URL, else of title, outlet and text."""
    return digest("url", canonical_url(url)) if url else digest("article", title, source, text)


def content_hash(title: str | None, text: str) -> str:
    """Tells one revision of an article from another."""
    return digest("content", title, text)


def event_id(
    article: str, type_: str, sources: Iterable[str], targets: Iterable[str], field: str, start: int, end: int
) -> str:
    """The id of an event: article, type, both sides and the first trigger's offsets; never the coder's version."""
    return digest("event", article, type_, sorted(sources), sorted(targets), field, start, end)


def quote_id(article: str, field: str, start: int, end: int) -> str:
    """The id of a quotation: article and offsets."""
    return digest("quote", article, field, start, end)


def commitment_id(article: str, by: str, field: str, start: int, end: int) -> str:
    """The id of a commitment: article, who promised, and offsets."""
    return digest("commitment", article, by, field, start, end)
