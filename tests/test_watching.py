"""Following feeds that the tests serve themselves, on loopback: what is kept, what is asked again, and what a kill leaves."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from detente import Observatory
from detente.cli.app import app
from detente.errors import BusyError, StoreError, UsageError
from detente.observatory.watching import PollReport, Step, agent, watch
from detente.records import Article, Reading
from detente.sources.fetching import Client, Limits, Stopped

if TYPE_CHECKING:
    from conftest import Site

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
TEXT = "Norway and Estonia signed accord {n} on ferry safety in Tallinn on Tuesday, three weeks after two ships collided in fog."


class PlainReader:
    """Reads nothing out of articles; remembers which it was given."""

    coder, knowledge = "plain-1", "k1"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            self.seen.append(article.id)
            yield Reading(article=article)


class FakeClock:
    """Time that passes only by waiting. ends: the wait during which the run is asked to end. ending: it was asked."""

    def __init__(self, ends: int | None = None) -> None:
        self.time, self.slept, self.ends, self.ending = 1_800_000_000.0, list[float](), ends, False

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept += [seconds] if seconds else []
        if self.ending or (self.ends is not None and len(self.slept) > self.ends):
            raise Stopped
        self.time += seconds


class Desk:
    """An observatory with a feed that lists numbered articles."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.clock, self.reader = site, FakeClock(), PlainReader()
        self.observatory = Observatory.create(folder)
        self.feed = f"{site.url}/feed.xml"
        self.options: dict[str, Any] = {}

    def list(self, *items: dict[str, str] | int, path: str = "/feed.xml", **headers: str) -> str:
        """Puts up the feed; a number stands for an article's page, which is put up too."""
        body = "".join(self._item(self.article(item) if isinstance(item, int) else item) for item in items)
        rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Fjord Post</title>{body}</channel></rss>'
        return self.site.page(path, rss, "application/rss+xml", **headers)

    def article(self, n: int, text: str = TEXT) -> dict[str, str]:
        """Puts up an article's page; gives its entry."""
        words = text.format(n=n)
        html = f"<html><body><article><h1>Accord {n} on ferries</h1><p>{words}</p></article></body></html>"
        return {"title": f"Accord {n} on ferries", "link": self.site.page(f"/{n}", html), "description": f"Accord {n}."}

    def _item(self, item: dict[str, str]) -> str:
        values = {"pubDate": "Tue, 02 Mar 2021 08:00:00 +0100"} | item
        cells = "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in values.items())
        return f"<item>{cells}</item>"

    def poll(self, *feeds: str) -> PollReport:
        return next(self.polls(*feeds))

    def polls(self, *feeds: str, every: float | None = None) -> Iterator[PollReport]:
        options: dict[str, Any] = {"clock": self.clock, "reader": self.reader, "allow_private": True} | self.options
        return self.observatory.watch(feeds or self.feed, every=every, **options)

    def texts(self) -> list[str]:
        return sorted(stored.article.text for stored in self.observatory.articles())

    def failures(self) -> list[str]:
        return [stored.failure.reason for stored in self.observatory.failures()]

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.observatory.path / "watch/state.json").read_text("utf8"))
        return found

    def waiting(self) -> list[Path]:
        return sorted((self.observatory.path / "watch/waiting").iterdir())


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Desk:
    return Desk(site, tmp_path / "news")


def told(report: PollReport, *names: str) -> tuple[int, ...]:
    return tuple(getattr(report, name) for name in names)


def test_a_poll_keeps_what_the_feed_lists(desk: Desk) -> None:
    desk.list(1, 2)
    report = desk.poll()
    assert told(report, "feeds", "new", "fetched", "added", "failed", "waiting") == (1, 2, 2, 2, 0, 0)
    assert desk.texts() == [TEXT.format(n=1), TEXT.format(n=2)]
    (first, _) = desk.observatory.articles()
    assert first.article.source == "127.0.0.1"  # the page names no outlet; its host cannot be made up
    assert first.article.published == "2021-03-02T08:00:00+01:00"
    assert desk.site.paths() == ["/feed.xml", "/1", "/2"]
    assert desk.clock.slept == [5.0] * 3  # robots.txt, the feed and two pages, five seconds apart
    assert desk.waiting() == []


