"""Fetching from a web server of the tests' own, on loopback: limits, redirects, robots.txt, pace."""

from __future__ import annotations

import contextlib
import gzip
import os
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from detente.sources.fetching import Answer, Client, Fetcher, FetchError, Limits, NotYet, back_off, target_of
from detente.sources.fetching.pace import LONGEST_ASKED, Pace
from detente.sources.fetching.robots import LONGEST

if TYPE_CHECKING:
    from conftest import Site

AGENT = "detente/test (+mailto:desk@example.org)"
CERTIFICATE = Path(__file__).parent / "certificates" / "fjord.example.pem"
MB = 1024 * 1024
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


class FakeClock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.time, self.slept = 1_800_000_000.0, list[float]()

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds


def client(**limits: float) -> Client:
    return Client(agent=AGENT, allow_private=True, limits=Limits(**limits))  # type: ignore[arg-type]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fetcher(clock: FakeClock) -> Fetcher:
    return Fetcher(client(), clock, pace=5.0)


def get(url: str, **limits: float) -> Answer:
    return client(**limits).get(target_of(url))


def refused(url: str, **limits: float) -> FetchError:
    with pytest.raises(FetchError) as error:
        get(url, **limits)
    return error.value


def test_a_page_with_nothing_that_tells_on_the_reader(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No cookies, no referrer, no credentials of the environment, and no proxy of it."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login desk password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://desk:secret@127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://desk:secret@127.0.0.1:9")
    site.page(
        "/a", "<p>Hello</p>", Set_Cookie="id=1; Path=/", ETag='"v1"', Last_Modified="Tue, 02 Mar 2021 08:00:00 GMT"
    )
    for _ in range(2):
        answer = get(f"{site.url}/a#part")
    assert (answer.status, answer.body, answer.charset) == (200, b"<p>Hello</p>", "utf-8")
    assert answer.validator("etag") == '"v1"'
    assert [path for path, _ in site.asked] == ["/a", "/a"]
    assert site.asked[1][1] == {
        "Host": f"127.0.0.1:{site.port}",
        "User-Agent": AGENT,
        "Accept-Encoding": "gzip, deflate, br",
        "Connection": "close",
    }


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("identity", bytes),
    ],
)
def test_packed_pages_are_unpacked(site: Site, name: str, pack: Callable[[bytes], bytes]) -> None:
    text = os.urandom(1000).hex().encode() * 200
    url = site.page("/a", pack(text), Content_Encoding=name)
    assert get(url).body == text


def test_brotli_is_unpacked_and_its_bombs_are_not(site: Site) -> None:
    brotli = pytest.importorskip("brotli")
    assert get(site.page("/a", brotli.compress(b"Hello"), Content_Encoding="br")).body == b"Hello"
    error = refused(site.page("/b", brotli.compress(bytes(100 * MB), quality=1), Content_Encoding="br"), bytes=MB)
    assert "sends more once unpacked" in str(error)


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_a_bomb_is_left_at_the_limit(site: Site, name: str) -> None:
    """200 MB in one: what is unpacked stays near the limit, in memory too."""
    import tracemalloc

    packer = zlib.compressobj(1, zlib.DEFLATED, 31 if name == "gzip" else 15)
    packed = b"".join(packer.compress(bytes(MB)) for _ in range(200)) + packer.flush()
    url = site.page("/bomb", packed, Content_Encoding=name)
    get(site.page("/warm", "x"))
    tracemalloc.start()
    error = refused(url, bytes=2 * MB)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "expected at most 2 MB" in str(error)
    assert not error.again
    assert peak < 8 * MB


def test_packings_on_top_of_each_other_and_broken_ones_are_refused(site: Site) -> None:
    twice = gzip.compress(gzip.compress(b"Hello"))
    assert "as packing" in str(refused(site.page("/a", twice, Content_Encoding="gzip, gzip")))
    assert "as packing" in str(refused(site.page("/b", b"Hello", Content_Encoding="zstd")))
    assert refused(site.page("/c", b"Hello, I am no gzip", Content_Encoding="gzip")).again


