"""NewsML-G2, NITF and ninjs: what an agency says of an item, its paragraphs, and nothing that was withdrawn."""

from __future__ import annotations

import json
import time

import pytest

from detente.records import Article
from detente.sources import Sourced, Unreadable

LEAD = "Kenya and Uganda agreed on Friday to share the water of the Malaba river, the two ministries said."
MORE = "A joint commission will meet in Kampala every month."


def _article(item: Sourced | Unreadable) -> Article:
    assert isinstance(item, Sourced), item
    return item.article


def _reasons(items: list[Sourced | Unreadable]) -> list[str]:
    return [item.failure.reason for item in items if isinstance(item, Unreadable)]


def _html(*paragraphs: str) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Old</title></head>'
        f'<body><header><h1>River accord</h1><p class="byline">By A. Writer</p></header><section>{body}'
        "<figure><figcaption>A river</figcaption></figure></section></body></html></inlineXML>"
    )


NITF = (
    '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><docdata><doc-id id-string="n-77"/>'
    '<date.issue norm="20210514T093000Z"/></docdata><pubdata name="The Malaba Post"/></head><body><body.head><hedline><hl1>River\n'
    "  accord</hl1></hedline><byline>By A. Writer</byline><dateline>KAMPALA, May 14</dateline></body.head>"
    f"<body.content><block><p>{LEAD}</p><media><media-caption>A river</media-caption></media><hl2>Next</hl2><p>{MORE}</p></block>"
    "</body.content></body></nitf>"
)


def _item(
    content: str, guid: str = "urn:newsml:example.org:7", status: str = "usable", kind: str = "text", tag: str = "en"
) -> str:
    language = f'<language tag="{tag}"/>' if tag else ""
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="2" xml:lang="en">'
        f'<itemMeta><itemClass qcode="ninat:{kind}"/><provider qcode="prov:lpa"><name>Lake Press Agency</name></provider>'
        f'<versionCreated>2021-05-14T23:30:00+03:00</versionCreated><pubStatus qcode="stat:{status}"/></itemMeta>'
        f'<contentMeta>{language}<headline rank="2">Water</headline><headline rank="1">River accord</headline>'
        f"<dateline>KAMPALA, May 14 (LPA) -</dateline></contentMeta><contentSet>{content}</contentSet></newsItem>"
    )


@pytest.mark.parametrize("name", ["a.xml", "a.newsml", "a"])
def test_a_news_item(read, name: str) -> None:
    (item,) = read(name, '<?xml version="1.0" encoding="UTF-8"?>\n' + _item(_html(LEAD, MORE)))
    article = _article(item)
    assert (article.id, article.title, article.source) == (
        "urn:newsml:example.org:7",
        "River accord",
        "Lake Press Agency",
    )
    assert article.text == f"{LEAD}\n\n{MORE}"
    assert (article.published, article.language) == ("2021-05-14T23:30:00+03:00", "en")
    assert article.dateline == "KAMPALA, May 14 (LPA)"


def test_nitf_within_and_alone(read) -> None:
    within = _article(read("a.xml", _item(f'<inlineXML contenttype="application/nitf+xml">{NITF}</inlineXML>'))[0])
    alone = _article(read("a.nitf", '<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">' + NITF)[0])
    for article in (within, alone):
        assert article.text == f"{LEAD}\n\nNext\n\n{MORE}"
        assert article.title == "River accord"
    assert (alone.id, alone.source, alone.published) == ("n-77", "The Malaba Post", "2021-05-14T09:30:00+00:00")
    assert alone.dateline == "KAMPALA, May 14"


def test_plain_text_within(read) -> None:
    content = f'<inlineData contenttype="text/plain">{LEAD}\n\n{MORE}\n</inlineData>'
    assert _article(read("a.xml", _item(content))[0]).text == f"{LEAD}\n\n{MORE}"


def test_a_message_with_a_package(read) -> None:
    items = [
        _item(_html(LEAD), "n1"),
        _item("<remoteContent/>", "n2", kind="picture"),
        _item(_html(MORE), "n3", "canceled"),
    ]
    package = "<packageItem><itemRef residref='n1'/></packageItem>"
    found = read(
        "a.xml",
        f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{package}{"".join(items)}</itemSet></newsMessage>',
    )
    assert [item.article.id if isinstance(item, Sourced) else item.id for item in found] == ["n1", "n2", "n3"]
    assert _reasons(found) == [
        "expected a text in this news item (its kind is picture), found none",
        "withdrawn by its provider (canceled): not read",
    ]
    (alone,) = read("b.xml", package)
    assert "found none but 1 packageItem" in _reasons([alone])[0]


