"""What batches cost and gain: coding a corpus in one process, on the local engine, killed half way, ten times as large.

    python benchmarks/batch.py                      two cores against one; overhead; memory while the corpus grows tenfold
    python benchmarks/batch.py --articles 10000     the same articles end to end, with a kill half way, and an extrapolation

The corpus: the news files of the development data, repeated with changed names, dates and numbers, in an order drawn once. Needs
them beside the checkout, and says so when they are missing. Run it on a quiet machine: everything is wall-clock time.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from detente.store.lake import Lake

ROOT = Path(__file__).resolve().parent.parent
NEWS = ROOT.parent / "shared/bench/data/news"
FAMILY = ["Alder", "Birch", "Cedar", "Elm", "Hazel", "Larch", "Linden", "Maple", "Rowan", "Willow", "Aspen", "Holm", "Brandt", "Castell", "Devane", "Ekholm", "Farrow", "Garnet", "Hollis", "Ingram", "Jarvis", "Keller", "Lorne", "Mercer", "Norrell", "Orford", "Penrose", "Quill", "Renner", "Sorel", "Tarrant", "Usher", "Varga", "Wendell"]  # fmt: skip
_TITLED = re.compile(
    r"\b(Mr\.|Mrs\.|Ms\.|Dr\.|Secretary|Minister|President|Ambassador|General) ([A-Z][a-z]+)(?: ([A-Z][a-z]+))?"
)
_NUMBER = re.compile(r"\b\d{1,3}(?:,\d{3})+\b|\b\d{2,3}\b")
_HUNDRED_MILLION = 100_000_000
_TURNS = 3


def articles(count: int) -> Iterator[dict[str, Any]]:
    """So many articles, the same for the same count: each a real one in which names, dates and numbers are changed."""
    rows = [json.loads(line) for path in sorted(NEWS.glob("*.jsonl")) for line in path.open(encoding="utf8")]
    rnd = random.Random(8)
    for number in range(count):
        row = rnd.choice(rows)
        yield changed(row, number, random.Random(number)) if number else row | {"id": "0"}


def changed(row: dict[str, Any], number: int, rnd: random.Random) -> dict[str, Any]:
    """The same article of another day, about other people, with other numbers."""
    names: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        family = match[3] or match[2]
        new = names.setdefault(family, rnd.choice(FAMILY))
        return f"{match[1]} {match[2]} {new}" if match[3] else f"{match[1]} {new}"

    def another(match: re.Match[str]) -> str:
        value = int(match[0].replace(",", ""))
        return f"{max(2, round(value * rnd.uniform(0.6, 1.6))):,}"

    def other(text: str) -> str:
        text = _NUMBER.sub(another, _TITLED.sub(name, text))
        for family, new in names.items():
            text = re.sub(rf"\b{family}\b", new, text)
        return text

    day = (
        date.fromisoformat(row["published"][:10]) + timedelta(days=rnd.randrange(-900, 900))
        if row.get("published")
        else None
    )
    return {
        "id": f"{number}-{row['id']}",
        "title": other(row.get("title") or ""),
        "text": other(row["text"]),
        "published": day.isoformat() if day else None,
        "source": row.get("source"),
    }


def corpus(folder: Path, count: int) -> Path:
    path = folder / f"news-{count}.jsonl"
    with path.open("w", encoding="utf8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in articles(count))
    return path


# Each measurement runs in a process of its own, so that none inherits the memory or the caches of another.

BARE = """
import sys, time, json
from detente.reading.reader import Reader
from detente.records import Article
from detente.sources import Sourced, articles_from
reader = Reader()
list(reader.read([Article(id="warm", text="Turkey praised Greece on Tuesday.")]))
began, cpu, words = time.perf_counter(), time.process_time(), 0
for reading in reader.read(found.article for found in articles_from([sys.argv[1]]) if isinstance(found, Sourced)):
    words += len(reading.article.text.split())
