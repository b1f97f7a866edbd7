"""An observatory's folder: what is committed, by whom, and how it is tidied. Layout and reasons: docs/adr/0002.

manifest.json            what there is, in one generation
segments/<id>/*.parquet  immutable rows
actors.tsv               the user's own actors, if any
verdicts.jsonl           what people said of events, line by line
derived/                 numbers worked out from the segments (store/derived.py): never part of the truth, deleted by each commit
copies.bin               which articles were found to copy one another: a note that saves time, made anew when it is gone
watch/                   what `detente watch` remembers (observatory/watching/ledger.py)
.lock                    held by the one process that writes
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import duckdb

from detente.errors import SchemaError, StoreError
from detente.records import EventVerdict
from detente.store import manifest as manifests
from detente.store import queries, verdicts
from detente.store.limit import check_time, turn
from detente.store.lock import writer_lock
from detente.store.manifest import Manifest, Stamp
from detente.store.migrations import migrated
from detente.store.schema import VERSION
from detente.store.segment import check
from detente.store.snapshot import Snapshot
from detente.store.writer import Stored, Writer, noted

_TRIES = 3  # a reader begins again when a removal takes the files from under it


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Current rows of each kind. revisions: articles with their superseded states. removed: articles removed for good.

    imported: events that others coded; `events` are one's own.
    """

    articles: int
    revisions: int
    actors: int
    events: int
    quotes: int
    places: int
    times: int
    commitments: int
    failures: int
    imported: int
    removed: int
    segments: int
    bytes: int
    generation: int


class Store:
    """One folder. Reading needs no lock and blocks nobody; writing goes through `writer()`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._snapshot: Snapshot | None = None
        self._opening = Lock()
        self._read: tuple[Stamp, Manifest] | None = None

    @classmethod
    def create(cls, folder: Path) -> Store:
        """Makes an empty observatory. Raises StoreError when there is one, or the folder holds other things."""
        if (folder / manifests.NAME).exists():
            raise StoreError(f"{folder} is an observatory already; add to it with `detente add {folder} INPUT`")
        if folder.exists() and (not folder.is_dir() or not _is_vacant(folder)):
            raise StoreError(f"{folder} exists and is not empty; name a new or empty folder for the observatory")
        try:
            (folder / "segments").mkdir(parents=True, exist_ok=True)
            manifests.save(folder, Manifest())
        except OSError as error:
            raise StoreError(f"cannot make an observatory at {folder} ({error.strerror}); check the path") from error
        return cls(folder)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Opens an observatory; one of an older version is migrated first, as its only writer."""
        raw = manifests.load_raw(folder)
        if raw["schema"] != VERSION:
            with writer_lock(folder):
                manifests.save(folder, migrated(manifests.load_raw(folder), folder))
        manifests.load(folder)
        return cls(folder)

    @property
    def segments(self) -> Path:
        """Where the segments lie."""
        return self.folder / "segments"

    def ask[R](self, question: Callable[[Snapshot], R]) -> R:
        """Puts a question (store/queries.py) to the present generation, to one generation only.

        Raises SchemaError, naming the file, when a segment is damaged.
        """
        for _ in range(_TRIES):
            manifest = self._manifest()
            try:
                return question(self._at(manifest))
            except duckdb.InterruptException as error:
                check_time()
                raise StoreError(f"{self.folder} could not be asked ({error}); please report it") from error
            except duckdb.Error as error:
                self._forget()
                if self._manifest().generation == manifest.generation:
                    raise self._explained(manifest, error) from error
        raise StoreError(f"{self.folder} changed {_TRIES} times while it was being read; try again")

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The one writer. Raises BusyError when another process, or another part of this one, writes already."""
        with writer_lock(self.folder):
            writer = Writer(self.folder, manifests.load(self.folder), self._stored)
            writer.tidy()
            yield writer

    def close(self) -> None:
        """Lets go of what reading keeps in memory; the store opens it again when asked."""
        self._forget()

    def counts(self) -> Counts:
        """What there is."""

        def question(at: Snapshot) -> Counts:
            size = sum(segment.size for segment in at.manifest.segments)
            return Counts(
                **queries.counts(at),
                removed=len(at.manifest.removed),
                segments=len(at.manifest.segments),
                bytes=size,
                generation=at.manifest.generation,
            )

        return self.ask(question)

    @property
    def generation(self) -> int:
        """The number of its present generation."""
        return self._manifest().generation

    @property
    def actors(self) -> str:
        """The user's own actors under which all rows stand, as a table; "" for none."""
        return self._manifest().actors

    @property
    def state(self) -> str:
        """Another text whenever anything has changed that an answer may rest on: what is committed, and what is judged."""
        return f"{self.generation}-{self.judged}"

    @property
    def judged(self) -> int:
        """Another number whenever a verdict was added."""
        return verdicts.stamp(self.folder)

    @property
    def verdicts(self) -> tuple[EventVerdict, ...]:
        """What people said of events, the oldest first."""
        return verdicts.journal(self.folder)

    @property
    def rejected(self) -> Mapping[tuple[str, str], EventVerdict]:
        """The events, by article and id, that are held to be wrong."""
        return verdicts.standing(self.verdicts)

    def judge(self, verdict: EventVerdict) -> None:
        """Keeps a verdict. Needs no writer's lock."""
        verdicts.note(self.folder, verdict)

    def forget_verdicts(self, articles: Collection[str]) -> None:
        """Erases the verdicts on articles that are removed."""
        verdicts.forget(self.folder, articles)

    @property
    def copies(self) -> bytes:
        """What was last noted of copies (`Writer.note_copies`); empty when nothing was."""
        return noted(self.folder)

    def check(self) -> None:
        """Reads every byte. Raises SchemaError, naming the file, when one is missing or is not what was committed."""
        for segment in manifests.load(self.folder).segments:
            check(self.segments / segment.id, segment)

    def _stored(self) -> Stored:
        return self.ask(lambda at: (queries.known(at), queries.revisions(at)))

    def _at(self, manifest: Manifest) -> Snapshot:
        held = self._snapshot  # once: another thread may let go of it, or open a newer one, at any moment
        if held is not None and held.manifest == manifest:
            return held
        with turn(self._opening):  # of many threads that find a new generation, one opens it
            held = self._snapshot
            if held is None or held.manifest != manifest:
                self._snapshot = held = Snapshot(self.segments, manifest)
        return held

    def _manifest(self) -> Manifest:
        """The manifest as it stands. It is only ever replaced, so that it is read again when there is another file."""
        stamp, held = manifests.stamp(self.folder), self._read
        if held is None or stamp is None or held[0] != stamp:
            manifest = manifests.load(self.folder)
            if stamp is None:
                return manifest
            self._read = held = (stamp, manifest)
        return held[1]

    def _forget(self) -> None:
        """Lets go of a snapshot; DuckDB closes it when the last thread that is asking has its answer."""
        self._snapshot = None

    def _explained(self, manifest: Manifest, error: duckdb.Error) -> StoreError:
        try:
            for segment in manifest.segments:
                check(self.segments / segment.id, segment)
        except SchemaError as damage:
            return damage
        return StoreError(f"{self.folder} could not be asked ({error}); please report it")


def _is_vacant(folder: Path) -> bool:
    """Whether a folder is empty, or holds no more than a creation that was killed leaves behind."""
    names = {path.name for path in folder.iterdir()}
    return names <= {"segments", f"{manifests.NAME}.tmp"} and not any(folder.glob("segments/*"))
