"""Marked-up text (XHTML, HTML, NITF) to paragraphs, and XML read without entities, document types and networks."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from detente.errors import InputError

_TAGS = 50_000
_ATTRIBUTES = 2_000
_LONG = re.compile(r"[^>]{10000,}")
_TAG_START = re.compile(r"<[A-Za-z]")
_QUOTED = re.compile("\"[^\"]*\"|'[^']*'")
_INLINE_SPACE = re.compile(r"[ \t\r\n\f]+")  # a no-break space stays as it is
_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "li", "dt", "dd"),
        *(
            "blockquote",
            "bq",
            "block",
            "br",
            "hr",
            "pre",
            "tr",
            "td",
            "th",
            "table",
            "ul",
            "ol",
            "dl",
            "body",
            "body.content",
        ),
    )
)
_PASSED = frozenset(
    (
        *(
            "head",
            "header",
            "footer",
            "nav",
            "aside",
            "figure",
            "figcaption",
            "script",
            "style",
            "template",
            "noscript",
        ),
        *("iframe", "form", "button", "svg", "media", "body.head", "body.end", "caption", "byline", "datasource"),
    )
)


def refuse_overgrown(markup: str) -> None:
    """Raises InputError for markup on which parsers take a time that grows with its square: no page of news has so much of it.

    Of 50,000 tags the worst take four seconds, of 10,000 less than one; a long page of news has 8,000.
    """
    if (tags := markup.count("<")) > _TAGS:
        raise InputError(f"expected a page of at most {_TAGS:,} tags, found {tags:,}")
    for stretch in _LONG.finditer(markup):
        tag = _TAG_START.search(stretch[0])
        if tag and len(_QUOTED.sub("", stretch[0][tag.start() :]).split()) > _ATTRIBUTES:
            raise InputError(f"expected tags of at most {_ATTRIBUTES:,} attributes, found one with more")


def xml_root(data: bytes) -> Any:
    """The root element of an XML document. Raises InputError when it is broken, nested too deeply, or declares entities."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(
            f"expected an XML document, found a broken one ({' '.join(str(error).split())[:160]})"
        ) from error
    document_type = root.getroottree().docinfo.internalDTD
    if document_type is not None and next(document_type.iterentities(), None) is not None:
        raise InputError("expected XML without entities of its own, found a document type that declares some")
    return root


def paragraphs(element: Any) -> list[str]:
    """The text below an element, a paragraph for each block; captions, bylines and what frames the text are left out."""
    from lxml import etree

    parts: list[list[str]] = [[]]
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        name = _name(node)
        if event == "start":
            if name in _PASSED and node is not element:
                walk.skip_subtree()
                continue
            if name in _BLOCKS:
                parts.append([])
            # An entity of a document type that is never fetched (&nbsp;) is read as HTML has it.
            parts[-1].append(unescape(node.text or "") if node.tag is etree.Entity else node.text or "")
            continue
        if name in _BLOCKS:
            parts.append([])
        if node is not element:
            parts[-1].append(node.tail or "")
    return [text for part in parts if (text := _INLINE_SPACE.sub(" ", "".join(part)).strip(" "))]


def html_paragraphs(markup: str) -> list[str]:
    """The paragraphs of a piece of HTML. Raises InputError when no parser can read it."""
    from lxml import etree, html

    if not markup.strip():
        return []
    refuse_overgrown(markup)
    try:
        tree = html.document_fromstring(
            markup.replace("\x00", ""), parser=html.HTMLParser(no_network=True, huge_tree=False)
        )
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"expected HTML, found what no parser can read ({error})") from error
    return paragraphs(tree)


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
