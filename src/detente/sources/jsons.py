"""JSON: one article, an array of them, or one a line."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from detente.errors import InputError
from detente.records import Failure
from detente.sources.decode import decode, marked
from detente.sources.feed import LONGEST, Feed
from detente.sources.ninjs import is_ninjs, ninjs_drafts
from detente.sources.sourced import Draft, Unreadable, remark, unreadable

LONGEST_FILE = 256 * 1024 * 1024  # bytes of a .json file, which is held whole; JSON Lines may be of any length
_SPACE = re.compile(r"[ \t\r\n,]*")
_WORDS = ("title", "source", "url", "language", "dateline")
_DEEP = "nested too deeply"


def read_lines(feed: Feed) -> Iterator[Draft | Unreadable]:
    """JSON Lines: one article a line. A file that turns out to be one long JSON value is read as such."""
    if (mark := marked(feed.head())) and mark[1] != "utf-8":
        feed = feed.recoded(mark[1][:6])
    if _spread(feed.head()):
        yield from read_file(feed)
    else:
        yield from read_each_line(feed)


def read_each_line(feed: Feed) -> Iterator[Draft | Unreadable]:
    """JSON Lines that are known to be such."""
    for number, line in feed.lines():
        if line is None:
            reason = f"expected a line of at most {LONGEST // 2**20} MB, found a longer one: split the article"
            yield unreadable(f"{feed.name}:{number}", reason)
        elif line := line.removeprefix(codecs.BOM_UTF8).strip():
            yield from _encoded(f"{feed.name}:{number}", line)


def read_file(feed: Feed) -> Iterator[Draft | Unreadable]:
    """A .json file: an article, an array of articles, or several of these one after another."""
    decoded = decode(feed.whole(LONGEST_FILE))
    if decoded.remark:
        raise InputError(f"JSON must be UTF-8; this file is {decoded.remark}")
    yield from _Values(feed.name, decoded.text).drafts()


def one_a_line(head: bytes) -> bool:
    """Whether a file that begins so has an article on each line, in UTF-8: it can then be cut between any two lines."""
    mark = marked(head)
    return (mark is None or mark[1] == "utf-8") and not _spread(head)


def _spread(head: bytes) -> bool:
    """The first line opens a value and does not close it: one article written over several lines."""
    line, end, _ = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not end or not line.startswith((b"{", b"[")):
        return False
    try:
        json.loads(line)
    except json.JSONDecodeError as error:
        return error.pos >= len(line.decode("utf-8", "replace").rstrip())
    except (ValueError, RecursionError):
        return False
    return line.startswith(b"[")


def _encoded(where: str, line: bytes) -> Iterator[Draft | Unreadable]:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = line[error.start]
        yield unreadable(where, f"expected UTF-8, found byte 0x{byte:02x} at offset {error.start} of the line")
    else:
        yield from _line(where, text)


def _line(where: str, line: str) -> Iterator[Draft | Unreadable]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        yield unreadable(where, f"expected one JSON object, found broken JSON: {error.msg} (column {error.colno})")
    except RecursionError:
        yield unreadable(where, f"expected one JSON object, found one {_DEEP}")
    except ValueError as error:
        yield unreadable(where, f"expected one JSON object, found a value that cannot be read: {error}")
    else:
        yield from _drafts(where, value)


class _Values:
    """Walks over the JSON values of a text, keeping count of lines."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.at, self.line, self.counted = 0, 1, 0
        self.last, self.nth, self.depth = "", 1, 0
        self.decoder = json.JSONDecoder()

    def drafts(self) -> Iterator[Draft | Unreadable]:
        while self._skip():
            if (sign := self.text[self.at]) in "[]":
                self.depth += 1 if sign == "[" else -1
                self.at += 1
                continue
            where = self._own(self._where(self.at))
            try:
                value, self.at = self.decoder.raw_decode(self.text, self.at)
            except (ValueError, RecursionError) as error:
                yield self._broken(where, error)
                yield from self._rest()
                return
            else:
                yield from _drafts(where, value)
        if self.depth:
            where = self._own(self._where(self.at))
            yield unreadable(
                where, "expected as many `]` as `[`; the file may be cut off: see whether its last article is there"
            )

    def _own(self, where: str) -> str:
        """Tells the articles of one line apart."""
        self.nth = self.nth + 1 if where == self.last else 1
        self.last = where
        return where if self.nth == 1 else f"{where} (article {self.nth})"

    def _skip(self) -> bool:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at < len(self.text)

    def _where(self, at: int) -> str:
        self.line += self.text.count("\n", self.counted, at)
        self.counted = at
        return f"{self.name}:{self.line}"

    def _broken(self, where: str, error: Exception) -> Unreadable:
        if isinstance(error, json.JSONDecodeError):
            what = f"broken JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        else:
            what = f"a value {_DEEP}" if isinstance(error, RecursionError) else f"a value that cannot be read: {error}"
        return unreadable(where, f"expected an article, found {what}")

    def _rest(self) -> Iterator[Draft | Unreadable]:
        """After a broken value that begins a line: the objects that begin lines below it, with the same indent, one by one."""
        indent = self.text[self.text.rfind("\n", 0, self.at) + 1 : self.at]
        mark = f"\n{indent}{{"
        begin = -1 if indent.strip() else self.text.find(mark, self.at)
        while begin >= 0:
            end = self.text.find(mark, begin + 1)
            piece = self.text[begin + 1 : end if end >= 0 else len(self.text)].strip(" \t\r\n,")
            yield from _line(self._where(begin + 1), piece if end >= 0 else piece.removesuffix("]"))
            begin = end


