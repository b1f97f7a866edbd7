"""The driver: hands shards to an engine and commits what comes back. It alone writes the lake's log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from detente.engines import Done, Engine, Local, Lost
from detente.errors import UsageError
from detente.knowledge.own_actors import OwnActors, own_actors
from detente.observatory.coding.journal import Journal
from detente.observatory.coding.shard import Shard, shards, usual_size
from detente.observatory.coding.work import TOLD, Coded, Coding, Halted, MakeReader, sources_of
from detente.records import Failure
from detente.sources import AUTO, INPUT_FORMATS, dates
from detente.sources.columns import checked
from detente.sources.slices import check_names, weight
from detente.store import StoredFailure
from detente.store.lake import Column, Entry, Lake, Terms, is_lake

LOST = "batch"  # the stage of the failure that a lost shard is
_GONE = "its segment was gone before it could be committed; run it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is. shards: coded now. earlier: done before, and passed over. lost: given up.

    articles, words, failures: of the shards coded now. unread: articles and inputs among them that were not read. bytes: of
    inputs coded now, passed: of shards done before, total: of all inputs. seconds: since the run began. memory: the most that a
    process of a worker held, in bytes. told: the first failures.
    """

    shards: int = 0
    earlier: int = 0
    lost: int = 0
    articles: int = 0
    words: int = 0
    failures: int = 0
    unread: int = 0
    bytes: int = 0
    passed: int = 0
    total: int = 0
    seconds: float = 0.0
    memory: int = 0
    told: tuple[StoredFailure, ...] = ()

    @property
    def left(self) -> float | None:
        """Seconds that it will still take at the present rate; None while nothing is known of that."""
        if not self.bytes or not self.seconds:
            return None
        return max(self.total - self.passed - self.bytes, 0) * self.seconds / self.bytes

    def rate(self, count: int) -> float:
        """So many of something, a second."""
        return count / self.seconds if self.seconds else 0.0


type OnProgress = Callable[[Progress], None]


def code(
    inputs: str | Path | Sequence[str | Path],
    lake: str | Path,
    *,
    engine: Engine | None = None,
    published: str | None = None,
    input_format: str = AUTO,
    columns: Mapping[str, str] | None = None,
    model: str | None = None,
    judge: str = "default",
    actors: str | Path | OwnActors | None = None,
    shard_size: int | None = None,
    reader: MakeReader | None = None,
    log: str | Path | None = None,
    on_progress: OnProgress | None = None,
) -> Progress:
    """Reads inputs into a lake, shard by shard. Run again, it goes on where it was: shards that are done are passed over.

    lake: a folder, or an address of an object store. engine: `Local()`, all cores of this machine, unless given. shard_size:
    bytes; by default that of the lake, and of a new one a 64th of the inputs, within 128 KiB and 8 MiB. reader: an importable
    function that makes the reader in each worker, in place of détente's own. log: file to which progress is appended as
    JSON, beside the lake's own. For the others, see `read`.
    Raises UsageError when the lake was begun in another way, BusyError when another run is at work on it, StoreError when
    the disk is full, EngineError, ModelError. Nothing in an input raises.
    """
    listed = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    check_names(listed)
    total = weight(listed)
    size = shard_size or (Lake.open(lake).terms.shard_size if is_lake(lake) else usual_size(total))
    terms = _terms(published, input_format, columns or {}, model, judge, own_actors(actors), size, reader)
    there = Lake.create(lake, terms)
    run = uuid4().hex[:12]
    paths = [path for path in (there.run_log(run), Path(log) if log else None) if path]
    with there.held(), Journal(run, paths) as journal:
        driver = _Driver(there, journal, Progress(total=total), on_progress)
        journal.note("begin", lake=str(lake), inputs=[str(item) for item in listed], bytes=total, shard_size=size)
        driver.run(
            engine or Local(), Coding(lake=str(lake), terms=terms, reader=reader), shards(listed, size, input_format)
        )
        journal.note("end", **driver.sums())
    return driver.progress


def _terms(
    published: str | None,
    input_format: str,
    columns: Mapping[str, str],
    model: str | None,
    judge: str,
    actors: OwnActors,
    size: int,
    reader: MakeReader | None,
) -> Terms:
    day = None if published is None else dates.iso(published)
    if published is not None and day is None:
        raise UsageError(f"expected {dates.EXPECTED} as the day of publication, found {published!r}")
    if input_format not in INPUT_FORMATS:
        raise UsageError(f"expected one of {', '.join(INPUT_FORMATS)} as the input format, found {input_format!r}")
    if size < 1:
        raise UsageError(f"expected a shard of at least one byte, found {size}")
    coder, knowledge = _who(reader, actors, judge)
    return Terms(
        coder=coder,
        knowledge=knowledge,
        judge=judge,
        shard_size=size,
        actors=actors.text,
        model=model,
        published=day,
        input_format=input_format,
        columns=tuple(Column(field=field, name=name) for field, name in sorted(checked(columns).items())),
    )


