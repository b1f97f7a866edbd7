"""From what a user names to feeds: files, folders, standard input."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from detente.errors import InputError, UsageError
from detente.sources import remote
from detente.sources.feed import Feed
from detente.sources.formats import FORMATS, format_of
from detente.sources.sourced import Unreadable, unreadable

type File = Path | str | remote.Remote  # a string: standard input

STDIN = "-"
_MARKS_SHOWN = ", ".join(ending for format_ in FORMATS.values() for ending in format_.endings)


def files_of(inputs: Sequence[str | Path]) -> Iterator[File | Unreadable]:
    """The files behind the inputs, in order; `-` (also for no input at all) for standard input; what is missing or unknown."""
    for given in inputs or (STDIN,):
        if str(given) == STDIN:
            yield STDIN
            continue
        if isinstance(given, str) and remote.is_address(given):
            yield from _behind(given)
            continue
        path = Path(given)
        try:
            mode = path.stat().st_mode
        except OSError as error:
            yield unreadable(shown(path), f"expected a file or a folder, found none: {error.strerror or error}")
        except ValueError as error:  # a NUL in the name
            yield unreadable(shown(path), f"expected the name of a file or a folder: {error}")
        else:
            yield from _folder(path) if stat.S_ISDIR(mode) else [path]


def _behind(address: str) -> Iterator[remote.Remote | Unreadable]:
    """The files behind an address; as in a folder, one of an unknown kind is passed over unless it is named itself."""
    try:
        for file in remote.files_behind(address):
            named = file.address == address or format_of(file.name) is not None
            yield file if named else unreadable(shown(file), f"passed over: expected one of {_MARKS_SHOWN}")
    except InputError as error:
        yield unreadable(remote.Remote(address).shown, str(error))


def _folder(top: Path) -> Iterator[Path | Unreadable]:
    """The files below a folder, sorted; hidden ones and folders behind links are passed over."""
    refused: list[OSError] = []
    found = 0
    for folder, folders, names in os.walk(top, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            found += 1
            yield _known(Path(folder) / name)
    for error in refused:
        found += 1
        yield unreadable(
            shown(error.filename or top), f"expected a folder that can be opened: {error.strerror or error}"
        )
    if not found:
        yield unreadable(shown(top), f"expected files ({_MARKS_SHOWN}) in this folder, found none")


def _known(path: Path) -> Path | Unreadable:
    if format_of(path.name) is None:
        return unreadable(
            shown(path), f"passed over: expected one of {_MARKS_SHOWN}; name the file itself to have it read"
        )
    if not path.is_file():
        return unreadable(shown(path), "expected a regular file, found a broken link, a pipe or a device")
    return path


@contextmanager
def opened(file: File, stdin: BinaryIO | None, columns: Mapping[str, str] | None = None) -> Iterator[Feed]:
    """The feed of a file or of standard input. columns: see `Feed`. Raises InputError when it cannot be opened or read."""
    if isinstance(file, str):
        if stdin is None:
            raise UsageError("expected files or folders; standard input was not given")
        yield Feed("standard input", stdin, columns)
        return
    try:
        with remote.opened(file) if isinstance(file, remote.Remote) else file.open("rb") as stream:
            yield Feed(shown(file), stream, columns)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}") from error


def shown(path: str | Path | remote.Remote) -> str:
    """A path as it can be printed: bytes of its name that are no UTF-8 are replaced, passwords left out."""
    if isinstance(path, remote.Remote):
        return path.shown
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def count(files: Iterable[File | Unreadable], input_format: str | None) -> int | None:
    """About how many articles there are; None when that cannot be known without reading all."""
    total = 0
    for file in files:
        if isinstance(file, str | remote.Remote):
            return None
        if isinstance(file, Path):
            several = _several(file, input_format)
            if several is None:
                return None
            total += several
    return total


def _several(file: Path, input_format: str | None) -> int | None:
    name = input_format or format_of(file.name)
    if name in ("warc", "csv", "parquet"):
        return None
    if name not in ("json", "jsonl"):
        return 1
    if file.suffix.lower() == ".gz" or not file.is_file():
        return None
    mark = b"\n" if name == "jsonl" else b'"text"'
    try:
        size = file.stat().st_size
        with file.open("rb") as stream:
            sample = stream.read(_SAMPLE)
    except OSError:
        return 1
    found = sample.count(mark) + (name == "jsonl" and len(sample) == size and not sample.endswith(b"\n"))
    return max(1, found * size // len(sample)) if sample else 1


_SAMPLE = 32 * 1024 * 1024  # bytes counted; a longer file is estimated from them
