"""Intake: records of a web archive per second, beside FastWARC alone in the same run, and pages per second with their articles.

    .venv/bin/python benchmarks/intake.py [--records 4000] [--json]

The archive is made here: pages of news in the proportions of CC-NEWS (a request and a metadata record beside each answer), each record
packed by itself. With the samples of `../shared/bench/data/warc` there, their counts are told, too.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import resource
import tempfile
import time
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from detente.sources import Sourced, articles_from
from detente.sources.archive import Archive
from detente.sources.feed import Feed

SAMPLES = Path(__file__).parents[1].parent / "shared/bench/data/warc"
SENTENCE = (
    "the minister said that talks between Norway and Chile on fishing would resume in Oslo after a pause of two weeks while "
    "both sides study the draft accord which their envoys signed in spring and which parliament has yet to approve"
)
_ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=4000, help="answers in the archive")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        path = Path(folder) / "made.warc.gz"
        write(path, chosen.records)
        figures = measure(path, chosen.records)
    if chosen.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:44} {value:12,.2f}" if isinstance(value, float) else f"{name:44} {value:>12,}")
    samples()


def write(path: Path, records: int) -> None:
    chance = random.Random(1)
    with path.open("wb") as out:
        for number in range(records):
            address = f"https://example.org/news/{number}"
            out.write(_record(number, address, "request", b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"))
            out.write(_record(number, address, "response", _answer(number, chance)))
            out.write(_record(number, address, "metadata", b"fetchTimeMs: 120\r\n"))


def _record(number: int, address: str, kind: str, block: bytes) -> bytes:
    media = "application/warc-fields" if kind == "metadata" else f"application/http; msgtype={kind}"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:032d}>\r\nWARC-Target-URI: {address}\r\n"
        f"WARC-Date: 2021-03-09T00:00:00Z\r\nContent-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6)


def _answer(number: int, chance: random.Random) -> bytes:
    """A page of about 60 KB, as news sites send: menus and scripts around 400 words of text."""
    body = "".join(f"<p>{' '.join(chance.choices(SENTENCE.split(), k=40))}.</p>" for _ in range(10))
    menu = "".join(
        f'<li class="menu-item"><a href="/section/{chance.random()}">Section {i}</a></li>' for i in range(150)
    )
    script = f"<script>var data = {json.dumps([chance.random() for _ in range(1800)])};</script>"
    page = (
        f'<!DOCTYPE html><html lang="en"><head><title>Round {number} in Oslo</title><meta property="og:site_name" content="Post">'
        f'<meta property="article:published_time" content="2021-03-0{number % 8 + 1}T10:00:00Z">{script}</head>'
        f"<body><nav><ul>{menu}</ul></nav><article><h1>Round {number} in Oslo</h1>{body}</article><footer>{menu}</footer></body></html>"
    )
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()


def measure(path: Path, records: int) -> dict[str, float | int]:
    bare = ours = 1e9
    for _ in range(_ROUNDS):  # in turn, the best of each
        bare = min(bare, _seconds(lambda: _bare(path)))
        ours = min(ours, _seconds(lambda: _ours(path)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    few = min(records, 300)
    pages = _seconds(lambda: _articles(path, few))
    return {
        "records in the archive": 3 * records,
        "megabytes as stored": path.stat().st_size / 1e6,
        "FastWARC alone, records/s": 3 * records / bare,
        "with checks and counts, records/s": 3 * records / ours,
        "ratio": bare / ours,
        "articles from pages, pages/s": few / pages,
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "of it before the first page, MB": before / 1024,
    }


def _seconds(work: object) -> float:
    started = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - started


def _bare(path: Path) -> None:
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            record.reader.read()


def _ours(path: Path) -> None:
    with path.open("rb") as stream:
        for _ in Archive(Feed(path.name, stream).stored()).records():
            pass


def _articles(path: Path, limit: int) -> None:
    stored = io.BytesIO(path.read_bytes())
    for number, item in enumerate(articles_from(["-"], input_format="warc", stdin=stored), 1):
        assert isinstance(item, Sourced), item
        if number == limit:
            return


def samples() -> None:
    if not SAMPLES.is_dir():
        print(f"samples: none at {SAMPLES}")
        return
    for path in sorted(SAMPLES.iterdir()):
        found = list(articles_from([path]))
        articles = sum(isinstance(item, Sourced) for item in found)
        reasons = "; ".join(item.failure.reason[:90] for item in found if not isinstance(item, Sourced))
        print(f"{path.name:44} {articles:4} articles {len(found) - articles:4} failures  {reasons}")


if __name__ == "__main__":
    main()
