"""Web pages saved as files: the article without the page around it. Nothing is ever fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from detente.errors import InputError
from detente.sources.dates import iso
from detente.sources.decode import clean, decode
from detente.sources.feed import Feed
from detente.sources.sourced import Draft, Unreadable, remark

LONGEST_PAGE = (
    8 * 1024 * 1024
)  # bytes; a page of a news site rarely has one million, and the parser takes no text over ten
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"\A\s*<!DOCTYPE[^\[>]*\[.*?\]\s*>", re.DOTALL | re.IGNORECASE)
_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_LD_OUTLET = re.compile(r'"publisher"\s*:\s*\{[^{}]*?"name"\s*:\s*("[^"]{2,80}")')
_META_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[translate(@name,'DCATE','dcate')='dc.date' or @name='date' or @name='pubdate']/@content",
    "//time[@pubdate]/@datetime",
)


def read_html(feed: Feed) -> Iterator[Draft | Unreadable]:
    """The article of a page with title, day, outlet, address and language, as far as the page says them."""
    data = feed.whole(LONGEST_PAGE)
    charset = _CHARSET.search(data[:4096])
    decoded = decode(data, charset[1].decode("ascii") if charset else None)
    page, _ = clean(decoded.text)
    page = _DOCTYPE.sub("", _DECLARATION.sub("", page))
    tree, found = _extract(page)
    title, text = _title_off(found.title, found.text or "")
    yield Draft(
        where=feed.name,
        text=text,
        title=title,
        published=_published(tree, page) or found.date,
        source=found.sitename or _outlet(page) or found.hostname,
        url=found.url,
        language=next(iter(tree.xpath("/html/@lang | //meta[@property='og:locale']/@content")), None),
        guess_language=True,
        failures=(remark(feed.name, decoded.remark),) if decoded.remark else (),
    )


def _extract(page: str) -> tuple[Any, Any]:
    """(the page as a tree, what trafilatura found). Raises InputError when it is no page or holds no article."""
    from lxml import etree, html  # type: ignore[import-untyped]
    from trafilatura import bare_extraction  # 0.3 s, for web pages only

    try:
        tree = html.document_fromstring(page, parser=html.HTMLParser(no_network=True))
        found: Any = bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            # the search in running text would take any day that it names, or the copyright's year, for the day of publication
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise InputError(f"expected an HTML page, found what no parser can read ({error})") from error
    if found is None or not (found.text or "").strip():
        raise InputError(
            "expected an article, found a page without running text (a menu, a video, or a page made by scripts)"
        )
    return html.document_fromstring(page, parser=html.HTMLParser(no_network=True)), found


def _title_off(title: str | None, text: str) -> tuple[str | None, str]:
    """Title and text: paragraphs parted by blank lines, the title not repeated at their head."""
    first, _, below = text.partition("\n")
    words = " ".join(first.split())
    repeats = title is not None and (words == title or (len(words) > 20 and title.startswith(words)))
    if repeats and below.strip():
        title, text = words, below
    paragraphs = [cell.strip(" ") for line in text.split("\n") for cell in _cells(line)]
    return title or None, "\n\n".join(filter(None, paragraphs))


def _cells(line: str) -> list[str]:
    """A row of a table as its cells: older pages are laid out in tables, and no sentence runs from cell to cell."""
    return line.split("|") if line.startswith("| ") else [line]


def _outlet(page: str) -> str | None:
    """The publisher that the page's metadata for search engines (JSON-LD) name."""
    match = _LD_OUTLET.search(page)
    try:
        return str(json.loads(match[1])) if match else None
    except ValueError:
        return None


def _published(tree: Any, page: str) -> str | None:
    """The time of publication with its zone, which trafilatura cuts to a day."""
    written = [str(value) for path in _META_DATES for value in tree.xpath(path)]
    written += _LD_DATE.findall(page)
    return next((value for value in written if iso(value)), None)