def test_what_was_seen_is_not_fetched_again(desk: Desk) -> None:
    desk.list(1, 2)
    desk.poll()
    desk.list(2, 1, 3)
    report = desk.poll()
    assert told(report, "new", "changed", "added") == (1, 0, 1)
    assert desk.site.paths() == ["/feed.xml", "/1", "/2", "/feed.xml", "/3"]


def test_a_feed_that_has_not_changed_is_not_sent(desk: Desk) -> None:
    desk.list(1, ETag='"v1"', Last_Modified="Tue, 02 Mar 2021 08:00:00 GMT")
    desk.poll()
    page = desk.site.pages["/feed.xml"]
    desk.site.pages["/feed.xml"] = lambda request: (
        (304, {}, b"") if request.headers["If-None-Match"] == '"v1"' else page
    )  # type: ignore[assignment,return-value]
    report = desk.poll()
    assert told(report, "feeds", "unchanged", "new") == (1, 1, 0)
    assert desk.site.asked[-1][1]["If-Modified-Since"] == "Tue, 02 Mar 2021 08:00:00 GMT"
    assert told(desk.poll(), "feeds", "unchanged") == (1, 1)


def test_one_article_in_two_feeds_and_with_trackers_is_one(desk: Desk) -> None:
    item = desk.article(1)
    desk.list(item, {**item, "link": item["link"] + "?utm_source=rss#top"}, {**item, "link": item["link"] + "/"})
    other = desk.list(item, path="/other.xml")
    report = desk.poll(desk.feed, other)
    assert told(report, "feeds", "new", "fetched", "added") == (2, 1, 1, 1)


def test_two_links_that_lead_to_one_page_are_one_article(desk: Desk) -> None:
    item = desk.article(1)
    for path in ("/a", "/b"):
        desk.site.pages[path] = (302, {"Location": "/1"}, b"")
    desk.list(*({**item, "link": f"{desk.site.url}{path}"} for path in ("/a", "/b")))
    report = desk.poll()
    assert told(report, "new", "fetched", "added", "same") == (2, 2, 1, 1)
    assert len(desk.texts()) == 1


def test_a_changed_article_is_a_revision(desk: Desk) -> None:
    """Fetched again when the feed gives it another title or time, and not within an hour."""
    desk.list(1)
    desk.poll()
    changed = desk.article(1, TEXT + " Twelve people were hurt.")
    desk.list({**changed, "description": "Only this is new: many feeds hold counters here."})
    assert told(desk.poll(), "changed", "revised") == (0, 0)
    desk.list({**changed, "title": "UPDATE: Accord 1 on ferries"})
    assert told(desk.poll(), "changed", "revised", "waiting") == (1, 0, 1)
    desk.clock.time += 3600
    assert told(desk.poll(), "changed", "revised", "waiting") == (0, 1, 0)
    assert desk.texts() == [TEXT.format(n=1) + " Twelve people were hurt."]
    assert told(desk.poll(), "changed", "revised", "waiting") == (0, 0, 0)
    assert desk.site.paths().count("/1") == 2


def test_relative_links_and_links_that_lead_elsewhere(desk: Desk) -> None:
    item = desk.article(1)
    desk.site.pages["/go"] = (301, {"Location": "/1"}, b"")
    desk.list({**item, "link": "go"})
    desk.poll()
    (stored,) = desk.observatory.articles()
    assert stored.article.url == f"{desk.site.url}/1"


def test_a_broken_feed_is_read_all_the_same(desk: Desk) -> None:
    link = desk.article(1)["link"]
    desk.site.page("/feed.xml", f"<rss><channel><title>A & B</title><item><title>x & y</title><link>{link}</link>")
    assert told(desk.poll(), "feeds", "added") == (1, 1)


