"""What this room takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.stories.sketch import Sketch


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article as far as stories need it. day: of publication, None when unknown; published: the same to the second."""

    article: str
    day: date | None
    published: str = ""
    sketch: Sketch


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles that copy one text: within seven days, each at most two steps from the first.

    id: of the first article's words and day. articles: ids, the first first: the earliest day, of that day the longest.
    first, last: days of publication, None when unknown. agency: the one agency that its articles credit, "" for none or
    several.
    """

    id: str
    articles: tuple[str, ...]
    first: date | None
    last: date | None
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An event as one article tells it.

    asked: type and mode of the deed asked for. sources, targets: countries, or ids that hold in every article.
    first, last: days that the text names for it. place: of a town or a point, by a name that holds in every article.
    headline: told by the title. words: of each place in the text that tells it.
    """

    article: str
    event: str
    type: str
    status: str
    past: bool = False
    mode: str | None = None
    asked: tuple[str, str | None] | None = None
    sources: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None
    place: str | None = None
    headline: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """One real event. tellings: the first article's first; stories: ids, the first first.

    origins: of these stories, those that are independent as far as one can see: an agency's name stands for all stories
    that credit it. aside: adds nothing to what the story's first article says (joining.py).
    """

    tellings: tuple[Telling, ...]
    stories: tuple[str, ...]
    origins: tuple[str, ...]
    aside: bool = False
