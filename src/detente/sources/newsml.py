"""The XML of news agencies: NewsML-G2 (news items and messages) and NITF.

Formats: IPTC NewsML-G2 2.x, NITF 3.x.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from detente.errors import InputError
from detente.sources.feed import Feed
from detente.sources.markup import html_paragraphs, paragraphs, xml_root
from detente.sources.sourced import Draft, Unreadable, unreadable

_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_WITHDRAWN = ("canceled", "cancelled", "withheld")
_ELSEWHERE = {
    "rss": "a news feed: `detente watch` follows it",
    "feed": "a news feed: `detente watch` follows it",
    "RDF": "a news feed: `detente watch` follows it",
    "opml": "a list of news feeds: `detente watch` follows them",
    "NewsML": "NewsML 1: have it sent as NewsML-G2 or NITF",
}
# The day of the version that is read: relative dates in it are written from there.
_DAYS = (
    "{*}itemMeta/{*}versionCreated",
    "{*}contentMeta/{*}contentModified",
    "{*}contentMeta/{*}contentCreated",
    "{*}itemMeta/{*}firstCreated",
)


def read_newsml(feed: Feed) -> Iterator[Draft | Unreadable]:
    """Every text in a file of NewsML-G2 or NITF. Packages, which only refer to items, and other kinds of items are passed over."""
    root = xml_root(feed.whole())
    kind = _name(root)
    if kind == "nitf":
        yield _nitf_draft(feed.name, root)
        return
    if kind not in ("newsItem", "newsMessage", "packageItem"):
        found = _ELSEWHERE.get(kind, f"<{kind[:40]}>")
        raise InputError(f"expected NewsML-G2 (newsMessage, newsItem) or NITF, found {found}")
    passed: Counter[str] = Counter()
    for number, item in enumerate(root.findall("{*}itemSet/*") if kind == "newsMessage" else [root], 1):
        if _name(item) == "newsItem":
            yield _item(f"{feed.name}:item {number}", item)
        else:
            passed[_name(item)] += 1
    feed.passed = ", ".join(f"{count} {name}" for name, count in passed.items()) or "an empty message"


def _item(where: str, item: Any) -> Draft | Unreadable:
    guid = item.get("guid") or None
    status = _code(item.find("{*}itemMeta/{*}pubStatus"))
    if status in _WITHDRAWN:
        return unreadable(where, f"withdrawn by its provider ({status}): not read", guid)
    title, text = _content(item)
    if not text:
        kind = _code(item.find("{*}itemMeta/{*}itemClass")) or "unknown"
        return unreadable(where, f"expected a text in this news item (its kind is {kind}), found none", guid)
    language = item.find("{*}contentMeta/{*}language")
    tag = language.get("tag") if language is not None else None
    return Draft(
        where=where,
        id=guid,
        text=text,
        title=_headline(item) or title,
        published=next(filter(None, (_words(item.find(path)) for path in _DAYS)), None),
        source=_provider(item),
        url=guid if guid and guid.startswith(("http://", "https://")) else None,
        language=tag or _content_language(item),
        guess_language=tag is None,
        dateline=_dateline(_words(item.find("{*}contentMeta/{*}dateline")), text),
    )


def _content(item: Any) -> tuple[str | None, str]:
    """(title in the content itself, text) of the first rendition that has one."""
    for part in item.findall("{*}contentSet/*"):
        if _name(part) == "inlineXML" and len(part):
            body = part[0]
            if _name(body) == "nitf":
                title, found = _nitf_title(body), _nitf_text(body)
            else:
                title, found = _words(body.find("{*}head/{*}title")), _without(paragraphs(body), _headline(item))
        elif _name(part) == "inlineData":
            title, found = None, _data(part)
        else:
            continue
        if found:
            return title, "\n\n".join(found)
    return None, ""


def _data(part: Any) -> list[str]:
    written = "".join(part.itertext())
    if "html" in (part.get("contenttype") or ""):
        return html_paragraphs(written)
    return [written.strip("\r\n")] if written.strip() else []


def _without(found: list[str], title: str | None) -> list[str]:
    """The paragraphs without the title, when it is repeated above them."""
    return found[1:] if found and title and found[0] == title else found


def _headline(item: Any) -> str | None:
    heads = item.findall("{*}contentMeta/{*}headline")
    ranked = sorted(
        heads, key=lambda head: int(rank) if (rank := head.get("rank", "")).isdecimal() and len(rank) < 9 else 0
    )
    found = (_words(head) for head in (*ranked, item.find("{*}itemMeta/{*}title")))
    return next(filter(None, found), None)


def _provider(item: Any) -> str | None:
    for path in ("{*}itemMeta/{*}provider", "{*}contentMeta/{*}infoSource"):
        element = item.find(path)
        if element is not None:
            named = _words(element.find("{*}name")) or element.get("literal") or _code(element)
            if named:
                return str(named)
    return _words(item.find("{*}contentMeta/{*}creditline"))


def _content_language(item: Any) -> str | None:
    part = item.find("{*}contentSet/*")
    own = part.get(_XML_LANGUAGE) if part is not None else None
    return str(own or item.get(_XML_LANGUAGE) or "") or None


def _nitf_draft(where: str, root: Any) -> Draft | Unreadable:
    text = "\n\n".join(_nitf_text(root))
    data = root.find("{*}head/{*}docdata")
    identity = None if data is None else data.find("{*}doc-id")
    guid = identity.get("id-string") if identity is not None else None
    if not text:
        return unreadable(where, "expected paragraphs in body.content, found none", guid)
    issued = None if data is None else data.find("{*}date.issue")
    publication = root.find("{*}head/{*}pubdata")
    distributor = _words(root.find("{*}body/{*}body.head/{*}distributor"))
    return Draft(
        where=where,
        id=guid,
        text=text,
        title=_nitf_title(root),
        published=None if issued is None else issued.get("norm") or _words(issued),
        source=(publication.get("name") if publication is not None else None) or distributor,
        language=root.get(_XML_LANGUAGE),
        guess_language=True,
        dateline=_dateline(_words(root.find("{*}body/{*}body.head/{*}dateline")), text),
    )


def _nitf_title(root: Any) -> str | None:
    return _words(root.find("{*}body/{*}body.head/{*}hedline/{*}hl1")) or _words(root.find("{*}head/{*}title"))


def _nitf_text(root: Any) -> list[str]:
    content = root.find("{*}body/{*}body.content")
    return [] if content is None else paragraphs(content)


def _dateline(line: str | None, text: str) -> str | None:
    """The dateline, unless the text begins with it."""
    bare = (line or "").strip(" -–—")
    return None if not bare or text.startswith(bare) else bare


def _words(element: Any) -> str | None:
    return " ".join("".join(element.itertext()).split()) or None if element is not None else None


def _code(element: Any) -> str | None:
    """What stands behind the colon of a code: `text` in ninat:text, or at the end of its address."""
    if element is None:
        return None
    return (
        str(element.get("qcode") or element.get("uri") or "").rstrip("/").replace("/", ":").rpartition(":")[2] or None
    )


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
