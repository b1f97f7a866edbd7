"""The server under load, beside a bare FastAPI route in the same run; its memory; and one pair's page out of a million events.

    python benchmarks/serve.py [--readers 50] [--seconds 10] [--requests 10000] [--rows 1000000]

1. READERS connections ask without a pause for SECONDS: a bare route (a constant, no observatory), then an observatory of the example articles,
   then the same while another process adds articles to it. Nobody sends an ETag, so that each answer is sent whole; the bare
   route answers with as many bytes. Each address has been asked for once before.
2. Memory of the server before and after REQUESTS more, over many different addresses.
3. The page of two countries in an observatory of ROWS imported events, each time with another limit, so that no answer is a kept one,
   beside the one DuckDB query behind it: the pair's events of the same limit. And what working all series out costs. --rows 0 leaves it out.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

HERE = Path(__file__).resolve().parent
PATHS = (
    "/about", "/names", "/board?by=quarter&min_events=1", "/events?limit=100", "/quotes", "/network", "/sources",
    "/dyads/GRC/TUR?by=quarter", "/dyads/GRC/TUR/page?by=quarter", "/search?q=Aegean", "/articles", "/calendar",
)  # fmt: skip
BARE = """
import sys
import uvicorn
from fastapi import FastAPI, Response
app = FastAPI()
@app.get("/api/v1/bare/{size}")
def bare(size: int) -> Response:
    return Response(b"x" * size, media_type="application/json")
uvicorn.run(app, port=int(sys.argv[1]), log_level="warning", access_log=False, lifespan="off", loop="asyncio", http="h11")
"""


@dataclass(slots=True)
class Load:
    """What readers saw: seconds and bytes of each answer, and what was no answer."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def told(self) -> str:
        """In words."""
        cut = statistics.quantiles(self.seconds, n=100)
        return (
            f"{len(self.seconds):>7,} answers, median {1e3 * cut[49]:6.1f} ms, p95 {1e3 * cut[94]:6.1f} ms, p99 "
            f"{1e3 * cut[98]:6.1f} ms, {len(self.errors)} errors"
        )

    @property
    def p95(self) -> float:
        """Seconds that one answer in twenty takes longer than."""
        return statistics.quantiles(self.seconds, n=100)[94]


