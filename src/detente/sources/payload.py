"""What a web server sent, unpacked: chunks joined, compression taken off, never more than asked for."""

from __future__ import annotations

import io
import zlib
from typing import Any

from detente.errors import InputError

_GZIP = b"\x1f\x8b"
_SIZE_LINE = 64  # bytes of the line that says how long a chunk is


def unpacked(data: bytes, *, transfer: str, coding: str, limit: int) -> bytes:
    """The body of an answer. transfer, coding: its Transfer-Encoding and Content-Encoding as sent, "" for none.

    Archives often keep the header of a body that was unpacked before it was stored; such a body is taken as it is.
    Raises InputError where the body is clipped, damaged, packed in an unknown way, or longer than `limit` bytes.
    """
    if "chunked" in transfer.lower():
        data = _joined(data)
    for name in reversed(coding.lower().split(",")):
        data = _unpacked_once(data, name.strip(), limit)
    if len(data) > limit:
        raise InputError(_too_long(limit))
    return data


def _joined(data: bytes) -> bytes:
    parts, at = list[bytes](), 0
    while True:
        end = data.find(b"\n", at, at + _SIZE_LINE)
        size = _size(data[at:end]) if end >= 0 else None
        if size is None:
            if not parts:
                return data  # joined before it was stored
            raise InputError("expected the next chunk of the answer, found none: it is clipped or damaged")
        if not size:
            return b"".join(parts)
        parts.append(data[end + 1 : end + 1 + size])
        if len(parts[-1]) < size:
            raise InputError(f"clipped: expected a chunk of {size} bytes, found {len(parts[-1])}")
        at = end + 1 + size
        at += len(data[at : at + 2]) - len(data[at : at + 2].lstrip(b"\r\n"))


def _size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    if not digits or len(digits) > 8 or digits.strip(b"0123456789abcdefABCDEF"):
        return None
    return int(digits, 16)


def _unpacked_once(data: bytes, name: str, limit: int) -> bytes:
    if name in ("", "identity", "none") or data.lstrip()[:1] == b"<":  # says packed, and is a page
        return data
    if name in ("gzip", "x-gzip", "deflate"):
        return _inflated(data, limit) if name == "deflate" or data.startswith(_GZIP) else data
    if name in ("br", "zstd"):
        return _read(data, name, limit)
    raise InputError(f"expected gzip, deflate, br or zstd as the way the answer is packed, found {name[:40]!r}")


def _inflated(data: bytes, limit: int) -> bytes:
    kinds = (31,) if data.startswith(_GZIP) else (15, -15)  # deflate is sent with and without its head
    for kind in kinds:
        packed = zlib.decompressobj(kind)
        try:
            found = packed.decompress(data, limit + 1)
        except zlib.error as error:
            if kind != kinds[-1]:
                continue
            raise InputError(f"the answer is packed, and damaged ({error})") from error
        if len(found) > limit:
            raise InputError(_too_long(limit))
        if not packed.eof:
            raise InputError("clipped: the packed answer ends too early")
        return found
    return data


def _read(data: bytes, name: str, limit: int) -> bytes:
    from fastwarc.stream_io import BrotliReader, ZstdReader

    reader: Any = (BrotliReader if name == "br" else ZstdReader)(io.BytesIO(data))
    found = b""
    try:
        while len(found) <= limit and (more := reader.read(limit + 1 - len(found))):
            found += more
    except OSError as error:
        raise InputError(f"the answer is packed ({name}), and damaged ({error})") from error
    if len(found) > limit:
        raise InputError(_too_long(limit))
    return found


def _too_long(limit: int) -> str:
    return f"expected a page of at most {limit // 2**20} MB, found a longer one"
