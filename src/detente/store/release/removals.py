"""Taking removed articles out of a release that somebody holds, with all that came of them."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import SchemaError
from detente.store.release.files import read, write
from detente.store.release.folder import draft, seal, verify, versions_of
from detente.store.release.layout import tables
from detente.store.release.stones import REMOVED, read_stones, write_stones
from detente.store.tombstones import tombstone

_OF_ARTICLES = ("rejected", "quotes", "actors", "commitments", "places", "times")
_AS_IT_IS = "imported"  # of others' articles


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalReport:
    """What was taken out of a release. articles: their ids. rows: how many went of each table that lost some. id: of what it is now."""

    articles: tuple[str, ...]
    rows: Mapping[str, int]
    id: str | None


def apply_removals(release: Path, given: Path) -> RemovalReport:
    """Takes out the articles of a list (`removed.tsv`, or the release it lies in), and all that came of them.

    An event told in their words goes, also where another article tells it: only the observatory can word it anew. The series
    of own readings go, since their numbers would still tell of the removed. Raises SchemaError for a damaged release.
    """
    problems = verify(release)
    if problems:
        raise SchemaError(
            f"{release} is not as it was released ({'; '.join(problems[:3])}): take it from where it came again"
        )
    known, listed = read_stones(release), read_stones(given)
    found = {name: read(release / table.file) for name, table in tables().items() if name != _AS_IT_IS}
    gone = tuple(id_ for id_ in found["articles"]["id"].to_pylist() if tombstone(id_) in listed)
    if not gone and listed <= known:
        return RemovalReport(articles=(), rows={}, id=None)
    left = _without(found, gone) if gone else found
    versions = versions_of(release)
    if gone:
        versions = {name: value for name, value in versions.items() if not name.startswith("pool.own.")}
        versions["removals_applied"] = "yes"
    with draft(release) as folder:
        for name, rows in left.items():
            table = tables()[name]
            write(folder / table.file, table.schema(texts=versions["texts"] == "yes"), [rows])
        shutil.copyfile(release / tables()[_AS_IT_IS].file, folder / tables()[_AS_IT_IS].file)
        write_stones(folder / REMOVED, known | listed)
        id_ = seal(folder, dict(sorted(versions.items())))
    lost = {name: len(found[name]) - len(rows) for name, rows in left.items() if len(rows) < len(found[name])}
    return RemovalReport(articles=gone, rows=lost, id=id_)


def _without(found: Mapping[str, pa.Table], gone: tuple[str, ...]) -> dict[str, pa.Table]:
    """The tables of a release without these articles."""
    articles = _rest(found["articles"], "id", gone)
    stories = _stories(found["stories"], articles)
    worded = _rest(found["events"], "article", gone)
    reports = _rest(_only(found["reports"], "event", worded["id"]), "article", gone)
    return {
        "articles": articles,
        "stories": stories,
        "events": _recounted(worded, reports, found["reports"], articles, stories),
        "reports": reports,
        "evidence": _rest(_only(found["evidence"], "event", worded["id"]), "article", gone),
        **{name: _rest(found[name], "article", gone) for name in _OF_ARTICLES},
        "series": _rest(found["series"], "origin", ("own",)),
        "coverage": _coverage(found["coverage"], articles, stories),
    }


def _rest(table: pa.Table, column: str, gone: tuple[str, ...]) -> pa.Table:
    return table.filter(pc.invert(pc.is_in(table[column], value_set=pa.array(gone, pa.string()))))


def _only(table: pa.Table, column: str, kept: pa.ChunkedArray) -> pa.Table:
    return table.filter(pc.is_in(table[column], value_set=kept.combine_chunks()))


def _stories(stories: pa.Table, articles: pa.Table) -> pa.Table:
    """The stories that still have an article, with the days of those they have."""
    day = dict(zip(articles["id"].to_pylist(), articles["day"].to_pylist(), strict=True))
    rows = []
    for row in stories.to_pylist():
        left = [article for article in row["articles"] if article in day]
        days = [found for article in left if (found := day[article])]
        if left:
            rows.append(row | {"articles": left, "first": min(days, default=None), "last": max(days, default=None)})
    return pa.Table.from_pylist(rows, stories.schema)


def _recounted(
    events: pa.Table, reports: pa.Table, before: pa.Table, articles: pa.Table, stories: pa.Table
) -> pa.Table:
    """The events with the reports, outlets and origins that they have left; most have all."""
    touched = Counter(before["event"].to_pylist()) - Counter(reports["event"].to_pylist())
    witness = _witnesses(articles, stories)
    told: dict[str, list[dict[str, Any]]] = {}
    for report in reports.to_pylist():
        if report["event"] in touched:
            told.setdefault(report["event"], []).append(report)
    rows = events.to_pylist()
    for row in rows:
        if row["id"] in told:
            row["reports"] = len(told[row["id"]])
            row["outlets"] = sorted({report["outlet"] for report in told[row["id"]] if report["outlet"]})
            row["origins"] = list(dict.fromkeys(witness[report["article"]] for report in told[row["id"]]))
    return pa.Table.from_pylist(rows, events.schema)


def _witnesses(articles: pa.Table, stories: pa.Table) -> dict[str, str]:
    """What an article counts as, as an independent witness: its story, or the agency that this credits."""
    agency = dict(zip(stories["id"].to_pylist(), stories["agency"].to_pylist(), strict=True))
    own = zip(articles["id"].to_pylist(), articles["story"].to_pylist(), strict=True)
    return {article: agency.get(story) or story for article, story in own}


def _coverage(before: pa.Table, articles: pa.Table, stories: pa.Table) -> pa.Table:
    read_, began = (_months(days.to_pylist()) for days in (articles["day"], stories["first"]))
    rows = [{"origin": "own", "month": m, "articles": read_[m], "stories": began[m]} for m in sorted(read_ | began)]
    others = _rest(before, "origin", ("own",)).to_pylist()
    return pa.Table.from_pylist(sorted([*rows, *others], key=lambda row: (row["origin"], row["month"])), before.schema)


def _months(days: list[date | None]) -> Counter[date]:
    return Counter(day.replace(day=1) for day in days if day)
