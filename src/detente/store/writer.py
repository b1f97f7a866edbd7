"""The one writer of an observatory's folder: every change is new files first, then one replaced manifest."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from detente.errors import StoreError
from detente.records import Article, Reading
from detente.store import manifest as manifests
from detente.store.derived import forget as forget_derived
from detente.store.dropping import Drop, DropReport, drop_of, is_all, left_of, without_coder
from detente.store.growing import Growing
from detente.store.manifest import History, Manifest, Retired
from detente.store.rows import Sketcher, article_revision, broken_revision, readable, revision_of, state_of
from detente.store.schema import TABLES
from detente.store.segment import (
    SegmentInfo,
    holds,
    link_or_copy,
    read_table,
    sync_folder,
    without,
    write_segment,
    write_tables,
)
from detente.store.tombstones import tombstone

GRACE = 3600.0  # seconds that a compacted segment stays for readers which began before
FULL = 1_000_000  # imported rows: a segment with as many is not added to
SMALL = 5_000  # articles, or imported rows: segments with fewer are merged
MERGED = 20_000  # articles, or imported rows, that are merged at one time: some 500 MB of memory
COPIES = "copies.bin"
_DRAFT = ".draft"

type Stored = tuple[dict[str, str], set[tuple[str, str]]]  # the current revision of each article; all revisions


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveReport:
    """removed: ids that are gone. unknown: ids that were not there. held: files that another process (on Windows) keeps
    open; the next writer deletes them."""

    removed: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactReport:
    """Segments before and after, and how many bytes of replaced files are kept for readers for another while."""

    before: int
    after: int
    waiting: int


@contextmanager
def _disk(folder: Path) -> Iterator[None]:
    """Says what a full or failing disk means for the observatory. What was committed before stands."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"cannot write to {folder} ({error.strerror or error}); what was committed stands: make room or check the "
            "permissions, and run it again"
        ) from error


