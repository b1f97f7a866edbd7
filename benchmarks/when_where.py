"""What times and places cost: their share of the bare pipeline's time, and the gazetteer's size, look-ups and memory.

    python benchmarks/when_where.py [--articles 60] [--news FILE.jsonl]

Processor time, each article parsed and then given to the components in turn, so that whatever else the machine does
weighs on all alike. The figures stand in docs/guides/when-and-where.md.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from detente.knowledge.gazetteer import Gazetteer
from detente.reading.marks import Context, declare
from detente.reading.pipeline import bare
from detente.reading.places.component import Places
from detente.reading.times.component import Times

NEWS = Path(__file__).resolve().parents[2] / "shared/bench/data/news/wikinews.jsonl"
GAZETTEER = Path(str(files("detente.knowledge") / "gazetteer.bin"))
NAMES = (
    "Paris",
    "Alexandria",
    "Tripoli",
    "Erbil",
    "Springfield",
    "Ma'rib",
    "Guadalajara",
    "Xorlind",
    "Piraeus",
    "Nuuk",
)
_MEMORY = """
import sys
from pathlib import Path
from detente.knowledge.gazetteer import Gazetteer
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])
before = resident()
found = Gazetteer(Path(sys.argv[1]))
opened = resident()
keys = found._keys[:: max(1, len(found._keys) // 2000)]
for key in keys:
    found.find(key)
print(before, opened, resident(), len(keys))
"""


def shares(texts: Sequence[str]) -> dict[str, float]:
    """Seconds of processor time for the bare pipeline, the times and the places."""
    declare()
    nlp, times, places = bare(), Times(), Places()
    spent = {"bare": 0.0, "times": 0.0, "places": 0.0}
    times(nlp("warm up"))
    places(nlp("Warm up in Oslo."))
    for text in texts:
        began = time.process_time()
        doc = nlp(text)
        doc._.detente_context = Context()
        parsed = time.process_time()
        times(doc)
        timed = time.process_time()
        places(doc)
        spent["bare"] += parsed - began
        spent["times"] += timed - parsed
        spent["places"] += time.process_time() - timed
    return spent


def look_ups() -> dict[str, float]:
    """Milliseconds to open the gazetteer, microseconds for a name the first time and again."""
    began = time.process_time()
    gazetteer = Gazetteer(GAZETTEER)
    opened = time.process_time()
    for name in NAMES:
        gazetteer.find(name)
    first = time.process_time()
    for _ in range(1000):
        for name in NAMES:
            gazetteer.find(name)
    again = time.process_time()
    return {
        "open_ms": 1e3 * (opened - began),
        "first_us": 1e6 * (first - opened) / len(NAMES),
        "again_us": 1e6 * (again - first) / len(NAMES) / 1000,
    }


def memory() -> list[float]:
    """Megabytes that opening the gazetteer takes, and that a wide walk through it adds; then the look-ups of that walk. Linux."""
    done = subprocess.run([sys.executable, "-c", _MEMORY, str(GAZETTEER)], capture_output=True, text=True, check=True)
    before, opened, walked, count = (int(x) for x in done.stdout.split())
    scale = resource.getpagesize() / 2**20
    return [(opened - before) * scale, (walked - opened) * scale, float(count)]


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--news", type=Path, default=NEWS)
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.news.read_text("utf8").splitlines()[: args.articles]]
    spent, found, (opened, walked, count) = shares([row["text"] for row in rows]), look_ups(), memory()
    ours = spent["times"] + spent["places"]
    print(f"articles {len(rows)}, words {sum(len(row['text'].split()) for row in rows)}")
    print(f"times    {100 * spent['times'] / spent['bare']:5.1f}% of the bare pipeline's time")
    print(f"places   {100 * spent['places'] / spent['bare']:5.1f}%")
    print(f"together {100 * ours / spent['bare']:5.1f}% (at most 20)")
    print(f"gazetteer {GAZETTEER.stat().st_size / 1e6:.1f} MB (at most 20), opened in {found['open_ms']:.0f} ms")
    print(f"look-up  {found['first_us']:.0f} µs the first time, {found['again_us']:.1f} µs again")
    print(f"memory   {opened:.1f} MB when opened, {walked:.1f} MB more after {count:.0f} names from all over the file")
    print(
        f"process  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at its largest, the model included"
    )


if __name__ == "__main__":
    main()
