"""Event files of a million rows: détente beside a pandas script, each in a process of its own, in the same run.

    python benchmarks/million.py [ROWS ...] [--repeat N]

ROWS: 100000, 1000000 and 5000000 by default. For each an event file is invented (million_rows.py: the same each time), and then read, summed
up to monthly series of every pair of countries, and asked for one pair's page, by détente (import, measure, page) and by pandas
(million_pandas.py): once doing the same, and once, lean, only what the counts need. Time is that of the whole process on the wall, memory
the most that it held. All tell how many rows, series and deeds they found: these must be the same. pandas is hidden from détente's
process, since it is no part of it, though pyarrow loads it where it is there.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAIR = ("USA", "CHN")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """seconds: of the process; busy: of all its processors. parts: of its steps (détente's last: the page again). memory: MB at most. found: rows, series, deeds, months, events of the page."""

    seconds: float
    busy: float
    parts: tuple[float, ...]
    memory: float
    found: tuple[int, ...]


def detente(path: Path, folder: Path) -> None:
    """What détente's process does."""
    sys.meta_path.insert(0, _NoPandas())
    start = time.perf_counter()
    from detente import Observatory

    observatory = Observatory.create(folder / "observatory")
    report = observatory.import_events(path)
    loaded = time.perf_counter()
    marks: dict[str, float] = {}
    measured = observatory.measure(
        origin="icews", on_step=lambda step: marks.setdefault(step.split()[0], time.perf_counter())
    )
    done = time.perf_counter()
    page = observatory.page(*PAIR, origin="icews")
    end = time.perf_counter()
    observatory.page(*PAIR[::-1], origin="icews")
    again = time.perf_counter() - end
    deeds = int(page.pool.events)
    steps = (loaded - start, marks["fitting"] - loaded, done - marks["fitting"], end - done, again)
    print("RESULT", *steps, report.added, measured.filled, deeds, len(page.series), len(page.events))


class _NoPandas:
    def find_spec(self, name: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        if name == "pandas":
            raise ModuleNotFoundError("no pandas here", name="pandas")


def run(*arguments: object) -> Run:
    """Runs a process and reads what it says of itself."""
    start = time.perf_counter()
    keeping = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.Popen([sys.executable, *map(str, arguments)], stdout=subprocess.PIPE, text=True, env=keeping)
    assert child.stdout is not None
    told = child.stdout.read()
    seconds, busy, memory = _ended(child, start)
    if child.returncode or "RESULT" not in told:
        raise SystemExit(f"{arguments} failed: {told}")
    numbers = told.split("RESULT")[1].split()
    return Run(
        seconds=seconds,
        busy=busy,
        parts=tuple(map(float, numbers[:-5])),
        memory=memory,
        found=tuple(int(float(number)) for number in numbers[-5:]),
    )


def _ended(child: subprocess.Popen[str], start: float) -> tuple[float, float, float]:
    """Seconds, seconds of its processors, and MB at most, of a process that is ending: what the system says of it."""
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    memory = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, memory


def invent(folder: Path, rows: int) -> Path:
    """An event file, and the tables that an analyst would have."""
    path = folder / "events.tab"
    run(HERE / "million.py", "--invent", path, rows)
    return path


def inventing(path: Path, rows: int) -> None:
    from million_rows import crosswalk, names, quads, write

    write(path, rows)
    classes = dict(quads())
    tables = {
        "countries": [("name", "code"), *names()],
        "codes": [("code", "type", "intensity", "quad"), *((c, t, i, classes[t]) for c, t, i in crosswalk())],
    }
    for name, lines in tables.items():
        with (path.parent / f"{name}.csv").open("w", newline="", encoding="utf8") as stream:
            csv.writer(stream).writerows(lines)
    print("RESULT", 0, 0, 0, 0, 0)


def compare(rows: int, repeat: int) -> tuple[Run, Run]:
    """All three, the quickest of several runs of each, by turns."""
    with tempfile.TemporaryDirectory(prefix="detente-million-") as name:
        folder = Path(name)
        path = invent(folder, rows)
        runs: list[list[Run]] = [[], [], []]
        for number in range(repeat):
            (folder / str(number)).mkdir()
            script = (HERE / "million_pandas.py", path, folder, *PAIR)
            runs[0].append(run(HERE / "million.py", "--detente", path, folder / str(number)))
            runs[1].append(run(*script))
            runs[2].append(run(*script, "--lean"))
        ours, theirs, lean = (min(found, key=lambda one: one.seconds) for found in runs)
    if not ours.found == theirs.found == lean.found:
        raise SystemExit(
            f"détente found {ours.found}, pandas {theirs.found} and {lean.found}: this is not the same work"
        )
    show(rows, path.name, (ours, theirs, lean))
    return ours, theirs


def show(rows: int, name: str, runs: tuple[Run, Run, Run]) -> None:
    found = runs[0].found
    print(
        f"\n{rows:,} rows of {name}: {found[0]:,} events, {found[1]:,} months of pairs with {found[2]:,} deeds; one page: "
        f"{found[3]} months, {found[4]} events"
    )
    print(f"{'':34}{'détente':>12}{'pandas':>12}{'':9}{'pandas, lean':>12}")
    for step, label in enumerate(("load", "monthly counts", "levels, bands, rates", "one page", "keep on disk")):
        cells = [f"{one.parts[step]:.2f} s" for one in runs]
        if label == "keep on disk":
            cells[0] = "above"
        print(f"{label:34}{cells[0]:>12}{cells[1]:>12}{'':9}{cells[2]:>12}")
    for label, what, unit in (
        ("all, on the wall", "seconds", "s"),
        ("processors", "busy", "s"),
        ("memory", "memory", "MB"),
    ):
        ours, *others = (getattr(one, what) for one in runs)
        told = (
            f"{other:>{12 - len(unit) - 1}.{0 if unit == 'MB' else 2}f} {unit}{other / ours:>8.2f}x" for other in others
        )
        print(f"{label:34}{ours:>{12 - len(unit) - 1}.{0 if unit == 'MB' else 2}f} {unit}{''.join(told)}")
    print(f"a page that is asked for again: {1e3 * runs[0].parts[4]:.0f} ms")


def growth(sizes: list[int], runs: list[tuple[Run, Run]]) -> None:
    """By which power of the rows time and memory grow from one size to the next."""
    for (small, few), (large, many) in zip(
        zip(sizes, runs, strict=True), zip(sizes[1:], runs[1:], strict=True), strict=False
    ):
        step = math.log(large / small)
        powers = [
            math.log(getattr(many[who], what) / getattr(few[who], what)) / step
            for who in (0, 1)
            for what in ("seconds", "memory")
        ]
        print(
            f"from {small:,} to {large:,} rows: time grows as rows^{powers[0]:.2f}, memory as rows^{powers[1]:.2f} "
            f"(pandas {powers[2]:.2f}, {powers[3]:.2f})"
        )


def filtering() -> None:
    """The filter over all pairs at once, beside a fit of the same model to one pair after another."""
    import warnings

    import numpy as np

    from detente.relations.columns import Columns
    from detente.relations.pooling import pooled
    from detente.relations.whole import whole_of

    chance, dyads, months = np.random.default_rng(3), 5_000, 120
    seen = chance.random((dyads, months)) < 0.3
    dyad, period = np.nonzero(seen)
    events = 1.0 + chance.poisson(3, len(dyad))
    levels = np.cumsum(chance.normal(0, 0.4, (dyads, months)), axis=1)
    total = (levels[seen] + chance.normal(0, 3, len(dyad)) / np.sqrt(events)) * events
    none = np.zeros(len(dyad))
    columns = Columns(
        dyads=tuple((str(n), "x") for n in range(dyads)), periods=tuple(map(str, range(months))), dyad=dyad, period=period, events=events,
        total=total, squares=total**2 / events + 9 * (events - 1), conflict=none, cooperation=none, origins=events,
        stories=np.full(months, 1e4),
    )  # fmt: skip
    start = time.perf_counter()
    whole_of(columns, pooled(columns, "month"))
    ours = (time.perf_counter() - start) / dyads
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    means = np.full((20, months), np.nan)
    few = dyad < 20
    means[dyad[few], period[few]] = columns.means[few]
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for row in means:
            UnobservedComponents(row, "llevel").fit(disp=False)
    theirs = (time.perf_counter() - start) / len(means)
    print(
        f"\n{dyads:,} pairs of {months} months at once, parameters, filter, smoother and rates: {1e6 * ours:.0f} µs a pair; a local level "
        f"fitted by statsmodels: {1e3 * theirs:.0f} ms a pair, {theirs / ours:,.0f} times as long"
    )


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rows", type=int, nargs="*")
    arguments.add_argument("--repeat", type=int, default=1, help="runs of each, of which the quickest counts")
    arguments.add_argument("--invent", nargs=2, help=argparse.SUPPRESS)
    arguments.add_argument("--detente", nargs=2, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.invent:
        inventing(Path(given.invent[0]), int(given.invent[1]))
    elif given.detente:
        detente(*map(Path, given.detente))
    else:
        sizes = given.rows or [100_000, 1_000_000, 5_000_000]
        growth(sizes, [compare(rows, given.repeat) for rows in sizes])
        filtering()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
