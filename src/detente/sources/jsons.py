"""JSON: one article, an array of them, or one a line."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, cast

from detente.errors import InputError
from detente.records import Failure
from detente.sources.decode import decode, marked
from detente.sources.feed import LONGEST, Bytes, Feed
from detente.sources.sourced import Draft, Unreadable, remark, unreadable

LONGEST_FILE = 256 * 1024 * 1024  # bytes of a .json file, which is held whole; JSON Lines may be of any length
_SPACE = re.compile(r"[ \t\r\n,]*")
_NEXT = re.compile(r"\n[ \t]*\{")
_WORDS = ("title", "source", "url", "language", "dateline")
_DEEP = "nested too deeply"


def read_lines(feed: Feed) -> Iterator[Draft | Unreadable]:
    """JSON Lines: one article a line. A file that turns out to be one long JSON value is read as such."""
    if (mark := marked(feed.head())) and mark[1] != "utf-8":
        feed = Feed(feed.name, cast(Bytes, codecs.EncodedFile(cast(Any, feed), "utf-8", mark[1][:6])))
    if _spread(feed.head()):
        yield from read_file(feed)
        return
    for number, line in feed.lines():
        if line is None:
            reason = f"expected a line of at most {LONGEST // 2**20} MB, found a longer one: split the article"
            yield unreadable(f"{feed.name}:{number}", reason)
        elif line := line.removeprefix(codecs.BOM_UTF8).strip():
            yield from _line(f"{feed.name}:{number}", line)


def read_file(feed: Feed) -> Iterator[Draft | Unreadable]:
    """A .json file: an article, an array of articles, or several of these one after another."""
    decoded = decode(feed.whole(LONGEST_FILE))
    if decoded.remark:
        raise InputError(f"JSON must be UTF-8; this file is {decoded.remark}")
    yield from _Values(feed.name, decoded.text).drafts()


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


def _line(where: str, line: bytes) -> Iterator[Draft | Unreadable]:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        byte = line[error.start]
        yield unreadable(where, f"expected UTF-8, found byte 0x{byte:02x} at offset {error.start} of the line")
    except json.JSONDecodeError as error:
        yield unreadable(where, f"expected one JSON object, found broken JSON: {error.msg} at column {error.colno}")
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
        self.decoder = json.JSONDecoder()

    def drafts(self) -> Iterator[Draft | Unreadable]:
        array = False
        while self._skip():
            if self.text[self.at] in "[]":
                array = self.text[self.at] == "["
                self.at += 1
                continue
            where = self._where(self.at)
            try:
                value, self.at = self.decoder.raw_decode(self.text, self.at)
            except (ValueError, RecursionError) as error:
                yield self._broken(error)
                if array or not self._resume():
                    return
            else:
                yield from _drafts(where, value)

    def _skip(self) -> bool:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at < len(self.text)

    def _where(self, at: int) -> str:
        self.line += self.text.count("\n", self.counted, at)
        self.counted = at
        return f"{self.name}:{self.line}"

    def _broken(self, error: Exception) -> Unreadable:
        if not isinstance(error, json.JSONDecodeError):
            message = _DEEP if isinstance(error, RecursionError) else str(error)
            return unreadable(
                self._where(self.at), f"expected an article, found a value that cannot be read: {message}"
            )
        where = f"{self.name}:{error.lineno}"
        return unreadable(where, f"expected JSON, found broken JSON: {error.msg} at column {error.colno}")

    def _resume(self) -> bool:
        """After a broken value, to the next line that opens an object: a file of lines named .json."""
        match = _NEXT.search(self.text, self.at)
        self.at = match.end() - 1 if match else self.at
        return match is not None


def _drafts(where: str, value: Any) -> Iterator[Draft | Unreadable]:
    """The article in `value`, in the line of a reading, or in the answer of a news service (`articles`)."""
    if isinstance(value, dict) and "text" not in value:
        if isinstance(value.get("article"), dict):
            value = value["article"]
        elif isinstance(value.get("articles"), list):
            for item in value["articles"]:
                yield _draft(where, item)
            return
    yield _draft(where, value)


def _draft(where: str, value: Any) -> Draft | Unreadable:
    if not isinstance(value, dict):
        return unreadable(where, f"expected a JSON object with `text`, found {_kind(value)}")
    given, failures = _id(where, value.get("id"))
    text = value.get("text")
    if not isinstance(text, str):
        found = (
            _kind(text) if "text" in value else f"only {', '.join(f'`{key}`' for key in list(value)[:8]) or 'nothing'}"
        )
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
