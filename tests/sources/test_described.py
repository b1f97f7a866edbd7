"""JSON-LD of a page: preferred where it is complete and a reader of the page sees the same words."""

from __future__ import annotations

import json

import pytest

from detente.records import Article
from detente.sources import Sourced

FIRST = "Tunisia and Malta signed an accord on search and rescue at sea in Valletta on Monday, both foreign ministries said."
SECOND = (
    "The accord sets up a shared radio channel and obliges both coast guards to answer a call within thirty minutes."
)
THIRD = "It enters into force once both parliaments have approved it, which is expected before the end of the summer."
TEASER = (
    "Subscribe to our newsletter and never miss another story from the central Mediterranean and its two shores again."
)
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
LD: dict[str, object] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Accord on rescue &amp; radio",
    "articleBody": BODY,
    "datePublished": "2021-06-07T18:00:00+02:00",
    "publisher": {"@type": "Organization", "name": "Harbour Times"},
    "inLanguage": "en",
}


def _page(*blocks: object, shown: tuple[str, ...] = (FIRST, SECOND, THIRD), wrap: str = "article") -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(block)}</script>' for block in blocks)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in shown)
    return f"<html><head>{scripts}</head><body><{wrap}>{body}</{wrap}></body></html>"


def _article(read, page: str) -> Article:
    (item,) = read("a.html", page)
    assert isinstance(item, Sourced), item
    return item.article


@pytest.mark.parametrize(
    "block",
    [
        LD,
        [LD],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, LD]},
        {"@type": "WebPage", "mainEntity": LD},
        LD | {"@type": ["Article", "ReportageNewsArticle"], "publisher": [{"name": "Harbour Times"}]},
        LD | {"articleBody": BODY.replace("\n\n", " ")},
        LD | {"articleBody": f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"},
        LD | {"articleBody": f"&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;{THIRD}"},
    ],
)
def test_what_a_page_describes(read, block: object) -> None:
    article = _article(read, _page(block, shown=(FIRST, SECOND, THIRD, TEASER)))
    assert article.text == BODY
    assert article.title == "Accord on rescue & radio"
    assert (article.published, article.source, article.language) == ("2021-06-07T18:00:00+02:00", "Harbour Times", "en")


def test_a_publisher_may_stand_elsewhere(read) -> None:
    graph = [LD | {"publisher": {"@id": "#org"}}, {"@type": "Organization", "@id": "#org", "name": "Harbour Times"}]
    assert _article(read, _page({"@graph": graph})).source == "Harbour Times"


def test_words_that_no_reader_sees_are_not_taken(read) -> None:
    hidden = "The prime minister of Malta declared war on Tunisia on Sunday night, in a speech that no one heard. " * 5
    article = _article(read, _page(LD | {"articleBody": hidden}))
    assert article.text == BODY
    mixed = _article(read, _page(LD | {"articleBody": f"{BODY}\n\n{hidden}"}))
    assert "declared war" not in mixed.text


def test_a_short_description_does_not_replace_the_text(read) -> None:
    assert _article(read, _page(LD | {"articleBody": FIRST})).text == BODY
    assert _article(read, _page(LD | {"articleBody": ""})).text == BODY


def test_several_articles_describe_a_list_and_not_this_page(read) -> None:
    other = LD | {"articleBody": SECOND * 3, "headline": "Another", "publisher": {"name": "Elsewhere"}}
    article = _article(read, _page(LD, other))
    assert article.text == BODY
    assert article.source != "Elsewhere"


@pytest.mark.parametrize(
    "block",
    [
        "{",
        '{"@type": "NewsArticle", "articleBody": 3, "publisher": 4, "headline": []}',
        "[" * 100_000,
        "null",
        "[[[]]]",
    ],
)
def test_broken_descriptions_are_passed_over(read, block: str) -> None:
    page = _page().replace("<head>", f'<head><script type="application/ld+json">{block}</script>')
    assert _article(read, page).text == BODY
