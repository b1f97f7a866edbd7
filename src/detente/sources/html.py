"""Web pages, saved or fetched by others: the article without the page around it. Nothing is fetched here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from detente.errors import InputError
from detente.sources.dates import iso
from detente.sources.decode import clean, decode
from detente.sources.feed import Feed
from detente.sources.jsonld import Described, agreed, described
from detente.sources.markup import refuse_overgrown
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
_BLOCKS = "//script[@type='application/ld+json']/text()"
_VISIBLE = "//body//text()[not(parent::script or parent::style or parent::noscript or parent::template)]"
_LANGUAGE = "/html/@lang | //meta[@property='og:locale']/@content"
_LITTLE = 600  # characters; where the fast way finds less, the thorough one looks, too


def read_html(feed: Feed) -> Iterator[Draft | Unreadable]:
    """The article of a page with title, day, outlet, address and language, as far as the page says them."""
    yield page_draft(feed.whole(LONGEST_PAGE), where=feed.name)


def page_draft(data: bytes, *, where: str, charset: str | None = None, url: str | None = None) -> Draft:
    """The article of a page that was fetched or saved.

    charset, url: as its server said, and where it was found; the page's own words on both count where they can be true. Without
    `url` its address is the one it names. Raises InputError when it is no page, or holds no article.
    """
    if len(data) > LONGEST_PAGE:
        raise InputError(f"expected a page of at most {LONGEST_PAGE // 2**20} MB, found a longer one")
    named = _CHARSET.search(data[:4096])
    decoded = decode(data, charset, named[1].decode("ascii") if named else None)
    page, _ = clean(decoded.text)
    refuse_overgrown(page)
    tree = _tree(_DOCTYPE.sub("", _DECLARATION.sub("", page)))
    said = described([str(block) for block in tree.xpath(_BLOCKS)])
    dates = _dates(tree, page, said)
    found = _named(tree)
    title, text = _title_off(found.title or said.headline, _text(tree))
    if said.body:
        text = agreed(said.body, text, " ".join(tree.xpath(_VISIBLE))) or text
    if not text.strip():
        raise InputError(
            "expected an article, found a page without running text (a menu, a video, or a page made by scripts)"
        )
    return Draft(
        where=where,
        text=text,
        title=title,
        published=next(dates, None) or found.day,
        source=found.site or said.outlet or _outlet(page) or _host(url) or _host(found.url),
        url=_address(url, found.url),
        language=next(iter(tree.xpath(_LANGUAGE)), None) or said.language,
        guess_language=True,
        failures=(remark(where, decoded.remark),) if decoded.remark else (),
    )


def _tree(page: str) -> Any:
    """Raises InputError when it is no page."""
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        return html.document_fromstring(page, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise InputError(f"expected an HTML page, found what no parser can read ({error})") from error


def _text(tree: Any) -> str:
    """The running text that trafilatura finds: its fast way first, the thorough one where that finds little."""
    from lxml import etree
    from trafilatura import bare_extraction  # 0.3 s, for web pages only

    text = ""
    try:
        for fast in (True, False):
            found: Any = bare_extraction(tree, fast=fast, with_metadata=False, include_comments=False)
            text = (found.text or "") if found is not None else text
            if len(text) >= _LITTLE:
                break
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise InputError(f"expected an HTML page, found what no parser can read ({error})") from error
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """What a page says of itself in its head and by its looks."""

    title: str | None
    url: str | None
    site: str | None
    day: str | None


def _named(tree: Any) -> _Named:
    """The parts of trafilatura's metadata that an article has; its search for authors, tags and licences would take twice the time."""
    from htmldate import find_date
    from trafilatura import metadata as parts

    found: Any = parts.examine_meta(tree)
    with suppress(Exception):  # of descriptions that are broken in ways it does not foresee, as trafilatura itself does
        found = parts.extract_meta_json(tree, found)
    url = found.url or parts.extract_url(tree, None)
    site = (found.sitename or parts.extract_sitename(tree) or "").lstrip("@")
    if site and "." not in site and not site[0].isupper():
        site = site.title()
    # The search in running text would take any day that it names, or the copyright's year, for the day of publication.
    day = find_date(tree, original_date=True, extensive_search=False, url=url)
    title = found.title or parts.extract_title(tree)
    return _Named(title=_line(title), url=url or None, site=_line(site), day=day)


def _line(words: str | None) -> str | None:
    return " ".join(unescape(words).split()) or None if words else None


def _address(given: str | None, named: str | None) -> str | None:
    """Where the page was found, or the address it names for itself when that is on the same host: another's would be borrowed."""
    if given is None or named is None:
        return given or named
    return named if _host(given) == _host(named) else given


def _host(url: str | None) -> str | None:
    try:
        host = (urlsplit(url or "").hostname or "").lower()
    except ValueError:  # an address with a broken bracket
        return None
    return host.removeprefix("www.") or None


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


def _dates(tree: Any, page: str, said: Described) -> Iterator[str]:
    """The times of publication that the page names, with their zones, which trafilatura cuts to a day."""
    written = [str(value) for path in _META_DATES for value in tree.xpath(path)]
    written += [said.published] if said.published else _LD_DATE.findall(page)
    return (value for value in written if iso(value))