print(json.dumps({"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu, "words": words}))
"""
HERE = """
import sys, time, json
from detente.engines import Here
from detente.observatory.coding import code
from detente.observatory.coding.driver import Progress
from pathlib import Path
warm = Path(sys.argv[2]).with_suffix(".warm.jsonl")
warm.write_text(json.dumps({"text": "Turkey praised Greece on Tuesday."}) + "\\n")
size = int(sys.argv[3])
code(warm, sys.argv[2], engine=Here(), shard_size=size)
began, cpu = time.perf_counter(), time.process_time()
at = code(sys.argv[1], sys.argv[2], engine=Here(), shard_size=size)
print(json.dumps({"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu, "words": at.words}))
"""


def timed(script: str, *arguments: object) -> dict[str, Any]:
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    words = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(words, check=True, capture_output=True, text=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def start(news: Path, lake: Path, workers: int) -> subprocess.Popen[bytes]:
    size = max(
        news.stat().st_size // 64, 32 * 1024
    )  # the usual size, also for a corpus that would usually be one shard
    program = str(Path(sys.executable).with_name("detente"))
    command = [program, "code", str(news), "-o", str(lake), "--workers", str(workers), "--shard-size", str(size)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def end(running: subprocess.Popen[bytes]) -> None:
    """Kills a run with all its workers, if it has not ended."""
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def coded(news: Path, lake: Path, workers: int) -> list[dict[str, Any]]:
    """What a run of the command says of itself: the lines of its log, with the seconds since the process was started."""
    began = time.perf_counter()
    start(news, lake, workers).wait()  # its status is 1 when an article is in another language
    if log(lake)[-1]["event"] != "end":
        raise SystemExit(f"batch: coding {news} failed")
    return [*log(lake), {"event": "wall", "seconds": time.perf_counter() - began}]


def log(lake: Path) -> list[dict[str, Any]]:
    runs = sorted((lake / "runs").glob("*.jsonl"), key=lambda path: path.stat().st_mtime)
    return [json.loads(line) for line in runs[-1].read_text("utf8").splitlines()] if runs else []


def steady(lines: list[dict[str, Any]]) -> float:
    """Words a second once every worker has loaded its model: from the first shard's end to the last one's."""
    shards = [line for line in lines if line["event"] == "shard"]
    first, last = shards[min(1, len(shards) - 1)], shards[-1]
    if last["elapsed"] == first["elapsed"]:  # too small a corpus to tell
        return float(last["run_words"] / last["elapsed"])
    return float((last["run_words"] - first["run_words"]) / (last["elapsed"] - first["elapsed"]))


def scaling(folder: Path, count: int) -> None:
    """Two workers against one on the same corpus; what a batch costs beside bare reading. In turns, three times: a machine is never quiet."""
    news = corpus(folder, count)
    bare, here, one, two = ([] for _ in range(4))
    for turn in range(_TURNS):
        bare.append(timed(BARE, news))
        here.append(timed(HERE, news, folder / f"here-{turn}", 2**20))
        for workers, found in ((1, one), (2, two)):
            found.append(coded(news, folder / f"local-{workers}-{turn}", workers))
    print(f"{count:,} articles, {bare[0]['words']:,} words, {_TURNS} times")
    for name, runs in (("bare reading, one process", bare), ("as a batch, the same process", here)):
        wall, cpu = (median(run["words"] / run[key] for run in runs) for key in ("seconds", "cpu"))
        print(f"  {name:<30} {wall:8,.0f} words/s, {cpu:,.0f} a second of processor time")
    for key in ("seconds", "cpu"):
        told = [b[key] / a[key] - 1 for a, b in zip(bare, here, strict=True)]
        print(
            f"  overhead of a batch ({key}) {', '.join(f'{share:+.1%}' for share in told)}; median {median(told):+.1%}"
        )
    for name, lines in (("one worker", one), ("two workers", two)):
        whole = median(run[-1]["seconds"] for run in lines)
        print(f"  local engine, {name:<16} {median(map(steady, lines)):8,.0f} words/s, {whole:.0f} s with starting")
    gains = [steady(b) / steady(a) for a, b in zip(one, two, strict=True)]
    whole = median(a[-1]["seconds"] / b[-1]["seconds"] for a, b in zip(one, two, strict=True))
    print(
        f"  two workers over one  {', '.join(f'{gain:.2f}' for gain in gains)}; median {median(gains):.2f} times, {whole:.2f} with starting"
    )


def growing(folder: Path, count: int) -> None:
    """Memory of a worker while the corpus grows tenfold."""
    for size in (count, 10 * count):
        lake = folder / f"growing-{size}"
        lines = coded(corpus(folder, size), lake, 1)
        peak = max(line["shard_memory"] for line in lines if line["event"] == "shard")
        print(f"  {size:7,} articles: a worker held at most {peak / 2**20:,.0f} MiB")
        shutil.rmtree(lake)


def end_to_end(folder: Path, count: int, workers: int) -> None:
    """A corpus, killed half way, gone on with, taken over; and what a hundred million would take."""
    news, lake, observatory = corpus(folder, count), folder / "lake", folder / "observatory"
    began = time.perf_counter()
    running = restarted = start(news, lake, workers)
    atexit.register(lambda: [end(one) for one in (running, restarted)])
    while running.poll() is None and share_of(lake, news.stat().st_size) < 0.5:
        time.sleep(0.2)
    end(running)
    killed = time.perf_counter()
    first = log(lake)
    kept = len(Lake.open(lake).done())
    restarted = start(news, lake, workers)
    while len(Lake.open(lake).done()) == kept and restarted.poll() is None:
        time.sleep(0.05)
    resumed = time.perf_counter()
    restarted.wait()
    done = time.perf_counter()
    second = log(lake)
    if second[-1]["event"] != "end":
        raise SystemExit("batch: the second run failed")
    command = str(Path(sys.executable).with_name("detente"))
    subprocess.run([command, "init", str(observatory)], check=True, capture_output=True)
    subprocess.run([command, "add", str(observatory), str(lake)], check=False, capture_output=True)
    taken = time.perf_counter()
    report(Lake.open(lake), observatory, first, second, workers)
    planned = next(line for line in second if line["event"] == "shard")
    print(
        f"  killed after {killed - began:,.0f} s with {kept:,} shards done; the first new shard {resumed - killed:.1f} s after the restart,"
    )
    print(
        f"  of which that shard itself took {planned['shard_seconds']:.1f} s; both runs together {done - began:,.0f} s; taken over in {taken - done:.1f} s"
    )


def share_of(lake: Path, size: int) -> float:
    """The share of the inputs that is committed."""
    if not (lake / "lake.json").exists():
        return 0.0
    return sum((s.stop or size) - s.start for e in Lake.open(lake).done() for s in e.sources) / size


def report(
    there: Lake, observatory: Path, first: list[dict[str, Any]], second: list[dict[str, Any]], workers: int
) -> None:
    entries = there.done()
    count, words = sum(e.articles for e in entries), sum(e.words for e in entries)
    stored = sum(e.segment.size for e in entries if e.segment)
    shards = [line for line in first + second if line["event"] == "shard"]
    busy = sum(line["shard_seconds"] for line in shards)
    peak = max(line["shard_memory"] for line in shards)
    rate = (steady(first) + steady(second)) / 2
    on_disk = sum(file.stat().st_size for file in (observatory / "segments").glob("*/*.parquet"))
    print(f"{count:,} articles, {words:,} words, {len(entries):,} shards, {workers} workers")
    print(f"  {rate:,.0f} words/s ({rate / workers:,.0f} a core), {rate * count / words:,.1f} articles/s")
    print(
        f"  peak memory of a worker {peak / 2**20:,.0f} MiB; {stored / count:,.0f} bytes an article in the lake, {on_disk / count:,.0f} in the observatory"
    )
    ids = {key for e in entries for key in _ids(there, e)}
    print(
        f"  {len(ids):,} different articles committed, {sum(e.segment.rows('articles') for e in entries if e.segment):,} rows"
    )
    hours = busy / 3600 * _HUNDRED_MILLION / count
    print(
        f"  100 million such articles: {hours:,.0f} core-hours ({hours / 64 / 24:,.0f} days on 64 cores), {stored / count * _HUNDRED_MILLION / 1e9:,.0f} GB"
    )


def _ids(there: Lake, entry: Any) -> list[str]:
    import pyarrow.parquet as pq

    with there.at_hand(entry) as folder:
        found: list[str] = pq.read_table(folder / "articles.parquet", columns=["article_id"])["article_id"].to_pylist()
        return found


def main() -> None:
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # what was measured is told, also when the rest takes too long
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, help="end to end with so many, and a kill half way")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--small", type=int, default=400, help="articles of the other measurements")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no worker is left behind
    if not NEWS.exists():
        raise SystemExit(f"batch: needs the development data at {NEWS}")
    with tempfile.TemporaryDirectory(prefix="detente-batch-") as name:
        if options.articles:
            end_to_end(Path(name), options.articles, options.workers)
        else:
            scaling(Path(name), options.small)
            growing(Path(name), options.small // 4)


if __name__ == "__main__":
    main()
