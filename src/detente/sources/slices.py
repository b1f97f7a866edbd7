"""Slices of inputs: whole files, and stretches of large ones, each of which can be read anywhere and at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from detente.errors import DetenteError, InputError, UsageError
from detente.records import content_hash
from detente.sources import inputs, remote
from detente.sources.cutting import Slice, cut
from detente.sources.feed import LONGEST, Bytes, Feed
from detente.sources.formats import FORMATS
from detente.sources.jsons import read_each_line
from detente.sources.parquet import read_parquet
from detente.sources.settle import Settler
from detente.sources.sourced import Draft, Sourced, Unreadable, unreadable

__all__ = ["Slice", "articles_in", "check_names", "slices", "weight"]

_CHUNK = 1024 * 1024


def slices(paths: Sequence[str | Path], size: int, wanted: str | None) -> Iterator[Slice | Unreadable]:
    """The inputs, in order, in slices of about `size` bytes. wanted: the format of all of them, None to find out.

    Reads every byte, for the hashes, as it is asked for more.
    """
    for file in inputs.files_of(paths):
        if isinstance(file, Unreadable):
            yield file
        elif isinstance(file, Path | remote.Remote):
            name = file.address if isinstance(file, remote.Remote) else str(file)
            try:
                with _stream(name) as stream:
                    yield from cut(name, stream, size, wanted)
            except InputError as error:
                yield unreadable(inputs.shown(file), str(error))


def check_names(paths: Sequence[str | Path]) -> None:
    """Raises UsageError where an input is no file or folder: a word mistyped, or standard input."""
    if not paths:
        raise UsageError("expected files or folders, found none")
    for path in paths:
        if str(path) == inputs.STDIN:
            raise UsageError(
                "expected files or folders: what comes by standard input cannot be read again after a failure"
            )
        if not remote.is_address(str(path)) and not Path(path).exists():
            raise UsageError(f"expected a file or a folder, found none at {inputs.shown(path)}: check the name")


def weight(paths: Sequence[str | Path]) -> int:
    """Bytes of all inputs as they are stored."""
    return sum(map(_size, inputs.files_of(paths)))


def _size(file: inputs.File | Unreadable) -> int:
    if not isinstance(file, Path | remote.Remote):
        return 0
    try:
        if isinstance(file, Path):
            return file.stat().st_size
        with remote.opened(file) as stream:
            return stream.seek(0, 2)
    except (OSError, InputError, ValueError):  # told when it is read
        return 0


def articles_in(
    parts: Sequence[Slice | Unreadable], *, published: str | None, columns: Mapping[str, str] | None = None
) -> Iterator[Sourced | Unreadable]:
    """Every article of the slices, with a record for each that cannot be read. published: ISO day for those that bring none.
    columns: of tables, see `articles_from`.

    An id that comes again within a file is told, as everywhere. Between files, which may lie in different slices, an article
    that comes again as it was is passed over, and one with another text is given: the later is a revision of the earlier.
    """
    seen: set[tuple[str | None, ...]] = set()
    for part in parts:
        if isinstance(part, Unreadable):
            yield part
            continue
        for found in _within(part, Settler(published), columns):
            if isinstance(found, Sourced):
                article = found.article
                key = (article.id, content_hash(article.title, article.text), article.published, article.source)
                if key in seen:
                    continue
                seen.add(key)
            yield found


def _within(part: Slice, settler: Settler, columns: Mapping[str, str] | None) -> Iterator[Sourced | Unreadable]:
    """What is in one slice. The border of a batch: whatever breaks on it, the next one is read."""
    name = _shown(part.name)
    found = 0
    try:
        with _stream(part.name) as stream:
            feed = _feed(part, stream, columns)
            for draft in _reading(part)(feed):
                found += 1
                yield draft if isinstance(draft, Unreadable) else settler.settle(draft)
            if not found and part.whole:
                yield unreadable(name, f"expected an article, found none but {feed.passed or 'an empty file'}")
    except InputError as error:
        yield unreadable(name, str(error))
    except DetenteError:  # the installation is broken, not the input
        raise
    except Exception as error:
        yield unreadable(name, f"the file broke its reader ({type(error).__name__}: {error}); please report it")


@contextmanager
def _stream(name: str) -> Iterator[BinaryIO]:
    """The bytes of a file or address. Raises InputError when it cannot be opened or read."""
    if remote.is_address(name):
        with remote.opened(remote.Remote(name)) as stream:
            yield stream
        return
    try:
        with Path(name).open("rb") as stream:
            yield stream
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}") from error


def _shown(name: str) -> str:
    return inputs.shown(remote.Remote(name) if remote.is_address(name) else name)


def _reading(part: Slice) -> Callable[[Feed], Iterator[Draft | Unreadable]]:
    """What reads a slice of its kind."""
    if part.kind == "parquet" and part.stop is not None:
        return partial(read_parquet, groups=range(part.start, part.stop), before=part.line - 1)
    if part.kind == "jsonl" and not part.whole:
        return read_each_line
    return FORMATS[part.kind].read


def _feed(part: Slice, stream: BinaryIO, columns: Mapping[str, str] | None) -> Feed:
    name = _shown(part.name)
    if part.whole or part.kind == "parquet":
        return Feed(name, stream, columns)
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
    """A stream behind a few bytes: an empty line keeps a slice from being taken for a packed file."""

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
