"""One input as bytes: read forwards once, in bounded memory, unpacked when it is compressed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

from detente.errors import InputError

LONGEST = 64 * 1024 * 1024  # bytes of one article: a text file, an HTML page, a line of JSON Lines
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
    """An input with its name, which opens every message about it."""

    def __init__(self, name: str, stream: Bytes) -> None:
        self.name = name
        self._stream = stream
        self._ahead = b""
        if self.head().startswith(_GZIP):
            self._stream, self._ahead = _Inflated(_Resumed(self._ahead, stream)), b""

    def head(self) -> bytes:
        """The first bytes, without using them up."""
        while len(self._ahead) < _HEAD and (more := self._stream.read(_HEAD - len(self._ahead))):
            self._ahead += more
        return self._ahead

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
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


class _Resumed:
    """Bytes already taken from a stream, then the stream. taken: how many have been given."""

    def __init__(self, ahead: bytes, stream: Bytes) -> None:
        self._ahead, self._stream, self.taken = ahead, stream, 0

    def read(self, size: int = -1) -> bytes:
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
        else:
            data = self._stream.read(size)
        self.taken += len(data)
        return data


class _Inflated:
    """A gzip stream, unpacked. Raises InputError when it is damaged, or grows as no text does."""

    def __init__(self, packed: _Resumed) -> None:
        import gzip  # 20 ms, for packed input only

        self._packed, self._given = packed, 0
        self._file = gzip.GzipFile(fileobj=packed, mode="rb")  # type: ignore[call-overload]  # read() is all it needs

    def read(self, size: int) -> bytes:
        try:
            data: bytes = self._file.read(size)
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
