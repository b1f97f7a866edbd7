"""Each format holds the whole page, lets nothing of an article take effect, and is the same to the byte each time."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from detente import Observatory
from detente.briefs import FORMATS, picture_of, write
from detente.briefs.composing import laid_out
from detente.briefs.lengths import STEPS
from detente.errors import UsageError

EVIL = "<script>alert(1)</script>"
_TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "ol",
        "li",
        "strong",
        "span",
        "q",
        "a",
        "figure",
        "figcaption",
        "div",
        "svg",
        "line",
        "rect",
        "circle",
        "text",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "lang",
        "charset",
        "name",
        "content",
        "http-equiv",
        "class",
        "id",
        "href",
        "rel",
        "role",
        "viewbox",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "width",
        "height",
        "text-anchor",
    ]
)


class Inspector(HTMLParser):
    """Notes every tag and attribute, and every address that a browser would follow or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def hostile(observe: Any, sheets: Any, kinds: Any) -> Observatory:
    """Every text that an article can bring tries to be more than text."""
    deed, word, promise = kinds
    statements = (
        deed(
            doer="NOR",
            other="FIN",
            type="AID",
            words=f"{EVIL} & [gave](javascript:alert(1)) `boats` *much* <img src=x>",
        ),
        word(
            home="NOR",
            about="FIN",
            speaker=f"{EVIL} Holm",
            role='" onmouseover="alert(1)',
            text=f"1. We **want** {EVIL}",
        ),
        promise(by="FIN", to="NOR"),
    )
    return observe(
        [
            sheets(id="h1", day=date(2023, 5, 1), statements=statements, outlet=EVIL, title=f"# {EVIL}", url="javascript:alert(1)"),
            sheets(id="]]><b>h2", day=date(2023, 5, 2), statements=statements, outlet="- a list", title="]( x)",
                   url='https://wire.example/"><script>alert(2)</script>'),
        ]
    )  # fmt: skip


def test_nothing_of_an_article_becomes_markup_in_html(hostile: Observatory) -> None:
    page = write(hostile.brief("Norway", "Finland"), "html").decode()
    inspector = Inspector()
    inspector.feed(page)
    assert inspector.tags <= _TAGS
    assert inspector.attributes <= _ATTRIBUTES
    assert {link[:1] for link in inspector.links if not link.startswith("https://wire.example/")} == {"#"}
    assert EVIL in inspector.text
    assert f"{EVIL} Holm" in inspector.text


def test_html_asks_for_nothing_from_elsewhere(north: Observatory) -> None:
    page = write(north.brief("Norway", "Finland"), "html").decode()
    assert "@import" not in page
    assert "url(" not in page
    assert "src=" not in page
    assert "default-src 'none'" in page
    assert "prefers-color-scheme:dark" in page


def test_nothing_of_an_article_becomes_markup_in_markdown(hostile: Observatory) -> None:
    page = write(hostile.brief("Norway", "Finland")).decode()
    assert EVIL not in page
    assert r"\<script\>alert(1)\</script\>" in page
    assert r"\[gave\](javascript:alert(1)) \`boats\` \*much\*" in page
    assert not re.search(r"(?<!\\)\[[^\]]*\]\(", page)
    assert not re.search(r"<javascript:", page)
    assert [line for line in page.splitlines() if line.startswith("#")] == [
        "# Norway and Finland: too little evidence of a direction", "## What moved it", "## Who said what",
        *(["## Promises"] if "## Promises" in page else []), "## Agenda", "## What was read", "## Sources", "## How it was made",
    ]  # fmt: skip


def test_nothing_of_an_article_breaks_the_pdf(hostile: Observatory) -> None:
    assert write(hostile.brief("Norway", "Finland"), "pdf").startswith(b"%PDF-")


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_same_brief_gives_the_same_bytes(north: Observatory, form: str) -> None:
    one, two = north.brief("Norway", "Finland"), Observatory.open(north.path).brief("NOR", "Finnish")
    assert one == two
    assert write(one, form) == write(two, form)


def test_the_pdf_names_no_day_on_which_it_was_made(north: Observatory) -> None:
    content = write(north.brief("Norway", "Finland"), "pdf")
    assert set(re.findall(rb"/(?:CreationDate|ModDate) \(D:(\d{4})", content)) <= {b"2000"}


