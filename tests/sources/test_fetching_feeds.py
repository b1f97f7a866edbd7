"""Feeds, sound, broken and hostile; lists of them; and what becomes of the pages they name."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import InputError, UsageError
from detente.sources import Sourced, Unreadable, articles_from
from detente.sources.fetched import article_of_entry, article_of_page, gone
from detente.sources.fetching import Answer, target_of
from detente.sources.opml import addresses_in
from detente.sources.syndication import LONGEST, Channel, Entry, channel_of, plain_text

URL = "https://news.example.org/world/feed.xml"
RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Fjord Post</title>
<item><title>Norway &amp; Estonia: &lt;b&gt;fähren&lt;/b&gt;</title><link>/ferries?a=1&amp;b=2</link><guid isPermaLink="false">g1</guid>
<pubDate>Tue, 02 Mar 2021 00:30:00 +0900</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>One.</p><script>alert(1)</script><p>Two<br>Three &amp; four</p>]]></content:encoded></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Fjord &amp;amp; Post</title><entry><id>tag:1</id>
<link rel="self" href="/self"/><link rel="alternate" href="ferries"/><title>Accord</title>
<published>2021-03-02T00:30:00+09:00</published><updated>2021-03-03T00:30:00+09:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Fjord Post</title></channel>
<item rdf:about="x"><title>Accord</title><link>https://news.example.org/a</link><dc:date>2021-03-02T00:30:00+09:00</dc:date>
<description>One.</description></item></rdf:RDF>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Fjord Post",
    "items": [
        {"id": "1", "url": "/a", "title": "Accord", "content_html": "<p>One.</p><p>Two</p>",
         "date_published": "2021-03-02T00:30:00+09:00"},
        {"id": "2", "content_text": "Three."},
    ],
}  # fmt: skip


def channel(written: str | bytes, charset: str | None = None) -> Channel:
    return channel_of(written.encode() if isinstance(written, str) else written, url=URL, charset=charset)


def test_rss() -> None:
    found = channel(RSS.format(encoding="utf-8"))
    assert found == Channel(
        title="Fjord Post",
        entries=(
            Entry(
                key="g1",
                link="https://news.example.org/ferries?a=1&b=2",
                title="Norway & Estonia: fähren",
                published="2021-03-02T00:30:00+09:00",  # in the outlet's own zone: the day is the 2nd there
                text="One.\n\nTwo\n\nThree & four",
            ),
        ),
    )


def test_atom_rdf_and_json() -> None:
    (entry,) = channel(ATOM).entries
    assert channel(ATOM).title == "Fjord & Post"
    assert (entry.link, entry.text) == ("https://news.example.org/world/ferries", "One.\n\nTwo")
    assert (entry.published, entry.updated) == ("2021-03-02T00:30:00+09:00", "2021-03-03T00:30:00+09:00")
    (entry,) = channel(RDF).entries
    assert (entry.link, entry.published, entry.text) == (
        "https://news.example.org/a",
        "2021-03-02T00:30:00+09:00",
        "One.",
    )
    first, second = channel(json.dumps(JSON)).entries
    assert (first.link, first.published) == ("https://news.example.org/a", "2021-03-02T00:30:00+09:00")
    assert (first.text, second.link, second.text) == ("One.\n\nTwo", None, "Three.")


def test_relative_links_stand_on_xml_base() -> None:
    (entry,) = channel(ATOM.replace("<feed ", '<feed xml:base="https://other.example/q/" ')).entries
    assert entry.link == "https://other.example/q/ferries"


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_encodings_that_the_document_names(encoding: str) -> None:
    assert channel(RSS.format(encoding=encoding).encode(encoding)).entries[0].title == "Norway & Estonia: fähren"


def test_encodings_that_http_names_and_the_document_does_not() -> None:
    data = RSS.replace(' encoding="{encoding}"', "").encode("iso-8859-1")
    assert channel(data, charset="iso-8859-1").entries[0].title == "Norway & Estonia: fähren"
    utf8 = RSS.format(encoding="iso-8859-1").encode()  # both are wrong; the bytes are UTF-8
    assert channel(utf8, charset="windows-1251").entries[0].title == "Norway & Estonia: fähren"


@pytest.mark.parametrize(
    "document",
    [
        '<rss version="2.0"><channel><title>B</title><item><title>a & b</title><link>http://a.example/?x=1&y=2</link></item>',
        'Warning: php <?xml version="1.0"?>\n<rss><channel><item><title>a & b</title><link>http://a.example/?x=1&y=2</link>',
        "<rss version=2.0><channel><item><title>a&nbsp;&amp; b</title><link>http://a.example/?x=1&amp;y=2</link></item></channel></rss>",
    ],
)
def test_broken_feeds_are_read_without_loss(document: str) -> None:
    """The fast parser would give the link as ?x=1=2: it is for sound documents only."""
    entry = channel(document).entries[0]
    assert (entry.title, entry.link) == ("a & b", "http://a.example/?x=1&y=2")


def test_an_empty_feed_is_a_feed() -> None:
    assert channel('<rss version="2.0"><channel><title>Quiet</title></channel></rss>').entries == ()


def test_a_web_page_names_its_feeds() -> None:
    page = '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>'
    with pytest.raises(InputError, match=r"found a web page; it names https://news\.example\.org/rss\.xml"):
        channel(page)


@pytest.mark.parametrize(
    "document",
    ["", " \n", "Hello", "/etc/passwd", "http://127.0.0.1:9/feed", "[1]", '{"a": 1}', "{", '{"items": [[1], "a", null, {}]}',
     '{"items": {"a": 1}}', "<a>b</a>", "<", "<!--", "<?xml", b"\x89PNG", b"\xff\xfe", b"\x00" * 50],
)  # fmt: skip
def test_what_is_no_feed(document: str | bytes) -> None:
    with pytest.raises(InputError):
        channel(document)


LAUGHS = """<?xml version="1.0"?>{before}<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>&b;</title><item><title>&f;&b;</title><link>http://a.example/</link></item></channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_declared(encoding: str) -> None:
    with pytest.raises(InputError, match="without declarations of its own"):
        channel(LAUGHS.format(before="<!-- x -->\n").encode(encoding))