def test_a_feed_full_of_what_is_no_text(desk: Desk) -> None:
    """Halves of surrogate pairs, NULs, controls and marks of direction, wherever words can stand."""
    odd = "a\ud800\x00\x08\u202e\udfffb"
    items = [
        {"id": odd, "url": f"/{odd}", "title": odd, "content_text": f"{odd} {TEXT.format(n=1)} {TEXT.format(n=2)}"},
        {"id": odd + "2", "title": odd, "content_html": f"<p>{odd} {TEXT.format(n=3)} {TEXT.format(n=4)}</p>", "date_published": odd},
        {"id": 3, "url": "http://[", "title": {"a": 1}, "content_text": ["x"], "authors": "x", "attachments": 5},
        {"url": desk.article(1)["link"], "title": odd},
    ]  # fmt: skip
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": odd, "items": items[:2] + items[3:]})
    desk.site.page("/feed.xml", feed, "application/feed+json")
    assert told(desk.poll(), "feeds", "new", "added") == (1, 3, 3)
    assert told(desk.poll(), "new", "changed") == (0, 0)
    assert not any("\x00" in text for text in desk.texts())
    broken = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
    desk.site.page("/feed.xml", broken, "application/feed+json")
    report = desk.poll()
    assert report.feeds + report.unread == 1


# What cannot be had


def test_a_page_that_cannot_be_had_is_tried_again_and_then_put_on_record(desk: Desk) -> None:
    desk.list(1, 2)
    desk.site.pages["/1"] = (500, {}, b"")
    report = desk.poll()
    assert told(report, "added", "failed", "waiting") == (1, 0, 1)
    assert [f.reason for f in report.trouble] == ["127.0.0.1 cannot answer now (HTTP 500); tried 1 of 3 times"]
    assert desk.failures() == []
    assert told(desk.poll(), "fetched", "waiting") == (0, 1)  # too soon
    assert desk.site.paths().count("/1") == 1
    desk.clock.time += 1000
    assert told(desk.poll(), "failed", "waiting") == (0, 1)
    desk.clock.time += 4000
    report = desk.poll()
    assert told(report, "failed", "waiting") == (1, 0)
    assert desk.failures() == ["127.0.0.1 cannot answer now (HTTP 500)"]
    desk.clock.time += 86400
    assert told(desk.poll(), "failed", "waiting") == (0, 0)
    assert desk.site.paths().count("/1") == 3


def test_a_page_that_comes_back_is_read(desk: Desk) -> None:
    desk.list(1)
    page = desk.site.pages["/1"]
    desk.site.pages["/1"] = (502, {}, b"")
    desk.poll()
    desk.site.pages["/1"] = page
    desk.clock.time += 1000
    assert told(desk.poll(), "added", "waiting") == (1, 0)
    assert desk.failures() == []


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_page_that_is_gone_is_not_asked_for_again(desk: Desk, status: int) -> None:
    item = desk.article(1)
    desk.site.pages["/1"] = (status, {}, b"")
    desk.list(item)
    assert told(desk.poll(), "failed", "waiting") == (1, 0)
    desk.clock.time += 86400
    assert told(desk.poll(), "failed", "waiting") == (0, 0)
    assert desk.site.paths().count("/1") == 1
    assert f"(HTTP {status})" in desk.failures()[0]


def test_the_feeds_own_text_stands_in_for_a_page(desk: Desk) -> None:
    own = f"<p>{TEXT.format(n=1)}</p><p>{TEXT.format(n=2)}</p>"
    desk.list({**desk.article(1), "description": own})
    desk.site.pages["/1"] = (404, {}, b"")
    report = desk.poll()
    assert told(report, "from_feed", "added", "failed") == (1, 1, 0)
    assert desk.texts() == [f"{TEXT.format(n=1)}\n\n{TEXT.format(n=2)}"]
    assert desk.failures() == ["read from the feed's own text: 127.0.0.1 has no such page (HTTP 404)"]


