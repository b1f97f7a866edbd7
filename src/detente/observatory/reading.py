"""Inputs to readings, without keeping them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import batched
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from detente.errors import UsageError
from detente.knowledge.own_actors import NOBODY, OwnActors, own_actors
from detente.observatory.incoming import Input, incoming, is_article
from detente.records import Article, Reading

BATCH = 50  # articles read together

type OnProgress = Callable[[Article], None]


class ReaderLike(Protocol):
    """What turns articles into readings: `detente.Reader`, or anything that names its version and its knowledge."""

    coder: str
    knowledge: str

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """One reading for each article, in order."""
        ...


def read(
    inputs: Input | Iterable[Input],
    *,
    published: str | None = None,
    input_format: str = "auto",
    model: str | None = None,
    reader: ReaderLike | None = None,
    actors: str | Path | OwnActors | None = None,
    explain: bool = False,
    judge: str = "default",
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
    on_progress: OnProgress | None = None,
) -> Iterator[Reading]:
    """A reading for each article of the inputs, in order; an input that gave none has one with its failures and no text.

    inputs: paths of files and folders, "-" for `stdin`, and articles. published: day for articles that bring none.
    model: None for the bundled language model. on_progress: called with each article once it is read.
    actors: your own, or the file they are in: they add to those of the package and override them (docs/guides/actors.md).
    judge: who looks over the events that the frames give: "default", "full" (needs the extra `judge`), "rules" for nobody.
    columns: for tables, from the fields of an article to the names of their columns, where those are not recognised.
    explain: each event says why it was read so, and each silent sentence why it gave none (docs/guides/explain.md).
    Raises UsageError for a wrong argument, TableError for a wrong table, ModelError when the model cannot be used;
    nothing in an input raises.
    """
    lazy = LazyReader(reader, model, own_actors(actors), explain=explain, judge=judge)
    found = incoming(inputs, published, input_format, stdin, columns)
    return readings(found, lazy, BATCH, on_progress)


@runtime_checkable
class Adaptable(ReaderLike, Protocol):
    """A reader that can read with a user's own actors."""

    def using(self, actors: OwnActors) -> ReaderLike:
        """The reader with these actors."""
        ...


@runtime_checkable
class Explaining(ReaderLike, Protocol):
    """A reader that can explain what it reads."""

    def explaining(self) -> ReaderLike:
        """The reader with explanations."""
        ...


class LazyReader:
    """The reader, loaded when the first article needs it: adding what is stored already costs no model.

    actors: the user's own; a reader that was given takes them over, unless there are none. explain: with explanations.
    """

    def __init__(
        self,
        reader: ReaderLike | None,
        model: str | None,
        actors: OwnActors = NOBODY,
        *,
        explain: bool = False,
        judge: str = "default",
    ) -> None:
        self._reader, self._model, self.actors, self._explain = reader, model, actors, explain
        self._judge = judge
        if reader is not None and actors:
            if not isinstance(reader, Adaptable):
                raise UsageError(
                    "there are actors of your own: give a reader that has a method `using(actors)`, as detente.Reader has"
                )
            self._reader = reader.using(actors)
        if self._reader is not None and explain:
            if not isinstance(self._reader, Explaining):
                raise UsageError(
                    "explanations are asked for: give a reader that has a method `explaining()`, as detente.Reader has"
                )
            self._reader = self._reader.explaining()

    def __call__(self) -> ReaderLike:
        """The reader, loaded now if it was not."""
        if self._reader is None:
            from detente.reading.reader import Reader

            reader = Reader(self._model, judge=self._judge, actors=self.actors)
            self._reader = reader.explaining() if self._explain else reader
        return self._reader

    @property
    def coder(self) -> str:
        """The version of the reader, "" when none was needed."""
        return self._reader.coder if self._reader else ""

    @property
    def knowledge(self) -> str:
        """The digest of the reader's tables, "" when none was needed."""
        return self._reader.knowledge if self._reader else ""


def readings(
    drafts: Iterable[Reading], lazy: LazyReader, batch: int, on_progress: OnProgress | None
) -> Iterator[Reading]:
    """The drafts, read; what is no article stays as it is."""
    for group in batched(drafts, batch):
        articles = [draft.article for draft in group if is_article(draft)]
        done = lazy().read(articles) if articles else iter(())
        for draft in group:
            result = draft
            if is_article(draft):
                result = next(done)
                result = replace(result, failures=draft.failures + result.failures)
            yield result
            if on_progress:
                on_progress(result.article)