def _drafts(where: str, value: Any) -> Iterator[Draft | Unreadable]:
    """The article in `value`, in the line of a reading, or in the answer of a news service (`articles`)."""
    if isinstance(value, dict) and "text" not in value:
        if isinstance(value.get("article"), dict):
            value = value["article"]
        elif is_ninjs(value):
            yield from ninjs_drafts(where, value)
            return
        elif isinstance(value.get("articles"), list):
            for number, item in enumerate(value["articles"], 1):
                yield _draft(f"{where} (article {number})", item)
            return
    yield _draft(where, value)


def _draft(where: str, value: Any) -> Draft | Unreadable:
    if not isinstance(value, dict):
        return unreadable(where, f"expected a JSON object with `text`, found {_kind(value)}")
    given, failures = _id(where, value.get("id"))
    text = value.get("text")
    if not isinstance(text, str):
        names = ", ".join(f"`{key}`" for key in list(value)[:8])
        found = _kind(text) if "text" in value else f"no `text` but {names or 'an empty object'}"
        return unreadable(where, f"expected the article's words in `text` (a string), found {found}", given)
    words: dict[str, str | None] = {}
    for name in _WORDS:
        words[name], more = _word(where, name, value.get(name))
        failures += more
    published, more = _published(where, value.get("published"))
    return Draft(
        where=where,
        id=given,
        text=text,
        title=words["title"],
        published=published,
        source=words["source"],
        url=words["url"],
        language=words["language"],
        dateline=words["dateline"],
        failures=failures + more,
    )


def _id(where: str, value: Any) -> tuple[str | None, tuple[Failure, ...]]:
    if value is None or value == "":
        return None, ()
    if isinstance(value, str):
        return value, ()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return json.dumps(value), ()
    return None, (remark(where, f"expected a string or a number in `id`, found {_kind(value)}; an id was made"),)


def _word(where: str, name: str, value: Any) -> tuple[str | None, tuple[Failure, ...]]:
    if value is None or isinstance(value, str):
        return value or None, ()
    return None, (remark(where, f"expected a string in `{name}`, found {_kind(value)}; read without it"),)


def _published(where: str, value: Any) -> tuple[str | None, tuple[Failure, ...]]:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value), ()  # 20200818
    return _word(where, "published", value)


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "an array", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
