"""What an input gives: an article with remarks on it, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from detente.records import Article, Failure, digest
from detente.sources.decode import clean

STAGE = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """An article as it was read in. failures: what of it could not be understood (a date, an encoding); keep them with it."""

    article: Article
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """An article, or a whole input, that could not be read. id: the one it brings, else stable for its file and line."""

    id: str
    failure: Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a format found, before ids, dates and language are settled.

    where: file, or file and line. guess_language: `language` comes from a template (an HTML page), the text outranks it.
    """

    where: str
    text: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    dateline: str | None = None
    guess_language: bool = False
    failures: tuple[Failure, ...] = ()


def remark(where: str, reason: str) -> Failure:
    """A failure of this room at one place of the input."""
    return Failure(stage=STAGE, reason=_writable(reason), where=where)


def unreadable(where: str, reason: str, id: str | None = None) -> Unreadable:
    """The record of an input, or a part of one, that gives no article."""
    return Unreadable(id=_writable(id or digest("unreadable", where)), failure=remark(where, reason))


def _writable(words: str) -> str:
    """Words quoted from an input, as they can be written out: halves of surrogate pairs and NULs become U+FFFD, as in a text."""
    return clean(words)[0]
