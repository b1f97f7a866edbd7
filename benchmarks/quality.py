"""Scores on the development data, held against pinned floors. Says so when the data are not beside the checkout.

    python benchmarks/quality.py [NAME ...]      names: those in floors.toml; all by default

Lowering a floor is an edit of floors.toml and a line in CHANGELOG.md.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared/bench"


def figure(result: Any, path: str) -> float:
    """The number at a dotted path of a result; "7 of 11" gives 7, a list its first number, what is missing 0."""
    for key in path.split("/"):
        result = result[int(key)] if isinstance(result, list) else result[key]
    if isinstance(result, list):
        return float(len(result))
    return float(str(result).split()[0])


def run(name: str, spec: dict[str, Any]) -> list[str]:
    """Runs one benchmark; gives the lines of what fell below its floor."""
    gold = BENCH / spec["gold"]
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()[:16]
    if digest != spec["digest"]:
        print(f"{name}: the corpus is not the one the floors were set on ({digest}, not {spec['digest']})")
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        words = [
            sys.executable,
            str(BENCH / "bench.py"),
            *(str(gold) if a == "GOLD" else a for a in spec["arguments"]),
            "--json",
            out.name,
        ]
        subprocess.run(words, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        result = json.loads(Path(out.name).read_text("utf8"))
    fallen = []
    for path, floor in spec["floors"].items():
        value = figure(result, path)
        print(f"{name:10} {path:55} {value:8.4g}   floor {floor}")
        if value < floor:
            fallen.append(f"{name}: {path} is {value}, below its floor of {floor}")
    for path, ceiling in spec.get("ceilings", {}).items():
        value = figure(result, path)
        print(f"{name:10} {path:55} {value:8.4g}   ceiling {ceiling}")
        if value > ceiling:
            fallen.append(f"{name}: {path} is {value}, above its ceiling of {ceiling}")
    return fallen


def main() -> int:
    """Gives the exit status: 1 when a figure fell below its floor."""
    if not BENCH.exists():
        print(f"quality: the development data are not here ({BENCH.name}/ beside the checkout); nothing was scored")
        return 0
    specs = tomllib.loads((ROOT / "benchmarks/floors.toml").read_text("utf8"))
    fallen = [line for name in (sys.argv[1:] or specs) for line in run(name, specs[name])]
    print(*fallen, sep="\n")
    return int(bool(fallen))


if __name__ == "__main__":
    sys.exit(main())
