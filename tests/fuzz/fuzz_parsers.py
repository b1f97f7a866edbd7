"""Every parser of foreign input, by name: one more is one entry of `PARSERS`.

A parser's `check` takes what its `strategy` draws and must neither raise nor take long; it asserts what else must hold.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from detente.errors import InputError, UsageError
from detente.records import to_json
from detente.sources import Sourced, Unreadable, articles_from
from detente.sources.dates import iso, outlet_day
from detente.sources.decode import decode
from detente.sources.fetched import article_of_entry
from detente.sources.fetching.errors import FetchError
from detente.sources.fetching.pace import SystemClock
from detente.sources.fetching.robots import Robots
from detente.sources.fetching.targets import target_of
from detente.sources.jsonld import agreed, described
from detente.sources.language import code_of, detect
from detente.sources.opml import addresses_in
from detente.sources.payload import unpacked
from detente.sources.syndication import LONGEST, channel_of
from detente.store import Store, take_in
from detente.store.formats import FORMATS

HERE = "The envoy of Chad left Niamey on Monday. The two ministries said that talks would resume in May."


@dataclass(frozen=True)
class Parser:
    """check: reads one drawn input. strategy: what inputs are drawn. seconds: of processor time that one may take at most."""

    check: Callable[[Any], None]
    strategy: st.SearchStrategy[Any]
    seconds: float = 5.0


@st.composite
def mutated(draw: st.DrawFn, seeds: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """A sound document with pieces cut out, doubled, overwritten, and tokens of its format, often many of them, put in anywhere."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        to = min(len(data), at + draw(st.integers(0, 300)))
        match draw(st.integers(0, 5)):
            case 0:
                data = data[:at] + data[to:]
            case 1:
                data = data[:at]
            case 2:
                data = data[:to] + data[at:]
            case 3:
                data = data[:at] + draw(st.binary(max_size=12)) + data[to:]
            case 4:
                data = data[:at] + draw(st.sampled_from([*tokens, *_ANYWHERE])) + data[at:]
            case _:
                data = data[:at] + draw(st.sampled_from(tokens)) * draw(st.sampled_from([2, 40, 3000])) + data[at:]
    return data


# Control and bidirectional characters, marks of byte order, ends of lines, broken UTF-8, half a surrogate, a NUL.
_ANYWHERE = (
    *(
        b"\x00",
        b"\r",
        b"\r\n",
        b"\n",
        b"\x1b[2J",
        b"\x7f",
        b"\xff",
        b"\xfe\xff",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xc3",
        b"\xed\xa0\x80",
    ),
    *(
        "\u202e\u2066\u200b\u2028\ufffe".encode(),
        "R\u0435uters".encode(),
        "\U0010ffff".encode(),
        b"9" * 400,
        b" " * 5000,
    ),
)


def _check_articles(input_format: str, data: bytes) -> None:
    """Articles or named failures; every article can be written out."""
    for item in articles_from(["-"], input_format=input_format, stdin=io.BytesIO(data)):
        if isinstance(item, Unreadable):
            f"{item.id} {item.failure.reason}".encode()
            assert "broke its reader" not in item.failure.reason, item.failure.reason
            continue
        assert isinstance(item, Sourced)
        assert item.article.text.strip()
        assert item.article.published is None or item.article.day
        json.dumps(to_json(item.article), ensure_ascii=False).encode()
        for failure in item.failures:
            failure.reason.encode()


def _articles(input_format: str, seeds: Sequence[bytes], tokens: Sequence[bytes]) -> Parser:
    return Parser(partial(_check_articles, input_format), mutated(seeds, tokens))


def _warc(*bodies: bytes, kind: str = "response") -> bytes:
    found = b""
    for number, body in enumerate(bodies):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://example.org/{number}\r\nContent-Type: application/http\r\n"
        found += head.encode() + f"Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
    return found


def _parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"id": [1, 2], "text": [HERE, None], "date": ["2020-01-01", "x"]}), out, compression="none")
    return out.getvalue()


RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><title>Post</title><item>'
    f"<guid>a</guid><link>/a</link><title>Envoy leaves</title><pubDate>Tue, 02 Mar 2021 00:30:00 +0900</pubDate><description>{HERE}"
    f"</description><c:encoded><![CDATA[<p>{HERE}</p><p>{HERE}</p>]]></c:encoded></item></channel></rss>"
).encode()
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://example.org/"><title type="html">Post</title><entry><id>b</id>'
    f'<link rel="alternate" href="b"/><updated>2021-03-02T10:00:00Z</updated><content type="xhtml"><div><p>{HERE}</p></div></content>'
    "</entry></feed>"
).encode()
JSON_FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [{"id": 1, "url": "/a", "content_html": f"<p>{HERE}</p>", "date_published": "2021-03-02"}]}
).encode()  # fmt: skip
OPML = (
    b'<?xml version="1.0"?><opml version="2.0"><body><outline text="Press"><outline type="rss" text="C" '
    b'xmlUrl="https://c.example/rss?a=1&amp;b=2"/></outline></body></opml>'
)
ROBOTS = b"User-agent: *\nDisallow: /a*b$\nCrawl-delay: 3\nUser-agent: detente\nAllow: /\nSitemap: http://x\n"
_CELL = {"date": "2016-03-04", "type": "AID", "source": "NOR", "target": "FIN"} | {
    **{
        "CAMEO Code": "043",
        "Event Date": "2016-03-04",
        "Event Type": "AID",
        "event_date": "2016-03-04",
        "event_type": "Battles",
    },
    **{
        "sub_event_type": "Armed clash",
        "SQLDATE": "20160304",
        "EventCode": "043",
        "Intensity": "2.8",
        "event_id_cnty": "a",
    },
}
EVENTS = [
    "\r\n".join(
        [
            *([form.delimiter.join(form.columns)] if form.header else []),
            *[form.delimiter.join(_CELL.get(c, "") for c in form.columns)] * 3,
        ]
    ).encode()
    for form in FORMATS.values()
]
LD = json.dumps({"@type": "NewsArticle", "headline": "x", "articleBody": HERE * 3, "publisher": {"name": "y"}})
PAGE = (
    f'<!DOCTYPE html><html lang="en"><head><title>Envoy leaves</title><meta charset="utf-8"><meta property="og:site_name" content="Post">'
    f'<script type="application/ld+json">{LD}</script></head><body><article><h1>Envoy leaves</h1><p>{HERE}</p><p>{HERE} &amp; more</p>'
    f'<time datetime="2020-05-01">1 May</time><table><tr><td>{HERE}</td></tr></table></article></body></html>'
).encode()
NEWSML = (
    '<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="a" xml:lang="en"><itemMeta>'
    '<itemClass qcode="ninat:text"/><provider qcode="p:x"/><versionCreated>2020-05-01T00:00:00Z</versionCreated></itemMeta><contentMeta>'
    f'<headline rank="1">x</headline><language tag="en"/></contentMeta><contentSet><inlineXML><html xmlns="x"><body><p>{HERE}</p></body>'
    "</html></inlineXML></contentSet></newsItem></itemSet></newsMessage>"
).encode()
NITF = f"<!DOCTYPE nitf SYSTEM 'x'><nitf><body><body.content><p>{HERE}&nbsp;</p></body.content></body></nitf>".encode()
NINJS = json.dumps(
    {"uri": "urn:x", "type": "composite", "headlines": [{"value": "x"}], "bodies": [{"role": "html", "value": f"<p>{HERE}</p>"}],
     "versioncreated": "2020-05-01", "associations": {"a": {"uri": "urn:y", "body_text": HERE}}}
).encode()  # fmt: skip
LINES = b"".join(
    json.dumps({"id": i, "title": "x", "text": HERE, "published": "2020-05-01"}).encode() + b"\n" for i in range(3)
)
TABLE = f'id,title,text,date\r\n1,x,"{HERE}, ""yes""",2020-05-01\r\n2,y,"a\nb",\r\n3,z,{HERE},x\r\n'.encode()