def test_the_language_of_the_content_outranks_that_of_the_template(read) -> None:
    french = (
        "Le Kenya et l'Ouganda ont convenu vendredi de partager l'eau de la Malaba, ont annoncé les deux ministères."
    )
    assert _article(read("a.xml", _item(_html(french), tag=""))[0]).language == "fr"
    assert _article(read("a.xml", _item(_html(french), tag="fr"))[0]).language == "fr"


def test_other_xml_is_named(read) -> None:
    assert "a news feed: `detente watch` follows it" in _reasons(read("a.xml", "<rss><channel/></rss>"))[0]
    assert "found <invoice>" in _reasons(read("a.xml", "<invoice/>"))[0]
    assert "expected an XML document, found a broken one" in _reasons(read("a.xml", "<newsItem><a></newsItem>"))[0]


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE nitf [<!ENTITY x "y">]>',
        '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE nitf [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>',
        '<!DOCTYPE nitf [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
    ],
)
def test_entities_are_refused(read, prolog: str) -> None:
    for name in ("x", "c"):
        (reason,) = _reasons(read("a.xml", prolog + NITF.replace(LEAD, f"&{name};")))
        assert "declares some" in reason or "broken" in reason


def test_deep_nesting_is_refused_in_time(read) -> None:
    begun = time.process_time()
    assert "broken" in _reasons(read("a.xml", "<nitf>" + "<block>" * 200_000))[0]
    assert time.process_time() - begun < 2


def _read_json(read, value: object) -> list[Sourced | Unreadable]:
    return list(read("a.json", json.dumps(value)))


COMMON = {"uri": "http://example.org/n/1", "language": "en", "type": "text"}
FORMS = [
    {
        "headline": "River accord",
        "body_text": f"{LEAD}\n\n{MORE}\n",
        "versioncreated": "2021-05-14T09:30:00Z",
        "copyrightholder": "LPA",
    },
    {
        "headline": "River accord",
        "body_xhtml": f"<div><p>{LEAD}</p>\n<p>{MORE}</p></div>",
        "versioncreated": "2021-05-14T09:30:00Z",
        "source": "LPA",
    },
    {
        "headlines": [{"role": "short", "value": "Water"}, {"role": "main", "value": "River accord"}],
        "bodies": [
            {"role": "text", "contenttype": "text/plain", "value": "flat"},
            {"role": "html", "contenttype": "text/html", "value": f"<p>{LEAD}</p><p>{MORE}</p>"},
        ],
        "versioncreated": "2021-05-14T09:30:00Z",
        "infosources": [{"name": "LPA", "role": "x"}],
    },
    {
        "headlines": [{"value": "River accord"}],
        "bodies": [{"contentType": "text/plain", "value": f"{LEAD}\n\n{MORE}"}],
        "versionCreated": "2021-05-14T09:30:00Z",
        "pubStatus": "usable",
        "copyrightHolder": "LPA",
    },
]


@pytest.mark.parametrize("form", FORMS)
def test_ninjs(read, form: dict[str, object]) -> None:
    (item,) = _read_json(read, COMMON | form)
    article = _article(item)
    assert (article.id, article.url, article.title) == (
        "http://example.org/n/1",
        "http://example.org/n/1",
        "River accord",
    )
    assert article.text == f"{LEAD}\n\n{MORE}"
    assert (article.published, article.source, article.language) == ("2021-05-14T09:30:00Z", "LPA", "en")


def test_ninjs_one_a_line_and_in_a_list(read) -> None:
    lines = [COMMON | FORMS[0] | {"uri": f"urn:{i}"} for i in range(3)]
    assert len(read("a.jsonl", "\n".join(map(json.dumps, lines)))) == 3
    assert [_article(item).id for item in _read_json(read, lines)] == ["urn:0", "urn:1", "urn:2"]


def test_a_package_of_ninjs_gives_its_texts(read) -> None:
    texts = [FORMS[0] | {"uri": f"urn:{i}", "type": "text"} for i in range(2)]
    picture = {"uri": "urn:p", "type": "picture", "headline": "A river"}
    for associations in ({"main": texts[0], "side": texts[1], "photo": picture}, [*texts, picture]):
        found = _read_json(
            read, {"uri": "urn:c", "type": "composite", "headline": "Package", "associations": associations}
        )
        assert [_article(item).id for item in found] == ["urn:0", "urn:1"]


def test_ninjs_without_a_text_or_withdrawn(read) -> None:
    assert (
        "expected a body in this item of ninjs (picture)" in _reasons(_read_json(read, COMMON | {"type": "picture"}))[0]
    )
    assert (
        "withdrawn by its provider (canceled)"
        in _reasons(_read_json(read, COMMON | FORMS[0] | {"pubstatus": "canceled"}))[0]
    )
    nested: dict[str, object] = COMMON | FORMS[0]
    for _ in range(50):
        nested = COMMON | {"associations": [nested]}
    assert "expected a body" in _reasons(_read_json(read, nested))[0]
