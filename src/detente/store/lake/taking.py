"""A lake's segments into an observatory: taken over as they are, without reading an article again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.errors import UsageError
from detente.records import Failure
from detente.store.lake.entries import Entry
from detente.store.lake.lake import Lake
from detente.store.rows import state_of
from detente.store.schema import TABLES
from detente.store.segment import SegmentInfo, check, damaged, read_table
from detente.store.stored import StoredFailure
from detente.store.tombstones import tombstone

if TYPE_CHECKING:
    from detente.store.writer import Writer

type Key = tuple[str, str]  # article, revision
type OnShard = Callable[[int, int], None]

_BROKEN = "reading"  # the stage of a failure of the reader itself
_LOST = "batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a lake's articles, each counted once. See `AddReport`."""

    added: int = 0
    revised: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    failures: tuple[StoredFailure, ...] = ()


def take_over(lake: Lake, writer: Writer, *, again: bool = False, on_shard: OnShard | None = None) -> Taken:
    """Takes over what an observatory does not have yet, in one commit; broken off, it has taken nothing.

    Of an article that stands in the lake with several texts, the one that comes last in the order of the inputs is current.
    again: also articles that were removed earlier. on_shard: called with the articles and words of each shard.
    Raises UsageError when the two stand under different actors of the user's own.
    """
    if lake.terms.actors != writer.actors:
        raise UsageError(
            "the lake was coded with other actors of your own than the observatory keeps: code it anew with `--actors` and the "
            "actors.tsv of the observatory (or without, when it has none)"
        )
    entries = [entry for entry in lake.done() if entry.segment is not None]
    taking = _Taking(writer, again=again, last=_last(lake, entries))
    for entry in entries:
        assert entry.segment
        with lake.at_hand(entry) as folder:
            taking.take(folder, entry.segment)
        if on_shard:
            on_shard(entry.articles, entry.words)
    if taking.segments or taking.became:
        writer.adopt(taking.segments, became=taking.became)
    lost = [entry for entry in lake.entries().values() if entry.lost is not None]
    return taking.taken(lost)


def _last(lake: Lake, entries: Iterable[Entry]) -> dict[str, str]:
    """The revision in which each article stands last."""
    found: dict[str, str] = {}
    for entry in entries:
        assert entry.segment
        with lake.at_hand(entry) as folder:
            found |= dict(_keys(folder, entry.segment, "articles"))
    return found


@dataclass(slots=True)
class _Taking:
    """The state of one take-over. became: revisions that are now current, in order."""

    writer: Writer
    again: bool
    last: Mapping[str, str]
    segments: list[SegmentInfo] = field(default_factory=list)
    became: list[Key] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)
    _failures: list[StoredFailure] = field(default_factory=list)
    _current: dict[str, str] = field(init=False)
    _stored: set[Key] = field(init=False)
    _stones: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._current, self._stored = self.writer.known()
        self._stones = frozenset() if self.again else self.writer.removed()

    def take(self, folder: Path, segment: SegmentInfo) -> None:
        """One segment: whole, or without what is not wanted."""
        check(folder, segment)
        articles = _keys(folder, segment, "articles")
        failures = _failures_in(folder, segment)
        broken = _broken(failures)
        wanted = {key for key in articles if self._takes(key, broken=key in broken)}
        inputs = {key: None for key, _ in failures}.keys() - set(articles)
        wanted |= {key for key in inputs if self._takes_failure(key)}
        self._stored |= wanted
        self._failures += [StoredFailure(failure=f, article=key[0]) for key, f in failures if key in wanted]
        if len(wanted) == len(articles) + len(inputs):
            self.writer.bring(folder, segment)
            self.segments.append(segment)
        elif wanted:
            self.segments.append(self.writer.write(_part(folder, segment, wanted), segment))

    def taken(self, lost: Sequence[Entry]) -> Taken:
        """The sums. lost: shards that were given up."""
        told = [
            StoredFailure(
                failure=Failure(stage=_LOST, reason=entry.lost or "", where=entry.sources[0].name), article=entry.shard
            )
            for entry in lost
        ]
        counts: dict[str, Any] = dict(self._counts)
        counts["failed"] = counts.get("failed", 0) + len(lost)
        return Taken(**counts, failures=(*self._failures, *told))

    def _takes(self, key: Key, *, broken: bool) -> bool:
        """Whether the rows of an article are wanted; it is counted here."""
        article, revision = key
        current = self._current.get(article)
        if self._stones and tombstone(article) in self._stones:
            self._counts["removed"] += 1
            return False
        if current is not None and (broken or current == revision or state_of(current) == state_of(revision)):
            self._counts["unchanged"] += 1
            return False
        stored = key in self._stored
        if stored and self.last.get(article) != revision:
            self._counts["unchanged"] += 1
            return False
        self._counts["failed" if broken else "added" if current is None else "revised"] += 1
        self._current[article] = revision
        self.became.append(key)
        return not stored

    def _takes_failure(self, key: Key) -> bool:
        """Whether the failure of an input that gave no article is wanted."""
        if key in self._stored:
            self._counts["unchanged"] += 1
            return False
        self._counts["failed"] += 1
        return True


def _keys(folder: Path, segment: SegmentInfo, table: str) -> list[Key]:
    if not segment.rows(table):
        return []
    path = folder / f"{table}.parquet"
    try:
        found = pq.read_table(path, columns=["article_id", "revision"])
    except (OSError, pa.ArrowException) as error:
        raise damaged(path, str(error)) from error
    return list(zip(found["article_id"].to_pylist(), found["revision"].to_pylist(), strict=True))


def broken_in(folder: Path, segment: SegmentInfo) -> set[Key]:
    """The revisions on which the reader broke off: they supersede no other."""
    return _broken(_failures_in(folder, segment))


def _broken(failures: Iterable[tuple[Key, Failure]]) -> set[Key]:
    return {key for key, failure in failures if failure.stage == _BROKEN}


def _failures_in(folder: Path, segment: SegmentInfo) -> list[tuple[Key, Failure]]:
    rows = read_table(folder, segment, "failures").to_pylist() if segment.rows("failures") else []
    return [
        ((row["article_id"], row["revision"]), Failure(stage=row["stage"], reason=row["reason"], where=row["where"]))
        for row in rows
    ]


def _part(folder: Path, segment: SegmentInfo, wanted: set[Key]) -> dict[str, pa.Table]:
    """The rows of a segment that belong to the wanted revisions."""
    marks = pa.array([f"{article}\n{revision}" for article, revision in wanted], pa.string())
    found = {}
    for name in TABLES:
        table = read_table(folder, segment, name)
        own = pc.binary_join_element_wise(table["article_id"], table["revision"], "\n")
        found[name] = table.filter(pc.is_in(own, value_set=marks))
    return found