async def _reader(port: int, address: Callable[[], str | None], load: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (path := address()) is not None:
        start = time.perf_counter()
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            size = int(head.partition("content-length:")[2].partition("\r\n")[0])
            await reader.readexactly(size)
            load.sizes.append(size)
        except (OSError, EOFError, ValueError) as error:
            load.errors.append(f"{path}: {error!r}")
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        load.seconds.append(time.perf_counter() - start)
        if " 200 " not in head[:20]:
            load.errors.append(f"{path}: {head[:20]}")
    writer.close()


def read(port: int, readers: int, address: Callable[[], str | None]) -> Load:
    """So many connections, each asking for one address after another, until there is none."""

    async def all_of_them() -> Load:
        load = Load()
        await asyncio.gather(*(_reader(port, address, load) for _ in range(readers)))
        return load

    return asyncio.run(all_of_them())


def until(end: Callable[[], bool], paths: tuple[str, ...]) -> Callable[[], str | None]:
    """One path after the other, over and over, until the end."""
    numbers = count()
    return lambda: None if end() else "/api/v1" + paths[next(numbers) % len(paths)]


def lasting(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


@contextmanager
def process(*command: object) -> Iterator[subprocess.Popen[bytes]]:
    found = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield found
    finally:
        found.terminate()
        found.wait(20)


def free_port() -> int:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def ready(port: int, path: str) -> None:
    """Waits until the server answers."""
    for _ in range(300):
        try:
            read(port, 1, iter([path, None]).__next__)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"no server at {port}")


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    with process(Path(sys.executable).with_name("detente"), "serve", folder, "--port", port) as server:
        ready(port, "/api/v1/about")
        yield server, port


def memory(pid: int) -> float:
    """MB that a process holds now."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def adding(folder: Path) -> None:
    """What the other process does: articles without end, a commit for every ten, until it is told to stop."""
    from detente import Observatory

    observatory = Observatory.open(folder)
    names = ("title", "text", "published", "source")
    held = [{name: getattr(one.article, name) for name in names} for one in list(observatory.articles())[:11]]
    for turn in range(10_000):
        lines = [json.dumps(one | {"id": f"turn-{turn}-{number}"}) for number, one in enumerate(held)]
        draft = folder.parent / "incoming.jsonl"
        draft.write_text("\n".join(lines), "utf8")
        observatory.add([draft], batch=10)


def load(folder: Path, readers: int, seconds: float, requests: int) -> None:
    from detente import Observatory
    from detente.cli.examples import examples

    observatory = Observatory.create(folder / "observatory")
    with examples() as articles:
        observatory.add([articles])
    port = free_port()
    print(f"{readers} readers, {seconds:g} s each; load of the machine before: {os.getloadavg()[0]:.1f}")
    with process(sys.executable, "-c", BARE, port):
        ready(port, "/api/v1/bare/1")
        with served(observatory.path) as (server, own):
            cold = [read(own, 1, iter([f"/api/v1{path}", None]).__next__) for path in PATHS]
            first, sizes = [one.seconds[0] for one in cold], [one.sizes[0] for one in cold]
            print(f"answers of {min(sizes):,} to {max(sizes):,} bytes")
            print(f"each address asked for the first time: {sum(first):.1f} s in all, {max(first):.1f} s at most")
            line = read(port, readers, until(lasting(seconds), ("/bare/20",)))
            print(f"bare route, one line    {line.told()}")
            same = tuple(f"/bare/{size}" for size in sizes)
            bare = read(port, readers, until(lasting(seconds), same))
            print(f"bare route, same bytes  {bare.told()}")
            still = read(own, readers, until(lasting(seconds), PATHS))
            print(f"détente                 {still.told()}  ({still.p95 / bare.p95:.2f} times the bare route's p95)")
            before = observatory.generation
            with process(sys.executable, HERE / "serve.py", "--adding", observatory.path) as adder:
                while observatory.generation == before and adder.poll() is None:
                    time.sleep(0.2)  # its model is being loaded
                first, articles_before = observatory.generation, observatory.counts().articles
                both = asyncio.run(_two(port, own, readers, seconds, same))
                commits, grown = observatory.generation - first, observatory.counts().articles - articles_before
            print(f"bare, while adding      {both[0].told()}")
            print(f"détente, while adding   {both[1].told()}  ({both[1].p95 / both[0].p95:.2f} times)")
            print(
                f"added meanwhile: {grown} articles in {commits} commits; errors: {(still.errors + both[1].errors)[:3]}"
            )
            flat(server.pid, own, readers, requests)


async def _two(bare: int, own: int, readers: int, seconds: float, same: tuple[str, ...]) -> list[Load]:
    """The bare route and the observatory, in turns of half a second, while the other process works."""
    found = [Load(), Load()]
    end = time.monotonic() + 2 * seconds
    while time.monotonic() < end:
        for at, paths, into in ((bare, same, found[0]), (own, PATHS, found[1])):
            address = until(lasting(0.5), paths)
            await asyncio.gather(*(_reader(at, address, into) for _ in range(readers)))
    return found


def flat(pid: int, port: int, readers: int, requests: int) -> None:
    """Memory over many requests, of many different addresses."""
    numbers = count()
    marks = [memory(pid)]
    for _ in range(4):
        end = next(numbers) + requests // 4

        def address(end: int = end) -> str | None:
            number = next(numbers)
            path = PATHS[number % len(PATHS)]
            return (
                None if number >= end else f"/api/v1{path}{'&' if '?' in path else '?'}since=20{number % 90 + 10}-01-01"
            )

        read(port, readers, address)
        marks.append(memory(pid))
    print(f"memory over {requests:,} requests: {', '.join(f'{mark:.0f}' for mark in marks)} MB")


def million(folder: Path, rows: int) -> None:
    from million import PAIR, invent

    from detente import Observatory
    from detente.store.imported import as_told, imported

    observatory = Observatory.create(folder / "million")
    observatory.import_events(invent(folder, rows))
    start = time.perf_counter()
    observatory.measure(origin="icews")
    print(f"{rows:,} events; all series worked out and kept: {time.perf_counter() - start:.1f} s, once a commit")
    ask = observatory._store.ask
    with served(observatory.path) as (_, port):
        pages: list[float] = []
        queries: list[float] = []
        records: list[float] = []
        for limit in range(100, 130):
            path = f"/api/v1/dyads/{'/'.join(PAIR)}/page?origin=icews&limit={limit}"
            pages += read(port, 1, iter([path, None]).__next__).seconds
            parameters = _parameters(PAIR, limit + 1)
            queries.append(_seconds(partial(ask, lambda at, given=parameters: at.table("imported", given))))
            found = partial(imported, origin="icews", between=PAIR, counted=True, limit=limit + 1)
            records.append(_seconds(partial(ask, lambda at, found=found: list(map(as_told, found(at))))))
        page, query, record = (statistics.median(times[3:]) for times in (pages, queries, records))
        again = read(port, 1, iter([path, path, path, path, None]).__next__).seconds
    print(
        f"page over HTTP {1e3 * page:.1f} ms; its DuckDB query {1e3 * query:.1f} ms ({page / query:.2f} times), with records made "
        f"of its rows {1e3 * record:.1f} ms; the same page again {1e3 * statistics.median(again):.1f} ms"
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _parameters(pair: tuple[str, str], limit: int) -> dict[str, object]:
    names = ("source", "target", "type", "since", "until", "after_day", "after_id")
    sides = {"one": pair[0], "two": pair[1]}
    return dict.fromkeys(names) | sides | {"origin": "icews", "counted": True, "limit": limit}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--readers", type=int, default=50)
    arguments.add_argument("--seconds", type=float, default=10)
    arguments.add_argument("--requests", type=int, default=10_000)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--adding", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.adding:
        adding(given.adding)
        return 0
    with tempfile.TemporaryDirectory(prefix="detente-serve-") as name:
        if given.readers:
            load(Path(name), given.readers, given.seconds, given.requests)
        if given.rows:
            million(Path(name), given.rows)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