_TAGS = (
    *(
        b"<",
        b">",
        b"</",
        b"/>",
        b"<p>",
        b"</p>",
        b"<div>",
        b"</div>",
        b"<b>",
        b"<table><tr><td>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
    ),
    *(
        b"<a href='x'>",
        b"<script>",
        b"</script>",
        b"<svg>",
        b"<template>",
        b"&",
        b"&#0;",
        b"&#xd800;",
        b"&nbsp;",
        b"&amp;",
        b"<?",
        b"?>",
    ),
    *(
        b"<!DOCTYPE x [",
        b"<!ENTITY a 'b'>",
        b"]>",
        b" a=1",
        b" xmlns:a='b'",
        b"<meta charset='utf-16'>",
        b"<meta charset='punycode'>",
    ),
    *(
        b"<meta name='date' content='2020-13-45'>",
        b"<time datetime='0000-00-00'>",
        b"<html lang='\xff'>",
        b"<base href='http://[' >",
    ),
)
_JSON = (
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b'"',
    b"\\",
    b"\\ud800",
    b"\\u0000",
    b"1e999",
    b"-",
    b"null",
    b"NaN",
    b'"text":',
    b'{"text":"a"}',
    b"\n",
)
_WARC = (
    *(
        b"WARC/1.0\r\n",
        b"\r\n\r\n",
        b"Content-Length: 0\r\n",
        b"Content-Length: 99999999999999999999\r\n",
        b"Content-Length: -1\r\n",
    ),
    *(
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Content-Encoding: br\r\n",
        b"WARC-Type: response\r\n",
        b"A: b\r\n",
    ),
    *(b"\x1f\x8b\x08", b"\x04\x22\x4d\x18", b"\x28\xb5\x2f\xfd", b"HTTP/1.1 200 OK\r\n", b"WARC/1.0\r\nA: b\r\n\r\n"),
)
_FEED = (
    *(b"<item>", b"</item>", b"<entry>", b"<link>", b"<link href='//['/>", b"<guid isPermaLink='true'>", b"<pubDate>"),
    *(
        b" xml:base='http://[x'",
        b"<rdf:RDF>",
        b"<content type='xhtml'>",
        b"<media:group>",
        b"<outline xmlUrl='file:///x'>",
    ),
)
_ROBOTS = (
    b"User-agent:",
    b"Disallow: ",
    b"Allow: *",
    b"*" * 30,
    b"$",
    b"%",
    b"%zz",
    b"Crawl-delay: nan",
    b"Crawl-delay: 1e400",
)
_ADDRESS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from([
            *("http://", "HTTPS:", "//", "/", "..", "@", ":", "[::1]", "[", "]", "?", "#", "%2f", "%00", "\\", "\t", "\n", "."),
            *("0x7f.1", "a.example", "xn--", "\u00fc.example", "\uff0e", "\u2025", ":99999", ":-1", "\u202e", "1" * 80, "x" * 300),
        ]),
        max_size=8,
    ).map("".join),
)  # fmt: skip
_CELLS = (b",", b";", b"\t", b"|", b'"', b'""', b'","', b"\n", b"\r", b"text", b"\x00", b'"\n"')
_DATE = st.one_of(
    st.text(max_size=120),
    st.lists(
        st.sampled_from([*"0123456789-:/., TZ+", "2020", "May", "Tue,", "GMT", "\u0663", "99", "(", ")", "th", "\n"]),
        max_size=14,
    ).map("".join),
)
_KEYS = st.sampled_from(
    [
        *(
            "uri",
            "guid",
            "type",
            "pubstatus",
            "headline",
            "headlines",
            "bodies",
            "body_text",
            "body_xhtml",
            "value",
            "role",
            "associations",
        ),
        *(
            "text",
            "id",
            "title",
            "article",
            "articles",
            "published",
            "source",
            "language",
            "infosources",
            "name",
            "versioncreated",
        ),
        *("@type", "@graph", "@id", "articleBody", "publisher", "datePublished", "inLanguage", "mainEntity"),
    ]
)
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=6)),
    max_leaves=12,
)


def _check_date(written: str) -> None:
    found = iso(written)
    if found is not None:
        assert found[:4].isdecimal()
        outlet_day(found, written, written)


def _check_values(values: list[Any]) -> None:
    _check_articles("jsonl", "\n".join(map(json.dumps, values)).encode())
    _check_articles("json", json.dumps(values).encode())


def _check_described(drawn: tuple[list[Any], str]) -> None:
    values, visible = drawn
    for block in ([json.dumps(value) for value in values], [visible]):
        body = described(block).body
        agreed(body or visible, visible, visible)


def _check_language(text: str) -> None:
    code, confidence = detect(text)
    assert (code is None) == (confidence == 0)
    code_of(text)


def _check_payload(drawn: tuple[bytes, str, str]) -> None:
    data, transfer, coding = drawn
    with contextlib.suppress(InputError):
        assert len(unpacked(data, transfer=transfer, coding=coding, limit=10_000)) <= 10_000


def _check_decode(drawn: tuple[bytes, str | None]) -> None:
    with contextlib.suppress(InputError):
        decode(*drawn).text.encode("utf-8", "surrogatepass")


def _check_feed(data: bytes) -> None:
    """A channel whose entries can be kept, or a reason."""
    with contextlib.suppress(InputError):
        found = channel_of(data, url="http://example.org/feed")
        assert len(found.entries) <= LONGEST
        for entry in found.entries:
            str(entry).encode()
            with contextlib.suppress(InputError):
                kept = article_of_entry(entry, found.title, "for the test", feed="http://example.org/feed")
                assert kept is None or json.dumps(to_json(kept.article), ensure_ascii=False).encode()