def _who(reader: MakeReader | None, actors: OwnActors, judge: str) -> tuple[str, str]:
    """The coder and the digest of its knowledge, without loading a language model."""
    if reader is not None:
        made = reader()
        return made.coder, made.knowledge
    from detente.reading.pipeline import JUDGES, coder_version, knowledge_digest

    if judge not in JUDGES:
        raise UsageError(f"expected one of the judges {', '.join(JUDGES)}, got {judge!r}")
    return coder_version(), knowledge_digest(actors, judge)


class _Driver:
    """One run."""

    def __init__(self, lake: Lake, journal: Journal, progress: Progress, on_progress: OnProgress | None) -> None:
        self._lake, self._journal, self._tell = lake, journal, on_progress
        self._at = progress
        self._earlier = self._passed = 0  # counted where shards are handed out: in another thread, as the engine likes
        self._began = time.monotonic()

    @property
    def progress(self) -> Progress:
        """How far the run is now."""
        seconds = time.monotonic() - self._began
        return replace(self._at, earlier=self._at.earlier + self._earlier, passed=self._passed, seconds=seconds)

    def run(self, engine: Engine, coding: Coding, planned: Iterable[Shard]) -> None:
        """Every shard that is not done yet."""
        swept = self._lake.sweep()
        if swept:
            self._journal.note("swept", attempts=swept)
        done = {shard for shard, entry in self._lake.entries().items() if entry.lost is None}
        with closing(engine.run(coding, self._fresh(planned, done))) as answers:
            for answer in answers:
                self._settle(answer)
                if self._tell:
                    self._tell(self.progress)
        if self._tell:
            self._tell(self.progress)

    def sums(self) -> dict[str, object]:
        """The figures of the whole run."""
        at = self.progress
        return {
            "shards": at.shards,
            "earlier": at.earlier,
            "lost": at.lost,
            "articles": at.articles,
            "words": at.words,
            "failures": at.failures,
            "articles_per_second": round(at.rate(at.articles), 2),
            "words_per_second": round(at.rate(at.words)),
            "seconds_left": None if at.left is None else round(at.left),
            "memory": at.memory,
        }

    def _fresh(self, planned: Iterable[Shard], done: set[str]) -> Iterator[Shard]:
        """The shards that are not done; the same bytes are not read twice, under whatever names."""
        for shard in planned:
            if shard.id in done:
                self._earlier += 1
                self._passed += shard.stored
            else:
                done.add(shard.id)
                yield shard

    def _settle(self, answer: Done[Shard, Coded | Halted] | Lost[Shard]) -> None:
        if isinstance(answer, Lost):
            self._lose(answer.shard, answer.reason, answer.attempts)
        elif isinstance(answer.result, Halted):
            self._journal.note("halted", reason=str(answer.result.error))
            raise answer.result.error
        elif not self._lake.stands(answer.result.entry):
            self._lose(answer.shard, _GONE, answer.attempts)
        else:
            self._commit(answer, answer.result)

    def _commit(self, answer: Done[Shard, Coded | Halted], coded: Coded) -> None:
        counted = bool(self._lake.commit([coded.entry]))
        entry, at = coded.entry, self._at
        self._at = replace(
            at,
            shards=at.shards + counted,
            earlier=at.earlier + (not counted),
            articles=at.articles + entry.articles,
            words=at.words + entry.words,
            failures=at.failures + entry.failures,
            unread=at.unread + coded.unread,
            bytes=at.bytes + answer.shard.stored,
            memory=max(at.memory, answer.memory),
            told=(*at.told, *coded.told)[:TOLD],
        )
        self._journal.note(
            "shard",
            shard=entry.shard,
            attempts=answer.attempts,
            shard_articles=entry.articles,
            shard_words=entry.words,
            shard_seconds=round(answer.seconds, 3),
            shard_memory=answer.memory,
            committed=counted,
            **{f"run_{name}": value for name, value in self.sums().items()},
        )

    def _lose(self, shard: Shard, reason: str, attempts: int) -> None:
        sources = sources_of(shard)
        self._lake.commit([Entry(shard=shard.id, sources=sources, lost=reason)])
        self._journal.note("lost", shard=shard.id, attempts=attempts, reason=reason)
        at = self._at
        where = sources[0].name + (f" and {len(sources) - 1} more" if len(sources) > 1 else "")
        told = StoredFailure(failure=lost(where, reason, attempts), article=shard.id)
        self._at = replace(at, lost=at.lost + 1, told=(told, *at.told)[:TOLD])


def lost(where: str, reason: str, attempts: int) -> Failure:
    """The failure that a shard given up is: its articles are not in the lake, and the next run tries them again."""
    told = f"given up after {attempts} attempts ({reason}); its articles are not read: run it again to try once more"
    return Failure(stage=LOST, reason=told, where=where)
