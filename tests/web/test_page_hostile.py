"""Markup in an article stays text, wherever the page shows it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.browsing import browser_path, serving, visiting

from detente.observatory import Observatory

if TYPE_CHECKING:
    from detente.reading.reader import Reader
    from detente.records import Article, Reading

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(
        browser_path() is None, reason="no Chromium on this machine: `apt-get install chromium` brings one"
    ),
]

SCRIPT = "<script>window.taken = true</script>"
IMAGE = '<img src="/x" onerror="window.taken = true">'
ARTICLE = {
    "id": f"one{SCRIPT}",
    "title": f"Minister in Ankara {SCRIPT} {'long' * 80}",
    "source": f"{SCRIPT} Gazette{'tte' * 60}",
    "url": "javascript:window.taken = true",
    "published": "2024-03-12",
    "text": f"ANKARA - Greek Foreign Minister Eleni Vardaki visited Ankara on Tuesday {IMAGE}. "
    f'"Greece will send aid to Turkey by June {SCRIPT}," she said. Turkey will host talks with Greece in April {SCRIPT}. '
    f"Turkey accused Greece of delay {IMAGE}.",
}


class Renamed:
    """A reader that finds the names of actors, roles and places to be markup."""

    def __init__(self, reader: Reader) -> None:
        self.coder, self.knowledge = reader.coder, reader.knowledge
        self._reader = reader

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The readings, with such names."""
        for reading in self._reader.read(articles):
            actors = tuple(replace(one, name=one.name + SCRIPT, role=f"{SCRIPT} envoy") for one in reading.actors)
            places = tuple(replace(one, name=one.name + SCRIPT) for one in reading.places)
            yield replace(reading, actors=actors, places=places)


@pytest.fixture
def hostile(reader: Reader, tmp_path: Path) -> Observatory:
    (tmp_path / "news.jsonl").write_text(json.dumps(ARTICLE) + "\n")
    observatory = Observatory.create(tmp_path / "observatory")
    observatory.add([tmp_path / "news.jsonl"], reader=Renamed(reader))
    return observatory


def test_markup_is_shown_as_text_everywhere(hostile: Observatory) -> None:
    from playwright.sync_api import sync_playwright

    stored = next(iter(hostile.events(between=("GRC", "TUR"))))
    hostile.judge(stored.event.id, article=stored.article, who=SCRIPT, why=f"{SCRIPT} {IMAGE}")
    shown = {
        "/?least=1": False,
        "/dyad/GRC/TUR": True,
        "/events": True,
        "/quotes": True,
        "/calendar": True,
        "/agenda/GRC/TUR": True,
        "/network": False,
        "/map": False,
        "/sources": True,
        "/search?q=Ankara": True,
        f"/search?q={SCRIPT}": True,
        f"/dyad/{SCRIPT.replace('/', '%2F')}/TUR": True,
        f"/article/{stored.article.replace('/', '%2F')}": True,
    }
    with sync_playwright() as playwright, serving(hostile) as base:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        with visiting(browser, base) as visit:
            for path, is_told in shown.items():
                page = visit.open(path)
                page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
                assert page.locator("main script, main img").count() == 0, path
                assert page.evaluate("window.taken") is None, path
                if is_told:
                    assert "<script>" in page.inner_text("body"), path
            assert page.locator("a[href^=javascript]").count() == 0
            assert "<script>" in page.title()
            assert SCRIPT in page.inner_text(".verdict")
            assert IMAGE in page.inner_text(".text")
            visit.open("/network")
            page.click("text=Cite")
            page.click("dialog[open] >> text=Close")
            visit.told[:] = [one for one in visit.told if "404" not in one]
        with visiting(browser, base, width=390) as visit:
            for path in (
                "/?least=1",
                "/dyad/GRC/TUR",
                "/events",
                "/quotes",
                "/calendar",
                "/sources",
                "/search?q=Ankara",
            ):
                visit.open(path)
                assert visit.overflow() == 0, path
        browser.close()