def _check_list(data: bytes) -> None:
    """Plain web addresses, or a usage error that can be shown."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "feeds"
        path.write_bytes(data)
        try:
            assert all(address.startswith(("http://", "https://")) for address in addresses_in([path]))
        except UsageError as error:
            str(error).encode()


def _check_robots(data: bytes) -> None:
    """A pace that can be kept, or a refusal. The text comes as the fetcher takes it out of an answer."""
    robots = Robots(lambda _: data.decode("utf-8", "replace"), SystemClock())
    for path in ("/", "/a/b?c=%41", "/" + "ab" * 200):
        with contextlib.suppress(FetchError):
            assert robots.check(target_of(f"http://example.org{path}")) >= 0


def _check_address(drawn: tuple[str, str | None]) -> None:
    """An address that, written out, stands for itself, or a refusal."""
    with contextlib.suppress(FetchError):
        found = target_of(*drawn)
        assert found.scheme in ("http", "https")
        assert target_of(found.url) == found
        found.url.encode("ascii")
        assert not set(found.host + found.path) & set(" \r\n\t\\")


def _check_events(drawn: tuple[str | None, bytes]) -> None:
    """Events that can be asked for, rows refused with a reason, or a file refused whole; and the store is whole."""
    name, data = drawn
    with TemporaryDirectory() as folder:
        store, path = Store.create(Path(folder) / "o"), Path(folder) / "events"
        path.write_bytes(data)
        with contextlib.suppress(InputError, UsageError):
            report = take_in(store, path, name)
            for refusal in report.refused:
                f"{refusal.where} {refusal.reason}".encode()
        store.check()
        store.counts()
        store.close()


_CODINGS = st.lists(st.sampled_from(["gzip", "br", "zstd", "deflate", "identity", "x", ""]), max_size=4).map(",".join)
_CHARSETS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["utf-8", "gb2312", "shift_jis", "utf-7", "idna", "base64", "mbcs"]),
)
_PACKED = (gzip.compress(PAGE), b"5\r\nhello\r\n0\r\n\r\n", gzip.compress(b"\x00" * 100_000))

PARSERS: Mapping[str, Parser] = {
    "text": _articles("text", [HERE.encode(), f"Title\n\n{HERE}".encode(), HERE.encode("utf-16")], [b"\n", b"x" * 100]),
    "markdown": _articles("markdown", [f"---\ntitle: x\ndate: 2020-05-01\n---\n# x\n{HERE}".encode()], [b"---\n", b"# ", b"title: ", b"===\n"]),
    "json": _articles("json", [b"[" + LINES.replace(b"}\n", b"},\n")[:-2] + b"]", NINJS], _JSON),
    "jsonl": _articles("jsonl", [LINES, NINJS], _JSON),
    "html": _articles("html", [PAGE], _TAGS),
    "newsml": _articles("newsml", [NEWSML, NITF], _TAGS),
    "csv": _articles("csv", [TABLE, TABLE.replace(b",", b"\t"), TABLE.decode().encode("utf-16")], _CELLS),
    "parquet": _articles("parquet", [_parquet()], [b"PAR1", b"\xff" * 8, b"\x15\x00"]),
    "warc": _articles("warc", [_warc(PAGE, PAGE), gzip.compress(_warc(PAGE)) + gzip.compress(_warc(PAGE))], [*_WARC, *_TAGS[:6]]),
    "auto": _articles("auto", [PAGE, LINES, TABLE, NEWSML, _warc(PAGE), gzip.compress(LINES), _parquet()], [*_WARC, *_JSON, *_TAGS[:9]]),
    "feeds": Parser(_check_feed, mutated([RSS, ATOM, JSON_FEED], [*_FEED, *_TAGS, *_JSON]), seconds=10),
    "lists of feeds": Parser(_check_list, mutated([OPML, b"https://a.example/rss # x\n"], [*_FEED, *_TAGS])),
    "robots.txt": Parser(_check_robots, mutated([ROBOTS], _ROBOTS)),
    "addresses": Parser(_check_address, st.tuples(_ADDRESS, st.one_of(st.none(), st.just("http://example.org/a/b"))), seconds=1),
    "events coded elsewhere": Parser(_check_events, st.tuples(st.sampled_from([None, *FORMATS]), mutated(EVENTS, [*_CELLS, b"2016-02-30", b"043", b"-1e400"]))),
    "dates": Parser(_check_date, _DATE, seconds=1),
    "values of JSON": Parser(_check_values, st.lists(_VALUES, max_size=4)),
    "JSON-LD": Parser(_check_described, st.tuples(st.lists(_VALUES, max_size=3), st.text(max_size=300))),
    "language": Parser(_check_language, st.text(max_size=600), seconds=1),
    "packed answers": Parser(_check_payload, st.tuples(mutated(_PACKED, [b"0\r\n", b"ffffffff\r\n", b"\r\n"]), st.sampled_from(["", "chunked"]), _CODINGS)),
    "encodings": Parser(_check_decode, st.tuples(mutated([HERE.encode(), HERE.encode("utf-16")], _ANYWHERE), _CHARSETS)),
}  # fmt: skip
