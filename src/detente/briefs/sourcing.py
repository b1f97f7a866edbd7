"""How a source is named, and which addresses may become links."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from detente.briefs.page import Source
from detente.briefs.wording import flat

_KEPT = "/:?#[]@!$&'()*+,;=%-._~"


def head(source: Source) -> str:
    """Aegean Courier, 2023-02-07, “Title”, article 8a8a…; of a second sentence of an article, only which one that is."""
    if source.same_as is not None:
        return f"The same article as {source.same_as}"
    title = f"“{source.title}”" if source.title else None
    what = f"{source.imported} event {flat(source.article)}" if source.imported else f"article {flat(source.article)}"
    parts = (flat(source.outlet) if source.outlet else "outlet unknown", source.published or "undated", title, what)
    return ", ".join(part for part in parts if part)


def address(url: str | None) -> str | None:
    """The address, fit for a link: http and https alone, with nothing in it that could end the link."""
    try:
        parts = urlsplit(url.strip()) if url else None
    except ValueError:
        return None
    if parts is None or parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    return quote(url.strip() if url else "", safe=_KEPT)
