"""Inputs cut into slices that can be read apart from one another: whole files, and stretches of large ones.

JSON Lines are cut between lines, web archives (WARC) between records; files of other formats stay whole. A slice is known by what is
in it, not by where it lies: the hash of its bytes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from detente.errors import DetenteError, InputError, UsageError
from detente.records import content_hash
from detente.sources import inputs
from detente.sources.feed import LONGEST, Bytes, Feed
from detente.sources.formats import FORMATS, format_of, sniffed
from detente.sources.jsons import one_a_line
from detente.sources.settle import Settler
from detente.sources.sourced import Sourced, Unreadable, unreadable

_CHUNK = 1024 * 1024
_MEMBER = b"\x1f\x8b\x08"  # how a member of a gzip file begins
_RECORD = b"WARC/"
_AHEAD = 65536  # bytes of a member unpacked to see whether it is a record
_HEADER = 64 * 1024  # bytes of a WARC record's header


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A file, or a stretch of one. kind: its format. size: its bytes. stored: the bytes of the file that it stands for.

    start, stop: the stretch, None for the end of the file; of the unpacked bytes where `unpacked`. line: number of its first line.
    content: 32 hex digits of SHA-256 over its bytes.
    """

    name: str
    kind: str
    size: int
    stored: int
    content: str
    start: int = 0
    stop: int | None = None
    line: int = 1
    unpacked: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is a file from beginning to end."""
        return self.start == 0 and self.stop is None


def slices(paths: Sequence[str | Path], size: int, wanted: str | None) -> Iterator[Slice | Unreadable]:
    """The inputs, in order, in slices of about `size` bytes. wanted: the format of all of them, None to find out.

    Reads every byte, for the hashes, as it is asked for more.
    """
    for file in inputs.files_of(paths):
        if isinstance(file, Path):
            yield from _of_file(file, size, wanted)
        elif isinstance(file, Unreadable):
            yield file


def check_names(paths: Sequence[str | Path]) -> None:
    """Raises UsageError where an input is no file or folder of this machine: a word mistyped, or standard input."""
    if not paths:
        raise UsageError("expected files or folders, found none")
    for path in paths:
        if str(path) == inputs.STDIN:
            raise UsageError(
                "expected files or folders: what comes by standard input cannot be read again after a failure"
            )
        if not Path(path).exists():
            raise UsageError(f"expected a file or a folder, found none at {inputs.shown(path)}: check the name")


def weight(paths: Sequence[str | Path]) -> int:
    """Bytes of all inputs as they are stored, without opening them."""
    return sum(file.stat().st_size for file in inputs.files_of(paths) if isinstance(file, Path) and file.is_file())


def articles_in(parts: Sequence[Slice | Unreadable], *, published: str | None) -> Iterator[Sourced | Unreadable]:
    """Every article of the slices, with a record for each that cannot be read. published: ISO day for those that bring none.

    An id that comes again within a file is told, as everywhere. Between files, which may lie in different slices, an article
    that comes again as it was is passed over, and one with another text is given: the later is a revision of the earlier.
    """
    seen: set[tuple[str | None, ...]] = set()
    for part in parts:
        if isinstance(part, Unreadable):
            yield part
            continue
        for found in _within(part, Settler(published)):
            if isinstance(found, Sourced):
                article = found.article
                key = (article.id, content_hash(article.title, article.text), article.published, article.source)
                if key in seen:
                    continue
                seen.add(key)
            yield found


def _within(part: Slice, settler: Settler) -> Iterator[Sourced | Unreadable]:
    """What is in one slice. The border of a batch: whatever breaks on it, the next one is read."""
    name = inputs.shown(part.name)
    found = 0
    try:
        with _opened(part) as feed:
            for draft in FORMATS[part.kind].read(feed):
                found += 1
                yield draft if isinstance(draft, Unreadable) else settler.settle(draft)
        if not found and part.whole:
            yield unreadable(name, "expected an article, found none: the file is empty")
    except InputError as error:
        yield unreadable(name, str(error))
    except DetenteError:  # the installation is broken, not the input
        raise
    except Exception as error:
        yield unreadable(name, f"the file broke its reader ({type(error).__name__}: {error}); please report it")


def _of_file(file: Path, size: int, wanted: str | None) -> Iterator[Slice | Unreadable]:
    try:
        with file.open("rb") as stream:
            kind = wanted or format_of(file.name) or sniffed(_head(file, stream))
            if kind == "jsonl" and one_a_line(_head(file, stream)):
                yield from _lines(file, stream, size)
            else:
                borders = _members(stream, size) if kind == "warc" else []
                stream.seek(0)
                yield from _stretches(file, stream, kind, borders)
    except (OSError, InputError) as error:
        reason = str(error) if isinstance(error, InputError) else f"cannot be read: {error.strerror or error}"
        yield unreadable(inputs.shown(file), reason)


def _head(file: Path, stream: BinaryIO) -> bytes:
    stream.seek(0)
    head = Feed(inputs.shown(file), stream).head()
    stream.seek(0)
    return head


def _lines(file: Path, stream: BinaryIO, size: int) -> Iterator[Slice]:
    """Stretches of whole lines. What is packed is unpacked to find them, and the place of a stretch is one of the unpacked bytes."""
    packed = stream.read(2) == _MEMBER[:2]
    stream.seek(0)
    feed = Feed(inputs.shown(file), stream)
    at, begin, line, first, before, content = 0, 0, 1, 1, 0, hashlib.sha256()

    def cut(stop: int | None) -> Slice:
        return Slice(
            name=str(file), kind="jsonl", size=at - begin, stored=(stream.tell() - before) if packed else at - begin,
            content=content.hexdigest()[:32], start=begin, stop=stop, line=first, unpacked=packed,
        )  # fmt: skip

    damaged = False
    try:
        while data := feed.read(_CHUNK):
            while data:
                end = data.find(b"\n", max(begin + size - at - 1, 0)) + 1
                piece = data[:end] if end else data
                content.update(piece)
                at, line, data = at + len(piece), line + piece.count(b"\n"), data[len(piece) :]
                if end:
                    yield cut(at)
                    begin, first, before, content = at, line, stream.tell(), hashlib.sha256()
    except InputError:
        damaged = True  # whoever reads the last slice comes upon it, and says so
    if at > begin or not begin or damaged:
        yield cut(None)


def _members(stream: BinaryIO, size: int) -> list[int]:
    """Where the records nearest behind every `size` bytes of a web archive begin, packed or not; what is between stays whole."""
    packed = stream.read(3) == _MEMBER
    borders: list[int] = []
    at = _next(stream, size, packed=packed)
    while at is not None:
        borders.append(at)
        at = _next(stream, at + size, packed=packed)
    return borders


def _next(stream: BinaryIO, at: int, *, packed: bool) -> int | None:
    """The first place from `at` on where a record begins."""
    mark = _MEMBER if packed else b"\r\n\r\n" + _RECORD
    stream.seek(at)
    held, base = b"", at
    while data := stream.read(_CHUNK):
        held += data
        found = held.find(mark)
        while found >= 0:
            place = base + found + (0 if packed else 4)
            if _is_record(stream, place, packed=packed):
                return place
            found = held.find(mark, found + 1)
        base, held = base + len(held) - len(mark), held[-len(mark) :]
        stream.seek(base + len(held))
    return None


def _is_record(stream: BinaryIO, at: int, *, packed: bool) -> bool:
    """Whether a record begins there: three bytes may stand in the middle of packed data, and an archive within an archive."""
    stream.seek(at)
    head = stream.read(_AHEAD)
    if packed:
        try:
            head = zlib.decompressobj(31).decompress(head, _HEADER)
        except zlib.error:
            return False
    lines = head.split(b"\r\n\r\n", 1)[0].split(b"\r\n")
    return lines[0].startswith(_RECORD) and any(line.lower().startswith(b"warc-record-id:") for line in lines)


def _stretches(file: Path, stream: BinaryIO, kind: str, borders: Sequence[int]) -> Iterator[Slice]:
    begin = 0
    for stop in (*borders, None):
        content, size = hashlib.sha256(), 0
        while data := stream.read(_CHUNK if stop is None else min(_CHUNK, stop - begin - size)):
            content.update(data)
            size += len(data)
        yield Slice(
            name=str(file), kind=kind, size=size, stored=size, content=content.hexdigest()[:32], start=begin, stop=stop
        )
        begin += size


@contextmanager
def _opened(part: Slice) -> Iterator[Feed]:
    """The feed of a slice. Raises InputError when it cannot be opened or read."""
    try:
        with Path(part.name).open("rb") as stream:
            yield _feed(part, stream)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}") from error


def _feed(part: Slice, stream: BinaryIO) -> Feed:
    name = inputs.shown(part.name)
    if part.whole:
        return Feed(name, stream)
    if part.unpacked:
        unpacked: Bytes = Feed(name, stream)
        left = part.start
        while left and (data := unpacked.read(min(_CHUNK, left))):
            left -= len(data)
    else:
        stream.seek(part.start)
        unpacked = stream
    stretch = unpacked if part.stop is None else _Stretch(unpacked, part.stop - part.start)
    if part.kind == "jsonl":
        return _LinesFrom(name, _Behind(b"\n", stretch), part.line - 1)
    return Feed(f"{name}+{part.start}" if part.start else name, stretch)


class _Stretch:
    """The next `size` bytes of a stream."""

    def __init__(self, stream: Bytes, size: int) -> None:
        self._stream, self._left = stream, size

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data


class _Behind:
    """A stream behind a few bytes: an empty line keeps a slice from being taken for a packed file, or for one long value."""

    def __init__(self, first: bytes, stream: Bytes) -> None:
        self._first, self._stream = first, stream

    def read(self, size: int = -1) -> bytes:
        if self._first:
            data, self._first = self._first, b""
            return data
        return self._stream.read(size)


class _LinesFrom(Feed):
    """A feed whose lines are numbered as those of the file that it is a part of."""

    def __init__(self, name: str, stream: Bytes, first: int) -> None:
        super().__init__(name, stream)
        self._before = first - 1

    def lines(self, limit: int = LONGEST) -> Iterator[tuple[int, bytes | None]]:
        """(number, line), see `Feed.lines`."""
        for number, line in super().lines(limit):
            yield number + self._before, line
