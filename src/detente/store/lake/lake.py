"""The lake itself: terms, segments, and the log that says which of them count.

lake.json                 the terms, written once
log/<number>.jsonl        commits in order: a line for each shard that is done or lost
segments/<attempt>/*      rows, one folder for each attempt at a shard; only those that the log names count
told/*                    what spans shards, when it was asked for (second.py)
runs/<run>.jsonl          what each run told of its progress, with times
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from pathlib import Path
from uuid import uuid4

import pyarrow as pa

from detente.errors import SchemaError, StoreError, UsageError
from detente.records import Reading, from_json, to_json
from detente.store.lake.entries import FORMAT, Entry, Terms
from detente.store.lake.places import Folder, Place, place_of
from detente.store.rows import Sketcher, tables_of
from detente.store.schema import TABLES, VERSION
from detente.store.segment import SegmentInfo, write_tables

NAME, LOG, SEGMENTS, RUNS = "lake.json", "log", "segments", "runs"
GRACE = 24 * 3600.0  # seconds after which what no commit names is taken for the remains of a dead attempt
_TRIES = 1000  # commits of other drivers that one of ours may meet


def is_lake(path: str | Path) -> bool:
    """Whether a folder, or a prefix of an object store, is a lake."""
    try:
        return place_of(path).read(NAME) is not None
    except (OSError, ValueError):  # a path that cannot be one
        return False


class Lake:
    """A lake that is there. Reading needs no lock; to commit, hold it (`held`)."""

    def __init__(self, place: Place, terms: Terms) -> None:
        self._place, self.terms = place, terms
        self._entries: dict[str, Entry] = {}
        self._read = 0

    @classmethod
    def create(cls, where: str | Path, terms: Terms) -> Lake:
        """Makes a lake, or opens the one that is there. Raises UsageError when it was begun under other terms."""
        place = place_of(where)
        with writing(place):
            if isinstance(place, Folder) and place.is_taken(NAME):
                raise StoreError(f"{where} exists and is no lake; name a new or empty folder for it")
            place.create(NAME, json.dumps(to_json(terms), ensure_ascii=False, indent=1).encode() + b"\n")
        found = cls.open(where)
        _same(str(where), found.terms, terms)
        return found

    @classmethod
    def open(cls, where: str | Path) -> Lake:
        """Opens a lake. Raises StoreError when there is none, SchemaError when it is damaged or of another version."""
        place = place_of(where)
        content = place.read(NAME)
        if content is None:
            raise StoreError(f"{where} is no lake (it has no {NAME}); make one with `detente code INPUT -o {where}`")
        try:
            raw = json.loads(content)
            if raw["format"] != FORMAT:
                raise ValueError(f"it does not say that it is a {FORMAT}")
            if raw["schema"] != VERSION:
                raise SchemaError(
                    f"{where} has tables of version {raw['schema']}, expected {VERSION}: code it anew with this détente"
                )
            terms = from_json(Terms, raw)
        except (ValueError, KeyError, TypeError) as error:
            raise SchemaError(f"{where}: {NAME} is damaged ({error}); restore it from a copy") from error
        return cls(place, terms)

    @classmethod
    def at(cls, where: str | Path, terms: Terms) -> Lake:
        """A lake whose terms are known, without asking it for them."""
        return cls(place_of(where), terms)

    @property
    def place(self) -> Place:
        """Where it lies."""
        return self._place

    def held(self) -> AbstractContextManager[None]:
        """Keeps other drivers out, where the place can. Raises BusyError when one is at work."""
        held: AbstractContextManager[None] = self._place.held()
        return held

    def entries(self) -> dict[str, Entry]:
        """The last word on each shard, by shard, with what others have committed meanwhile."""
        names = self._place.names(LOG)
        for name in names[self._read :]:
            for line in (self._place.read(f"{LOG}/{name}") or b"").splitlines():
                self._note(self._entry(name, line))
        self._read = len(names)
        return self._entries

    def done(self) -> list[Entry]:
        """The shards that are done, in the order of their inputs: the same for the same inputs, however it came about."""
        found = [entry for entry in self.entries().values() if entry.lost is None]
        return sorted(found, key=lambda e: ([(s.name, s.start) for s in e.sources], e.shard))

    def commit(self, entries: Sequence[Entry]) -> list[Entry]:
        """Writes entries into the log as its next file; gives those that count.

        A shard that another driver has committed meanwhile is left as that did it. Raises StoreError when the disk is full
        or fails: then nothing is committed.
        """
        for _ in range(_TRIES):
            fresh = [entry for entry in entries if not self._is_done(entry.shard)]
            if not fresh:
                return []
            lines = b"".join(json.dumps(to_json(e), ensure_ascii=False).encode() + b"\n" for e in fresh)
            with writing(self._place):
                ours = self._place.create(f"{LOG}/{self._read + 1:08}.jsonl", lines)
            if ours:
                self._read += 1
                for entry in fresh:
                    self._note(entry)
                return fresh
            self.entries()  # what others, or earlier runs, have committed
        raise StoreError(f"{self._place} is being written to by too many others; run it again when they are done")

    def _is_done(self, shard: str) -> bool:
        known = self._entries.get(shard)
        return known is not None and known.lost is None

    def write(
        self,
        shard: str,
        groups: Iterable[Sequence[Reading]],
        *,
        table: str,
        sketch: Sketcher | None,
    ) -> tuple[str | None, SegmentInfo | None]:
        """Writes readings as a segment of its own, under a name that no other attempt has; nobody sees it until it is committed.

        table: digest of the user's own actors they were read with. sketch: see `tables_of`. Gives the folder and the segment,
        or neither when there are no rows. Raises StoreError when the disk is full or fails.
        """
        coder, knowledge = self.terms.coder, self.terms.knowledge
        made = [tables_of(group, coder=coder, knowledge=knowledge, table=table, sketch=sketch) for group in groups]
        tables = {name: pa.concat_tables(found) for name in TABLES if (found := [t[name] for t in made if name in t])}
        if not tables:
            return None, None
        attempt = f"{shard}-{uuid4().hex[:12]}"
        with writing(self._place), self._place.filling(f"{SEGMENTS}/{attempt}") as path:
            info = write_tables(tables, path, coders=(coder,), knowledge=(knowledge,))
        return attempt, info

    def at_hand(self, entry: Entry) -> AbstractContextManager[Path]:
        """The files of a shard's segment, as a folder of this machine."""
        found: AbstractContextManager[Path] = self._place.at_hand(f"{SEGMENTS}/{entry.folder}")
        return found

    def stands(self, entry: Entry) -> bool:
        """Whether all files of an entry's segment are there."""
        if entry.segment is None:
            return True
        names = set(self._place.names(f"{SEGMENTS}/{entry.folder}"))
        return all(f"{file.table}.parquet" in names for file in entry.segment.files)

    def files(self, table: str) -> list[str]:
        """The Parquet files of a table that count, for DuckDB, Spark or pandas."""
        return [
            self._place.address(f"{SEGMENTS}/{entry.folder}/{table}.parquet")
            for entry in self.done()
            if entry.segment and entry.segment.rows(table)
        ]

    def sweep(self, *, grace: float = GRACE) -> int:
        """Deletes what dead attempts left, once it is `grace` seconds old by the place's own clock; gives their number."""
        named = {entry.folder for entry in self.entries().values() if entry.folder}
        swept = 0
        for name in self._place.names(SEGMENTS):
            folder = f"{SEGMENTS}/{name}"
            if name not in named and (age := self._place.age(folder)) is not None and age >= grace:
                self._place.delete(folder)
                swept += 1
        return swept

    def run_log(self, run: str) -> Path | None:
        """Where a run may append what it tells of itself; None where nothing can be appended to."""
        if not isinstance(self._place, Folder):
            return None
        path = Path(self._place.address(f"{RUNS}/{run}.jsonl"))
        path.parent.mkdir(exist_ok=True)
        return path

    def _note(self, entry: Entry) -> None:
        known = self._entries.get(entry.shard)
        if known is None or known.lost is not None:
            self._entries[entry.shard] = entry

    def _entry(self, name: str, line: bytes) -> Entry:
        try:
            return from_json(Entry, json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise SchemaError(
                f"{self._place}: {LOG}/{name} is damaged ({error}); restore it from a copy, or delete it to have its shards "
                "read again"
            ) from error


_OFTEN = ("judge", "actors")  # what else differs when these do is no news


def _same(where: str, there: Terms, wanted: Terms) -> None:
    for name in (*_OFTEN, *(field.name for field in fields(Terms))):
        old, new = getattr(there, name), getattr(wanted, name)
        if old != new:
            shown = ("another table", "this one") if name == "actors" else (repr(old), repr(new))
            raise UsageError(
                f"{where} was begun with {name.replace('_', ' ')} {shown[0]}, this run has {shown[1]}: a lake is read in one way "
                "throughout; name a new lake, or run it as before"
            )


@contextmanager
def writing(place: Place) -> Iterator[None]:
    """Says what a full or failing disk means for the lake."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"cannot write to {place} ({error.strerror or error}); what was committed stands: make room or check the "
            "permissions, and run it again"
        ) from error
