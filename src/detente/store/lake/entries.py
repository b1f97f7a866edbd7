"""What a lake's files say: the terms under which it was begun, and one line of its log for each shard."""

from __future__ import annotations

from dataclasses import dataclass

from detente.store.schema import VERSION
from detente.store.segment import SegmentInfo

FORMAT = "detente-lake"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The column of a table in which a field of the article stands."""

    field: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for every shard of a lake, so that a run that goes on does the same as the one before.

    schema: version of the tables. coder, knowledge, judge: who reads. actors: the user's own, as a table; "" for none.
    model: of the language; None for the bundled one. published: day for articles that bring none. input_format: of all
    inputs. columns: of tables, from the fields of an article to the names of their columns. shard_size: bytes.
    """

    coder: str
    knowledge: str
    judge: str
    shard_size: int
    actors: str = ""
    model: str | None = None
    published: str | None = None
    input_format: str = "auto"
    columns: tuple[Column, ...] = ()
    format: str = FORMAT
    schema: str = VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A part of a shard: the file as it was named when it was read, the stretch of it, and the hash of these bytes."""

    name: str
    content: str
    start: int = 0
    stop: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A shard that is done, or was lost.

    shard: hash of its parts' bytes. folder: of its segment, below `segments`; None when it gave no rows. lost: why it was
    given up, None when it is done. articles: that have a text. failures: remarks and gaps.
    """

    shard: str
    sources: tuple[Source, ...]
    folder: str | None = None
    segment: SegmentInfo | None = None
    articles: int = 0
    words: int = 0
    failures: int = 0
    lost: str | None = None
