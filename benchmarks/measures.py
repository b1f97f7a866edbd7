"""Do the measures see disputes? And how fast are they? Says so when the development data are not beside the checkout.

    python benchmarks/measures.py [--figure FILE]

Every undirected dyad-year of 2002-2014 with at least 20 ICEWS events is ranked by each measure; the table gives the area under
the ROC curve against the militarised interstate disputes of the Correlates of War. Within strata of equal volume a measure cannot
live on how much is written. --figure draws Iraq and the United States.
"""

from __future__ import annotations

import argparse
import csv
import time
import warnings
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from scipy.stats import rankdata

from detente.relations import Relations
from detente.relations.cells import Cells
from detente.relations.levels import filtered, smoothed
from detente.relations.measures import Z50, Measures, latest, levels_of, measured
from detente.relations.pooling import errors, pooled

DATA = Path(__file__).resolve().parents[2] / "shared/bench/data/index"
EVENTS, DISPUTES = DATA / "icews_quads_2002_2014.parquet", DATA / "mid_dyad_years_2002_2014.csv"
YEARS = tuple(str(year) for year in range(2002, 2015))
LEAST = 20  # events in a dyad-year that is ranked
STRATA = 20
# Only classes are known here, not types: each counts with the intensity of a type in its middle.
INTENSITIES = {"verbCoop": 2.5, "matlCoop": 8.0, "verbConf": -3.0, "matlConf": -7.0}


def load() -> Cells:
    """The counts by class of both directions, as the sums that the measures are made of."""
    table = pq.read_table(EVENTS).to_pydict()
    counts: dict[tuple[str, str], Any] = defaultdict(lambda: np.zeros((len(INTENSITIES), len(YEARS))))
    columns = [table[name] for name in INTENSITIES]
    for row, (i, j, year) in enumerate(zip(table["i_iso3c"], table["j_iso3c"], table["year"], strict=True)):
        if i and j and i != j:
            counts[min(i, j), max(i, j)][:, YEARS.index(str(year))] += [column[row] for column in columns]
    dyads = sorted(dyad for dyad in counts if counts[dyad].any())
    classes = dict(zip(INTENSITIES, np.stack([counts[dyad] for dyad in dyads], axis=1), strict=True))
    events = sum(classes.values())
    return Cells(
        dyads=tuple(dyads),
        periods=YEARS,
        events=events,
        total=sum(INTENSITIES[name] * part for name, part in classes.items()),
        squares=sum(INTENSITIES[name] ** 2 * part for name, part in classes.items()),
        conflict=classes["matlConf"],
        cooperation=classes["matlCoop"],
        origins=np.zeros_like(events),  # ICEWS does not say which events one story tells
        stories=events.sum(axis=0),  # the file's own total stands for what was read in a year
    )


def disputes(cells: Cells) -> Any:
    with DISPUTES.open(newline="") as lines:
        known = {(row["a"], row["b"], row["year"]) for row in csv.DictReader(lines)}
    return np.array([[(a, b, year) in known for year in YEARS] for a, b in cells.dyads])


def area(score: Any, truth: Any) -> tuple[float, float]:
    """Concordant pairs and all pairs."""
    ranks, number = rankdata(score), int(truth.sum())
    return float(ranks[truth].sum() - number * (number + 1) / 2), float(number * (len(truth) - number))


def auc(score: Any, truth: Any) -> float:
    concordant, pairs = area(score, truth)
    return concordant / pairs


def within(score: Any, truth: Any, volume: Any) -> float:
    """The same over pairs of dyad-years of one stratum of volume."""
    stratum = np.floor(STRATA * (rankdata(volume, method="min") - 1) / len(volume))
    pairs = [area(score[stratum == s], truth[stratum == s]) for s in range(STRATA)]
    return sum(c for c, _ in pairs) / sum(n for _, n in pairs)


