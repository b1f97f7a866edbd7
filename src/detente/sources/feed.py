"""One input as bytes: read forwards once, in bounded memory, unpacked when it is compressed."""

from __future__ import annotations

import codecs
import io
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Protocol, cast

from detente.errors import InputError

LONGEST = 64 * 1024 * 1024  # bytes of one article: a text file, an HTML page, a line of JSON Lines
LONGEST_HELD = 256 * 1024 * 1024  # bytes of a file that can only be held whole: JSON, a table on standard input
_CHUNK = 1024 * 1024
_HEAD = 8192
_GZIP = b"\x1f\x8b"
# News text shrinks three- to tenfold; what grows 200-fold beyond the first 64 MB was made to fill a memory.
_GROWTH = 200


class Bytes(Protocol):
    """Anything that gives its next bytes: a file, a pipe."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class Feed:
    """An input with its name, which opens every message about it.

    columns: the user's own names for the fields of an article, in a table. passed: what was passed over in it, set by its reader.
    """

    def __init__(self, name: str, stream: Bytes, columns: Mapping[str, str] | None = None) -> None:
        self.name = name
        self.columns = columns or {}
        self.passed = ""
        self._file = stream
        self._stored = _Stored(stream)
        self._stream: Bytes = self._stored
        self._ahead = b""
        if self.head().startswith(_GZIP):
            self._stored.rewind()
            self._stream, self._ahead = _Inflated(self._stored), b""

    def head(self) -> bytes:
        """The first bytes, without using them up. Damage behind them is told only when it is read."""
        try:
            while len(self._ahead) < _HEAD and (more := self._stream.read(_HEAD - len(self._ahead))):
                self._ahead += more
        except InputError as error:
            if not self._ahead:
                raise
            self._stream = _Damaged(error)
        return self._ahead

    def stored(self) -> Bytes:
        """The bytes from the beginning as they are stored, packed or not: in place of `read`, not after it."""
        self._stored.rewind()
        self._stored.let_go()
        return self._stored

    def recoded(self, encoding: str) -> Feed:
        """The same input, kept in another encoding, as UTF-8. Reading raises InputError where a byte does not fit."""
        return Feed(self.name, _Recoded(self, encoding), self.columns)

    def seekable(self) -> BinaryIO:
        """The file, read anywhere: itself where it can be, else a copy in memory. In place of `read`. Raises InputError for a long one."""
        file: Any = self._file
        if self._stream is self._stored and hasattr(file, "seekable") and file.seekable():
            file.seek(0)
            return cast(BinaryIO, file)
        return io.BytesIO(self.whole(LONGEST_HELD))

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        self._stored.let_go()
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data
        return self._stream.read(size)

    def whole(self, limit: int = LONGEST) -> bytes:
        """All bytes. Raises InputError beyond `limit`."""
        parts, size = [], 0
        while data := self.read(_CHUNK):
            size += len(data)
            if size > limit:
                raise InputError(
                    f"expected at most {limit // 2**20} MB in one piece; this is longer: split it, or use JSON Lines (.jsonl)"
                )
            parts.append(data)
        return b"".join(parts)

    def lines(self, limit: int = LONGEST) -> Iterator[tuple[int, bytes | None]]:
        """(number from 1, line without its end), None for a line beyond `limit`, which is passed over unread."""
        number, parts, size = 1, list[bytes](), 0
        while data := self.read(_CHUNK):
            pieces = data.split(b"\n")
            for piece in pieces[:-1]:
                yield number, None if size + len(piece) > limit else b"".join((*parts, piece))
                number, parts, size = number + 1, [], 0
            size += len(pieces[-1])
            parts = [*parts, pieces[-1]] if size <= limit else []
        if size:
            yield number, None if size > limit else b"".join(parts)


class _Recoded:
    """A stream in another encoding, as UTF-8."""

    def __init__(self, stream: Bytes, encoding: str) -> None:
        self._stream, self._encoding = stream, encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()

    def read(self, size: int, /) -> bytes:
        try:
            while data := self._stream.read(size):
                if text := self._decoder.decode(data):
                    return text.encode("utf-8")
            return self._decoder.decode(b"", final=True).encode("utf-8")
        except UnicodeError as error:
            raise InputError(
                f"marked as {self._encoding}, which it is not ({error}): save the file as UTF-8"
            ) from error


class _Damaged:
    """What is left of a stream behind its damage."""

    def __init__(self, error: InputError) -> None:
        self._error = error

    def read(self, _: int, /) -> bytes:
        raise self._error


class _Stored:
    """A stream that can be taken from its beginning again until it is let go. taken: how many bytes have been given."""

    def __init__(self, stream: Bytes) -> None:
        self._stream, self.taken = stream, 0
        self._again = b""
        self._kept: list[bytes] | None = []

    def read(self, size: int = -1) -> bytes:
        if self._again:
            cut = size if size >= 0 else len(self._again)
            data, self._again = self._again[:cut], self._again[cut:]
        else:
            data = self._stream.read(size)
            if self._kept is not None:
                self._kept.append(data)
        self.taken += len(data)
        return data

    def rewind(self) -> None:
        """Goes back to the beginning."""
        if self._kept is None:
            raise ValueError("the beginning of this input was let go")
        self._again = b"".join(self._kept)
        self._kept, self.taken = [self._again], 0

    def let_go(self) -> None:
        """Keeps no more of what is read."""
        self._kept = None


class _Inflated:
    """A gzip stream, unpacked. Raises InputError when it is damaged, or grows as no text does."""

    def __init__(self, packed: _Stored) -> None:
        import gzip  # 20 ms, for packed input only

        self._packed, self._given = packed, 0
        self._file = gzip.GzipFile(fileobj=packed, mode="rb")  # type: ignore[call-overload]  # read() is all it needs

    def read(self, size: int) -> bytes:
        try:
            data: bytes = self._file.read1(size)
        except (EOFError, OSError, zlib.error) as error:
            raise InputError(
                f"expected whole gzip data; it is damaged or cut off ({error}): fetch the file again"
            ) from error
        self._given += len(data)
        if self._given > max(LONGEST, _GROWTH * self._packed.taken):
            raise InputError(
                f"gzip data that grow more than {_GROWTH}-fold are no news text; unpack the file if you trust it"
            )
        return data