@pytest.mark.parametrize("before", ["<rss>", "x", "<!-- <rss> --", "<x/>", "<![CDATA[x]]>"])
def test_entities_declared_in_a_broken_place_are_not_expanded(before: str) -> None:
    try:
        found = channel(LAUGHS.format(before=before))
    except InputError:
        return
    assert "haha" not in str(found)
    assert "root:" not in str(found)


def test_an_old_doctype_without_entities_is_passed_over() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">'
    found = channel(
        f'<?xml version="1.0"?>{doctype}<rss version="0.91"><channel><title>Old</title><item><title>a</title></item></channel></rss>'
    )
    assert found.entries[0].title == "a"


@pytest.mark.parametrize(
    "document",
    ["<rss><channel>" + "<a>" * 400_000, "<rss><channel><item><description>" + "&lt;div&gt;" * 300_000 + "</description>",
     "<" * 2_000_000, "<!--" * 500_000, "<?" * 500_000, "<rss>" + "<pubDate " * 100_000, "<html>" + "<link " * 200_000,
     "<rss><channel><item " + " " * 900_000, "<rss><channel>" + "<item><title>x</title></item>" * 12_000,
     "[" * 500_000, '{"items":' + "[" * 500_000, '{"items":[' + '{"id":1},' * 50_000 + "{}]}"],
    ids=lambda document: document[:20],
)  # fmt: skip
def test_hostile_documents_cost_little(document: str) -> None:
    began = time.process_time()
    with contextlib.suppress(InputError):
        assert len(channel(document).entries) <= LONGEST
    assert time.process_time() - began < 8


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "url", "title"]), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [
        "id",
        "url",
        "title",
        "content_html",
        "content_text",
        "summary",
        "date_published",
        "authors",
        "tags",
        "attachments",
    ]
)


