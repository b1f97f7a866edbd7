"""What a page says of its article to search engines: JSON-LD of schema.org's NewsArticle and its kin."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

_KINDS = re.compile(
    r"(?:[a-z]*newsarticle|article|report|(?:live)?blogposting|pressrelease|newspressrelease)$", re.IGNORECASE
)
_LONGEST = 2 * 1024 * 1024  # characters of one block
_NODES = 2000  # objects of one block that are looked at
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,10})\b[^<>]{0,2000}>")
_BLOCKS = frozenset(("p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"))
_WORD = re.compile(r"\w+")
_ENOUGH = 40  # words of a body that are worth taking
_ALL = 0.9  # a body with so many of the words that the page's looks give is no excerpt
_MOST = 2 / 3  # nor is one with so many that ends in a whole sentence: what it lacks is what stands beside an article
_ENDS = re.compile(r"[.!?。][\"'”’»)]*$")
_SEEN = 0.95  # share of the body's words that a reader of the page must be able to see, in their order
_RUN = 4  # words that are looked up together


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """An article as its page describes it; None for what it leaves out. body: paragraphs parted by blank lines."""

    headline: str | None = None
    body: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None


def described(blocks: list[str]) -> Described:
    """The one article that the JSON-LD blocks of a page describe; nothing where they describe none, or several as a list does."""
    found = [node for block in blocks for node in _nodes(block) if _is_article(node)]
    full = [node for node in found if node.get("articleBody")]
    if len(full) != 1 and len(found) != 1:
        return Described()
    node = (full if len(full) == 1 else found)[0]
    publisher = node.get("publisher")
    if isinstance(publisher, list) and publisher:
        publisher = publisher[0]
    if isinstance(publisher, dict) and not _text(publisher.get("name")):
        publisher = _named(blocks, publisher.get("@id"))
    return Described(
        headline=_line(node.get("headline")) or _line(node.get("name")),
        body=_paragraphs(_text(node.get("articleBody")) or ""),
        published=_text(node.get("datePublished")),
        outlet=_line(publisher.get("name") if isinstance(publisher, dict) else publisher),
        language=_language(node.get("inLanguage")),
    )


def agreed(body: str, extracted: str, visible: str) -> str | None:
    """The article's text from its description, where it is complete and a reader of the page sees the same; None else.

    extracted: what was found in the page by its looks, whose paragraphs serve a body that was written without any. visible: all words
    of the page.
    """
    words = _WORD.findall(body.casefold())
    share = len(words) / max(1, len(_WORD.findall(extracted)))
    whole = share >= _ALL or (share >= _MOST and _ENDS.search(body[-20:]))
    if len(words) < _ENOUGH or not whole or not _shows(words, visible):
        return None
    if "\n\n" in body:
        return body
    flat = f" {' '.join(words)} "
    kept = [part for part in extracted.split("\n\n") if _within(part, flat)]
    if sum(len(_WORD.findall(part)) for part in kept) >= _SEEN * len(words):
        return "\n\n".join(kept)
    return body


def _shows(words: list[str], visible: str) -> bool:
    """Whether nearly every run of words of the body is on the page."""
    page = _WORD.findall(visible.casefold())
    there = set(zip(*(page[i:] for i in range(_RUN)), strict=False))
    runs = list(zip(*(words[i:] for i in range(_RUN)), strict=False))
    return sum(run in there for run in runs) >= _SEEN * len(runs)


def _within(paragraph: str, flat: str) -> bool:
    words = _WORD.findall(paragraph.casefold())
    return bool(words) and f" {' '.join(words)} " in flat


def _nodes(block: str) -> Iterator[dict[str, Any]]:
    """The objects of a block, wherever a site puts them: alone, in a list, in `@graph`, under `mainEntity`."""
    if len(block) > _LONGEST:
        return
    try:
        pending: list[Any] = [json.loads(block.strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_NODES):
        if not pending:
            return
        value = pending.pop(0)
        if isinstance(value, list):
            pending += value[:_NODES]
        elif isinstance(value, dict):
            yield value
            pending += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "publisher") if key in value]


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(isinstance(kind, str) and _KINDS.match(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _named(blocks: list[str], identifier: Any) -> Any:
    """The object that an `@id` stands for."""
    nodes = (node for block in blocks for node in _nodes(block))
    return next((node for node in nodes if identifier and node.get("@id") == identifier and node.get("name")), None)


def _language(value: Any) -> str | None:
    return _line(value.get("alternateName") or value.get("name")) if isinstance(value, dict) else _line(value)


def _text(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return value.strip() or None if isinstance(value, str) else None


def _line(value: Any) -> str | None:
    text = _text(value)
    return " ".join(unescape(text).split()) if text else None


def _paragraphs(body: str) -> str | None:
    """The body without markup, its paragraphs parted by blank lines. A single line end parts them, too, where there are no others."""
    if "&lt;" in body and "<" not in body:
        body = unescape(body)
    body = unescape(_TAG.sub(lambda tag: "\n\n" if tag[2].lower() in _BLOCKS else "", body)).replace("\r\n", "\n")
    return "\n\n".join(filter(None, (" ".join(line.split()) for line in body.split("\n")))) or None