class Writer:
    """Changes a folder, holding its lock. Each method ends in one commit, or in none."""

    def __init__(self, folder: Path, manifest: Manifest, stored: Callable[[], Stored]) -> None:
        self._folder, self._segments = folder, folder / "segments"
        self._manifest = manifest
        self._ask = stored
        self._current: dict[str, str] | None = None
        self._stored: set[tuple[str, str]] = set()

    def standing(self, article: Article) -> str:
        """How an article stands to what is stored: "new", "same", "changed", "broken" (stored, but the reader broke on
        it), or "removed" (earlier, and for good).
        """
        if tombstone(article.id) in self._manifest.removed:
            return "removed"
        current = self._known().get(article.id)
        if current is None:
            return "new"
        if current == broken_revision(article):
            return "broken"
        return "same" if state_of(current) == article_revision(article) else "changed"

    @property
    def actors(self) -> str:
        """The user's own actors under which all rows stand, as a table; "" for none."""
        return self._manifest.actors

    def stand_under(self, actors: str) -> None:
        """Notes that all rows stand under these actors of the user's: what they change has been read again."""
        if actors != self._manifest.actors:
            self._commit(replace(self._manifest, actors=actors))

    def is_current(self, article: Article, table: str) -> bool:
        """Whether the article's current revision was read with that table of the user's."""
        return self._known().get(article.id) == article_revision(article, table)

    def revive(self, article: Article, table: str = "") -> bool:
        """Makes an earlier revision of an article the current one again; False when it has never been stored.

        table: digest of the user's own actors that it must have been read with.
        """
        key = (article.id, article_revision(article, table))
        self._known()
        if key not in self._stored:
            return False
        self._commit(self._superseding(self._manifest, [key]))
        return True

    def add(
        self,
        readings: Sequence[Reading],
        *,
        coder: str,
        knowledge: str,
        table: str = "",
        sketch: Sketcher | None = None,
    ) -> SegmentInfo | None:
        """Commits readings as one segment. None when each of them is stored already, revision by revision.

        table: digest of the user's own actors they were read with. sketch: makes what finds an article's copies.
        """
        self._known()
        fresh = {(reading.article.id, revision_of(reading, table)): reading for reading in readings}
        fresh = {key: reading for key, reading in fresh.items() if key not in self._stored}
        if not fresh:
            return None
        with _disk(self._folder):
            draft = self._draft()
            info = write_segment(
                list(fresh.values()), draft, coder=coder, knowledge=knowledge, table=table, sketch=sketch
            )
            self._place(draft, info)
        became = [key for key, reading in fresh.items() if readable(reading)]
        back = {tombstone(article) for article, _ in became}
        kept = tuple(stone for stone in self._manifest.removed if stone not in back)
        changed = replace(self._manifest, segments=(*self._manifest.segments, info), removed=kept)
        self._commit(self._superseding(changed, became))
        self._stored |= fresh.keys()
        return info

    def remove(self, articles: Iterable[str]) -> RemoveReport:
        """Erases articles, their records and their text from every segment, and every file that held them, now."""
        wanted = tuple(dict.fromkeys(articles))
        self._known()
        there = {article for article, _ in self._stored}
        gone = tuple(article for article in wanted if article in there)
        if gone:
            segments = tuple(s for old in self._manifest.segments for s in self._cleansed(old, gone))
            history = tuple(h for h in self._manifest.history if h.article not in gone)
            stones = tuple(dict.fromkeys((*self._manifest.removed, *map(tombstone, gone))))
            self._commit(replace(self._manifest, segments=segments, history=history, removed=stones, retired=()))
            self._current = None
        held = self._sweep(keep=frozenset())
        return RemoveReport(removed=gone, unknown=tuple(a for a in wanted if a not in there), held=held)

    def drop_origin(self, origin: str) -> DropReport:
        """Erases all events of one origin, and what was kept aside of its files, from every file that held them, now."""
        drop = drop_of(self._segments, self._manifest.segments, origin)
        before = self._manifest.segments
        after = tuple(kept for segment in before for kept in self._dropped(segment, drop))
        if after != before:
            self._commit(replace(self._manifest, segments=after, retired=()))
        held = self._sweep(keep=frozenset())
        events, refused = (_held(before, name) - _held(after, name) for name in ("imported", "failures"))
        return DropReport(origin=origin, events=events, refused=refused, held=held)

    def compact(self, *, grace: float = GRACE) -> CompactReport:
        """Merges small segments into few. The replaced files stay for `grace` seconds for readers that use them."""
        before = self._manifest.segments
        for small in _groups(segment for segment in before if _is_small(segment)):
            merged = self._merged(small)
            old = tuple(Retired(id=s.id, after=time.time() + grace) for s in small if s.id != merged.id)
            kept = tuple(segment for segment in self._manifest.segments if segment not in small)
            retired = (*self._manifest.retired, *old)
            self._commit(replace(self._manifest, segments=(*kept, merged), retired=retired))
        self.tidy()
        waiting = sum(_size(self._segments / retired.id) for retired in self._manifest.retired)
        return CompactReport(before=len(before), after=len(self._manifest.segments), waiting=waiting)

    def take_in(self, pieces: Iterable[tuple[str, pa.Table]], *, coders: Collection[str]) -> tuple[SegmentInfo, ...]:
        """Commits rows that others coded, piece by piece: a table's name, and some of its rows. Gives the new segments, none
        when there are no rows, or these very rows are stored.

        Either all of it is committed, or nothing. coders: whose rows they are; looked at when all pieces have come.
        """
        grown: list[Growing] = []
        try:
            with _disk(self._folder):
                for name, piece in pieces:
                    if not grown or grown[-1].rows >= FULL:
                        self._close(grown)
                        grown.append(Growing(self._draft(len(grown))))
                    grown[-1].append(name, piece)
                self._close(grown)
                stored = {segment.id for segment in self._manifest.segments}
                fresh = [(one, info) for one in grown if one.rows and (info := one.info(coders)).id not in stored]
                for one, info in fresh:
                    self._place(one.folder, info)
        finally:
            for one in grown:
                shutil.rmtree(one.folder, ignore_errors=True)
        infos = tuple(info for _, info in fresh)
        if infos:
            self._commit(replace(self._manifest, segments=(*self._manifest.segments, *infos)))
        return infos

    def known(self) -> Stored:
        """The current revision of each article, and all revisions there are."""
        return dict(self._known()), set(self._stored)

    def removed(self) -> frozenset[str]:
        """The tombstones of articles that were removed earlier, and for good."""
        return frozenset(self._manifest.removed)

    def bring(self, folder: Path, info: SegmentInfo) -> None:
        """Puts a segment that was written elsewhere beside the others: by hard links, where the disk has them, else by copies.

        It counts once `adopt` has committed it.
        """
        with _disk(self._folder):
            draft = self._draft()
            draft.mkdir(parents=True)
            for file in info.files:
                link_or_copy(folder / f"{file.table}.parquet", draft / f"{file.table}.parquet")
            sync_folder(draft)
            self._place(draft, info)

    def write(self, tables: dict[str, pa.Table], of: SegmentInfo) -> SegmentInfo:
        """Puts a part of a segment that was written elsewhere beside the others. It counts once `adopt` has committed it."""
        return self._written(tables, [of])

    def adopt(self, segments: Sequence[SegmentInfo], *, became: Sequence[tuple[str, str]]) -> None:
        """Commits segments that `bring` or `write` put there, all at once. became: the revisions that are now current, in order."""
        back = {tombstone(article) for article, _ in became}
        kept = tuple(stone for stone in self._manifest.removed if stone not in back)
        there = {segment.id for segment in self._manifest.segments}
        fresh = {segment.id: segment for segment in segments if segment.id not in there}
        changed = replace(self._manifest, segments=(*self._manifest.segments, *fresh.values()), removed=kept)
        self._commit(self._superseding(changed, became))
        self._current = None

    def note_copies(self, note: bytes) -> None:
        """Keeps what was found out of copies beside the segments, in place of what was noted before."""
        if note == noted(self._folder):
            return
        draft = self._folder / f"{COPIES}.tmp"
        with _disk(self._folder):
            draft.write_bytes(note)
            draft.replace(self._folder / COPIES)

    def small_segments(self) -> int:
        """How many segments a compaction would merge."""
        return sum(map(_is_small, self._manifest.segments))

    def tidy(self) -> None:
        """Deletes what killed runs left half done, and what compaction replaced long enough ago."""
        waiting = tuple(retired for retired in self._manifest.retired if retired.after > time.time())
        if waiting != self._manifest.retired:
            self._commit(replace(self._manifest, retired=waiting))
        self._sweep(keep=frozenset(retired.id for retired in waiting))

    def _known(self) -> dict[str, str]:
        if self._current is None:
            self._current, self._stored = self._ask()
        return self._current

    @staticmethod
    def _close(grown: Sequence[Growing]) -> None:
        if grown:
            grown[-1].close()

    def _superseding(self, manifest: Manifest, became: Iterable[tuple[str, str]]) -> Manifest:
        """The manifest in which these revisions are the current ones."""
        current = self._known()
        history = {entry.article: entry for entry in manifest.history}
        for article, revision in became:
            if current.get(article, revision) != revision:
                earlier = history.get(article, History(article=article, revisions=(current[article],)))
                history[article] = replace(earlier, revisions=(*earlier.revisions, revision))
            current[article] = revision
        return replace(manifest, history=tuple(history.values()))

    def _draft(self, number: int = 0) -> Path:
        draft = self._segments / f"{_DRAFT}{number or ''}"
        if draft.exists():
            shutil.rmtree(draft)
        return draft

    def _place(self, draft: Path, info: SegmentInfo) -> None:
        """Gives a finished segment its name. What has the name already has the same bytes, unless it is half deleted."""
        final = self._segments / info.id
        if final.exists():
            shutil.rmtree(final)
        draft.replace(final)
        sync_folder(self._segments)

    def _commit(self, changed: Manifest) -> None:
        changed = replace(changed, generation=self._manifest.generation + 1)
        with _disk(self._folder):
            manifests.save(self._folder, changed)
        self._manifest = changed
        forget_derived(self._folder)

    def _cleansed(self, segment: SegmentInfo, gone: tuple[str, ...]) -> Iterator[SegmentInfo]:
        """The segment itself when it holds none of the articles, else one without them, else nothing."""
        folder = self._segments / segment.id
        if not holds(folder, segment, gone):
            yield segment
            return
        left = {name: without(read_table(folder, segment, name), gone) for name in TABLES}
        if any(len(table) for table in left.values()):
            yield self._written(left, [segment])

    def _dropped(self, segment: SegmentInfo, drop: Drop) -> Iterator[SegmentInfo]:
        """The segment itself when nothing of it goes, else one of what is left, else nothing."""
        if is_all(segment, drop):
            return
        left = left_of(self._segments, segment, drop)
        if not left:
            yield segment
            return
        others = [name for name in TABLES if name not in left and segment.rows(name)]
        tables = left | {name: read_table(self._segments / segment.id, segment, name) for name in others}
        if any(len(table) for table in tables.values()):
            yield self._written(tables, [without_coder(segment, drop)])

    def _merged(self, segments: Sequence[SegmentInfo]) -> SegmentInfo:
        parts = {
            name: [read_table(self._segments / s.id, s, name) for s in segments if s.rows(name)] for name in TABLES
        }
        return self._written({name: pa.concat_tables(found) for name, found in parts.items() if found}, segments)

    def _written(self, tables: dict[str, pa.Table], of: Sequence[SegmentInfo]) -> SegmentInfo:
        coders = [coder for segment in of for coder in segment.coders]
        knowledge = [digest for segment in of for digest in segment.knowledge]
        with _disk(self._folder):
            draft = self._draft()
            info = write_tables(tables, draft, coders=coders, knowledge=knowledge)
            self._place(draft, info)
        return info

    def _sweep(self, *, keep: frozenset[str]) -> tuple[str, ...]:
        """Deletes every folder that is neither committed nor kept; gives the paths that would not go."""
        (self._folder / f"{manifests.NAME}.tmp").unlink(missing_ok=True)
        live = keep | {segment.id for segment in self._manifest.segments}
        held = []
        for folder in self._segments.iterdir():
            if folder.is_dir() and folder.name not in live:
                shutil.rmtree(folder, ignore_errors=True)
                held += [str(folder)] if folder.exists() else []
        return tuple(held)


def noted(folder: Path) -> bytes:
    """What is noted of copies in a folder; empty when nothing is, or when it cannot be read: it only saves time."""
    try:
        return (folder / COPIES).read_bytes()
    except OSError:
        return b""


def _is_small(segment: SegmentInfo) -> bool:
    return _rows(segment) < SMALL


def _rows(segment: SegmentInfo) -> int:
    return segment.rows("articles") + segment.rows("imported")


def _groups(segments: Iterable[SegmentInfo]) -> Iterator[list[SegmentInfo]]:
    """Segments to be merged with one another: as many as fit into memory at one time, and no fewer than two."""
    held: list[SegmentInfo] = []
    for segment in segments:
        if held and sum(map(_rows, [*held, segment])) > MERGED:
            yield from [held] if len(held) > 1 else []
            held = []
        held.append(segment)
    if len(held) > 1:
        yield held


def _held(segments: Iterable[SegmentInfo], table: str) -> int:
    return sum(segment.rows(table) for segment in segments)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*.parquet"))
