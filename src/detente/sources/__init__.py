"""Anything -> articles: text, Markdown, JSON, JSON Lines, web pages, web archives, tables, the formats of agencies, folders of them.

The only way in is `articles_from`; a format more is one module and one line in `formats.FORMATS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from detente.errors import DetenteError, InputError, UsageError
from detente.sources import dates, inputs
from detente.sources.columns import checked
from detente.sources.feed import Feed
from detente.sources.formats import FORMATS, format_of, sniffed
from detente.sources.settle import Settler
from detente.sources.sourced import Draft, Sourced, Unreadable, unreadable

__all__ = ["AUTO", "INPUT_FORMATS", "Sourced", "Unreadable", "articles_from", "count_inputs"]

AUTO = "auto"
INPUT_FORMATS = (AUTO, *FORMATS)


def articles_from(
    paths: Sequence[str | Path],
    *,
    published: str | None = None,
    input_format: str = AUTO,
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Sourced | Unreadable]:
    """Every article of the inputs, in order, with a record for each that cannot be read.

    paths: files, folders (read to the bottom, sorted), addresses of object stores (see `remote`), `-` for standard input; none at all means standard input.
    published: day for articles that bring none (ISO, or as `dates.EXPECTED` says). input_format: one of INPUT_FORMATS; "auto" goes by
    the name of a file, else by its first bytes. stdin: where `-` is read from. columns: for tables, from the fields of an article to the
    names of their columns ("" for a field that is not to be read); known names need none, see `columns.tsv`.

    Raises UsageError at once for a wrong argument; nothing in an input raises.
    """
    day = None if published is None else dates.iso(published)
    if published is not None and day is None:
        raise UsageError(f"expected {dates.EXPECTED} as the day of publication, found {published!r}")
    wanted = _wanted(input_format)
    if stdin is None and (not paths or any(str(path) == inputs.STDIN for path in paths)):
        raise UsageError("expected files or folders, found none, and no standard input to read")
    return _articles(paths, Settler(day), _Asked(wanted, stdin, checked(columns or {})))


def count_inputs(paths: Sequence[str | Path], *, input_format: str = AUTO) -> int | None:
    """About how many articles the inputs hold, for a progress bar; None when only reading them would tell."""
    return inputs.count(inputs.files_of(paths), _wanted(input_format))


def _wanted(input_format: str) -> str | None:
    if input_format not in INPUT_FORMATS:
        raise UsageError(f"expected one of {', '.join(INPUT_FORMATS)} as the input format, found {input_format!r}")
    return None if input_format == AUTO else input_format


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a caller said of the inputs. format: None for each by its own signs."""

    format: str | None
    stdin: BinaryIO | None
    columns: Mapping[str, str]


def _articles(paths: Sequence[str | Path], settler: Settler, asked: _Asked) -> Iterator[Sourced | Unreadable]:
    for file in inputs.files_of(paths):
        if isinstance(file, Unreadable):
            yield file
        else:
            yield from _within(file, settler, asked)


def _within(file: inputs.File, settler: Settler, asked: _Asked) -> Iterator[Sourced | Unreadable]:
    """What is in one file. The border of a batch: whatever breaks on it, the next file is read."""
    name = "standard input" if isinstance(file, str) else inputs.shown(file)
    found = 0
    try:
        with inputs.opened(file, asked.stdin, asked.columns) as feed:
            for draft in _read(feed, file, asked.format):
                found += 1
                yield draft if isinstance(draft, Unreadable) else settler.settle(draft)
            if not found:
                yield unreadable(name, f"expected an article, found none but {feed.passed or 'an empty file'}")
    except InputError as error:
        yield unreadable(name, str(error))
    except DetenteError:  # the installation is broken, not the input
        raise
    except Exception as error:
        yield unreadable(name, f"the file broke its reader ({type(error).__name__}: {error}); please report it")


def _read(feed: Feed, file: inputs.File, wanted: str | None) -> Iterator[Draft | Unreadable]:
    kind = wanted or (None if isinstance(file, str) else format_of(file.name))
    if kind and FORMATS[kind].as_stored:
        yield from FORMATS[kind].read(feed)
    elif feed.head():
        seen = sniffed(feed.head())
        if kind is None or (wanted is None and seen == "feed"):  # .xml is the ending of feeds, too
            kind = seen
        yield from FORMATS[kind].read(feed)
    else:
        raise InputError("expected an article, found none: the file is empty")
