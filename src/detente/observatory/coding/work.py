"""What is done with one shard, wherever that is: a pure function from its bytes to a segment of the lake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import batched

from detente.errors import DetenteError, UsageError
from detente.knowledge.own_actors import NOBODY, OwnActors
from detente.observatory.coding.shard import Shard
from detente.observatory.incoming import draft_of, is_article
from detente.observatory.reading import LazyReader, ReaderLike, readings
from detente.records import Failure, Reading
from detente.sources.slices import Slice, articles_in
from detente.store import StoredFailure
from detente.store.lake import Entry, Lake, Source, Terms
from detente.stories import sketch_of

TOLD = 5  # failures of a shard that are told in words; all are in its rows
_GROUP = 256  # readings held as records before they become rows, which take a tenth of the memory
_REMARK = "source"

type MakeReader = Callable[[], ReaderLike]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A shard that was coded. entry: for the log. unread: articles and inputs that were not read. told: the first failures."""

    entry: Entry
    unread: int
    told: tuple[StoredFailure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Halted:
    """Why no shard can be coded: a full disk, a missing model. The run ends with it."""

    error: DetenteError


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """The function that engines run. lake: its path or address. reader: makes one, in place of détente's own."""

    lake: str
    terms: Terms
    reader: MakeReader | None = None

    def __call__(self, shard: Shard) -> Coded | Halted:
        """Codes a shard and writes its segment, under a name of this attempt. What is wrong with an input is in the rows."""
        try:
            return self._coded(shard)
        except DetenteError as error:
            return Halted(error=error)

    def _coded(self, shard: Shard) -> Coded:
        lazy = _reader(self.reader, self.terms)
        columns = {column.field: column.name for column in self.terms.columns}
        found = map(draft_of, articles_in(shard.parts, published=self.terms.published, columns=columns))
        tally = _Tally()
        groups = map(tally.count, batched(readings(found, lazy, _GROUP, None), _GROUP))
        table = lazy.actors.digest
        folder, segment = Lake.at(self.lake, self.terms).write(
            shard.id, self._checked(groups, lazy), table=table, sketch=sketch_of
        )
        entry = Entry(
            shard=shard.id,
            sources=sources_of(shard),
            folder=folder,
            segment=segment,
            articles=tally.articles,
            words=tally.words,
            failures=tally.failures,
        )
        return Coded(entry=entry, unread=tally.unread, told=tuple(tally.told))

    def _checked(self, groups: Iterator[Sequence[Reading]], lazy: LazyReader) -> Iterator[Sequence[Reading]]:
        """The groups, once it is sure that this machine reads as the lake was begun."""
        for group in groups:
            if lazy.coder and (lazy.coder, lazy.knowledge) != (self.terms.coder, self.terms.knowledge):
                raise UsageError(
                    f"a worker reads with {lazy.coder} (knowledge {lazy.knowledge}), the lake was begun with {self.terms.coder} "
                    f"({self.terms.knowledge}): install the same détente on all machines"
                )
            yield group


def sources_of(shard: Shard) -> tuple[Source, ...]:
    """The parts of a shard, for the log."""
    return tuple(
        Source(name=part.name, content=part.content, start=part.start, stop=part.stop)
        if isinstance(part, Slice)
        else Source(name=part.failure.where or part.id, content="")
        for part in shard.parts
    )


@lru_cache(maxsize=1)
def _reader(make: MakeReader | None, terms: Terms) -> LazyReader:
    """The reader of this process: loaded for its first shard, kept for all others."""
    actors = OwnActors.parse(terms.actors) if terms.actors else NOBODY
    return LazyReader(make() if make else None, terms.model, actors, judge=terms.judge)


@dataclass(slots=True)
class _Tally:
    """Counts while readings pass by."""

    articles: int = 0
    words: int = 0
    failures: int = 0
    unread: int = 0
    told: list[StoredFailure] = field(default_factory=list)

    def count(self, group: Sequence[Reading]) -> Sequence[Reading]:
        for reading in group:
            if is_article(reading):
                self.articles += 1
                self.words += len(reading.article.text.split())
            self.unread += any(_is_loss(reading, failure) for failure in reading.failures)
            self.failures += len(reading.failures)
            room = TOLD - len(self.told)
            self.told += [StoredFailure(failure=f, article=reading.article.id) for f in reading.failures[:room]]
        return group


def _is_loss(reading: Reading, failure: Failure) -> bool:
    return not reading.article.text or failure.stage != _REMARK
