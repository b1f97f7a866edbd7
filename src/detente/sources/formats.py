"""The formats that can be read: one more is one module and one line here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from detente.sources.channels import read_channel
from detente.sources.feed import Feed
from detente.sources.html import read_html
from detente.sources.jsons import read_file, read_lines
from detente.sources.newsml import read_newsml
from detente.sources.parquet import read_parquet
from detente.sources.plain import read_markdown, read_text
from detente.sources.sourced import Draft, Unreadable
from detente.sources.tables import read_csv
from detente.sources.warc import read_warc

_PACKED = (b"\x04\x22\x4d\x18", b"\x28\xb5\x2f\xfd")  # lz4, zstd: of what can be read, only archives are packed so
_BLANK = b" \t\r\n\x00"  # UTF-16 has NULs between


_AGENCY = re.compile(rb"(?:\s*<[?!][^>]{0,400}>)*\s*<(?:[\w-]{1,20}:)?(?:newsMessage|newsItem|packageItem|nitf)[\s>]")
_NEWS_FEED = re.compile(rb"(?:\s*<[?!][^>]{0,400}>)*\s*<(?:rss|feed|(?:rdf:)?RDF)[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Format:
    """read: what is in a feed of this kind. endings: of the names of its files. as_stored: it unpacks, and tells damage, itself."""

    read: Callable[[Feed], Iterator[Draft | Unreadable]]
    endings: tuple[str, ...]
    as_stored: bool = False


FORMATS: dict[str, Format] = {
    "text": Format(read_text, (".txt", ".text")),
    "markdown": Format(read_markdown, (".md", ".markdown")),
    "json": Format(read_file, (".json",)),
    "jsonl": Format(read_lines, (".jsonl", ".ndjson")),
    "html": Format(read_html, (".html", ".htm", ".xhtml")),
    "newsml": Format(read_newsml, (".xml", ".newsml", ".nitf", ".g2")),
    "feed": Format(read_channel, (".rss", ".atom", ".jsonfeed")),
    "csv": Format(read_csv, (".csv", ".tsv", ".tab")),
    "parquet": Format(read_parquet, (".parquet", ".pq")),
    "warc": Format(read_warc, (".warc", ".warc.lz4", ".warc.zst"), as_stored=True),
}


def format_of(name: str) -> str | None:
    """The format that a file's name stands for, `.gz` set aside; None when it stands for none."""
    name = name.lower().removesuffix(".gz")
    return next((key for key, format_ in FORMATS.items() if name.endswith(format_.endings)), None)


def sniffed(head: bytes) -> str:
    """The format that the first bytes look like: `{` JSON Lines, `[{` JSON, `<` HTML or, by its first element, NewsML, `WARC/` a web archive, `PAR1` Parquet, else text."""
    if head.startswith((b"WARC/", *_PACKED)):
        return "warc"
    if head.startswith(b"PAR1"):
        return "parquet"
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe" + _BLANK)
    if start.startswith(b"{"):
        return "jsonl"
    if start.startswith(b"[") and start[1:].lstrip(_BLANK).startswith(b"{"):
        return "json"
    if start.startswith(b"<"):
        return "newsml" if _AGENCY.match(start) else "feed" if _NEWS_FEED.match(start) else "html"
    return "text"
