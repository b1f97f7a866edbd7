"""Where a large file can be cut so that its parts can be read apart: JSON Lines between lines, web archives (WARC) between records,
Parquet between row groups. Files of other formats stay whole. A slice is known by the hash of what is in it."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from detente.errors import InputError
from detente.sources.feed import Feed
from detente.sources.formats import format_of, sniffed
from detente.sources.jsons import one_a_line

_CHUNK = 1024 * 1024
_MEMBER = b"\x1f\x8b\x08"  # how a member of a gzip file begins
_RECORD = b"WARC/"
_AHEAD = 65536  # bytes of a member unpacked to see whether it is a record
_HEADER = 64 * 1024  # bytes of a WARC record's header


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A file, or a stretch of one. kind: its format. size: its bytes. stored: the bytes of the file that it stands for.

    name: path or address. start, stop: the stretch, None for the end of the file: in bytes, of the unpacked file where `unpacked`;
    in row groups for Parquet. line: number of its first line, or row. content: 32 hex digits of a SHA-256 over its bytes.
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


def cut(name: str, stream: BinaryIO, size: int, wanted: str | None) -> Iterator[Slice]:
    """A file in slices of about `size` bytes. wanted: its format, None to find out. Reads every byte, for the hashes.

    Raises InputError or OSError for what cannot be read at all.
    """
    kind = wanted or format_of(name) or sniffed(_head(name, stream))
    if kind == "jsonl" and one_a_line(_head(name, stream)):
        yield from _lines(name, stream, size)
    elif kind == "parquet":
        yield from _groups(next(_stretches(name, stream, kind, ())), stream, size)
    else:
        yield from _stretches(name, stream, kind, _members(stream, size) if kind == "warc" else ())


def _head(name: str, stream: BinaryIO) -> bytes:
    stream.seek(0)
    head = Feed(name, stream).head()
    stream.seek(0)
    return head


def _lines(name: str, stream: BinaryIO, size: int) -> Iterator[Slice]:
    """Stretches of whole lines. What is packed is unpacked to find them, and the place of a stretch is one of the unpacked bytes."""
    packed = stream.read(2) == _MEMBER[:2]
    stream.seek(0)
    feed = Feed(name, stream)
    at, begin, line, first, before, content = 0, 0, 1, 1, 0, hashlib.sha256()

    def cut(stop: int | None) -> Slice:
        return Slice(
            name=name, kind="jsonl", size=at - begin, stored=(stream.tell() - before) if packed else at - begin,
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


def _stretches(name: str, stream: BinaryIO, kind: str, borders: Sequence[int]) -> Iterator[Slice]:
    begin = 0
    stream.seek(0)
    for stop in (*borders, None):
        content, size = hashlib.sha256(), 0
        while data := stream.read(_CHUNK if stop is None else min(_CHUNK, stop - begin - size)):
            content.update(data)
            size += len(data)
        yield Slice(
            name=name, kind=kind, size=size, stored=size, content=content.hexdigest()[:32], start=begin, stop=stop
        )
        begin += size


def _groups(whole: Slice, stream: BinaryIO, size: int) -> Iterator[Slice]:
    """Row groups of a Parquet file. One that is damaged stays whole: whoever reads it comes upon that, and says so."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        stream.seek(0)
        metadata = pq.ParquetFile(stream, pre_buffer=False).metadata
    except (pa.ArrowException, OSError):
        yield whole
        return
    begin = weight = rows = before = 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        weight, rows = weight + group.total_byte_size, rows + group.num_rows
        last = number + 1 == metadata.num_row_groups
        if last and not begin:
            yield whole
        elif last or weight >= size:
            content = hashlib.sha256(f"{whole.content} {begin} {number}".encode()).hexdigest()[:32]
            stored = whole.stored * rows // max(metadata.num_rows, 1)
            yield replace(
                whole, size=weight, stored=stored, content=content, start=begin, stop=number + 1, line=before + 1
            )
            begin, before, weight, rows = number + 1, before + rows, 0, 0
    if not metadata.num_row_groups:
        yield whole
