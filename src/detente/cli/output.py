"""Where output goes: standard output as it comes, or a file that is written whole or not at all."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from detente.cli.harmless import Terminal
from detente.errors import UsageError
from detente.records import to_json


@contextmanager
def output(path: Path | None, *, text: bool = True) -> Iterator[IO[bytes]]:
    """The stream to write bytes to. text: whether they are any; other bytes go to no terminal.

    A file takes its name only when all is written; otherwise what was there stays. A link stays a link to its file; a
    device or a pipe is written to as it is.
    """
    if path is None or str(path) == "-":
        sys.stdout.flush()
        if sys.stdout.isatty() and not text:
            raise UsageError("expected a file, or a program, to write to: this is no text, and a terminal shows text")
        yield cast(IO[bytes], Terminal(sys.stdout.buffer)) if sys.stdout.isatty() else sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    path = path.resolve()
    if not path.parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.parent} to write into")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, else those that the user's umask gives a new one."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}


def line(value: Any) -> bytes:
    """One line of JSON, for every reader: what Unicode calls a line end, and half a surrogate pair, become escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_LINE_ENDS)
    try:
        return text.encode("utf8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"


def write_records(stream: IO[bytes], found: Iterable[object], form: str) -> None:
    """Records for programs. form: json (one array) or jsonl (one a line)."""
    if form == "jsonl":
        for record in found:
            stream.write(line(to_json(record)))
        return
    rows = [to_json(record) for record in found]
    stream.write(json.dumps(rows, ensure_ascii=False, indent=1).encode("utf8", "backslashreplace") + b"\n")
