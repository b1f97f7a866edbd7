"""An observatory into a release: every table written in one generation, the monthly relations of all dyads among them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.observatory.origins import OWN
from detente.records import digest

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.observatory.telling import Storyteller, Tellings
    from detente.relations import Pool
    from detente.relations.whole import Whole
    from detente.store import Store
    from detente.store.snapshot import Snapshot

FORMAT = "1"  # of a release: other files or columns are another one
_MADE_BY = ("duckdb", "numpy", "pyarrow", "scipy")  # whose versions may show in the bytes

type OnTable = Callable[[str], object]
type Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeReport:
    """A release that was made. id: a hash of all that it holds. rows: of each table. removed: hashes in its list of removals.
    unread: inputs of the observatory that gave no article, and are not in it. log: the file beside it that says when it was made.
    """

    id: str
    rows: Mapping[str, int]
    removed: int
    unread: int
    log: Path


def freeze(
    store: Store, told: Storyteller, out: Path, *, texts: bool, as_of: date | None, on_table: OnTable | None
) -> FreezeReport:
    """See `Observatory.freeze`."""
    from detente.store.release import REMOVED, draft, seal, vacant, write_stones

    vacant(out)
    started = time.monotonic()
    with draft(out) as folder:

        def question(at: Snapshot) -> tuple[dict[str, int], dict[str, str], tuple[str, ...], int]:
            rows, versions = _write(at, told, folder, texts=texts, as_of=as_of, on_table=on_table)
            return rows, versions, at.manifest.removed, _unread(at)

        rows, versions, removed, unread = store.ask(question)
        write_stones(folder / REMOVED, removed)
        id_ = seal(folder, versions)
    log = _log(store, out, id_, rows, time.monotonic() - started)
    return FreezeReport(id=id_, rows=rows, removed=len(removed), unread=unread, log=log)


def _write(
    at: Snapshot, teller: Storyteller, folder: Path, *, texts: bool, as_of: date | None, on_table: OnTable | None
) -> tuple[dict[str, int], dict[str, str]]:
    """Writes every table; gives how many rows each has, and what they were made with."""
    from detente.store.release import tables, write

    told = teller(at, as_of)
    articles = _articles(at, told, as_of, texts=texts)
    measures, pools = _measured(at, teller, as_of)
    found = _told(at, told, as_of) | measures | {"articles": lambda: [articles]}
    rows = {}
    for name, table in tables().items():
        rows[name] = write(folder / table.file, table.schema(texts=texts), found[name]())
        if on_table:
            on_table(name)
    return rows, _versions(at, articles, pools, texts=texts, as_of=as_of)


def _articles(at: Snapshot, told: Tellings, as_of: date | None, *, texts: bool) -> pa.Table:
    from detente.store.release import articles

    return articles(at, as_of, {article: story.id for article, story in told.stories.items()}, texts=texts)


def _told(at: Snapshot, told: Tellings, as_of: date | None) -> dict[str, Callable[[], Iterable[pa.Table]]]:
    """What gives the tables, but those of articles and of relations: made when it is asked for, one at a time."""
    from detente.store import queries
    from detente.store.imported import origins
    from detente.store.release import (
        AS_STORED,
        as_stored,
        event_row,
        evidence,
        imported,
        pieces,
        rejected_row,
        report_rows,
    )

    def events() -> Iterator[Any]:
        return map(told.event, queries.events(at, as_of=as_of, joined=told.keys))

    def rejected() -> Iterator[Any]:
        found = map(told.event, queries.events(at, as_of=as_of, joined=told.keys, set_aside=True))
        return (one for one in found if one.verdict)

    def stored(name: str) -> Callable[[], Iterable[pa.Table]]:
        return lambda: as_stored(at, name, as_of, told.pages)

    def keys() -> dict[tuple[str, str], str]:
        return {(report.article, report.event): one.event.id for one in events() for report in one.reports}

    return {name: stored(name) for name in AS_STORED} | {
        "stories": lambda: pieces("stories", _story_rows(told)),
        "events": lambda: pieces("events", map(event_row, events())),
        "reports": lambda: pieces("reports", (row for one in events() for row in report_rows(one))),
        "evidence": lambda: pieces("evidence", evidence(at, as_of, keys())),
        "imported": lambda: imported(at, as_of, [one.name for one in origins(at)]),
        "rejected": lambda: pieces("rejected", map(rejected_row, rejected())),
    }


def _made(name: str, rows: Rows) -> Callable[[], Iterable[pa.Table]]:
    from detente.store.release import pieces

    return lambda: pieces(name, rows)


def _story_rows(told: Tellings) -> Iterator[dict[str, Any]]:
    every = {story.id: story for story in told.stories.values()}.values()
    for story in sorted(every, key=lambda story: (story.first or date.max, story.id)):
        yield {
            "id": story.id,
            "first": story.first,
            "last": story.last,
            "agency": story.agency or None,
            "articles": list(story.articles),
        }


def _measured(
    at: Snapshot, teller: Storyteller, as_of: date | None
) -> tuple[dict[str, Callable[[], Iterable[pa.Table]]], dict[str, Pool]]:
    """What gives the monthly series of every dyad, and what was read in each month; and the parameters, of each origin."""
    from detente.observatory.measuring import Asked, made
    from detente.store import queries
    from detente.store.imported import imported_days, origins

    days = {OWN: (queries.days(at, as_of=as_of), teller(at, as_of).days())}
    for name in sorted(one.name for one in origins(at)):
        days[name] = (imported_days(at, origin=name, as_of=as_of),) * 2
    measured = {name: made(at, teller, Asked(origin=name, as_of=as_of)).whole for name in days}
    coverage = []
    for name, counts in days.items():
        read, began = map(_monthly, counts)
        coverage += [
            {"origin": name, "month": month, "articles": read[month], "stories": began[month]}
            for month in sorted(read | began)
        ]
    coverage.sort(key=lambda row: (row["origin"], row["month"]))
    tables = {"series": lambda: _series(measured), "coverage": _made("coverage", coverage)}
    return tables, {name: whole.pool for name, whole in measured.items()}


def _series(given: Mapping[str, Whole]) -> Iterator[pa.Table]:
    """The months with events of every dyad, by origin, as `Observatory.relations` gives them."""
    import pyarrow as pa

    from detente.relations.flat import flat

    for origin, whole in sorted(given.items()):
        columns = whole.columns
        months = [date.fromisoformat(f"{period}-01") for period in columns.periods]
        yield pa.table(
            {
                "origin": pa.array([origin] * len(columns.dyad), pa.string()),
                "a": pa.array([columns.dyads[n][0] for n in columns.dyad.tolist()], pa.string()),
                "b": pa.array([columns.dyads[n][1] for n in columns.dyad.tolist()], pa.string()),
                "month": pa.array([months[n] for n in columns.period.tolist()], pa.date32()),
                "events": pa.array(columns.events).cast(pa.int64()),
                "origins": pa.array(columns.origins).cast(pa.int64()),
                **{name: pa.array(values, pa.float64()) for name, values in flat(whole).items()},
            }
        )


def _monthly(days: Iterable[tuple[date, int]]) -> Counter[date]:
    found: Counter[date] = Counter()
    for day, number in days:
        found[day.replace(day=1)] += number
    return found


def _versions(
    at: Snapshot, articles: pa.Table, pools: Mapping[str, Pool], *, texts: bool, as_of: date | None
) -> dict[str, str]:
    """What the release was made with, by name: all that its bytes hang on beside the input."""
    from detente.observatory.measuring import VERSION

    found = {
        "detente": version("detente"),
        "release_format": FORMAT,
        "measure": str(VERSION),
        "texts": "yes" if texts else "no",
    }
    for name in ("coder", "knowledge") if len(articles) else ():
        found[name] = ", ".join(sorted(set(articles[name].to_pylist())))
    found |= {name: version(name) for name in _MADE_BY}
    found |= {"as_of": as_of.isoformat()} if as_of else {}
    found |= {"own_actors": digest(at.manifest.actors)} if at.manifest.actors else {}
    for origin, pool in pools.items():
        if pool.dyads:
            found |= {
                f"pool.{origin}.{name}": f"{getattr(pool, name):.6g}" for name in ("variance", "drift", "clumping")
            }
            for name in ("friction", "exchange"):
                prior = getattr(pool, name)
                found |= {f"pool.{origin}.{name}.{part}": f"{getattr(prior, part):.6g}" for part in ("shape", "rate")}
    return dict(sorted(found.items()))


def _unread(at: Snapshot) -> int:
    """Inputs that gave no article."""
    from detente.store import queries

    articles = queries.known(at)
    failed = (one.article for one in queries.failures(at) if one.failure.stage != "import")
    return len({article for article in failed if article not in articles})


def _log(store: Store, out: Path, id_: str, rows: Mapping[str, int], seconds: float) -> Path:
    """Notes beside a release what must not be in it: when it was made, of which folder, and how long it took."""
    out = out.resolve()
    path = out.with_name(f"{out.name}.log")
    numbers = " ".join(f"{name}={number}" for name, number in rows.items())
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with path.open("a", encoding="utf8", newline="\n") as stream:
        stream.write(f"{now} release={id_} from={store.folder.resolve()} to={out} seconds={seconds:.1f} {numbers}\n")
    return path