@pytest.mark.parametrize(
    "kind", ["image/png", "application/pdf", "application/octet-stream", "video/mp4", "text/css", "x"]
)
def test_only_pages_feeds_and_text_are_taken(site: Site, kind: str) -> None:
    assert "expected a page, a feed or text" in str(refused(site.page("/a", "x", kind)))


@pytest.mark.parametrize(
    "kind", ["text/html", "TEXT/HTML;charset=x", "text/plain", "application/rss+xml", "application/atom+xml; charset=utf-8",
             "application/feed+json", "application/json", "text/xml", "application/xhtml+xml"],
)  # fmt: skip
def test_kinds_that_are_taken(site: Site, kind: str) -> None:
    assert get(site.page("/a", "x", kind)).body == b"x"


def test_a_long_page_is_refused_before_it_is_sent(site: Site) -> None:
    site.pages["/a"] = (200, {"Content-Type": "text/html", "Content-Length": str(50 * MB)}, b"x")
    assert "has 50 MB" in str(refused(f"{site.url}/a"))


def test_a_page_that_is_cut_off_on_the_way_is_no_page(site: Site) -> None:
    site.pages["/a"] = (200, {"Content-Type": "text/html", "Content-Length": "100"}, b"Half of it")
    site.pages["/b"] = drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\nHalf of it", b"", times=0)
    for path in ("/a", "/b"):
        error = refused(site.url + path)
        assert (error.again, error.host) == (True, False)


def drip(head: bytes, drop: bytes, pause: float = 0.02, times: int = 2000) -> Callable[[BaseHTTPRequestHandler], None]:
    """Sends `head`, then `drop` again and again, until nobody listens."""

    def page(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(head)
        try:
            for _ in range(times):
                request.wfile.write(drop)
                request.wfile.flush()
                time.sleep(pause)
        except OSError:
            pass

    return page


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (HEAD + b"\r\n", b"x"),  # a body that never ends
        (HEAD + b"Content-Length: 100000\r\n\r\n", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n"),  # trailers
        (b"H", b""),  # a status line that never comes
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),  # a header that never ends
    ],
)
def test_who_drips_is_left_at_the_deadline(site: Site, head: bytes, drop: bytes) -> None:
    site.pages["/a"] = drip(head, drop)
    began = time.monotonic()
    error = refused(f"{site.url}/a", total=0.4)
    assert time.monotonic() - began < 10  # it drips for 40
    assert "it was not done in 0.4 s" in str(error)
    assert error.again


def test_who_falls_silent_is_left_sooner(site: Site) -> None:
    def silent(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(HEAD + b"\r\nHello")
        request.wfile.flush()
        time.sleep(0.8)

    site.pages["/a"] = silent
    assert "did not answer in time" in str(refused(f"{site.url}/a", wait=0.2, total=30))


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-%d: y\r\n" % 1 * 500),  # too many headers
        (b"HTTP/1.1 200 OK\r\nX: ", b"y" * 50_000),  # too long a header
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500),  # interim answers without end
        (b"", b"\x16\x03\x01 no web at all " * 500),
    ],
)
def test_headers_have_a_limit(site: Site, head: bytes, drop: bytes) -> None:
    site.pages["/a"] = drip(head, drop, pause=0)
    refused(f"{site.url}/a", total=20)


def test_endless_bytes_are_left_at_the_limit(site: Site) -> None:
    site.pages["/a"] = drip(HEAD + b"\r\n", b"x" * 65536, pause=0)
    assert "expected at most 1 MB" in str(refused(f"{site.url}/a", bytes=MB))
    site.pages["/b"] = drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n" * 1000, pause=0)
    error = refused(f"{site.url}/b", bytes=MB)
    assert "it sent more than it may" in str(error)
    assert not error.again