def test_an_entry_without_a_link_is_its_own_article(desk: Desk) -> None:
    body = f"<item><title>A</title><description>{TEXT.format(n=1)} {TEXT.format(n=2)}</description></item><item><title>B</title></item>"
    desk.site.page(
        "/feed.xml", f"<rss version='2.0'><channel><title>Fjord Post</title>{body}</channel></rss>", "text/xml"
    )
    assert told(desk.poll(), "new", "from_feed", "added", "failed") == (2, 1, 1, 1)
    assert told(desk.poll(), "new", "added", "failed") == (0, 0, 0)


@pytest.mark.parametrize(
    "body",
    ["", "<html><body></body></html>", "<html><script>document.write(1)</script></html>", "<div>" * 50_000, "\x00\x00"],
)
def test_pages_that_hold_no_article(desk: Desk, body: str) -> None:
    item = desk.article(1)
    desk.site.page("/1", body)
    desk.list(item, 2)
    assert told(desk.poll(), "added", "failed", "waiting") == (1, 1, 0)
    assert "expected" in desk.failures()[0]


def test_what_robots_txt_forbids_is_not_fetched(desk: Desk) -> None:
    desk.site.page("/robots.txt", "User-agent: *\nDisallow: /2\n", "text/plain")
    desk.list(1, 2)
    assert told(desk.poll(), "added", "failed") == (1, 1)
    assert "/2" not in desk.site.paths()
    assert desk.failures() == ["the robots.txt of 127.0.0.1 asks not to fetch this"]
    desk.poll()
    assert [path for path, _ in desk.site.asked].count("/robots.txt") == 1  # kept in the folder for a day


def test_links_to_private_addresses_are_put_on_record_and_not_followed(desk: Desk, tmp_path: Path) -> None:
    """The feed's own host is allowed here by the resolver's answer for it; what it links to is not."""
    desk.list(1, {"title": "Router", "link": "http://10.0.0.1/admin"}, {"title": "Cloud", "link": "http://169.254.169.254/x"},
              {"title": "File", "link": "file:///etc/passwd"}, {"title": "Name", "link": "http://metadata.google.internal/"})  # fmt: skip
    desk.site.pages["/1"] = (302, {"Location": "http://[::1]/"}, b"")
    fixed = Client(agent="detente/test", resolve=lambda host, port: {"127.0.0.1": ["93.184.215.14"]}.get(host, [host]))
    real = fixed._ask  # type: ignore[misc]

    def ask(target: Any, addresses: tuple[str, ...], *more: Any) -> Any:
        assert addresses == ("93.184.215.14",)  # nothing else was let through
        return real(target, ("127.0.0.1",), *more)

    fixed._ask = ask  # type: ignore[method-assign]
    (report,) = watch(
        desk.observatory._store, desk.feed, every=None, reader=desk.reader, clock=desk.clock, client=fixed
    )
    assert told(report, "feeds", "new", "added", "failed") == (1, 5, 0, 5)
    assert sum("not asked" in reason for reason in desk.failures()) == 4
    assert desk.site.paths() == ["/feed.xml", "/1"]


def test_a_host_that_asks_for_patience_gets_it_over_runs(desk: Desk) -> None:
    desk.list(1, 2, 3)
    desk.site.pages["/2"] = (429, {"Retry-After": "7200"}, b"")
    report = desk.poll()
    assert told(report, "fetched", "waiting") == (1, 2)
    asked = len(desk.site.asked)
    desk.clock.time += 7000
    assert told(desk.poll(), "feeds", "resting", "waiting") == (0, 1, 2)  # the feed is on the same host
    assert len(desk.site.asked) == asked
    desk.clock.time += 300
    desk.article(2)
    assert told(desk.poll(), "feeds", "added", "waiting") == (1, 2, 0)


