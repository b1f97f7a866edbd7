"""Shared by all tests: the trained pipeline is loaded once; a web server on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from detente.observatory import Observatory
    from detente.reading.reader import Reader


@pytest.fixture(scope="session")
def nlp() -> Language:
    from detente.reading.pipeline import load

    return load()


@pytest.fixture(scope="session")
def reader(nlp: Language) -> Reader:
    from detente.reading.reader import Reader

    return Reader(nlp=nlp)


@pytest.fixture(scope="session")
def frames() -> Reader:
    """A reader without a judge: what the frames alone give."""
    from detente.reading.reader import Reader

    return Reader(judge="rules")


@pytest.fixture(scope="session")
def demo(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """An observatory of the example articles: to be asked, never to be changed."""
    from detente.cli.examples import examples
    from detente.observatory import Observatory

    observatory = Observatory.create(tmp_path_factory.mktemp("demo") / "observatory")
    with examples() as articles:
        observatory.add([articles], reader=reader)
    return observatory


type Page = tuple[int, dict[str, str], bytes]


class Site:
    """A web server on loopback, in this process. `pages` holds what it answers: a page, or a function that makes one of a
    request (path, headers), or writes to the socket itself. `asked` holds every request: path and headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | Callable[[BaseHTTPRequestHandler], Page | None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                page = site.pages.get(self.path, (404, {}, b""))
                found = page(self) if callable(page) else page
                if found is None:
                    return
                status, headers, body = found
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                pass  # whoever asked has hung up, as tests of limits do

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        Thread(target=self._server.serve_forever, daemon=True, kwargs={"poll_interval": 0.01}).start()

    def page(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Puts a page up; gives its address."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (200, {"Content-Type": kind} | {k.replace("_", "-"): v for k, v in headers.items()}, data)
        return self.url + path

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()
