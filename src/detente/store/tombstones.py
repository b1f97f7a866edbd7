"""What is remembered of a removed article: a hash of its id, so that it does not come back unasked, and can be taken out of copies."""

from __future__ import annotations

import hashlib


def tombstone(article: str) -> str:
    """The hash of an article's id."""
    return hashlib.sha256(f"detente removed {article}".encode("utf8", "surrogatepass")).hexdigest()
