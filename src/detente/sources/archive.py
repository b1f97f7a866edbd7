"""The records of a web archive (WARC), one after another in bounded memory, and every place where it is broken.

Format: ISO 28500:2017. Reading is FastWARC's; this module adds what a damaged archive needs: it takes no record for whole whose end
does not lead to the next one, and goes on behind the damage.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from detente.errors import InputError
from detente.sources.feed import Bytes

LONGEST_RECORD = 64 * 1024 * 1024  # bytes of one record, unpacked; what is longer is no page
_BREAKS = 1000  # broken places of one archive; with more it is no archive
_CHUNK = 65536
_DIGITS = 15  # of a record's length
_MARK = 16  # bytes that a mark may be long
_AHEAD = 512  # bytes beyond a mark that show whether a record begins there
_GZIP, _LZ4, _ZSTD = b"\x1f\x8b\x08", b"\x04\x22\x4d\x18", b"\x28\xb5\x2f\xfd"
_PLAIN = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n[A-Za-z]")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_WANTED = ("response", "resource")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An answer as it was archived. offset: of the record in the file, in bytes as stored. crawled: WARC-Date as written.

    status: of HTTP, None for a file that was archived without. body: as sent, chunked or packed as the other fields say.
    """

    offset: int
    url: str | None
    crawled: str | None
    status: int | None
    media: str
    charset: str | None
    transfer: str
    coding: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A record, or a stretch of the file, that cannot be read."""

    offset: int
    reason: str


class Archive:
    """One archive, read once. passed: records of other kinds than answers, by kind."""

    def __init__(self, stream: Bytes) -> None:
        self._tape = _Tape(stream)
        self.passed: Counter[str] = Counter()

    def records(self) -> Iterator[Record | Broken]:
        """Every answer in order. Raises InputError when the stream itself fails."""
        at = 0
        for _ in range(_BREAKS):
            onward = yield from self._stretch(at)
            if onward is None:
                return
            at = onward
        yield Broken(offset=at, reason=f"more than {_BREAKS} broken places: the rest of the file is not read")

    def _stretch(self, start: int) -> Generator[Record | Broken, None, int | None]:
        """Records up to the end, or to damage: then the place where to go on."""
        from fastwarc.warc import ArchiveIterator  # compiled, for archives only

        self._tape.wind(start)
        held = _Held(offset=start)
        tape: Any = self._tape  # reads and tells, which is all that is asked of it
        try:
            for raw in ArchiveIterator(tape, parse_http=False, quirks_mode=self._tape.bare_lines()):
                yield from held.given()
                held = _Held(offset=raw.stream_pos)
                self._tape.forget(held.offset)
                held.found = self._taken(raw, held.offset)
        except OSError as error:
            self._tape.check()
            end = self._tape.end_of(held.offset)
            if end is not None or isinstance(held.found, Broken):
                yield from held.given()
            return (yield from self._behind(held.offset if end is None else end, str(error)))
        self._tape.check()
        yield from held.given()
        return (yield from self._unfinished(held.offset))

    def _behind(self, offset: int, error: str) -> Generator[Broken, None, int | None]:
        """Names the damage that begins at `offset`; the next place that looks like a record."""
        onward = self._tape.find(offset + 1)
        passed = (self._tape.end if onward is None else onward) - offset
        advice = "" if onward is not None else ", to the end of the file"
        yield Broken(offset=offset, reason=f"broken record ({error}): {passed} bytes passed over{advice}")
        return onward

    def _unfinished(self, last: int) -> Generator[Broken, None, int | None]:
        """A packed archive that ends within the header of a record ends without a word from its reader."""
        onward = self._tape.find(last + 1) if self._tape.packed else None
        if onward is not None:
            yield Broken(offset=onward, reason="clipped: the file ends within the head of this record")
        return None

    def _taken(self, raw: Any, offset: int) -> Record | Broken | None:
        """The record that was begun; None for one of another kind. Raises OSError where it is damaged and may hide others."""
        kind = (raw.headers.get("WARC-Type") or "").strip().lower()
        if not kind.isalpha():
            found = repr(kind[:40]) if kind else "none"
            return Broken(offset=offset, reason=f"malformed: expected the record's kind in WARC-Type, found {found}")
        declared = raw.headers.get("Content-Length") or ""
        if not declared.isdecimal():
            found = f"found {declared[:40]!r}" if declared else "found none"
            return Broken(offset=offset, reason=f"malformed: expected the record's length in Content-Length, {found}")
        if len(declared) > _DIGITS:
            raise OSError(f"expected a length, found a number of {len(declared)} digits")
        if kind not in _WANTED:
            self.passed[kind] += 1
            return None
        if int(declared) > LONGEST_RECORD:
            self._skip(raw, int(declared))
            megabytes = int(declared) // 2**20
            return Broken(
                offset=offset, reason=f"a record of {megabytes} MB, no page is longer than {LONGEST_RECORD // 2**20}"
            )
        return _record(raw, offset)

    def _skip(self, raw: Any, length: int) -> None:
        """Passes over a long record in pieces. Raises OSError for one that grows out of next to nothing, or ends too early."""
        begun, given = self._tape.at, 0
        while size := len(raw.reader.read(2**20)):
            given += size
            if given > LONGEST_RECORD + 200 * (self._tape.at - begun):
                raise OSError("data that grow more than 200-fold")
        if given < length:
            raise OSError(f"clipped: expected {length} bytes, found {given}")


@dataclass(slots=True)
class _Held:
    """What was last begun: given out only when the next record, or the end, shows that it was whole."""

    offset: int
    found: Record | Broken | None = None

    def given(self) -> Iterator[Record | Broken]:
        if self.found is not None:
            yield self.found


def _record(raw: Any, offset: int) -> Record | Broken:
    """The record with its body. Raises OSError where that is damaged, or ends too early: its length may be wrong, and hide others."""
    http = raw.headers.get("Content-Type") or ""
    status = None
    if raw.is_http:
        raw.parse_http(quirks_mode=True)
        status = raw.http_headers.status_code or 0
    left = raw.content_length
    body: bytes = raw.reader.read(left) if left else b""
    while len(body) < left and (more := raw.reader.read(left - len(body))):
        body += more
    if len(body) < left:
        raise OSError(f"clipped: expected {left} more bytes, found {len(body)}")
    if cut := raw.headers.get("WARC-Truncated"):
        return Broken(offset=offset, reason=f"clipped: the crawler cut it off ({cut[:20]})")
    sent = raw.http_headers if raw.is_http else None
    return Record(
        offset=offset,
        url=raw.headers.get("WARC-Target-URI"),
        crawled=raw.headers.get("WARC-Date"),
        status=status,
        media=(raw.http_content_type if sent is not None else http.partition(";")[0].strip().lower()) or "",
        charset=raw.http_charset if sent is not None else None,
        transfer=_field(sent, "Transfer-Encoding"),
        coding=_field(sent, "Content-Encoding"),
        body=body,
    )


def _field(headers: Any, name: str) -> str:
    return (headers.get(name) or "") if headers is not None else ""


class _Tape:
    """The bytes of the file, which can be wound back as far as the last record's beginning, at most 64 MB.

    FastWARC reads it: what the stream raises must not pass through its compiled code, and is kept for `check`.
    """

    def __init__(self, stream: Bytes) -> None:
        self._stream = stream
        self._data = bytearray()
        self._base = 0
        self._error: Exception | None = None
        self.at = 0
        while len(self._data) < _AHEAD and self._pull():
            pass
        start = bytes(self._data[:4])
        self.packed = start.startswith((_GZIP, _LZ4, _ZSTD))
        mark = next((mark for mark in (_GZIP, _LZ4, _ZSTD) if start.startswith(mark)), None)
        self._mark = re.compile(re.escape(mark)) if mark else _PLAIN

    @property
    def end(self) -> int:
        """Where the bytes that were read so far end."""
        return self._base + len(self._data)

    def read(self, size: int = _CHUNK) -> bytes:
        """Some bytes, at most `size`; none at the end."""
        if self.at >= self.end and not self._pull():
            return b""
        begin = self.at - self._base
        data = bytes(self._data[begin : begin + size])
        self.at += len(data)
        return data

    def tell(self) -> int:
        """The place in the file."""
        return self.at

    def check(self) -> None:
        """Raises what reading the file raised."""
        if self._error is not None:
            raise InputError(f"cannot be read to its end: {self._error}") from self._error

    def wind(self, at: int) -> None:
        """Goes back, or on, to a place that was read."""
        self.at = max(self._base, min(at, self.end))

    def forget(self, before: int) -> None:
        """Lets go of what lies before a place."""
        if before - self._base >= _CHUNK:
            del self._data[: before - self._base]
            self._base = before

    def bare_lines(self) -> bool:
        """Lines end in LF alone, against the standard."""
        line = self._data[self.at - self._base :].partition(b"\n")[0]
        return line.startswith(b"WARC/") and not line.endswith(b"\r")

    def find(self, start: int) -> int | None:
        """The next place from `start` on where a record seems to begin; None at the end of the file."""
        while True:
            start = max(start, self._base)
            while (place := self._marked(start)) is not None:
                while self.end - place < _AHEAD and self._pull():
                    pass
                if self._begins(place):
                    return place
                start = place + 1
            start = max(start, self.end - _MARK)
            self.forget(start)
            if not self._pull():
                return None

    def end_of(self, offset: int) -> int | None:
        """Where the record at `offset` ends, when its end is where its head says; None when that cannot be told."""
        data = bytes(self._data[offset - self._base :]) if offset >= self._base else b""
        used = 0
        if data.startswith(_GZIP):
            packed = zlib.decompressobj(31)
            try:
                whole = packed.decompress(data, LONGEST_RECORD + _CHUNK)
            except zlib.error:
                return None
            if not packed.eof:
                return None
            used, data = len(data) - len(packed.unused_data), whole
        head = _HEADER_END.search(data)
        length = re.search(rb"(?im)^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$", data[: head.start()]) if head else None
        if head is None or length is None:
            return None
        end = head.end() + int(length[1])
        if data[end : end + 4] != b"\r\n\r\n" and data[end : end + 2] != b"\n\n":
            return None
        return offset + (used or end + 4)

    def _marked(self, start: int) -> int | None:
        found = self._mark.search(self._data, max(0, start - self._base))
        return self._base + found.start() if found else None

    def _begins(self, place: int) -> bool:
        """Whether the packed bytes at a mark begin with a record."""
        if self._mark is _PLAIN or not self._data.startswith(_GZIP, place - self._base):
            return True
        try:
            start = zlib.decompressobj(31).decompress(bytes(self._data[place - self._base :][:_AHEAD]), 5)
        except zlib.error:
            return False
        return start == b"WARC/"[: len(start)]

    def _pull(self) -> bool:
        try:
            data = self._stream.read(_CHUNK)
        except Exception as error:  # the border to compiled code, which dies of it
            self._error, data = error, b""
        self._data += data
        if len(self._data) > LONGEST_RECORD + _CHUNK:
            self.forget(self._base + _CHUNK)
        return bool(data)