def table(cells: Cells, found: Measures) -> None:
    ranked = cells.events >= LEAST
    truth, volume = disputes(cells)[ranked], cells.events[ranked]
    scores = {
        "sum of scores, low": -cells.total[ranked],
        "plain mean, low": -cells.means[ranked],
        "balance of all years, low": -found.history.level[ranked],
        "balance as known in the year, low": -found.now.level[ranked],
        "volume": volume,
        "count of material conflict": cells.conflict[ranked],
        "friction": found.friction.mean[ranked],
        "exchange": found.exchange.mean[ranked],
    }
    print(f"{len(truth):,} dyad-years of {LEAST} events or more, {truth.sum()} with a dispute")
    print(f"{'measure':36}{'AUC':>7}{'within strata of volume':>26}")
    for name, score in scores.items():
        print(f"{name:36}{auc(score, truth):7.3f}{within(score, truth, volume):26.3f}")


def speed(cells: Cells) -> None:
    """All dyads at once, beside a fit of the same model to one dyad after another."""
    start = time.perf_counter()
    pool = pooled(cells, "year")
    fitted = time.perf_counter() - start
    means, variances = cells.means, errors(cells, pool)
    filtered(means, variances, pool.drift)
    smoothed(means, variances, pool.drift)
    ours = (time.perf_counter() - start) / len(cells.dyads)
    measured(cells, pool)
    whole = (time.perf_counter() - start) / len(cells.dyads)
    busiest = np.argsort(-cells.events.sum(axis=1))[:20]
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    begin = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for row in busiest:
            UnobservedComponents(cells.means[row], "llevel").fit(disp=False)
    peer = (time.perf_counter() - begin) / len(busiest)
    print(
        f"{len(cells.dyads):,} dyads of {len(YEARS)} periods at once: fit, filter and smoother {1e6 * ours:.0f} µs a dyad (the fit of "
        f"the parameters {fitted:.2f} s in all), with rates and bands {1e6 * whole:.0f} µs;\na local level fitted by statsmodels "
        f"{1e3 * peer:.1f} ms a dyad: {peer / ours:,.0f} times as long"
    )
    print(f"pool: {pool}")


def doubled(cells: Cells, found: Measures) -> None:
    """Twice as much of the same, everywhere: how far that moves a balance, in widths of its 50% band to either side."""
    parts = ("events", "total", "squares", "conflict", "cooperation", "stories", "origins")
    twice = replace(cells, **{name: 2 * getattr(cells, name) for name in parts})
    again = measured(twice, pooled(twice, "year"))
    seen = cells.events > 0
    for name, before, after in (("history", found.history, again.history), ("now", found.now, again.now)):
        moved = np.abs(after.level - before.level)[seen] / (Z50 * before.variance[seen] ** 0.5)
        print(
            f"twice the volume moves a balance ({name}) by {np.median(moved):.3f} of its 50% band, by {moved.max():.2f} at most"
        )


def draw(cells: Cells, found: Measures, path: Path) -> None:
    from detente.relations.plot import plot

    row = cells.dyads.index(("IRQ", "USA"))
    series = tuple(levels_of(cells, found, row, {}))
    for level in series:
        print(
            f"{level.period}  {level.balance:6.2f}  {level.low90:6.2f} to {level.high90:6.2f}  {level.events:6,} events"
        )
    relations = Relations(
        a="IRQ", b="USA", by="year", directed=False, as_of="2014-12-31", series=series, now=latest(cells, found, row)
    )
    plot(relations, path)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--figure", type=Path)
    figure = arguments.parse_args().figure
    if not EVENTS.exists() or not DISPUTES.exists():
        print(f"measures: the development data are not here ({DATA} beside the checkout); nothing was measured")
        return 0
    cells = load()
    found = measured(cells, pooled(cells, "year"))
    table(cells, found)
    doubled(cells, found)
    speed(cells)
    if figure:
        draw(cells, found, figure)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