def test_the_picture_is_well_formed_and_lies_within_its_frame(north: Observatory) -> None:
    drawn = picture_of(north.brief("Norway", "Finland"))
    assert drawn is not None
    root = ElementTree.fromstring(drawn)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    marks = [element for element in root.iter() if element.tag.endswith(("line", "rect", "circle", "text"))]
    assert len([mark for mark in marks if mark.attrib.get("class") == "band90"]) == 3
    for mark in marks:
        for name in ("x", "x1", "x2", "cx"):
            assert -1 <= float(mark.attrib.get(name, 0)) <= width
        for name in ("y", "y1", "y2", "cy"):
            assert -1 <= float(mark.attrib.get(name, 0)) <= height


def test_a_long_brief_stays_on_two_pages_and_says_what_it_leaves_out(observe: Any, sheets: Any, kinds: Any) -> None:
    deed, word, promise = kinds
    many = [
        sheets(
            id=f"m{n}", day=date(2021, 1, 1) + timedelta(days=9 * n), outlet=f"Post {n % 12}", title=f"Report number {n}",
            url=f"https://wire.example/{'long-' * 30}{n}",
            statements=(
                deed(doer="NOR", other="FIN", type="AID" if n % 2 else "ACCUSE", words=f"{'at great length ' * 20}spoke"),
                word(home="NOR", about="FIN", text=f"We have {n} reasons " + "and more to say " * 25),
                word(home="FIN", about="NOR", speaker="Aino Laine", text=f"We see {n} reasons " + "and say little " * 25),
                promise(by="FIN", to="NOR", due=n),
            ),
        )
        for n in range(90)
    ]  # fmt: skip
    brief = observe(many).brief("Norway", "Finland")
    content = write(brief, "pdf")
    assert len(re.findall(rb"/Type /Page\b(?!s)", content)) == 2
    for lengths in STEPS:
        page = laid_out(brief, lengths)
        groups = {group.heading: group for section in page.sections for group in section.groups}
        said = groups["Norway on Finland"]
        assert len(said.lines) + said.left_out == 90
        promised = [groups[name] for name in ("Overdue", "Due", "Kept", "Without a day") if name in groups]
        assert sum(len(group.lines) + group.left_out for group in promised) == len(brief.pledges)


def test_characters_that_the_font_lacks_are_shown_as_such(observe: Any, sheets: Any, kinds: Any) -> None:
    deed, *_ = kinds
    sheet = sheets(
        id="c1",
        day=date(2023, 5, 1),
        title="北の海 \x07 Ærøskøbing Ελλάδα",
        statements=(deed(doer="NOR", other="FIN"),),
    )
    from detente.briefs.pdf import _text

    assert _text("北 Ελλάδα <b>") == "□ Ελλάδα &lt;b&gt;"
    assert write(observe([sheet]).brief("Norway", "Finland"), "pdf").startswith(b"%PDF-")


def test_what_would_steer_a_terminal_is_gone(observe: Any, sheets: Any, kinds: Any) -> None:
    deed, *_ = kinds
    sheet = sheets(
        id="t1", day=date(2023, 5, 1), title="red \x1b[31m alert\u202e", statements=(deed(doer="NOR", other="FIN"),)
    )
    text = write(observe([sheet]).brief("Norway", "Finland")).decode()
    assert "red \\[31m alert”" in text
    assert "\x1b" not in text


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(UsageError, match="expected one of md, html, pdf"):
        write(None, "docx")  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["md", "html"])
def test_each_format_holds_all_words_of_the_page(hostile: Observatory, form: str) -> None:
    brief = hostile.brief("Norway", "Finland")
    page = laid_out(brief)
    text = write(brief, form).decode()
    plain = (
        re.sub(r"\\(.)", r"\1", text) if form == "md" else unescape(re.sub(r"</?(?:strong|q|span|a)\b[^>]*>", "", text))
    )
    runs = [
        run.text
        for one in page.sections
        for line in (*one.lead, *(x for g in one.groups for x in g.lines))
        for run in line.runs
    ]
    wanted = [page.title, page.subtitle, page.finding, page.caption, *page.method, *runs]
    assert len(runs) > 20
    assert [words for words in wanted if words.strip() not in plain] == []