def test_a_feed_that_fails_is_asked_ever_more_rarely_and_put_on_record_once(desk: Desk) -> None:
    desk.site.pages["/feed.xml"] = (404, {}, b"")
    gaps = []
    for _ in range(12):
        report = desk.poll()
        assert told(report, "feeds", "unread") == (0, 1)
        assert "asked again in" in report.trouble[0].reason
        gaps.append(desk.state()["feeds"][0]["delay"])
        asked = len(desk.site.asked)
        desk.clock.time += gaps[-1] - 60
        assert told(desk.poll(), "unread", "resting") == (0, 1)
        assert len(desk.site.asked) == asked
        desk.clock.time += 61
    for n, gap in enumerate(gaps):
        assert 0.8 <= gap / min(900 * 2**n, 86400) <= 1.2
    assert desk.failures() == ["the feed could not be read: 127.0.0.1 has no such page (HTTP 404); 3 times in a row"]
    desk.list(1)
    desk.clock.time += 200_000
    assert told(desk.poll(), "feeds", "added") == (1, 1)


def test_a_web_page_in_place_of_a_feed_says_which_feeds_it_names(desk: Desk) -> None:
    desk.site.page(
        "/feed.xml", '<html><head><link rel="alternate" type="application/atom+xml" href="/atom.xml"></head></html>'
    )
    (failure,) = desk.poll().trouble
    assert f"it names {desk.site.url}/atom.xml" in failure.reason


def test_limits_hold_for_articles_too(desk: Desk) -> None:
    import gzip

    item = desk.article(1)
    desk.site.page("/1", gzip.compress(bytes(64 * 1024 * 1024), 1), Content_Encoding="gzip")

    def slow(request: Any) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(100):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.1)

    second = desk.article(2)
    desk.site.pages["/2"] = slow
    desk.list(item, 3, second)
    quick = Client(agent="detente/test", allow_private=True, limits=Limits(total=2.0))
    (report,) = watch(
        desk.observatory._store, desk.feed, every=None, reader=desk.reader, clock=desk.clock, client=quick
    )
    assert told(report, "added", "failed", "waiting") == (1, 1, 1)
    assert "sends more once unpacked" in report.failures[0].reason
    assert "it was not done in 2 s" in report.trouble[0].reason


