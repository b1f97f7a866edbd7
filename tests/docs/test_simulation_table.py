"""The guide's table of simulated series is what the simulation gives, in every cell of the grid."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import numpy as np
import pytest

from detente.relations.levels import smoothed
from detente.relations.measures import Z90, measured
from detente.relations.pooling import pooled

TESTS = Path(__file__).resolve().parents[1]
PAGE = (TESTS.parent / "docs/guides/relations.md").read_text("utf8")
ROW = re.compile(r"^\| ([.\d]+) \| (\d+) \| ([.\d]+)% \| ([.\d]+) \| ([.\d]+) \| ([.\d]+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)


def test_the_table_has_every_cell() -> None:
    assert [(float(ratio), int(each)) for ratio, each, *_ in ROWS] == [
        (ratio, each) for ratio in (0.05, 0.2, 1.0) for each in (1, 5, 20)
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_line_of_the_table(row: tuple[str, ...]) -> None:
    spec = importlib.util.spec_from_file_location("measures_tests", TESTS / "relations/test_measures.py")
    assert spec
    assert spec.loader
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    ratio, each, held, error, least, share = map(float, row)
    level, cells = theirs.simulated(ratio, int(each))
    ours = measured(cells, pooled(cells, "month")).history
    noise = np.where(cells.events > 0, theirs.NOISE / np.maximum(cells.events, 1), np.nan)
    best = smoothed(cells.means, noise, ratio * theirs.NOISE / each)
    found, known = (float(np.sqrt(np.mean((level - one.level) ** 2))) for one in (ours, best))
    covered = float((np.abs(level - ours.level) < Z90 * ours.variance**0.5).mean())
    assert 100 * covered == pytest.approx(held, abs=0.1)
    assert (found, known) == pytest.approx((error, least), abs=0.001)
    assert found / known == pytest.approx(share, abs=0.002)
    assert 0.85 <= covered <= 0.95
    assert found <= 1.05 * known
