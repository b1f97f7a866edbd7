"""Plain text and Markdown: one article a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.sources.decode import decode
from detente.sources.feed import Feed
from detente.sources.sourced import Draft, Unreadable, remark

_TITLE = 200  # characters; longer first lines are paragraphs
_ENDS = re.compile(r"(?:(?<!\b[A-Z])\.|[:;,]|[.!?][”\"])$")  # but "pact with the U.S." is a headline
_BLANK = " \t\r\n"
_UNDERLINE = re.compile(r"=+[ \t]*(?:\n|$)")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")
_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"([A-Za-z_-]+)[ \t]*:[ \t]*(.*)")
_KEYS = {
    "id": "id",
    "title": "title",
    "headline": "title",
    "date": "published",
    "published": "published",
    "source": "source",
    "outlet": "source",
    "publication": "source",
    "url": "url",
    "link": "url",
    "language": "language",
    "lang": "language",
}


def read_text(feed: Feed) -> Iterator[Draft | Unreadable]:
    """A text file. Its first line is the title when it is short, ends no sentence, and a blank line follows."""
    yield _draft(feed, markdown=False)


def read_markdown(feed: Feed) -> Iterator[Draft | Unreadable]:
    """A Markdown file: front matter and the first heading are taken off, other markup stays in the text."""
    yield _draft(feed, markdown=True)


def _draft(feed: Feed, *, markdown: bool) -> Draft:
    decoded = decode(feed.whole())
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    head, text = _front_matter(text)
    text = _body(text.rstrip(_BLANK))
    title = head.get("title")
    found, rest = (_heading if markdown else _first_line)(text)
    if found is not None and title in (None, found):
        title, text = found, rest
    return Draft(
        where=feed.name,
        text=text,
        title=title,
        id=head.get("id"),
        published=head.get("published"),
        source=head.get("source"),
        url=head.get("url"),
        language=head.get("language"),
        failures=(remark(feed.name, decoded.remark),) if decoded.remark else (),
    )


def _first_line(text: str) -> tuple[str | None, str]:
    """(title, text below it), or (None, text)."""
    line, _, below = text.partition("\n")
    gap, _, _ = below.partition("\n")
    title = line.strip(_BLANK)
    if gap.strip(_BLANK) or not below.strip(_BLANK) or not title:
        return None, text
    if len(title) > _TITLE or _ENDS.search(title):
        return None, text
    return title, _body(below)


def _heading(text: str) -> tuple[str | None, str]:
    """A first line after `#`, or above a line of `=`."""
    line, _, below = text.partition("\n")
    if line.startswith(("# ", "#\t")):
        return line[1:].strip(_BLANK).rstrip("#").rstrip(_BLANK) or None, _body(below)
    underline = _UNDERLINE.match(below)
    if underline and line.strip(_BLANK):
        return line.strip(_BLANK), _body(below[underline.end() :])
    return None, text


def _body(text: str) -> str:
    """Text from its first line that is not blank: what indents that line stays."""
    blank = _BLANK_LINES.match(text)
    return text[blank.end() :] if blank else text


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between two lines of dashes at the top, under the article's own names, and the rest."""
    match = _FRONT.match(text)
    entries = [_ENTRY.fullmatch(line) for line in match[1].splitlines()] if match else []
    if match is None or not any(entries):
        return {}, text
    found = {_KEYS[entry[1].lower()]: _unquoted(entry[2]) for entry in entries if entry and entry[1].lower() in _KEYS}
    return {key: value for key, value in found.items() if value}, text[match.end() :]


def _unquoted(value: str) -> str:
    value = value.strip(_BLANK)
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