def test_a_feed_that_lists_ever_more_does_not_fill_the_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What there is no room for stays in the feed, and comes when there is."""
    monkeypatch.setattr("detente.observatory.watching.poll._BACKLOG", 20)
    desk.site.page("/robots.txt", "User-agent: *\nCrawl-delay: 3600\n", "text/plain")
    for batch in range(4):
        desk.list(*({"title": str(n), "link": f"/{n}"} for n in range(batch * 9, batch * 9 + 9)), ETag=f'"{batch}"')
        report = desk.poll()
        desk.clock.time += 3600
    assert report.waiting == 20 == len(desk.waiting())
    assert "of its entries the first 0 were taken, 9 left out" in report.trouble[0].reason
    assert desk.state()["feeds"][0]["etag"] is None


# Time, ends and locks


def test_a_poll_ends_in_time_for_the_next_and_serves_all_feeds(desk: Desk) -> None:
    desk.list(*range(1, 31))
    other = desk.list(*range(31, 34), path="/other.xml")
    polls = desk.polls(desk.feed, other, every=60)
    report = next(polls)
    assert 60 <= report.seconds < 90
    assert desk.site.paths()[2:8] == ["/1", "/31", "/2", "/32", "/3", "/33"]
    assert report.waiting == 33 - report.fetched > 0
    assert sum(next(polls).added for _ in range(3)) == report.waiting


def test_it_sleeps_and_polls_again(desk: Desk) -> None:
    desk.list(1)
    polls = desk.polls(every=600)
    assert next(polls).added == 1
    desk.list(1, 2)
    assert next(polls).added == 1
    assert sum(desk.clock.slept) == pytest.approx(600 + 5)  # from the beginning of one poll to that of the next
    began = desk.clock.time
    desk.clock.time -= 5 * 365 * 86400  # the clock is put back: no wait of years
    next(polls)
    assert desk.clock.time < began


def test_asked_to_end_it_finishes_what_it_has(desk: Desk) -> None:
    desk.clock.ends = 2  # the wait before the second article
    desk.list(1, 2, 3)
    (report,) = desk.polls(every=600)
    assert report.stopped
    assert told(report, "added", "waiting") == (1, 2)
    desk.clock = FakeClock()
    assert told(desk.poll(), "new", "added", "waiting") == (0, 2, 0)
    assert desk.site.paths().count("/1") == 1


def test_asked_to_end_it_does_so_also_where_it_never_waits(desk: Desk) -> None:
    desk.list(1, 2, 3)

    def step(step: Step) -> None:
        desk.clock.ending = desk.clock.ending or step.kind == "article"

    desk.options |= {"pace": 0.0, "on_step": step}
    (report,) = desk.polls(every=600)
    assert report.stopped
    assert told(report, "fetched", "added", "waiting") == (1, 1, 2)
    assert desk.site.paths() == ["/feed.xml", "/1"]


def test_asked_to_end_while_it_sleeps(desk: Desk) -> None:
    desk.clock.ends = 2
    desk.list(1)
    (report,) = desk.polls(every=600)
    assert not report.stopped
    assert report.added == 1


def test_while_another_writes_articles_are_kept_for_later(desk: Desk) -> None:
    desk.list(*range(25))
    with desk.observatory._store.writer():
        report = desk.poll()
    assert told(report, "fetched", "added", "held") == (25, 0, 25)
    (trouble,) = report.trouble
    assert "is being written to" in trouble.reason
    report = desk.poll()
    assert told(report, "fetched", "added", "held") == (0, 25, 0)


def test_two_watches_of_one_observatory(desk: Desk) -> None:
    desk.list(1)
    first = desk.polls(every=600)
    next(first)
    with pytest.raises(BusyError, match="process"):
        desk.poll()
    first.close()  # type: ignore[attr-defined]
    assert desk.poll().feeds == 1


def test_what_was_removed_does_not_come_back(desk: Desk) -> None:
    desk.list(1)
    desk.poll()
    (stored,) = desk.observatory.articles()
    desk.observatory.remove(stored.article.id)
    desk.list({**desk.article(1), "title": "Accord 1 once more"})
    desk.clock.time += 4000
    assert told(desk.poll(), "added", "removed") == (0, 1)
    assert desk.texts() == []
    files = [path.read_bytes() for path in desk.observatory.path.rglob("*") if path.is_file()]
    assert not any(b"collided" in content for content in files)


def test_a_damaged_state_is_said_and_not_guessed_at(desk: Desk) -> None:
    desk.list(1)
    desk.poll()
    (desk.observatory.path / "watch/state.json").write_text("{")
    with pytest.raises(StoreError, match=r"move .*watch away"):
        desk.poll()


@pytest.mark.parametrize(
    "options",
    [
        {"every": 5},
        {"pace": -1},
        {"tries": 0},
        {"contact": "a b"},
        {"contact": "x\r\nX: y"},
        {"contact": "ü@example.org"},
    ],
)
def test_wrong_arguments_are_said_at_once(desk: Desk, options: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="expected"):
        desk.observatory.watch(desk.feed, **options)


def test_the_name_it_goes_by() -> None:
    assert agent("mailto:desk@example.org").startswith("detente/0.")
    assert agent("mailto:desk@example.org").endswith("+mailto:desk@example.org)")


def test_the_contact_is_told_to_sites(desk: Desk) -> None:
    desk.list(1)
    desk.options["contact"] = "https://example.org/bot"
    desk.poll()
    assert {headers["User-Agent"] for _, headers in desk.site.asked} == {agent("https://example.org/bot")}


# Killed


KILLED = """
import sys
sys.path.insert(0, sys.argv[3])
from test_watching import PlainReader
from detente import Observatory
reports = Observatory.open(sys.argv[1]).watch(sys.argv[2], reader=PlainReader(), allow_private=True, pace=0.03)
print(next(reports))
"""


@POSIX
@pytest.mark.parametrize("seconds", [0.15, 0.4])
def test_killed_in_mid_poll_nothing_is_lost_and_nothing_comes_twice(desk: Desk, seconds: float) -> None:
    """SIGKILL at a moment within the poll; then runs until one ends. Each article is there once, in its one revision."""
    numbers = range(1, 13)
    desk.list(*numbers, ETag='"v1"')
    page = desk.site.pages["/feed.xml"]
    desk.site.pages["/feed.xml"] = lambda request: (
        (304, {}, b"") if request.headers["If-None-Match"] == '"v1"' else page
    )  # type: ignore[assignment,return-value]
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-c",
        KILLED,
        str(desk.observatory.path),
        desk.feed,
        str(Path(__file__).parent),
    ]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not desk.site.paths() and running.poll() is None:
        time.sleep(0.005)
    time.sleep(seconds)
    running.send_signal(signal.SIGKILL)
    running.communicate(timeout=20)
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    desk.clock.time = time.time() + 60
    assert told(desk.poll(), "new", "changed", "added", "waiting") == (0, 0, 0, 0)
    assert desk.texts() == sorted(TEXT.format(n=n) for n in numbers)
    counts = desk.observatory.counts()
    assert (counts.articles, counts.revisions, counts.failures) == (12, 12, 0)
    assert max(map(desk.site.paths().count, [f"/{n}" for n in numbers])) <= 2  # the one that was on its way, at most
    assert sum(map(desk.site.paths().count, [f"/{n}" for n in numbers])) <= 13
    assert desk.waiting() == []
    desk.observatory.check()


class Killed(BaseException):
    """The end of a process, as far as a test can have it within its own."""


@pytest.mark.parametrize("before", [True, False])
def test_killed_at_each_step_nothing_is_lost_and_nothing_comes_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, before: bool
) -> None:
    """Every state on disk comes of a file that takes another's place: the run dies before, or after, each of these."""
    desk.list(1, 2, 3)
    desk.options["pace"] = 0.0
    real, left = Path.replace, 0

    def replace(self: Path, target: Path) -> Path:
        nonlocal left
        left -= 1
        if left == 0 and before:
            raise Killed
        done = real(self, target)
        if left == 0:
            raise Killed
        return done

    monkeypatch.setattr(Path, "replace", replace)
    for step in range(1, 100):
        desk.observatory = Observatory.create(tmp_path / f"{before}-{step}")
        desk.site.asked.clear()
        left = step
        try:
            desk.poll()
        except Killed:
            left = 0
            desk.poll()
        else:
            break
        assert desk.texts() == [TEXT.format(n=n) for n in (1, 2, 3)], step
        counts = desk.observatory.counts()
        assert (counts.articles, counts.revisions, counts.failures) == (3, 3, 0), step
        assert desk.waiting() == [], step
        assert told(desk.poll(), "new", "changed", "added", "same") == (0, 0, 0, 0), step
    assert step > 12


