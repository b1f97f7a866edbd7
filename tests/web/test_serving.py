"""The server itself, over raw sockets: what a browser would never send, what never ends, and many at once."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import uvicorn

from detente.errors import TooSlowError, UsageError
from detente.observatory import Observatory
from detente.store import time_limit
from detente.web import patience
from detente.web.access import Access, access
from detente.web.serving import bound, server_of

TOKEN = "0123456789abcdef0123"


@contextmanager
def running(observatory: Observatory, granted: Access) -> Iterator[int]:
    with bound("127.0.0.1", 0) as listening:
        server: uvicorn.Server = server_of(observatory, granted)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            for _ in range(400):
                if server.started:
                    break
                time.sleep(0.05)
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(20)


@pytest.fixture
def empty(tmp_path: Path) -> Observatory:
    return Observatory.create(tmp_path / "observatory")


@pytest.fixture
def port(empty: Observatory) -> Iterator[int]:
    with running(empty, Access(body=10_000)) as found:
        yield found


def told(port: int, request: bytes, *, ends: bool = False) -> bytes:
    """What the server sends back, up to the end of the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request)
        if ends:
            line.shutdown(socket.SHUT_WR)
        found = b""
        while piece := line.recv(65_536):
            found += piece
        return found


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (b"GET /api/v1/about HTTP/1.1\r\nHost: 127.0.0.1:1\r\nConnection: close\r\n\r\n", 200),
        (b"GET /api/v1/about HTTP/1.1\r\nhOST: LOCALHOST\r\nConnection: close\r\n\r\n", 200),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: [::1]:99\r\nConnection: close\r\n\r\n", 200),
        (b"GET /api/v1/about HTTP/1.0\r\n\r\n", 421),
        (b"GET /api/v1/about HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: localhost, evil.example\r\nConnection: close\r\n\r\n", 421),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: localhost@evil.example\r\nConnection: close\r\n\r\n", 421),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: evil.example@localhost\r\nConnection: close\r\n\r\n", 421),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: localhost.\r\nConnection: close\r\n\r\n", 421),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: [::ffff:127.0.0.1]\r\nConnection: close\r\n\r\n", 421),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: 2130706433\r\nConnection: close\r\n\r\n", 421),
        (b"GET http://evil.example/api/v1/about HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
        (b"GET http://localhost/api/v1/about HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421),
        (b"GET //api/v1/about HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421),
        (b"CONNECT evil.example:80 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost@evil.example\r\nConnection: close\r\n\r\n", 403),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost.evil.example\r\nConnection: close\r\n\r\n", 403),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: localhost\r\nOrigin: http://LOCALHOST\r\nConnection: close\r\n\r\n", 200),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nOrigin: http://evil.example\r\n"
         b"Connection: close\r\n\r\n", 403),
        (b"POST /api/v1/verdicts HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\nConnection: close\r\n\r\n", 400),
        (b"POST /api/v1/verdicts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n", 413),
        (b"POST /api/v1/verdicts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
         + b"1000\r\n" + b"x" * 4096 + b"\r\n1000\r\n" + b"x" * 4096 + b"\r\n1000\r\n" + b"x" * 4096 + b"\r\n0\r\n\r\n", 413),
        (b"GET /api/v1/about?" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 414),
        (b"GET /api/v1/about HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", 431),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    ],
)  # fmt: skip
def test_what_a_browser_would_never_send(port: int, request_: bytes, expected: int) -> None:
    assert status(told(port, request_)) == expected


def test_whoever_does_not_go_on_asking_is_left(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "ASKING", 0.3)
    for begun in (b"", b"GET /api/v1/about HT", b"GET /api/v1/about HTTP/1.1\r\nHost: localhost\r\nX: a"):
        start = time.monotonic()
        with _either():
            assert told(port, begun) == b""
        assert time.monotonic() - start < 10


@contextmanager
def _either() -> Iterator[None]:
    """A connection that is ended at once may look like one that was reset."""
    try:
        yield
    except ConnectionResetError:
        return


def test_a_body_that_does_not_come_is_not_waited_for(empty: Observatory) -> None:
    with running(empty, Access(seconds=0.5)) as port:
        request = b"POST /api/v1/verdicts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
        answer = told(port, request)
        assert status(answer) == 408
        assert b"within 0.5 seconds" in answer
        assert httpx.get(f"http://127.0.0.1:{port}/api/v1/about").status_code == 200


def test_a_slow_question_is_ended_and_not_the_server(empty: Observatory) -> None:
    with pytest.raises(TooSlowError), time_limit(0):
        list(empty.events())
    with running(empty, Access(seconds=1e-9)) as port:
        answer = httpx.get(f"http://127.0.0.1:{port}/api/v1/events")
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        assert "ask for less" in answer.json()["detail"]


def test_the_log_holds_no_parameter_and_no_token(
    empty: Observatory, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "token").write_text(TOKEN)
    granted = access("127.0.0.1", token_file=tmp_path / "token")
    with caplog.at_level(logging.INFO), running(empty, granted) as port:
        head = {"authorization": f"Bearer {TOKEN}"}
        for address in ("/api/v1/events?source=secretive", f"/api/v1/about?token={TOKEN}", "/api/v1/a%0Ab?q=secretive"):
            httpx.get(f"http://127.0.0.1:{port}{address}", headers=head)
    own = [record.getMessage() for record in caplog.records if record.name.startswith(("detente", "uvicorn"))]
    assert any("/api/v1/events" in line for line in own)
    assert not any(TOKEN in line or "secretive" in line or "\n" in line for line in own)


def test_a_place_that_is_taken() -> None:
    with bound("127.0.0.1", 0) as first:
        first.listen()
        with pytest.raises(UsageError, match="--port"):
            bound("127.0.0.1", first.getsockname()[1])
    with pytest.raises(UsageError, match="--port"):
        bound("192.0.2.1", 0)


def test_many_read_while_one_writes(tmp_path: Path) -> None:
    """A small sister of benchmarks/serve.py."""
    observatory = Observatory.create(tmp_path / "observatory")

    def rows(turn: int) -> Path:
        lines = ["date,source,target,type,id"]
        lines += [
            f"20{18 + n % 4}-0{n % 9 + 1}-11,NOR,FIN,{('CONSULT', 'ACCUSE')[n % 2]},{turn}-{n}" for n in range(80)
        ]
        path = tmp_path / f"rows{turn}.csv"
        path.write_text("\n".join(lines))
        return path

    observatory.import_events(rows(0), origin="ours")
    with running(observatory, replace(Access(), seconds=60)) as port, ThreadPoolExecutor(12) as pool:
        paths = ("/about", "/events?limit=20", "/dyads/NOR/FIN/page", "/board", "/network", "/names")

        def ask(number: int) -> int:
            return httpx.get(f"http://127.0.0.1:{port}/api/v1{paths[number % len(paths)]}", timeout=60).status_code

        answers = [pool.submit(ask, number) for number in range(120)]
        for turn in range(1, 6):
            observatory.import_events(rows(turn), origin="ours")
        assert {one.result() for one in answers} == {200}
        counted = httpx.get(f"http://127.0.0.1:{port}/api/v1/about").json()["counts"]["imported"]
    assert counted == 480