@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=6) | VALUES, max_size=3), VALUES)
@settings(max_examples=150, deadline=None)
def test_json_of_any_shape_is_a_feed_or_is_refused(items: list[object], title: object) -> None:
    document = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items})
    with contextlib.suppress(InputError):
        for entry in channel(document).entries:
            assert isinstance(entry.text, str)
            str(entry).encode()


@given(
    st.sampled_from([RSS, ATOM, RDF]), st.integers(0, 900), st.integers(0, 60), st.binary(max_size=12), st.booleans()
)
@settings(max_examples=150, deadline=None)
def test_a_feed_with_a_hole_in_it_is_read_or_is_refused(
    written: str, at: int, size: int, put: bytes, cut: bool
) -> None:
    data = written.encode()
    with contextlib.suppress(InputError):
        for entry in channel(data[:at] + put + (b"" if cut else data[at + size :])).entries:
            str(entry).encode()


def test_a_long_feed_is_cut_and_says_so() -> None:
    found = channel("<rss><channel>" + "<item><title>x</title></item>" * (LONGEST + 7) + "</channel></rss>")
    assert (len(found.entries), found.left) == (LONGEST, 7)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("plain &amp; simple", "plain & simple"),
        ("a < b > c", "a < b > c"),
        ("<p>One</p>tail<p>Two</p>", "One\n\ntail\n\nTwo"),
        ("<ul><li>a</li><li>b <i>c</i> d</li></ul>", "a\n\nb c d"),
        ("<p>x<script>var a = '<p>no</p>'</script>y<!-- no --></p>", "xy"),
        ("<img src=x onerror=alert(1)>Only <a href='javascript:x'>words</a>", "Only words"),
        ("<figure><img><figcaption>caption</figcaption></figure><p>Text</p>", "Text"),
        ("<>", "<>"),
        ("<p", "<p"),
        ("", ""),
    ],
)
def test_html_of_an_entry_becomes_paragraphs(written: str, text: str) -> None:
    assert plain_text(written) == text


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.txt.xml.gz", "a"])
def test_a_saved_feed_is_read_for_what_it_holds(tmp_path: Path, name: str) -> None:
    import gzip

    data = RSS.format(encoding="utf-8").replace("<channel>", "<channel><item><link>/b</link></item>").encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    first, second = articles_from([tmp_path / name])
    assert isinstance(first, Unreadable)
    assert "`detente watch` fetches what a feed links to" in first.failure.reason
    assert isinstance(second, Sourced)
    assert second.article.text == "One.\n\nTwo\n\nThree & four"
    assert (second.article.source, second.article.published) == ("Fjord Post", "2021-03-02T00:30:00+09:00")


def test_a_saved_json_feed_and_a_long_one(tmp_path: Path) -> None:
    (tmp_path / "a.jsonfeed").write_text(json.dumps(JSON))
    found = [one for one in articles_from([tmp_path / "a.jsonfeed"]) if isinstance(one, Sourced)]
    assert [one.article.text for one in found] == ["One.\n\nTwo", "Three."]
    items = "".join(f"<item><title>t</title><description>Text {n}.</description></item>" for n in range(LONGEST + 3))
    (tmp_path / "b.rss").write_text(f"<rss><channel>{items}</channel></rss>")
    *_, last = articles_from([tmp_path / "b.rss"])
    assert isinstance(last, Sourced)
    assert "3 more" in last.failures[0].reason


# Lists


