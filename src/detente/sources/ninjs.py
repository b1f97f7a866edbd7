"""The JSON of news agencies: IPTC ninjs 1.x, 2.x and 3.x, and what Superdesk writes in its likeness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.errors import InputError
from detente.sources.markup import html_paragraphs
from detente.sources.sourced import Draft, Unreadable, unreadable

_SIGNS = frozenset(("type", "versioncreated", "pubstatus", "headline", "headlines", "bodies", "profile", "$standard"))
_WITHDRAWN = ("canceled", "cancelled", "withheld")
_DEEP, _MANY = 5, 200  # levels of associated items, and items of one level
_MARKED_UP = ("xhtml", "html", "text/html", "application/xhtml+xml")


def is_ninjs(value: Mapping[str, Any]) -> bool:
    """Whether a JSON object is an item of ninjs: it has an identity, and words of that standard."""
    keys = {key.lower() for key in value}
    identity = isinstance(value.get("uri"), str) or isinstance(value.get("guid"), str)
    return identity and (bool(keys & _SIGNS) or any(key.startswith("body_") for key in keys))


def ninjs_drafts(where: str, value: Mapping[str, Any]) -> Iterator[Draft | Unreadable]:
    """The text of an item, and the texts it brings with it; pictures and other media beside a text are passed over."""
    found = list(_drafts(where, value, _DEEP))
    yield from found or [
        unreadable(where, f"expected a body in this item of ninjs ({_kind(value)}), found none", _id(value))
    ]


def _drafts(where: str, value: Mapping[str, Any], depth: int) -> Iterator[Draft | Unreadable]:
    item = {key.lower(): part for key, part in value.items()}
    status = str(item.get("pubstatus") or "").lower()
    if status in _WITHDRAWN:
        yield unreadable(where, f"withdrawn by its provider ({status}): not read", _id(item))
        return
    try:
        text = _body(item)
    except InputError as error:
        yield unreadable(where, str(error), _id(item))
        return
    if text:
        yield _draft(where, item, text)
    for number, associated in enumerate(_associated(item) if depth else (), 1):
        yield from _drafts(f"{where} (associated item {number})", associated, depth - 1)


def _draft(where: str, item: Mapping[str, Any], text: str) -> Draft:
    identity = _id(item)
    days = (item.get("versioncreated"), item.get("contentcreated"), item.get("firstcreated"))
    return Draft(
        where=where,
        id=identity,
        text=text,
        title=_headline(item),
        published=next((day for day in days if isinstance(day, str) and day), None),
        source=_source(item),
        url=identity if identity and identity.startswith(("http://", "https://")) else None,
        language=_string(item.get("language")),
        dateline=_string(item.get("dateline")),
    )


def _body(item: Mapping[str, Any]) -> str:
    """The text: marked up where there is a choice, because that says where paragraphs end."""
    marked, plain = "", ""
    for role, value in _bodies(item):
        if role in _MARKED_UP:
            marked = marked or value
        elif role in ("text", "text/plain", "main", ""):
            plain = plain or value
    if "<p" in plain and not marked:
        marked = plain
    return "\n\n".join(html_paragraphs(marked)) or plain.strip("\r\n")


def _bodies(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(role or media type, words): of `bodies` (2.x, 3.x), of `body_text`, `body_xhtml` and their like (1.x)."""
    for body in _objects(item.get("bodies")):
        kind = _string(body.get("contenttype")) or _string(body.get("role")) or ""
        if isinstance(value := body.get("value"), str):
            yield kind.lower(), value
    for key, value in item.items():
        if key.startswith("body_") and isinstance(value, str):
            yield key.removeprefix("body_"), value


def _headline(item: Mapping[str, Any]) -> str | None:
    if headline := _string(item.get("headline")):
        return headline
    heads = _objects(item.get("headlines"))
    main = [head for head in heads if head.get("role") in ("main", "", None)]
    return next(filter(None, (_string(head.get("value")) for head in (*main, *heads))), None)


def _source(item: Mapping[str, Any]) -> str | None:
    named = [item.get(key) for key in ("source", "provider", "infosource", "copyrightholder")]
    sources = _objects(item.get("infosources")) + _objects(item.get("infosource"))
    named[2:2] = [source.get("name") for source in sources]
    found = (_string(name.get("name") if isinstance(name, dict) else name) for name in named)
    return next(filter(None, found), None)


def _associated(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    value = item.get("associations")
    return _objects(list(value.values()) if isinstance(value, dict) else value)


def _objects(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list, their names in lower case: 3.x writes contentType, 2.x contenttype."""
    listed = value[:_MANY] if isinstance(value, list) else []
    return [{key.lower(): part for key, part in entry.items()} for entry in listed if isinstance(entry, dict)]


def _id(item: Mapping[str, Any]) -> str | None:
    return _string(item.get("uri")) or _string(item.get("guid"))


def _kind(value: Mapping[str, Any]) -> str:
    return _string(value.get("type")) or "of no type"


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
