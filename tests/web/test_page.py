"""The page in a real browser, served by the real server: every screen, by pointer and by keyboard."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.browsing import browser_path, serving, visiting

from detente.observatory import Observatory
from detente.web.access import access
from detente.web.page import page_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.web.browsing import Visit

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(
        browser_path() is None, reason="no Chromium on this machine: `apt-get install chromium` brings one"
    ),
]

SCREENS = {
    "/?least=1": "Board",
    "/dyad/GRC/TUR?by=quarter": "Greece – Turkey",
    "/compare?d=GRC-TUR&d=FRA-TUR&by=quarter": "Compare",
    "/events": "Events",
    "/quotes": "Quotations",
    "/calendar": "Calendar and commitments",
    "/agenda/GRC/TUR": "Agenda: Greece – Turkey",
    "/network": "Network",
    "/map": "Map",
    "/sources": "Sources and runs",
    "/search?q=Aegean": "Search",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def base(demo: Observatory) -> Iterator[str]:
    with serving(demo) as base:
        yield base


@pytest.fixture
def visit(browser: Browser, base: str) -> Iterator[Visit]:
    with visiting(browser, base) as visit:
        yield visit


def an_article(demo: Observatory) -> str:
    return next(stored.article for stored in demo.events(between=("GRC", "TUR")))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_screen_is_there_and_accessible(browser: Browser, base: str, demo: Observatory, dark: bool) -> None:
    with visiting(browser, base, dark=dark) as visit:
        for path, title in {**SCREENS, f"/article/{an_article(demo)}": ""}.items():
            page = visit.open(path)
            if title:
                assert page.inner_text("h1") == title
            assert page.title().endswith("· détente")
            assert page.locator(".problem").count() == 0
            assert visit.accessibility() == [], path
        page.click("text=Wrong?")
        assert visit.accessibility() == []
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (max(map(int, re.findall(r"\d+", ground)[:3])) < 60) == dark


def test_every_screen_fits_a_phone_and_a_wide_zoom(browser: Browser, base: str, demo: Observatory) -> None:
    for width in (390, 720, 320):  # 720 and 320: 1440 and 640 at 200%
        with visiting(browser, base, width=width) as visit:
            for path in [*SCREENS, f"/article/{an_article(demo)}"]:
                visit.open(path)
                assert visit.overflow() == 0, (path, width)
            assert visit.accessibility() == []


def test_the_colours_can_be_chosen(visit: Visit) -> None:
    page = visit.open("/sources")
    page.click("button[aria-label^='Colours']")
    visit.until("document.documentElement.dataset.theme === 'dark'")
    visit.open("/quotes")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"


def test_the_board_leads_to_the_pair_and_to_the_words(visit: Visit, demo: Observatory) -> None:
    row = demo.board(min_events=1).rows[0]
    page = visit.open("/?least=1")
    first = page.locator(".board-row").first
    assert "Greece – Turkey" in first.inner_text()
    assert row.direction in first.inner_text()
    assert row.reason is not None
    assert row.reason.sentence in first.inner_text()
    first.locator("blockquote a").click()
    visit.settle()
    assert visit.path() == f"/article/{row.reason.article}?event={row.reason.event}"
    page.go_back()
    visit.settle()
    page.select_option("select >> nth=0", "quarter")
    visit.settle()
    assert "by=quarter" in visit.path()
    page.locator(".board-row a").first.click()
    visit.settle()
    assert visit.path() == "/dyad/GRC/TUR?by=quarter"


def test_a_brushed_period_leads_to_its_evidence_and_to_the_article(visit: Visit, demo: Observatory) -> None:
    page = visit.open("/dyad/GRC/TUR?by=quarter")
    whole = page.locator(".entry").count()
    box = page.locator("svg.brushable").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.62, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.85, box["y"] + 120, steps=4)
    page.mouse.up()
    visit.settle()
    found = dict(re.findall(r"(from|to)=([\d-]+)", visit.path()))
    from_, until = date.fromisoformat(found["from"]), date.fromisoformat(found["to"])
    days = [date.fromisoformat(day) for day in page.locator(".entry-head time").all_inner_texts()]
    assert 0 < len(days) < whole
    assert all(from_ <= day <= until for day in days)
    counted = [
        one
        for one in demo.relations("GRC", "TUR", by="quarter").evidence
        if from_ <= date.fromisoformat(str(one.date)) <= until
    ]
    assert len(days) == min(20, len(counted))
    entry = page.locator(".entry").first
    words = entry.locator(".m-trigger").inner_text()
    entry.locator(".entry-foot a").click()
    visit.settle()
    assert visit.path().startswith("/article/")
    assert words in page.locator("#chosen, .m-chosen").all_inner_texts()
    assert page.locator(".m-chosen").count() > 0
    page.go_back()
    visit.settle()
    assert page.locator(".entry").count() == len(days)
    page.go_back()  # the period was a step of its own
    visit.settle()
    assert page.locator(".entry").count() == whole


def test_the_marks_are_the_words_of_the_reading(visit: Visit, demo: Observatory) -> None:
    article = an_article(demo)
    reading = demo.reading(article)
    page = visit.open(f"/article/{article}")
    assert page.locator(".text").inner_text() == reading.article.text
    triggers = [one.trigger.text for one in reading.events if one.trigger.field == "text"]
    marked = " ".join(page.locator(".text .m-trigger").all_inner_texts())
    assert triggers
    assert all(word in marked for trigger in triggers for word in trigger.split())
    page.uncheck(".layers >> text=events")
    visit.settle()
    assert page.locator(".text .m-trigger").count() == 0
    assert "without=events" in visit.path()


def test_a_marked_deed_leads_to_its_event(visit: Visit, demo: Observatory) -> None:
    reading = demo.reading(an_article(demo))
    page = visit.open(f"/article/{reading.article.id}?without=places")
    page.locator(".text a .m-trigger").last.click()
    visit.settle()
    event = re.findall(r"event=(\w+)", visit.path())
    assert event[0] in {one.id for one in reading.events}
    assert "without=places" in visit.path()
    assert page.locator(".is-chosen").count() == 1
    assert page.locator(".text .m-chosen").count() > 0


def test_a_search_for_two_countries_leads_to_what_is_between_them(visit: Visit) -> None:
    page = visit.open("/search?q=greece+TURKEY")
    assert page.locator("mark.m-found").count() > 0
    page.click(".pick >> text=Greece – Turkey")
    visit.settle()
    assert visit.path() == "/dyad/GRC/TUR"
    page = visit.open("/search?q=Turkey")
    page.click("text=what was done to it")
    visit.settle()
    assert visit.path() == "/events?target=TUR"
    assert page.locator(".entry").count() > 0


def test_with_a_token_everything_can_be_had(browser: Browser, demo: Observatory, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("0123456789abcdef0123")
    with (
        serving(demo, access("127.0.0.1", token_file=tmp_path / "token")) as base,
        visiting(browser, base) as visit,
    ):
        page = visit.page
        page.goto(base + "/sources")
        page.fill("[name=token]", "not-this-one-of-all")
        page.click(".token button")
        page.wait_for_selector(".token [role=alert]")
        page.fill("[name=token]", "0123456789abcdef0123")
        page.click(".token button")
        visit.settle()
        with page.expect_download() as coming:
            page.click("text=JSON Lines")
        assert b'"type"' in Path(coming.value.path()).read_bytes()
        page = visit.open("/events?target=TUR")
        with page.expect_download() as coming:
            page.click(".links >> text=CSV")
        assert Path(coming.value.path()).read_bytes().startswith(b"event.id,")
        assert coming.value.suggested_filename == "events.csv"
        visit.told[:] = [one for one in visit.told if "401" not in one]


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit.open("/dyad/GRC/TUR?by=quarter")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement === document.querySelectorAll('[data-item]')[0]")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("]")
    page.wait_for_url("**from=**")
    visit.settle()
    first = visit.path()
    page.keyboard.press("]")
    visit.until(f"!location.href.endsWith({first!r})")
    visit.settle()
    page.keyboard.press("[")
    visit.until(f"location.href.endsWith({first!r})")
    visit.settle()
    assert "from=2022-01-01&to=2022-03-31" in first
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    visit.settle()
    assert visit.path().startswith("/article/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")  # chooses the event of this entry
    visit.settle()
    assert page.evaluate("document.activeElement.closest('.entry').matches('.is-chosen')")
    page.keyboard.press("/")
    page.keyboard.type("Aegean")
    page.keyboard.press("Enter")
    visit.settle()
    assert visit.path() == "/search?q=Aegean"
    assert page.locator(".entry").count() > 3
    visit.open("/calendar")
    page.keyboard.press("]")
    page.wait_for_url("**from=**")
    visit.settle()
    assert page.locator(".entry").count() > 0
    page.goto(visit.base + "/quotes")
    visit.settle()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_a_verdict_changes_the_series_and_can_be_taken_back(
    browser: Browser, demo: Observatory, tmp_path: Path
) -> None:
    shutil.copytree(demo.path, tmp_path / "observatory")
    own = Observatory.open(tmp_path / "observatory")
    with serving(own) as base, visiting(browser, base) as visit:
        page = visit.open("/dyad/GRC/TUR?by=quarter")
        before = own.relations("GRC", "TUR", by="quarter")
        entry = page.locator(".entry").first
        sentence = entry.locator("blockquote").inner_text()
        entry.locator("text=Wrong?").click()
        page.fill("dialog[open] [name=who]", "Ana Reader")
        page.fill("dialog[open] [name=why]", "Nobody met.")
        page.click("dialog[open] [type=submit]")
        page.wait_for_selector(".verdict")
        visit.settle()
        after = own.relations("GRC", "TUR", by="quarter")
        assert after.series != before.series
        assert after.now is not None
        assert f"Balance {after.now.balance:+.1f}".replace("-", "−") in page.inner_text(".lead")
        held = page.locator(".entry", has=page.locator(".verdict"))
        assert sentence in held.inner_text()
        assert "Ana Reader" in held.inner_text()
        assert "Nobody met." in held.inner_text()
        assert visit.accessibility() == []
        held.locator("blockquote a").click()
        visit.settle()
        page.locator(".verdict > button").click()
        assert page.input_value("dialog[open] [name=who]") == "Ana Reader"
        page.fill("dialog[open] [name=why]", "They did meet.")
        page.click("dialog[open] [type=submit]")
        page.wait_for_selector(".verdict", state="detached")
        assert own.relations("GRC", "TUR", by="quarter").series == before.series
        assert [one.verdict for one in own.verdicts()] == ["wrong", "withdrawn"]


def test_every_chart_has_a_table_and_files(visit: Visit) -> None:
    page = visit.open("/dyad/GRC/TUR?by=quarter")
    assert page.locator("figure.chart").count() == 3
    chart = page.locator("figure.chart").first
    for name, begin in (("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("CSV", b"period,balance,")):
        with page.expect_download() as coming:
            chart.get_by_role("button", name=name, exact=True).click()
        assert Path(coming.value.path()).read_bytes().startswith(begin)
        assert coming.value.suggested_filename == f"GRC-TUR-balance.{name.lower()}"
    chart.get_by_role("button", name="Table").click()
    assert "2022-Q1" in chart.locator("table").inner_text()
    chart.get_by_role("button", name="Cite").click()
    citation = page.locator("dialog[open] .citation").inner_text()
    assert "/dyad/GRC/TUR?by=quarter" in citation
    assert "Greece – Turkey" in citation


def test_what_is_not_there_is_told(browser: Browser, base: str, tmp_path: Path) -> None:
    with visiting(browser, base) as visit:
        for path in ("/nowhere", "/%ff"):
            page = visit.open(path)
            assert "no such view" in page.inner_text("main")
        page = visit.open("/dyad/PER/NPL")
        assert "No event between Peru and Nepal" in page.inner_text("main")
        page = visit.open("/search?q=xyzzy")
        assert "Nothing holds" in page.inner_text("main")
        page = visit.open("/dyad/Atlantis/TUR")
        assert "Atlantis" in page.inner_text("[role=alert]")
        visit.told[:] = [one for one in visit.told if "404" not in one]  # the browser's own note of the answer
    with serving(Observatory.create(tmp_path / "empty")) as empty, visiting(browser, empty) as visit:
        for path in ("/", "/events", "/quotes", "/calendar", "/network", "/map", "/sources", "/compare"):
            page = visit.open(path)
            assert page.locator(".problem").count() == 0
            assert page.locator(".nothing").count() > 0, path
            assert visit.accessibility() == []


def test_a_server_that_is_gone_is_told(browser: Browser, demo: Observatory) -> None:
    with serving(demo) as base, visiting(browser, base) as visit:
        page = visit.open("/quotes")
        page.route("**/api/**", lambda route: route.abort())
        page.click("nav >> text=Events")
        page.wait_for_selector("[role=alert]")
        assert "detente serve" in page.inner_text("[role=alert]")
        visit.told[:] = [one for one in visit.told if "ERR_FAILED" not in one]


def test_the_page_is_light_and_fetches_the_map_when_it_is_opened(visit: Visit) -> None:
    sizes = {
        path: len(gzip.compress(file.plain, mtime=0))
        for path, file in page_files().items()
        if path.endswith((".html", ".js", ".css", ".svg"))
    }
    assert sum(sizes.values()) <= 160_000, sizes
    fetched: list[str] = []
    visit.page.on("request", lambda asked: fetched.append(asked.url.removeprefix(visit.base + "/")))
    visit.open("/?least=1")
    assert sum(sizes.get(path, 0) for path in {"index.html", *fetched}) <= 110_000
    assert not any("map" in path for path in fetched)
    visit.page.click("nav >> text=Map")
    visit.settle()
    assert "assets/map.js" in fetched


def test_print_leaves_the_tools_out(visit: Visit) -> None:
    page = visit.open("/dyad/GRC/TUR?by=quarter")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".top").is_visible()
    assert not page.locator(".tools").first.is_visible()
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