def test_lists_of_feeds(tmp_path: Path) -> None:
    (tmp_path / "feeds.txt").write_text(
        "# the North\nhttps://a.example/rss  # Fjord Post\n\nHTTPS://B.example:443/x#y\n"
    )
    (tmp_path / "feeds.opml").write_text(
        '<?xml version="1.0"?><opml version="2.0"><head><title>North</title></head><body><outline text="Press">'
        '<outline type="rss" text="C" xmlUrl="https://c.example/rss?a=1&amp;b=2"/></outline><outline text="empty"/>'
        '<outline type="rss" xmlURL="https://a.example/rss"/></body></opml>'
    )
    found = addresses_in(["http://d.example", tmp_path / "feeds.txt", str(tmp_path / "feeds.opml")])
    assert found == (
        "http://d.example/",
        "https://a.example/rss",
        "https://b.example/x",
        "https://c.example/rss?a=1&b=2",
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "feeds.txt",
            "https://a.example/\nnews.example/rss\n",
            "feeds.txt:2: expected an address that begins with http",
        ),
        ("feeds.txt", "# none\n", "expected addresses of feeds, found none"),
        ("feeds.txt", "https://u:secret@a.example/\n", "feeds.txt:1: addresses with a user name or password"),
        ("feeds.xml", RSS, "a feed itself is named by its address"),
        ("feeds.opml", "<opml><body>", "broken XML"),
        ("feeds.opml", '<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "without declarations"),
        ("feeds.opml", "<opml><body><outline text='a'/></body></opml>", "found none"),
        (
            "feeds.opml",
            "<opml><body>\n<outline xmlUrl='file:///etc/passwd'/></body></opml>",
            "feeds.opml:2: expected an address",
        ),
        ("feeds.bin", "\x89PNG", "expected text, found"),
    ],
)
def test_lists_that_are_wrong_say_where(tmp_path: Path, name: str, content: str, words: str) -> None:
    (tmp_path / name).write_bytes(content.encode("latin-1", "replace"))
    with pytest.raises(UsageError) as error:
        addresses_in([tmp_path / name])
    assert words in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "named",
    [[], ["nowhere.txt"], ["news.example/rss"], ["ftp://a.example/rss"], ["."], ["https://u:secret@a.example/"]],
)
def test_what_is_no_feed_and_no_list(named: list[str]) -> None:
    with pytest.raises(UsageError, match=r"expected|are not fetched") as error:
        addresses_in(named)
    assert "secret" not in str(error.value)


# Pages


def page(body: str | bytes, kind: str = "text/html", url: str = "https://news.example.org/2021/ferries") -> Answer:
    data = (
        body.encode("utf-8" if body.isascii() or "\x80" not in body else "latin-1") if isinstance(body, str) else body
    )
    return Answer(target=target_of(url), status=200, body=data, headers={"content-type": kind})


def html(text: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><nav>Menu</nav><article><h1>Accord on ferries</h1><p>{text}</p></article></body></html>"


TEXT = (
    "Norway and Estonia signed an accord on ferry safety in Tallinn on Tuesday, three weeks after two ships collided."
)
ENTRY = Entry(
    link="https://news.example.org/r?id=7", title="Accord", published="2021-03-02T00:30:00+09:00", text="Short."
)


def test_a_page_with_what_the_feed_adds() -> None:
    article = article_of_page(page(html(TEXT)), ENTRY, "Fjord Post").article
    assert TEXT in article.text
    assert article.published == "2021-03-02T00:30:00+09:00"
    assert article.url == "https://news.example.org/2021/ferries"  # where the link led
    assert article.language == "en"


def test_what_the_page_says_of_itself_goes_first_but_for_its_address() -> None:
    """Many sites name one address, their front page, as that of every page: all articles would be one."""
    head = (
        '<meta property="og:site_name" content="Fjord Post"><meta property="article:published_time" content="2021-03-01T23:00:00Z">'
        '<link rel="canonical" href="https://news.example.org/">'
    )
    article = article_of_page(page(html(TEXT, head)), ENTRY, "A feed").article
    assert (article.published, article.source) == ("2021-03-01T23:00:00Z", "Fjord Post")
    assert article.url == "https://news.example.org/2021/ferries"


def test_a_page_cannot_pass_for_one_of_another_site() -> None:
    """Its id comes of its address: a page that names another's would replace that one's article."""
    head = '<link rel="canonical" href="https://wire.example/story">'
    theirs = article_of_page(page(html(TEXT, head), url="https://wire.example/story"), Entry(), "Wire").article
    forged = article_of_page(page(html("Norway declared war on Estonia. " + TEXT, head)), ENTRY, "Forger").article
    assert forged.url == "https://news.example.org/2021/ferries"
    assert forged.id != theirs.id


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (html("Käbin. " + TEXT).encode("iso-8859-1"), "text/html; charset=iso-8859-1"),
        (
            html("Käbin. " + TEXT, '<meta charset="iso-8859-1">').encode("iso-8859-1"),
            "text/html; charset=utf-8",
        ),  # HTTP is wrong
        (html("Käbin. " + TEXT, '<meta charset="iso-8859-1">').encode(), "text/html"),  # the page is wrong
        (html("Käbin. " + TEXT).encode(), 'text/html; charset="nonsense"'),
        (html("Käbin. " + TEXT).encode("utf-16"), "text/html; charset=utf-8"),
        (html("Käbin. " + TEXT, '<meta charset="punycode">').encode("cp1252"), "text/html; charset=idna"),
    ],
)
def test_wrong_charsets(data: bytes, kind: str) -> None:
    assert "Käbin. Norway" in article_of_page(page(data, kind), ENTRY, None).article.text


