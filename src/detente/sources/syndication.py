"""News feeds (RSS, Atom, RDF, JSON Feed) -> their entries.

The word for one of them is *channel*, as in RSS: `feed.py` has the word feed for any input. A fast parser reads them;
the patient one takes those that it cannot read. Both are given the document without what stands before its first
element, so that no document type can declare entities.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from detente.errors import InputError
from detente.sources.dates import iso
from detente.sources.decode import clean, decode

LONGEST = 1000  # entries of one channel that are read: the first ones, which are the newest
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""")
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|(<!DOCTYPE[^>\[]*)([>\[])", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?=[A-Za-z_])")
_DEEPEST = 250  # elements within elements; a feed with XHTML in it has some 30
_PATIENCE = 2**20  # characters of a broken document; the patient parser takes up to 10 s for them
_JUNK = 4096  # characters before the first element in which a broken feed may say other things
_DATES = re.compile(
    r"<(?:[A-Za-z]{1,12}:)?(?:pubDate|published|updated|issued|modified|date)\b[^>]{0,80}>\s*(?:<!\[CDATA\[)?\s*([^<\]]{8,60}?)\s*(?:\]\]>\s*)?</"
    r"""|"date_(?:published|modified)"\s*:\s*"([^"]{8,60})\""""
)
_ALTERNATE = re.compile(r"<link\b[^>]{0,500}?application/(?:rss|atom|feed)\+(?:xml|json)[^>]{0,500}>", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(["script", "style", "noscript", "iframe", "figure", "form", "template", "object", "svg"])
_EXPECTED = "expected a feed (RSS, Atom or JSON Feed)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a channel. key: its guid or id. published, updated: ISO 8601, in the zone that the channel writes.

    text: what the channel itself holds of the article, as paragraphs; often only its beginning.
    """

    key: str | None = None
    link: str | None = None
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed as it was read. left: how many entries beyond LONGEST were left out."""

    title: str | None
    entries: tuple[Entry, ...]
    left: int = 0


def channel_of(data: bytes, *, url: str, charset: str | None = None) -> Channel:
    """The channel in a document. url: what links in it are relative to. charset: the encoding that HTTP names.

    Raises InputError for what is no feed; for a web page, with the feeds that it names.
    """
    declared = _ENCODING.search(data[:1024])
    text, _ = clean(decode(data, charset or (declared[1].decode("ascii") if declared else None)).text)
    text = text.lstrip()
    if not text:
        raise InputError(f"{_EXPECTED}, found an empty document")
    if text.startswith("{"):
        parsed = _fast(text)
        if parsed is None:
            raise InputError(f"{_EXPECTED}, found JSON that is none")
    else:
        document = _document(text, url)
        sound = _well_formed(document) and "xml:base" not in document  # which the fast parser passes over
        parsed = (_fast(document) if sound else None) or _patient(document, url)
    written = _written(text)
    found = [_entry(item, url, written) for item in parsed["entries"][:LONGEST]]
    title = _line(_get(_get(parsed, "feed"), "title"))
    return Channel(title=title, entries=tuple(found), left=max(0, len(parsed["entries"]) - LONGEST))


def document_of(text: str) -> str:
    """An XML document from its first element on. Raises InputError where it declares entities: they can fill a memory
    or name files, and no feed needs them.
    """
    at = 0
    while match := _PROLOG.match(text, at):
        if match[2] == "[":
            raise InputError("expected XML without declarations of its own (<!DOCTYPE ... [), found some: not read")
        at = match.end()
    root = _ROOT.search(text, at)
    if root is None or root.start() - at > _JUNK:
        raise InputError("expected XML, found text")
    return text[root.start() :]


def _document(text: str, url: str) -> str:
    """The document of a feed. Raises InputError when it is a web page."""
    try:
        document = document_of(text)
    except InputError as error:
        raise InputError(f"{_EXPECTED}: {error}") from error
    if document[:5].lower() in ("<html", "<body", "<head"):
        named = [urljoin(url, m[1]) for link in _ALTERNATE.findall(text[:200_000]) if (m := _HREF.search(link))]
        offered = f"; it names {', '.join(dict.fromkeys(named[:5]))}" if named else ""
        raise InputError(f"{_EXPECTED}, found a web page{offered}")
    return document


def _well_formed(document: str) -> bool:
    """Whether a document is sound XML: in one that is not, the fast parser drops what it stumbles over (`?a=1&b=2`).

    Raises InputError for one that is nested as no feed is.
    """
    from xml.parsers import expat

    parser, depth = expat.ParserCreate(), 0

    def opened(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise InputError(f"{_EXPECTED}, found XML that is nested more than {_DEEPEST} deep")

    def closed(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    try:
        parser.Parse(document.encode(), True)
    except expat.ExpatError:
        return False
    return True


def _fast(text: str) -> Mapping[str, Any] | None:
    import fastfeedparser

    try:
        found = fastfeedparser.parse(text.encode(), include_tags=False, include_media=False, include_enclosures=False)
    except Exception:  # a parser of its own kind on a stranger's bytes: whatever it raises, the patient one comes next
        return None
    return found if isinstance(found.get("entries"), list) and found["entries"] else None


def _patient(text: str, url: str) -> Mapping[str, Any]:
    import feedparser

    if len(text) > _PATIENCE:
        raise InputError(f"{_EXPECTED}, found broken XML of more than {_PATIENCE // 2**20} MB")
    # As a stream: a string that is a path, or an address, would be opened.
    stream = io.BytesIO(text.encode())
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    try:
        found: Mapping[str, Any] = feedparser.parse(stream, response_headers=headers)
    except Exception as error:  # as above, and no other parser is left
        raise InputError(f"{_EXPECTED}, found what no parser can read ({type(error).__name__})") from error
    if not found.get("entries") and not found.get("version"):
        raise InputError(f"{_EXPECTED}, found another kind of document")
    return found


def _entry(item: Any, url: str, written: Mapping[datetime, str]) -> Entry:
    key, link = _line(_get(item, "id")), _line(_get(item, "link"))
    if not link and key and key.startswith(("http://", "https://")):
        link = key
    return Entry(
        key=key,
        link=_joined(url, link),
        title=_line(_get(item, "title")),
        published=_day(_get(item, "published"), written),
        updated=_day(_get(item, "updated"), written),
        text=_best(item),
    )


def _joined(url: str, link: str | None) -> str | None:
    try:
        return urljoin(url, link) if link else None
    except ValueError:  # http://[: whoever fetches it says so
        return link


def _best(item: Any) -> str:
    """The longest that the entry holds of its article."""
    parts = [_get(part, "value") for part in _get(item, "content") or () if isinstance(part, Mapping)]
    parts += [_get(item, "description"), _get(item, "summary")]
    return max((plain_text(clean(part)[0]) for part in parts if isinstance(part, str)), key=len, default="")


def plain_text(written: str) -> str:
    """A piece of HTML, or plain text, as paragraphs."""
    if not _TAG.search(written):
        return _paragraphs(html.unescape(written).split("\n\n"))
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as pages

    try:
        root = pages.fragment_fromstring(written, create_parent="div", parser=pages.HTMLParser(no_network=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return _paragraphs(_TAG.sub("\n\n", written).split("\n\n"))
    return _paragraphs("".join(_pieces(root)).split("\0"))


def _pieces(root: Any) -> Iterator[str]:
    """Text of a tree, with a NUL where a block begins or ends; walked without recursion, as it may be deep."""
    from lxml import etree

    silent: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("start", "end") and silent is None and element.tag in _BLOCKS:
            yield "\0"
        if event == "start" and silent is None:
            if element.tag in _SILENT:
                silent = element
            else:
                yield element.text or ""
        elif event != "start" and (silent is None or element is silent):
            silent = None
            if element is not root:
                yield element.tail or ""


def _paragraphs(pieces: Sequence[str]) -> str:
    return "\n\n".join(flat for piece in pieces if (flat := " ".join(piece.split())))


def _written(text: str) -> dict[datetime, str]:
    """The dates of a document as they are written, by the moment they mean: parsers give them in UTC, and the day of
    publication is that of the outlet's own zone."""
    found = {}
    for match in _DATES.finditer(text):
        day = iso(html.unescape(match[1] or match[2]))
        moment = _moment(day) if day else None
        if day and moment:
            found[moment] = day
    return found


def _day(value: Any, written: Mapping[datetime, str]) -> str | None:
    day = iso(value) if isinstance(value, str) else None
    moment = _moment(day) if day else None
    return written.get(moment, day) if moment else day


def _moment(day: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(day)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _line(value: Any) -> str | None:
    """A word or a title on one line, without markup."""
    if not isinstance(value, str):
        return None
    return " ".join(clean(html.unescape(_TAG.sub("", value)))[0].split()) or None


def _get(value: Any, name: str) -> Any:
    """What is there under a name itself: the patient parser's own `get` gives the day of publication for a missing update."""
    return dict.get(value, name) if isinstance(value, dict) else None
