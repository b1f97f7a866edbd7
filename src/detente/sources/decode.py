"""Bytes to text: exactly, or with a remark, or not at all. Never a silent guess."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from detente.errors import InputError

# Longer marks first: the mark of UTF-16-LE begins that of UTF-32-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"%PDF", "a PDF: export its text first (for instance with pdftotext)"),
    (b"PK\x03\x04", "a zip archive or an office document (docx, odt, epub): save it as plain text or HTML"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (doc, xls): save it as plain text"),
    (b"{\\rtf", "a Rich Text document: save it as plain text"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PAR1", "a Parquet table: name it .parquet"),
    (b"SQLite format 3", "a database: export it as JSON Lines"),
    (b"BZh", "bzip2 data: unpack them first"),
    (b"\xfd7zXZ", "xz data: unpack them first"),
    (b"\x28\xb5\x2f\xfd", "zstd data: unpack them first"),
    (b"\x7fELF", "a program"),
)
# What browsers read under these names (WHATWG Encoding Standard, facts): pages use letters that the narrow encodings do not have.
_WIDER = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "tis-620": "cp874",
}
# Codecs of Python that no document is written in. A page that names one may mean harm: punycode takes a minute for a megabyte.
_NEVER = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined"})
_SURROGATE = re.compile("[\ud800-\udfff\x00]")
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_BEYOND = re.compile("[^\x00-\x7f]")
_SAMPLE = 65536


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """text: without byte order mark. remark: how the encoding was found when the bytes do not say it."""

    text: str
    remark: str | None = None


def marked(data: bytes) -> tuple[bytes, str] | None:
    """The byte order mark that `data` begins with, and the encoding it stands for."""
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)


def decode(data: bytes, *declared: str | None) -> Decoded:
    """The text of `data`. declared: the encodings that a server or an HTML page names.

    Order: byte order mark, UTF-8, the declared encodings, UTF-16 without a mark, a declared one with few broken bytes,
    Windows-1252, charset-normalizer.
    Raises InputError for what is no text, and where no encoding fits, naming the byte.
    """
    if mark := marked(data):
        return Decoded(text=_strict(data[len(mark[0]) :], mark[1]))
    _refuse_binary(data)
    if b"\x00" in data:
        if wide := _wide(data):
            return wide
        raise InputError(f"expected text, found binary data (a NUL at byte {data.index(0)})")
    try:
        return Decoded(text=data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _foreign(data, tuple(filter(None, declared)), error)


def clean(text: str) -> tuple[str, int]:
    """Text without lone surrogates and NULs, and how many there were. Each becomes U+FFFD, so that no offset moves."""
    return _SURROGATE.subn("\ufffd", text)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"marked as {encoding}, but byte {error.start} does not fit: save the file as UTF-8"
        ) from error


def _refuse_binary(data: bytes) -> None:
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise InputError(f"expected text, found {kind}")
    sample = data[:_SAMPLE]
    controls = 0 if b"\x00" in sample else len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > len(sample) // 50:
        raise InputError(f"expected text, found binary data ({controls} control bytes in the first {len(sample)})")


def _foreign(data: bytes, declared: tuple[str, ...], error: UnicodeDecodeError) -> Decoded:
    """Text in another encoding than UTF-8."""
    for name in declared:
        if (text := _declared(data, name)) is not None:
            return Decoded(text=text)
    for name in declared:
        if damaged := _damaged(data, name):
            return damaged
    found = "cp1252" if _western(data) else _guess(data)
    if found is None:
        byte = data[error.start]
        raise InputError(f"expected UTF-8, found byte 0x{byte:02x} at offset {error.start}: save the file as UTF-8")
    reason = f"not UTF-8 (byte {error.start}); taken for {found}: save the file as UTF-8 if a letter looks wrong"
    return Decoded(text=data.decode(found), remark=reason)


def _codec(name: str) -> str:
    """The codec that a document means by a name. Raises LookupError where it can mean none."""
    found = codecs.lookup(_WIDER.get(name.lower(), name)).name
    if found.replace("_", "-") in _NEVER:
        raise LookupError(name)
    return found


def _declared(data: bytes, name: str) -> str | None:
    try:
        return data.decode(_codec(name))
    except (LookupError, ValueError):
        return None


def _damaged(data: bytes, name: str) -> Decoded | None:
    """The text in a declared encoding that a few bytes do not fit: one in a thousand at most, each becomes U+FFFD."""
    try:
        text = data.decode(_codec(name), "replace")
    except (LookupError, ValueError):
        return None
    broken = text.count("\ufffd")
    if broken * 1000 > len(text) + 1000:
        return None
    return Decoded(text=text, remark=f"declared as {name}, which {broken} places do not fit: replaced by U+FFFD")


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: every other byte of Western text is zero."""
    sample = data[:_SAMPLE]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, half = sample[first::2].count(0), len(sample) // 2
        if half and zeros > 0.6 * half and not sample[1 - first :: 2].count(0):
            return Decoded(
                text=_strict(data, name), remark=f"taken for {name}, which it does not say: save it as UTF-8"
            )
    return None


def _western(data: bytes) -> bool:
    """Windows-1252, which nearly every older English text is in: few letters beyond ASCII, no sign inside a word."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    foreign = sum(map(str.isalpha, _BEYOND.findall(text)))
    return foreign * 8 <= sum(map(str.isalpha, text)) and _plausible(text)


def _plausible(text: str) -> bool:
    """No sign or capital inside a word: the mark of text read in a wrong encoding (Wa³êsa)."""
    return all(_fits(text, match.start()) for match in _BEYOND.finditer(text))


def _fits(text: str, i: int) -> bool:
    char = text[i]
    if char.isalpha():
        return not (char.isupper() and text[i - 1 : i].islower())
    inside = text[i - 1 : i].isalpha() and text[i + 1 : i + 2].isalpha()
    return not inside or unicodedata.category(char) in ("Pi", "Pf", "Pd", "Zs") or char == "…"


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # heavy, and needed for old files only

    best = from_bytes(data[: 4 * _SAMPLE]).best()
    if best is None or best.percent_chaos > 10 or not best.percent_coherence:
        return None
    text = _declared(data, best.encoding)
    return best.encoding if text is not None and _plausible(text) else None