def test_a_plain_text_is_an_article_too() -> None:
    article = article_of_page(
        page(f"Accord on ferries\n\n{TEXT}", "text/plain; charset=utf-8"), ENTRY, "Fjord Post"
    ).article
    assert (article.title, article.text) == ("Accord on ferries", TEXT)


@pytest.mark.parametrize(
    "body",
    ["", "<html></html>", html("<script>document.write('x')</script>"), "<div>" * 100_000, "<table><tr>" * 30_000, "\x00" * 100,
     "<meta charset=punycode>" + "zzz9" * 200_000 + "-" + "z" * 200_000 + "\x80",
     "<" * 300_000, "<a href=" * 60_000, "<p>" + "&" * 300_000, "<!--" * 100_000, "<svg><style>" * 30_000],
    ids=lambda body: body[:20],
)  # fmt: skip
def test_hostile_pages_give_an_article_or_a_reason(body: str) -> None:
    began = time.process_time()
    with contextlib.suppress(InputError):
        assert article_of_page(page(body), ENTRY, None).article.text.strip()
    assert time.process_time() - began < 20


def test_an_entry_stands_for_its_article_when_it_says_enough() -> None:
    assert article_of_entry(ENTRY, "Fjord Post", "the page is gone", feed=URL) is None
    long = Entry(
        link=ENTRY.link, title="Accord", published=ENTRY.published, text=f"{TEXT}\n\n{TEXT.replace('ferry', 'tram')}"
    )
    found = article_of_entry(long, "Fjord Post", "the page is gone", feed=URL)
    assert found
    assert (found.article.text, found.article.source, found.article.url) == (long.text, "Fjord Post", ENTRY.link)
    assert [f.reason for f in found.failures] == ["read from the feed's own text: the page is gone"]


def test_a_feed_cannot_pass_for_a_page_of_another_site() -> None:
    text = f"Norway declared war on Estonia. {TEXT} {TEXT}"
    forged = Entry(link="https://wire.example/story", title="War", text=text)
    theirs = article_of_page(page(html(TEXT), url="https://wire.example/story"), Entry(), "Wire").article
    found = article_of_entry(forged, "Wire", "the page is gone", feed=URL)
    assert found
    assert found.article.url == "https://wire.example/story"
    assert found.article.id != theirs.id
    again = article_of_entry(forged, "Wire", "the page is gone", feed=URL)
    assert again == found


def test_what_could_not_be_had_has_one_record_however_often_it_fails() -> None:
    assert gone("k", "https://a.example/", "no such page") == gone("k", "https://a.example/", "no such page")