@POSIX
@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_the_command_ends_cleanly_when_asked(desk: Desk, name: signal.Signals) -> None:
    desk.list()
    command = [
        sys.executable,
        "-m",
        "detente.cli",
        "watch",
        str(desk.observatory.path),
        desk.feed,
        "--allow-private",
        "--pace",
        "0",
    ]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )
    assert running.stdout
    assert "1 feed: nothing new" in running.stdout.readline()
    running.send_signal(name)
    _, told_aside = running.communicate(timeout=20)
    assert running.returncode == 0
    assert told_aside == ""


# The command


@pytest.fixture
def run(desk: Desk) -> Any:
    def _run(*arguments: str) -> Any:
        return CliRunner().invoke(app, ["watch", str(desk.observatory.path), *arguments])

    return _run


def test_the_command_refuses_this_machine_unless_told(desk: Desk, run: Any) -> None:
    desk.list()
    shown = run(desk.feed, "--once")
    assert shown.exit_code == 1
    assert "1 feed not read: nothing new" in shown.stdout
    assert "this machine itself: not asked (--allow-private allows it)" in shown.stderr
    assert desk.site.asked == []
    shown = run(desk.feed, "--once", "--allow-private", "--pace", "0")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "1 feed: nothing new" in shown.stdout


def test_the_log_for_machines(desk: Desk, run: Any) -> None:
    desk.list({"title": "Gone", "link": f"{desk.site.url}/gone"})
    shown = run(desk.feed, "--once", "--allow-private", "--pace", "0", "--log", "json")
    assert shown.exit_code == 1
    assert shown.stderr == ""
    lines = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [line["event"] for line in lines] == ["step", "step", "step", "poll"]
    assert [line.get("kind") for line in lines] == ["feed", "article", "read", None]
    assert lines[-1]["failed"] == 1
    assert lines[-1]["failures"][0]["where"] == f"{desk.site.url}/gone"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["news.example/rss"], "expected an address"),
        (["http://a.example/", "--every", "soon"], "90s, 15m, 2h or 1d"),
        (["http://a.example/", "--every", "5s"], "at least 60 s between two polls"),
        (["http://a.example/", "--user-agent", "the desk"], "without spaces"),
        ([], "Missing argument 'FEEDS...'"),
    ],
)
def test_wrong_usage(run: Any, arguments: list[str], words: str) -> None:
    shown = run(*arguments)
    assert shown.exit_code == 2
    assert words in shown.output
    assert "Traceback" not in shown.output


