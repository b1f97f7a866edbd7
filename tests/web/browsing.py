"""What the tests of the page share: a server in a thread, a headless browser, and a visit that keeps what went wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import uvicorn

from detente.web.access import Access
from detente.web.app import make_app
from detente.web.serving import bound

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from detente.observatory import Observatory

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Looked at only after two pictures have been drawn: what a click or a key sets off is begun by then, however slow the machine.
_SHOWN = """new Promise((told) => {
    const drawn = (then) => requestAnimationFrame(() => setTimeout(then));
    drawn(() => drawn(() => told(!document.querySelector('.waiting, .stale') && !document.body.innerText.includes('eighed…'))));
})"""
WAIT = 30_000  # milliseconds that a busy machine may take


def browser_path() -> str | None:
    """A Chromium of this machine, None where there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@contextmanager
def serving(observatory: Observatory, access: Access | None = None) -> Iterator[str]:
    """Serves an observatory on a free port of loopback; gives its address."""
    listening = bound("127.0.0.1", 0)
    app = make_app(observatory, access or Access())
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off"))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = monotonic() + 20
    while not server.started and monotonic() < until:
        sleep(0.02)
    assert server.started
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


@dataclass(slots=True)
class Visit:
    """One tab. base: of the server. told: what the console told as wrong, and errors of scripts. asked: requests that are under
    way. strangers: requests to others.
    """

    page: Page
    base: str
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Opens a view and waits until all of it is there."""
        self.page.goto(self.base + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Waits until nothing is asked for any more, and all that came is shown."""
        self.page.wait_for_selector("main h1, main .nothing")
        quiet, ends = 0, monotonic() + WAIT / 1000
        while quiet < 3:
            shown = self.page.evaluate(_SHOWN)
            quiet = quiet + 1 if shown and not self.asked else 0
            assert monotonic() < ends, f"still asked for: {self.asked}"
            sleep(0.05)

    def until(self, condition: str) -> None:
        """Waits for a condition in the page. From here: the page's policy forbids what the browser would poll with."""
        ends = monotonic() + WAIT / 1000
        while not self.page.evaluate(condition):
            assert monotonic() < ends, f"still not: {condition}"
            sleep(0.05)

    def path(self) -> str:
        """The address, without the server."""
        return self.page.url.removeprefix(self.base)

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        wide: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return wide

    def accessibility(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA and its best practices: rule, and where."""
        source = (files("axe_playwright_python") / "axe.min.js").read_text("utf8")
        self.page.evaluate(source)
        rules = "{'target-size': {enabled: true}}"  # of WCAG 2.2; axe leaves it out unless told
        found: dict[str, Any] = self.page.evaluate(
            f"axe.run(document, {{resultTypes: ['violations'], rules: {rules}}})"
        )
        return [
            f"{one['id']}: {node['html'][:200]} ({node.get('failureSummary', '')[:200]})"
            for one in found["violations"]
            for node in one["nodes"]
        ]


def _note(visit: Visit, url: str) -> None:
    visit.asked.append(url)
    if not url.startswith((visit.base, "blob:", "data:")):
        visit.strangers.append(url)


@contextmanager
def visiting(
    browser: Browser, base: str, *, width: int = 1440, dark: bool = False, reduced: bool = True
) -> Iterator[Visit]:
    """A fresh tab on a server; at its end nothing must have gone wrong in it, and nobody else been asked."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce" if reduced else "no-preference",
    )
    context.set_default_timeout(WAIT)
    visit = Visit(page=context.new_page(), base=base)
    visit.page.on("console", lambda said: visit.told.append(said.text) if said.type in ("error", "warning") else None)
    visit.page.on("pageerror", lambda error: visit.told.append(str(error)))
    visit.page.on("request", lambda request: _note(visit, request.url))
    for end in ("requestfinished", "requestfailed"):
        visit.page.on(end, lambda request: visit.asked.remove(request.url))
    try:
        yield visit
        assert visit.told == []
        assert visit.strangers == []
    finally:
        context.close()
