"""Each format gives title, text, day, outlet and language as its file says them."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from detente.records import Article
from detente.sources import INPUT_FORMATS, Sourced, Unreadable, articles_from, count_inputs


def _article(item: Sourced | Unreadable) -> Article:
    assert isinstance(item, Sourced), item
    return item.article


def _reason(item: Sourced | Unreadable) -> str:
    assert isinstance(item, Unreadable), item
    return item.failure.reason


def test_text_takes_a_short_first_line_for_the_title(dispatches: Path) -> None:
    (item,) = articles_from([dispatches / "tigris.txt"], published="2021-03-04")
    article = _article(item)
    assert article.title == "Baghdad and Ankara agree to share Tigris water data"
    assert article.text.startswith("ANKARA, March 4")
    assert article.text.endswith("in Ankara.")
    assert "Mr\u00a0Karim Salih" in article.text
    assert (article.published, article.language) == ("2021-03-04", "en")


@pytest.mark.parametrize("title", ["Iraq signs a pact with the U.S.", "Will Oslo mediate?", "  Envoys back in Doha "])
def test_a_headline_may_end_in_an_abbreviation_or_a_question(read, title: str) -> None:
    article = _article(read("a.txt", f"{title}\n \n  The text.")[0])
    assert (article.title, article.text) == (title.strip(), "  The text.")


@pytest.mark.parametrize(
    "text",
    [
        "“Talks failed,” he said. “We will go!”\n\nHe left.",
        "Egypt and Greece signed an agreement.\n\nIt covers the sea between them.",
        "Egypt and Greece signed an agreement\nthat covers the sea between them.",
        "Egypt and Greece signed an agreement",
        "“We signed,” the minister said: “It is done.”\n\nHe then left for Cairo.",
        "x" * 300 + "\n\nbody",
    ],
)
def test_text_without_a_title_keeps_its_first_line(read, text: str) -> None:
    article = _article(read("a.txt", text)[0])
    assert (article.title, article.text) == (None, text)


def test_line_ends_of_text_files_become_newlines_and_those_in_json_stay(read) -> None:
    assert _article(read("a.txt", "Title here\r\n\r\nOne.\r\nTwo.\r\n")[0]).text == "One.\nTwo."
    assert _article(read("a.json", json.dumps({"text": " One.\r\nTwo.\r\n"}))[0]).text == " One.\r\nTwo.\r\n"


def test_markdown_front_matter_and_heading_come_off_and_markup_stays(dispatches: Path) -> None:
    article = _article(next(articles_from([dispatches / "release.md"])))
    assert article.title == "Foreign Secretary receives the ambassador of Ghana"
    assert article.text.startswith("The Foreign Secretary, *Ms Achieng Odera*, received")
    assert (article.published, article.source) == ("2021-05-12", "Ministry of Foreign Affairs, Nairobi")
    assert article.language == "en"


@pytest.mark.parametrize("head", ["# Talks resume #\n\n", "Talks resume\n============\n\n", "#  Talks resume\n"])
def test_markdown_headings_are_titles(read, head: str) -> None:
    article = _article(read("a.md", head + "Envoys met in Doha.\n\n## Later\n\nThey left.")[0])
    assert (article.title, article.text) == ("Talks resume", "Envoys met in Doha.\n\n## Later\n\nThey left.")


def test_a_rule_at_the_top_is_no_front_matter(read) -> None:
    assert _article(read("a.md", "---\nEnvoys met in Doha.\n---\nThey left.")[0]).text.startswith("---\nEnvoys")


def test_json_one_article_with_a_number_for_an_id(dispatches: Path) -> None:
    article = _article(next(articles_from([dispatches / "one.json"])))
    assert (article.id, article.published, article.source) == ("4711", "2021-03-16", "Crónica del Puerto")


def test_json_array_goes_on_after_a_bad_article(dispatches: Path) -> None:
    one, two, three = articles_from([dispatches / "several.json"])
    assert _article(one).published == "2021-06-09T08:10:00+09:00"
    assert (two.id, "found null" in _reason(two)) == ("kyodo-2", True)
    assert isinstance(two, Unreadable)
    assert two.failure.where == f"{dispatches / 'several.json'}:3"
    assert _article(three).published is None
    assert [f.reason.split(",")[0] for f in three.failures] == [
        "expected a string in `title`",
        "expected an ISO date (2020-08-18)",
    ]


def test_json_lines_go_on_after_each_kind_of_bad_line(dispatches: Path) -> None:
    path = dispatches / "wire.jsonl"
    items = list(articles_from([path]))
    assert [item.article.id for item in items if isinstance(item, Sourced)] == ["w1", "w3"]
    assert "Mr\u00a0Sami Nasser" in _article(items[2]).text
    assert _article(items[2]).published == "2021-02-05T22:14:56+00:00"
    bad = [(item.failure.where, item.failure.reason) for item in items if isinstance(item, Unreadable)]
    assert [where for where, _ in bad] == [f"{path}:{line}" for line in (3, 5, 6, 7)]
    assert [
        word in reason
        for word, (_, reason) in zip(("broken JSON", "another text", "an array", "`body`"), bad, strict=True)
    ]


def test_html_gives_the_article_without_the_page(dispatches: Path) -> None:
    article = _article(next(articles_from([dispatches / "page.html"])))
    assert article.title == "Baghdad and Ankara agree on water"
    assert article.text.startswith("Iraq and Turkey signed an accord")
    assert "\n\n“We have turned a page,” said Mr\u00a0Karim Salih, Iraq’s water minister, after" in article.text
    assert "Home" not in article.text
    assert "Copyright" not in article.text
    assert article.published == "2021-03-04T22:30:00+00:00"
    assert (article.source, article.language) == ("The Tigris Courier", "en")
    assert article.url == "https://www.tigriscourier.example/2021/03/04/water"


def test_html_without_a_day_invents_none(read) -> None:
    page = "<html><body><p>Envoys from Chad met in Tunis on 3 May 2019 to discuss the border.</p><p>© 2024</p></body></html>"
    assert _article(read("a.html", page)[0]).published is None


def test_html_metadata_for_search_engines_name_day_and_outlet(read) -> None:
    data = {
        "@type": "NewsArticle",
        "datePublished": "2021-06-08T23:10:00Z",
        "publisher": {"@type": "Organization", "name": "Yonhap"},
    }
    page = (
        f'<html><head><title>Seoul and Tokyo resume talks - Yonhap</title><script type="application/ld+json">{json.dumps(data)}</script>'
        "</head><body><h1>Seoul and Tokyo resume talks</h1><p>South Korea and Japan resumed talks on Wednesday, officials said.</p></body></html>"
    )
    article = _article(read("a.html", page)[0])
    assert article.title == "Seoul and Tokyo resume talks"
    assert article.text == "South Korea and Japan resumed talks on Wednesday, officials said."
    assert (article.source, article.published) == ("Yonhap", "2021-06-09T08:10:00+09:00")


def test_html_laid_out_in_tables_gives_its_cells(read) -> None:
    page = "<table><tr><td>Finland and Russia signed an agreement in Helsinki.</td><td>Minister Aho welcomed it.</td></tr></table>"
    text = _article(read("a.html", f"<html><body>{page}</body></html>")[0]).text
    assert text == "Finland and Russia signed an agreement in Helsinki.\n\nMinister Aho welcomed it."


def test_html_follows_its_declared_charset(read) -> None:
    page = (
        '<html><head><meta charset="windows-1251"></head><body><p>'
        + "Министр встретил посла в Софии. " * 4
        + "</p></body></html>"
    )
    item = read("a.html", page.encode("cp1251"))[0]
    assert _article(item).text.startswith("Министр встретил")
    assert item.failures == ()
    assert _article(item).language in ("ru", "bg")


def test_html_expands_no_entity_and_reads_no_file(read, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("classified")
    entities = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(12))
    page = (
        f'<!DOCTYPE html [<!ENTITY e0 "boom">{entities}<!ENTITY f SYSTEM "file://{tmp_path / "secret"}">]>'
        "<html><body><p>Talks between Oman and Qatar resumed in Muscat. &e12; &f;</p></body></html>"
    )
    text = _article(read("a.html", page)[0]).text
    assert len(text) < 500
    assert "classified" not in text


def test_folders_are_read_to_the_bottom_in_order(dispatches: Path) -> None:
    items = list(articles_from([dispatches / "folder"]))
    assert [item.article.text.split()[0] for item in items if isinstance(item, Sourced)] == ["Egypt", "Peru"]
    (other,) = [item for item in items if isinstance(item, Unreadable)]
    assert other.failure.where == str(dispatches / "folder" / "figures.log")
    assert "passed over" in other.failure.reason


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b'\n {"text": "Rome summoned the envoy."}\n{"text": "Paris did not."}', "Rome summoned the envoy."),
        (b'{\n "id": "x",\n "text": "Rome summoned the envoy."\n}', "Rome summoned the envoy."),
        (b'[{"text": "Rome summoned the envoy."}]', "Rome summoned the envoy."),
        (b"\xef\xbb\xbfRome summoned the envoy.\n", "Rome summoned the envoy."),
        (b"[Rome] The envoy was summoned.", "[Rome] The envoy was summoned."),
        (b"<p>Rome summoned the envoy of Malta on Monday, the ministry said.</p>", "Rome summoned the envoy of Malta"),
        (gzip.compress(b'{"text": "Rome summoned the envoy."}'), "Rome summoned the envoy."),
        ('{"text": "Rome summoned the envoy."}\n'.encode("utf-16"), "Rome summoned the envoy."),
    ],
)
@pytest.mark.parametrize("paths", [[], ["-"]])
def test_standard_input_is_known_by_its_first_bytes(data: bytes, text: str, paths: list[str]) -> None:
    first = next(articles_from(paths, stdin=io.BytesIO(data)))
    assert _article(first).text.startswith(text)


def test_compressed_files_are_read_as_what_they_hold(read) -> None:
    packed = gzip.compress(b'{"text": "Rome summoned the envoy."}\n{"text": "Paris did not."}\n')
    assert len(read("a.jsonl.gz", packed)) == 2
    assert _article(read("a.txt", gzip.compress(b"Rome summoned the envoy."))[0]).text == "Rome summoned the envoy."


def test_the_format_asked_for_outranks_the_name(read) -> None:
    assert _article(read("a.log", '{"text": "Rome summoned the envoy."}', input_format="jsonl")[0]).text.startswith(
        "Rome"
    )
    assert _article(read("a.jsonl", "{Rome} summoned", input_format="text")[0]).text == "{Rome} summoned"


def test_readings_and_service_answers_can_be_read_again(read) -> None:
    inner = {"id": "a", "text": "Rome summoned the envoy.", "language": "en"}
    assert _article(read("a.jsonl", json.dumps({"schema": 1, "article": inner, "events": []}))[0]).id == "a"
    assert _article(read("a.json", json.dumps({"status": "ok", "articles": [inner]}))[0]).id == "a"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ('{"text": "Rome spoke."}\n{"text": \n{"text": "Paris spoke."}\n', 2),
        ('[\n{"text": "Rome spoke."},\n{"text": },\n{"text": "Paris spoke."}\n]', 3),
        ('[\n {\n  "text": "Rome spoke."\n },\n {\n  "text":\n },\n {\n  "text": "Paris spoke."\n }\n]\n', 5),
    ],
)
def test_a_json_file_goes_on_after_a_broken_article(read, data: str, line: int) -> None:
    items = read("a.json", data)
    assert [type(item) for item in items] == [Sourced, Unreadable, Sourced]
    assert isinstance(items[1], Unreadable)
    assert (items[1].failure.where or "").endswith(f"a.json:{line}")


def test_a_broken_json_file_on_one_line_ends_there(read) -> None:
    items = read("a.json", '[{"text": "Rome spoke."}, {"text": }, {"text": "Paris spoke."}]')
    assert [type(item) for item in items] == [Sourced, Unreadable]


def test_ids_are_given_or_made_and_never_twice(read, dispatches: Path) -> None:
    same = '{"text": "Rome summoned the envoy."}\n'
    first, second = read("a.jsonl", same + same)
    assert _article(first).id == second.id
    assert "the same text" in _reason(second)
    twice = list(articles_from([dispatches / "one.json", dispatches / "one.json"]))
    assert [type(item) for item in twice] == [Sourced, Unreadable]


def test_counts(dispatches: Path, read) -> None:
    assert count_inputs([dispatches / "tigris.txt", dispatches / "folder", dispatches / "wire.jsonl"]) == 10
    assert count_inputs([dispatches / "several.json"]) == 3
    assert count_inputs([]) is None
    assert count_inputs(["-"]) is None
    assert "html" in INPUT_FORMATS
