"""Articles out of JSON Lines and plain text, until the sources room is there."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from detente.records import Article, article_id


def articles(paths: tuple[str, ...], published: date | None) -> Iterator[Article]:
    """One article for each line of JSON, or one for a whole file that is not JSON."""
    for name in paths or ("-",):
        text = sys.stdin.buffer.read().decode("utf8") if name == "-" else Path(name).read_text("utf8")
        rows = (
            [json.loads(row) for row in text.split("\n") if row.strip()]
            if text.lstrip()[:1] == "{"
            else [{"text": text}]
        )
        for row in rows:
            given = {key: row.get(key) for key in ("title", "published", "source", "url", "language")}
            given["published"] = given["published"] or (published.isoformat() if published else None)
            made = article_id(
                url=row.get("url"), title=row.get("title"), source=row.get("source"), text=row["text"]
            )
            yield Article(id=str(row.get("id") or made), text=row["text"], **given)
