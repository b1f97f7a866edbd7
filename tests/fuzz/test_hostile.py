"""Inputs made to exhaust a reader: each ends in an article or a named failure, within seconds and within bounds."""

from __future__ import annotations

import gzip
import io
import time

import pytest

from detente.sources import Sourced, Unreadable, articles_from

WORDS = b"The envoy of Chad left Niamey on Monday. "
SECONDS = 10  # of processor time
MEGABYTE = 2**20
PAGES = {
    "100,000 levels": b"<div>" * 100_000 + WORDS,
    "100,000 levels of tables": b"<table><tr><td>" * 100_000 + WORDS,
    "an endless line": b"<p>" + WORDS * 150_000,
    "one word of seven megabytes": b"<p>" + b"a" * (7 * MEGABYTE),
    "a huge attribute": b'<p title="' + b"x" * (7 * MEGABYTE) + b'">' + WORDS * 20,
    "many attributes": b"<p " + b" ".join(b"a%d=1" % i for i in range(500_000)) + b">" + WORDS * 20,
    "many links": b"<a href=x>link</a> " * 400_000,
    "links in links": b"<a href=x>" * 500_000 + WORDS,
    "comments": b"<!-- x -->" * 700_000 + WORDS,
    "comments without an end": b"<p>" + WORDS * 20 + b"<!--" * 1_500_000,
    "nothing but brackets": b"<" * (7 * MEGABYTE),
    "entities": b"<p>" + b"&amp;" * 1_000_000,
    "descriptions": b'<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * 20_000 + b"<p>" + WORDS * 20,
    "a deep description": b'<script type="application/ld+json">' + b"[" * 2_000_000 + b"</script><p>" + WORDS * 20,
    "half a description": b"<p>" + WORDS * 20 + b'"publisher":{' * 500_000,
    "a document type without an end": b"<!DOCTYPE x [" + b"] " * 2_000_000 + b"<p>" + WORDS,
    "more than eight megabytes": b"<p>" + WORDS * 250_000,
}  # fmt: skip
OTHERS = {
    ("json", "deep"): b"[" * 5_000_000,
    ("jsonl", "deep"): b'{"a":' * 1_000_000,
    ("json", "objects without a text"): b"[" + b"{}," * 100_000 + b"{}]",
    ("csv", "open quotation marks"): b"id,text\n" + b'1,"a\n2,b\n' * 200_000,
    ("csv", "many cells"): b"id,text\n" + b"," * 5_000_000,
    ("csv", "many columns"): b",".join(b"c%d" % i for i in range(200_000)) + b"\n",
    ("newsml", "deep"): b"<nitf>" * 300_000,
    ("newsml", "many items"): b"<newsMessage><itemSet>" + b"<newsItem/>" * 100_000 + b"</itemSet></newsMessage>",
    ("newsml", "entities in entities"): b'<!DOCTYPE a [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10 if i else b"lol") for i in range(10))
    + b"]><a>&a9;</a>",
    ("warc", "many marks"): b"WARC/1.0\r\nA:" * 300_000,
    ("warc", "many empty records"): b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 50_000,
    ("warc", "marks of packed data"): b"\x1f\x8b\x08" * 1_000_000,
    ("warc", "a header without an end"): b"WARC/1.0\r\nA: " + b"x" * 5_000_000,
    ("auto", "a bomb"): gzip.compress(gzip.compress(b"\x00" * 200 * MEGABYTE)),
    ("text", "a bomb"): gzip.compress(b"a" * 300 * MEGABYTE, 1),
}


def _read(input_format: str, data: bytes) -> list[Sourced | Unreadable]:
    begun = time.process_time()
    found = list(articles_from(["-"], input_format=input_format, stdin=io.BytesIO(data)))
    assert time.process_time() - begun < SECONDS
    assert found
    for item in found:
        assert isinstance(item, Sourced) or "broke its reader" not in item.failure.reason, item
    return found


@pytest.mark.parametrize("name", PAGES)
def test_hostile_pages(name: str) -> None:
    (item,) = _read("html", PAGES[name])
    assert isinstance(item, Unreadable) or len(item.article.text) <= 8 * MEGABYTE


@pytest.mark.parametrize(("input_format", "name"), OTHERS)
def test_hostile_files(input_format: str, name: str) -> None:
    _read(input_format, OTHERS[input_format, name])