@pytest.mark.model
def test_events_come_of_a_feed(desk: Desk, run: Any) -> None:
    desk.list(1)
    shown = run(desk.feed, "--once", "--allow-private", "--pace", "0")
    assert shown.exit_code == 0
    assert "1 feed: 1 new, 1 article added" in shown.stdout
    assert {(e.event.source_countries, e.event.type) for e in desk.observatory.events()} == {
        (("NOR",), "SUPPORT"), (("EST",), "SUPPORT")
    }  # fmt: skip


# The guide


def paper(site: Site) -> None:
    """The small newspaper of docs/guides/watch.md: two articles, a link that leads nowhere, an ETag."""

    def page(path: str, title: str, day: str, text: str) -> dict[str, str]:
        head = f'<meta property="og:site_name" content="Fjord Post"><meta property="article:published_time" content="{day}T08:00:00+01:00">'
        site.page(
            path, f"<html><head>{head}</head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
        )
        return {"title": title, "link": path}

    entries = [
        page("/ferries", "Norway and Estonia sign ferry accord", "2021-03-02",
             "Norway and Estonia signed an accord on ferry safety in Tallinn on Tuesday, three weeks after two ships collided in fog."),
        page("/logbook", "Norway accuses Estonia over logbook", "2021-03-05",
             "Norway accused Estonia on Friday of hiding the logbook of the freighter."),
        {"title": "Divers go home", "link": "/divers"},
    ]  # fmt: skip
    items = "".join(f"<item><title>{e['title']}</title><link>{e['link']}</link></item>" for e in entries)
    rss = f'<rss version="2.0"><channel><title>Fjord Post</title>{items}</channel></rss>'.encode()
    kinds = {"Content-Type": "application/rss+xml", "ETag": '"7"'}
    site.pages["/feed.xml"] = lambda request: (
        (304, {}, b"") if request.headers["If-None-Match"] == '"7"' else (200, kinds, rss)
    )


def settled(text: str) -> str:
    """Output without what differs from run to run: times, the port, and what is made of it."""
    text = re.sub(r"\b(?:[0-9a-f]{16}|[0-9a-f]{8})\b", "ID", text)  # of an address, and so of its port
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", "TIME", text)
    return re.sub(r'"seconds":[\d.]+', '"seconds":0', re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8765", text)).strip()


@pytest.mark.model
def test_the_guide_shows_what_the_commands_print(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper(site)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    guide = (Path(__file__).parents[1] / "docs/guides/watch.md").read_text("utf8")
    shown = re.findall(
        r"^\$ detente (.*)\n((?:(?!\$ |```).*\n)*)",
        "".join(re.findall(r"```text\n(.*?)```", guide, re.DOTALL)),
        re.MULTILINE,
    )
    assert len(shown) >= 4
    for words, output in shown:
        command = words.replace("http://127.0.0.1:8765", site.url).split()
        if command[0] == "watch":
            command += ["--pace", "0"]
        printed = "\n".join(line.rstrip() for line in CliRunner().invoke(app, command).output.splitlines())
        assert settled(printed) == settled(output), words
