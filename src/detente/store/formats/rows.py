"""Event files, row by row as they stand: columns of text with the row's number, and what is no row."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
from numpy.typing import NDArray

from detente.errors import InputError
from detente.store.formats.form import Format

_WRONG = "\ufdd0"  # no character: stands for a byte that is none, for Arrow gives up at a row it cannot show
codecs.register_error("detente-wrong", lambda error: (_WRONG, cast(UnicodeDecodeError, error).end))
_BLOCK = 1 << 20  # bytes read at one time, with sixteen ahead; no row may be longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row that was kept aside. row: its number in the file, from 1, a heading counted."""

    row: int
    reason: str
    text: str


def first_rows(path: Path, form: Format) -> tuple[list[str], list[str]]:
    """The cells of the first row and of the second; none where there is no row. Raises InputError when the file is no text."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            first, second = (stream.readline(_BLOCK) for _ in range(2))
        cells = next(csv.reader([first.decode("utf-8-sig")], **_dialect(form)), [])
        return cells, next(csv.reader([second.decode("utf8", "replace")], **_dialect(form)), [])
    except (OSError, EOFError, zlib.error, csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}); expected a text file in UTF-8, or one with .gz") from error


def read_rows(path: Path, form: Format, columns: list[str], refused: list[Refusal]) -> Iterator[pa.Table]:
    """The rows in pieces, in order, as columns of text, and `row`; what is no row joins `refused`.

    Raises InputError when the file breaks off (a damaged archive).
    """
    odd: list[tuple[int, str, int]] = []

    def aside(found: Any) -> str:
        odd.append((found.number, (found.text or "").replace(_WRONG, "\ufffd"), found.actual_columns))
        return "skip"

    start = 2 if form.header else 1
    try:
        with (
            _opened(path) as stream,
            pcsv.open_csv(stream, **_options(form, columns, start - 1, aside)) as batches,
        ):
            told = 0
            for batch in batches:
                while told < len(odd) and odd[told][0] < start:
                    told += 1
                numbers = _numbers(start, len(batch), {number for number, _, _ in odd[told:]})  # some lie further on
                start = int(numbers[-1]) + 1 if len(numbers) else start
                yield _decoded(batch, numbers, refused, marked=isinstance(stream, _Marked))
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path} cannot be read to its end ({error}); nothing of it was taken in") from error
    refused += [
        Refusal(row=number, reason=f"expected {len(columns)} cells, found {found}", text=text)
        for number, text, found in odd
        if text.strip()
    ]


def _opened(path: Path) -> Any:
    """The file, unpacked. What is no UTF-8 in it is marked; a file that is all UTF-8 is read without a detour."""
    decoder = codecs.getincrementaldecoder("utf8")()
    with pa.input_stream(str(path), compression="detect") as stream:
        try:
            while chunk := stream.read(_BLOCK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _Marked(pa.input_stream(str(path), compression="detect"))
    return pa.input_stream(str(path), compression="detect")


class _Marked(io.RawIOBase):
    """Bytes with a mark in place of each that is no UTF-8."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._ahead = stream, b""
        self._decoder = codecs.getincrementaldecoder("utf8")("detente-wrong")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As `io.RawIOBase.readinto`."""
        while not self._ahead:
            chunk = self._stream.read(_BLOCK)
            self._ahead = self._decoder.decode(chunk, final=not chunk).encode("utf8")
            if not chunk:
                break
        size = min(len(buffer), len(self._ahead))
        buffer[:size], self._ahead = self._ahead[:size], self._ahead[size:]
        return size

    def close(self) -> None:
        """Lets go of the file."""
        self._stream.close()
        super().close()


def _numbers(start: int, size: int, skipped: set[int]) -> NDArray[np.int64]:
    """The numbers of `size` rows from `start` on, without those that are skipped."""
    numbers = np.arange(start, start + size + len(skipped), dtype=np.int64)
    if skipped:
        numbers = numbers[~np.isin(numbers, list(skipped))]
    return numbers[:size]


def _options(form: Format, columns: list[str], skipped: int, aside: Callable[[Any], str]) -> dict[str, Any]:
    return {
        "read_options": pcsv.ReadOptions(
            use_threads=False, column_names=columns, skip_rows=skipped, block_size=_BLOCK
        ),  # one thread, since only that tells a row's number
        "parse_options": pcsv.ParseOptions(
            delimiter=form.delimiter,
            quote_char='"' if form.quoted else False,
            newlines_in_values=form.quoted,
            ignore_empty_lines=False,
            invalid_row_handler=aside,
        ),
        "convert_options": pcsv.ConvertOptions(column_types=dict.fromkeys(columns, pa.binary())),
    }


def _dialect(form: Format) -> dict[str, Any]:
    quoting = csv.QUOTE_MINIMAL if form.quoted else csv.QUOTE_NONE
    return {"delimiter": form.delimiter, "quoting": quoting}


def _decoded(batch: pa.RecordBatch, numbers: NDArray[np.int64], refused: list[Refusal], *, marked: bool) -> pa.Table:
    """The batch as text, with the rows' numbers; without those in which something is marked as no UTF-8."""
    table = pa.Table.from_batches([batch]).append_column("row", pa.array(numbers, pa.int64()))
    if not marked:
        return _as_text(table)
    columns = [column for column in table.column_names if column != "row"]
    rows = zip(*(table[column].to_pylist() for column in columns), strict=True)
    broken = {place for place, cells in enumerate(rows) if any(_WRONG.encode() in (cell or b"") for cell in cells)}
    reason = "expected UTF-8, found other bytes"
    refused += [Refusal(row=int(numbers[place]), reason=reason, text="") for place in sorted(broken)]
    return _as_text(table.take([place for place in range(len(table)) if place not in broken]))


def _as_text(table: pa.Table) -> pa.Table:
    kinds = [(name, pa.int64() if name == "row" else pa.string()) for name in table.column_names]
    return table.cast(pa.schema(kinds))
