"""Tables, an article a row: CSV and its kin, streamed row by row."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from typing import Any, Literal

from detente.errors import InputError
from detente.sources.columns import mapped
from detente.sources.decode import decode, marked
from detente.sources.feed import Feed
from detente.sources.sourced import Draft, Unreadable, remark, unreadable

LONGEST_ROW = 8 * 1024 * 1024  # characters of one row, whatever lines it runs over
_OPEN = 100  # rows whose quotation mark is never closed, before the file is given up: each costs reading a row anew
_UNCLOSED = "expected a quotation mark that closes the one in this row, found none where the row should end"
_DELIMITERS = "\t,;|"


def read_csv(feed: Feed) -> Iterator[Draft | Unreadable]:
    """A table with a line of names above it. Between its cells stands a comma, a semicolon, a tab or an upright stroke.

    Cells may be quoted and run over several lines; with tabs, a quotation mark inside a cell is one.
    """
    lines = _Lines(feed)
    head = next(lines, None)
    if head is None:
        raise InputError("expected a line with the names of the columns, found none: the file is empty")
    delimiter = max(_DELIMITERS, key=lambda mark: len(_names(head, mark)))
    names = _names(head, delimiter)
    places = mapped([name.strip() for name in names], feed.columns)
    width = len(names)
    for number, row in enumerate(_rows(lines, delimiter, width), 1):
        where = f"{feed.name}:row {number}"
        if isinstance(row, str):
            yield unreadable(where, row)
        else:
            yield draft_of(where, {field: row[place] for field, place in places.items()}, lines.remark)


def draft_of(where: str, cells: dict[str, str | None], note: str | None = None) -> Draft | Unreadable:
    """The article of a row."""
    text = cells.get("text") or ""
    if not text.strip():
        return unreadable(where, "expected the article's words, found an empty cell", cells.get("id") or None)
    broken = next(
        (cell for cell in cells.values() if cell and any("\udc80" <= char <= "\udcff" for char in cell)), None
    )
    if broken is not None:
        byte = next(char for char in broken if "\udc80" <= char <= "\udcff")
        return unreadable(where, f"expected UTF-8, found byte 0x{ord(byte) - 0xDC00:02x}: save the table as UTF-8")
    rest: dict[str, Any] = {field: (cell or "").strip() or None for field, cell in cells.items() if field != "text"}
    return Draft(where=where, text=text, failures=(remark(where, note),) if note else (), **rest)


def _names(head: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([head], delimiter=delimiter), [])
    except csv.Error as error:
        raise InputError(f"expected a line with the names of the columns, found what is none ({error})") from error


def _rows(lines: _Lines, delimiter: str, width: int) -> Iterator[list[str] | str]:
    """Every row with its cells, or what is wrong with it. Behind a quotation mark that is not closed, reading goes on in the next line."""
    if csv.field_size_limit() < LONGEST_ROW:  # 128 KB, for the whole process: an article may be longer
        csv.field_size_limit(LONGEST_ROW)
    left = _OPEN
    reader = _reader(lines, delimiter)
    while (row := _row(reader, lines, width)) is not None:
        if isinstance(row, str) and lines.taken > 1:
            left -= 1
            if not left:
                raise InputError(f"found {_OPEN} rows whose quotation mark is not closed; the rest is not read")
            lines.again()
            reader = _reader(lines, delimiter)
            yield _UNCLOSED
        elif isinstance(row, str):
            yield row
        elif row:
            yield [_unquoted(cell) for cell in row] if delimiter == "\t" else row


def _reader(lines: _Lines, delimiter: str) -> Iterator[list[str]]:
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    return csv.reader(lines, delimiter=delimiter, quoting=quoting, strict=True)


def _row(reader: Iterator[list[str]], lines: _Lines, width: int) -> list[str] | str | None:
    """The cells of the next row, what is wrong with it, None at the end."""
    lines.begin()
    try:
        row = next(reader, None)
    except csv.Error as error:
        open_ended = "end of data" in str(error)
        return _UNCLOSED if open_ended else f"expected cells, quoted whole or not at all, found others ({error})"
    if lines.cut:
        return f"expected a row of at most {LONGEST_ROW // 2**20} MB, found a longer one"
    if row and (len(row) < width or any(row[width:])):
        return f"expected {width} cells, as in the line of names, found {len(row)}"
    return row


def _unquoted(cell: str) -> str:
    inner = cell[1:-1]
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"' or inner.replace('""', "").count('"'):
        return cell
    return inner.replace('""', '"')


class _Lines:
    """The lines of a table as text with their ends, which can be taken again from the second line of a row.

    cut: the row was ended because it is too long. remark: how the encoding was found.
    """

    def __init__(self, feed: Feed) -> None:
        head = feed.head()
        self.remark: str | None = None
        self._encoding = "utf-8"
        if (mark := marked(head)) and mark[1] != "utf-8":
            feed = feed.recoded(mark[1][:6])
        elif not _is_utf8(head):
            decoded = decode(head)
            self._encoding = "cp1252" if decoded.remark and "cp1252" in decoded.remark else "utf-8"
            self.remark = decoded.remark if self._encoding == "cp1252" else None
        self._feed = feed.lines(LONGEST_ROW)
        self._row: list[str] = []
        self._held: list[str] = []
        self._size = 0
        self.cut = False

    @property
    def taken(self) -> int:
        """Lines of the row so far."""
        return len(self._row)

    def begin(self) -> None:
        """A row begins here."""
        self._row, self._size, self.cut = [], 0, False

    def again(self) -> None:
        """All lines of the row but its first are to be given again."""
        self._held += self._row[:0:-1]

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._size > LONGEST_ROW:
            self.cut = True
            raise StopIteration
        line = self._held.pop() if self._held else self._next()
        self._row.append(line)
        self._size += len(line)
        return line

    def _next(self) -> str:
        for number, line in self._feed:
            if line is None:
                self.cut = True
                return ""
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            return line.decode(self._encoding, "surrogateescape") + "\n"
        raise StopIteration


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