def test_a_port_where_nobody_listens(clock: FakeClock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        error = refused(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert "could not be asked (Connection refused)" in str(error)
    assert error.again
    assert error.host


@pytest.fixture
def encrypted() -> tuple[int, list[tuple[str | None, str | None]]]:
    """A TLS server on loopback whose certificate is that of fjord.example: (port, (server name, Host) of each request)."""
    seen: list[tuple[str | None, str | None]] = []
    names: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append((names[-1], self.headers["Host"]))
            moved = self.path == "/plain"
            self.send_response(301 if moved else 200)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"Hello")

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(HTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.sni_callback = lambda sock, name, context: names.append(name)  # type: ignore[assignment]
    server = Server(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.01}).start()
    yield server.server_address[1], seen  # type: ignore[misc]
    server.shutdown()
    server.server_close()


def trusting() -> Client:
    context = ssl.create_default_context(cafile=CERTIFICATE)
    return Client(agent=AGENT, allow_private=True, resolve=lambda host, port: ["127.0.0.1"], tls=context)


def test_the_pinned_address_is_asked_by_the_name_of_the_url(
    encrypted: tuple[int, list[tuple[str | None, str | None]]],
) -> None:
    port, seen = encrypted
    answer = trusting().get(target_of(f"https://fjord.example:{port}/a"))
    assert answer.body == b"Hello"
    assert seen == [("fjord.example", f"fjord.example:{port}")]


def test_a_certificate_of_somebody_else_is_refused(encrypted: tuple[int, list[tuple[str | None, str | None]]]) -> None:
    port, seen = encrypted
    with pytest.raises(FetchError, match=r"certificate of other.example is not to be trusted") as error:
        trusting().get(target_of(f"https://other.example:{port}/"))
    assert not error.value.again
    unknown = Client(agent=AGENT, allow_private=True, resolve=lambda host, port: ["127.0.0.1"])
    with pytest.raises(FetchError, match=r"certificate of fjord.example is not to be trusted"):
        unknown.get(target_of(f"https://fjord.example:{port}/"))
    assert seen == []


def test_a_redirect_out_of_encryption_is_not_followed(
    encrypted: tuple[int, list[tuple[str | None, str | None]]], clock: FakeClock
) -> None:
    port, seen = encrypted
    with pytest.raises(FetchError, match="from https to http: not followed"):
        Fetcher(trusting(), clock, pace=0.0).fetch(f"https://fjord.example:{port}/plain")
    with pytest.raises(FetchError, match="could not be asked"):
        Fetcher(trusting(), clock, pace=0.0, downgrade=True).fetch(f"https://fjord.example:{port}/plain")
    assert [host for host, _ in seen] == ["fjord.example"] * 4


# Redirects


def moved(to: str, status: int = 302) -> tuple[int, dict[str, str], bytes]:
    return status, {"Location": to}, b""


def test_redirects_are_followed_to_the_end(site: Site, fetcher: Fetcher) -> None:
    for number, status in enumerate((301, 302, 303, 307, 308)):
        site.pages[f"/{number}"] = moved(f"{number + 1}", status)
    site.page("/5", "there")
    answer = fetcher.fetch(f"{site.url}/0")
    assert (answer.body, answer.target.path) == (b"there", "/5")
    site.pages["/00"] = moved("/0")
    with pytest.raises(FetchError, match="more than 5 redirects"):
        fetcher.fetch(f"{site.url}/00")


def test_redirects_in_a_circle(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"], site.pages["/b"] = moved("/b"), moved("/a#again")
    with pytest.raises(FetchError, match="in a circle") as error:
        fetcher.fetch(f"{site.url}/a")
    assert not error.value.again
    assert site.paths() == ["/a", "/b"]


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://u:p@127.0.0.1/", "http://[", "", "gopher:x"]
)
def test_redirects_to_what_is_not_fetched(site: Site, fetcher: Fetcher, to: str) -> None:
    site.pages["/a"] = moved(to)
    with pytest.raises(FetchError) as error:
        fetcher.fetch(f"{site.url}/a")
    assert not error.value.again
    assert site.paths() == ["/a"]


INSIDE = ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fd00::1", "64:ff9b::a00:1"]


@pytest.mark.parametrize("address", INSIDE)
@pytest.mark.parametrize("by_name", [False, True])
def test_redirects_to_private_addresses(
    site: Site, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, address: str, by_name: bool
) -> None:
    """A public site that sends the reader inside: loopback stands for the public address of the first hop alone."""
    host = "inner.example.org" if by_name else f"[{address}]" if ":" in address else address
    site.pages["/a"] = moved(f"http://{host}:{site.port}/secret")
    site.page("/secret", "credentials")
    known = {"public.example.org": ["93.184.215.14"], "inner.example.org": [address], address: [address]}
    connections: list[str] = []
    real = socket.create_connection

    def connect(at: tuple[str, int], *more: object, **rest: object) -> socket.socket:
        connections.append(at[0])
        return real(("127.0.0.1", at[1]) if at[0] == "93.184.215.14" else at, *more, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_connection", connect)
    public = Client(agent=AGENT, resolve=lambda name, port: known[name])
    with pytest.raises(FetchError, match="not asked") as error:
        Fetcher(public, clock, pace=0.0).fetch(f"http://public.example.org:{site.port}/a")
    assert not error.value.again
    assert site.paths() == ["/a"]
    assert set(connections) == {"93.184.215.14"}


def test_a_name_that_changes_between_check_and_connection_gains_nothing(
    site: Site, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the connection goes to the address that was checked, and the system's resolver is not asked again."""
    site.page("/a", "Hello")
    answers = iter([["93.184.215.14"]] * 2)  # for robots.txt and the page; a third question would fail
    connections: list[tuple[str, int]] = []
    real = socket.create_connection

    def connect(at: tuple[str, int], *more: object, **rest: object) -> socket.socket:
        connections.append(at)
        return real(("127.0.0.1", at[1]), *more, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_connection", connect)
    public = Client(agent=AGENT, resolve=lambda name, port: next(answers))
    assert Fetcher(public, clock, pace=0.0).fetch(f"http://feeds.example.org:{site.port}/a").body == b"Hello"
    assert connections == [("93.184.215.14", site.port)] * 2
    assert site.asked[1][1]["Host"] == f"feeds.example.org:{site.port}"


# What a server asks for


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = (304, {}, b"")
    answer = fetcher.fetch(f"{site.url}/a", etag='W/"v1"', modified="Tue, 02 Mar 2021 08:00:00 GMT")
    assert (answer.status, answer.body) == (304, b"")
    headers = site.asked[-1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('W/"v1"', "Tue, 02 Mar 2021 08:00:00 GMT")


def test_a_validator_that_could_smuggle_a_header_is_not_kept(site: Site) -> None:
    site.pages["/a"] = (200, {"Content-Type": "text/html", "ETag": '"a\u00e9"', "Last-Modified": "x" * 600}, b"x")
    answer = get(f"{site.url}/a")
    assert answer.validator("etag") is None
    assert answer.validator("last-modified") is None


def test_requests_to_one_host_keep_their_distance(site: Site, fetcher: Fetcher, clock: FakeClock) -> None:
    site.page("/a", "x")
    for _ in range(3):
        fetcher.fetch(f"{site.url}/a")
    assert clock.slept == [5.0, 5.0, 5.0]  # robots.txt was the first of four requests
    clock.time += 3
    fetcher.fetch(f"{site.url}/a")
    assert clock.slept[-1] == 2.0


def test_the_pace_holds_for_redirects_too(site: Site, fetcher: Fetcher, clock: FakeClock) -> None:
    site.pages["/a"] = moved("/b")
    site.page("/b", "x")
    fetcher.fetch(f"{site.url}/a")
    assert clock.slept == [5.0, 5.0]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_honoured(site: Site, fetcher: Fetcher, clock: FakeClock, status: int, as_date: bool) -> None:
    written = formatdate(clock.now() + 5 + 900, usegmt=True) if as_date else "900"
    site.pages["/a"] = (status, {"Retry-After": written}, b"")
    site.page("/b", "x")
    with pytest.raises(FetchError) as error:
        fetcher.fetch(f"{site.url}/a")
    assert error.value.again
    assert error.value.after == pytest.approx(900, abs=1)
    with pytest.raises(NotYet) as wait:  # the whole host is left alone, and nothing is asked
        fetcher.fetch(f"{site.url}/b")
    assert wait.value.seconds == pytest.approx(900, abs=1)
    assert site.paths() == ["/a"]
    clock.time += 901
    assert fetcher.fetch(f"{site.url}/b").status == 200
    assert fetcher.wait(site.url) == 5.0


def test_a_retry_after_beyond_reason_is_cut(site: Site, fetcher: Fetcher, clock: FakeClock) -> None:
    site.pages["/a"] = (429, {"Retry-After": "99999999999"}, b"")
    with pytest.raises(FetchError):
        fetcher.fetch(f"{site.url}/a")
    assert fetcher.wait(site.url) == LONGEST_ASKED


@pytest.mark.parametrize("written", ["soon", "-5", "Tue, 99 Foo 2021", "1e9", "", "\u0661"])
def test_a_retry_after_that_means_nothing(site: Site, fetcher: Fetcher, written: str) -> None:
    site.pages["/a"] = (503, {"Retry-After": written.encode("utf-8").decode("latin-1")}, b"")
    with pytest.raises(FetchError) as error:
        fetcher.fetch(f"{site.url}/a")
    assert error.value.after is None
    assert 48 <= fetcher.wait(site.url) <= 72


@pytest.mark.parametrize(
    ("status", "again"), [(400, False), (401, False), (403, False), (404, False), (410, False), (418, False), (451, False),
                          (408, True), (425, True), (429, True), (500, True), (502, True), (504, True), (204, False), (305, False)]
)  # fmt: skip
def test_which_answers_are_worth_another_try(site: Site, fetcher: Fetcher, status: int, again: bool) -> None:
    site.pages["/a"] = (status, {}, b"")
    with pytest.raises(FetchError, match=f"HTTP {status}") as error:
        fetcher.fetch(f"{site.url}/a")
    assert (error.value.again, error.value.status) == (again, status)


def test_back_off_doubles_is_bounded_and_is_the_same_everywhere(clock: FakeClock) -> None:
    waits = [back_off("example.org", n) for n in range(1, 40)]
    assert waits == [back_off("example.org", n) for n in range(1, 40)]
    for n, wait in enumerate(waits[:8]):
        assert 0.8 * 60 * 2**n <= wait <= 1.2 * 60 * 2**n
    assert max(waits) <= 1.2 * 86400
    assert len({back_off(f"{n}.example.org", 1) for n in range(50)}) == 50
    pace = Pace(clock, least=5.0)
    for _ in range(3):
        pace.failed("example.org")
    assert pace.wait("example.org") == pytest.approx(waits[2])
    pace.answered("example.org")
    pace.failed("example.org")
    assert pace.wait("example.org") == pytest.approx(waits[0])


def test_a_clock_that_is_put_back_does_not_stop_a_host_for_good(clock: FakeClock) -> None:
    pace = Pace(clock, least=5.0)
    pace.asked("example.org")
    clock.time -= 10 * 365 * 86400
    assert pace.wait("example.org") == 5.0
    clock.time += 20 * 365 * 86400
    assert pace.wait("example.org") == 0.0


# robots.txt


def test_robots_txt_is_done_as_it_says_and_asked_for_once_a_day(site: Site, fetcher: Fetcher, clock: FakeClock) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/news$\n", "text/plain")
    for path in ("/a", "/private/a", "/private/news"):
        site.page(path, "x")
    assert fetcher.fetch(f"{site.url}/a").status == 200
    with pytest.raises(FetchError, match="asks not to fetch this") as error:
        fetcher.fetch(f"{site.url}/private/a")
    assert not error.value.again
    assert fetcher.fetch(f"{site.url}/private/news").status == 200
    assert site.paths() == ["/a", "/private/news"]
    clock.time += 23 * 3600
    fetcher.fetch(f"{site.url}/a")
    assert [path for path, _ in site.asked].count("/robots.txt") == 1
    clock.time += 2 * 3600
    fetcher.fetch(f"{site.url}/a")
    assert [path for path, _ in site.asked].count("/robots.txt") == 2


def test_a_site_may_mean_this_program_by_its_name(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow:\n\nUser-agent: Detente\nDisallow: /\n", "text/plain")
    with pytest.raises(FetchError, match="asks not to fetch this"):
        fetcher.fetch(f"{site.url}/a")


def test_crawl_delay_goes_before_the_pace(site: Site, fetcher: Fetcher, clock: FakeClock) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 40\n", "text/plain")
    site.page("/a", "x")
    for _ in range(3):
        fetcher.fetch(f"{site.url}/a")
    assert clock.slept == [5.0, 40.0, 40.0]
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 3600\n", "text/plain")
    clock.time += 90_000
    fetcher.fetch(f"{site.url}/a")
    with pytest.raises(NotYet):  # nobody waits an hour within a poll
        fetcher.fetch(f"{site.url}/a")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_robots_txt_forbids_nothing(site: Site, fetcher: Fetcher, status: int) -> None:
    site.pages["/robots.txt"] = (status, {}, b"")
    assert fetcher.fetch(site.page("/a", "x")).status == 200


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_a_robots_txt_that_cannot_be_had_forbids_everything(
    site: Site, fetcher: Fetcher, clock: FakeClock, status: int
) -> None:
    site.pages["/robots.txt"] = (status, {}, b"")
    site.page("/a", "x")
    with pytest.raises(FetchError, match=r"its robots.txt cannot be had") as error:
        fetcher.fetch(f"{site.url}/a")
    assert error.value.again
    assert site.paths() == []
    clock.time += 3601
    site.pages["/robots.txt"] = (404, {}, b"")
    assert fetcher.fetch(f"{site.url}/a").status == 200


def test_an_older_robots_txt_holds_while_a_new_one_cannot_be_had(
    site: Site, fetcher: Fetcher, clock: FakeClock
) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    site.page("/a", "x")
    fetcher.fetch(f"{site.url}/a")
    site.pages["/robots.txt"] = (500, {}, b"")
    clock.time += 25 * 3600
    assert fetcher.fetch(f"{site.url}/a").status == 200
    with pytest.raises(FetchError, match="asks not to fetch this"):
        fetcher.fetch(f"{site.url}/private")


def test_robots_txt_may_be_moved_be_long_and_be_no_text(site: Site, clock: FakeClock) -> None:
    site.page("/a", "x")

    def allowed() -> bool:
        before = len(site.paths())
        with contextlib.suppress(FetchError):
            Fetcher(client(), clock, pace=0.0).fetch(f"{site.url}/a")
        return "/a" in site.paths()[before:]

    rule = "User-agent: *\nDisallow: /a\n"
    site.pages["/robots.txt"] = moved("/elsewhere")
    site.page("/elsewhere", rule, "text/plain")
    assert not allowed()
    site.pages["/elsewhere"] = moved("/robots.txt")  # in a circle: unavailable, as RFC 9309 has it
    assert allowed()
    site.page("/robots.txt", rule + "#" * 3 * LONGEST, "text/plain")  # cut, not refused
    assert not allowed()
    site.page("/robots.txt", bytes(range(256)) * 20, "text/plain")
    assert allowed()
    site.page("/robots.txt", b"\x89PNG", "image/png")
    assert allowed()
    site.page("/robots.txt", "User-agent: *\nDisallow: /" + "*a" * 5000 + "b\n", "text/plain")
    assert allowed()


def test_what_was_learnt_of_hosts_serves_the_next_run(site: Site, clock: FakeClock) -> None:
    site.page("/a", "x")
    first = Fetcher(client(), clock, pace=5.0)
    first.fetch(f"{site.url}/a")
    second = Fetcher(client(), clock, pace=5.0, hosts=first.hosts(), rules=first.rules())
    second.fetch(f"{site.url}/a")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/a"]
    assert clock.slept == [5.0, 5.0]
