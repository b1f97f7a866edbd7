"""Articles to stories: the components of copies, capped so that a chain of updates does not swallow a week.

What comes out is a function of the set of articles: their ids and the order in which they came decide nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched

import numpy as np

from detente.records import digest
from detente.stories.pairs import FEWEST, WINDOW, candidates, is_copy, likely
from detente.stories.records import Page, Story
from detente.stories.verdicts import Verdicts, pair_of
from detente.stories.words import OPENING, SHINGLE, read_body

STEPS = 2  # from the first article of a story to any other, by pairs of copies
_CROWD = 24  # texts of one day with the same opening that a short one is compared with
_AT_ONCE = 4_000  # pairs of texts in memory

type Bodies = Callable[[Collection[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """Articles of one day with the very same words."""

    day: date | None
    pages: tuple[Page, ...]

    @property
    def first(self) -> Page:
        return self.pages[0]

    @property
    def ordinal(self) -> int:
        """Its day as a number; what has no day is near only to what has none either."""
        return self.day.toordinal() if self.day else -1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two articles that look like copies. name: of the pair of their texts, by which what is found out is kept."""

    name: bytes
    one: str
    other: str
    same_day: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The stories, and what was found out of pairs of texts on the way."""

    stories: tuple[Story, ...]
    verdicts: Verdicts


def stories_of(pages: Iterable[Page], bodies: Bodies, known: Verdicts | None = None) -> Found:
    """The stories of all the articles, by their first day; an article without copies is a story of its own.

    bodies: gives the text (after the dateline) of articles by their ids; asked for those that look like copies, some
    thousands at a time. known: what an earlier run found out of pairs of texts.
    """
    texts = _texts(pages)
    verdicts = _verdicts(texts, bodies, known or {})
    edges = _copies(texts, verdicts)
    done: set[int] = set()
    found = []
    for start in range(len(texts)):
        if start not in done:
            group = _around(start, texts, edges, done)
            done.update(group)
            found.append(_story([texts[i] for i in group]))
    return Found(stories=tuple(found), verdicts={_pair(texts, pair): is_one for pair, is_one in verdicts.items()})


def to_compare(pages: Iterable[Page], known: Verdicts) -> list[Pair]:
    """The pairs that `stories_of` would compare word by word, so that others can do it before. known: as there."""
    texts = _texts(pages)
    return _unknown(texts, _alike(texts), known)


def compared(pairs: Iterable[Pair], bodies: Bodies) -> dict[bytes, bool]:
    """Of each pair, by its name, whether one copies the other. bodies: as for `stories_of`."""
    found: dict[bytes, bool] = {}
    for chunk in batched(pairs, _AT_ONCE):
        wanted = sorted({article for pair in chunk for article in (pair.one, pair.other)})
        read = {article: read_body(text) for article, text in bodies(wanted).items()}
        for pair in chunk:
            found[pair.name] = is_copy(read[pair.one], read[pair.other], same_day=pair.same_day)
    return found


def _texts(pages: Iterable[Page]) -> list[_Text]:
    """By day, the longest first, then by their words."""
    groups: dict[tuple[object, ...], list[Page]] = defaultdict(list)
    for page in pages:
        alone = page.article if page.sketch.words < OPENING else ""
        groups[page.day, page.sketch.fingerprint, alone].append(page)
    texts = [_Text(day=found[0].day, pages=tuple(sorted(found, key=_arrival))) for found in groups.values()]
    return sorted(texts, key=_order)


def _arrival(page: Page) -> tuple[str, str]:
    return (page.published, page.article)


def _order(text: _Text) -> tuple[object, ...]:
    page = text.first
    return (text.ordinal, -page.sketch.words, page.sketch.fingerprint, *_arrival(page))


def _copies(texts: Sequence[_Text], verdicts: Mapping[tuple[int, int], bool]) -> dict[int, list[int]]:
    """For each text, the texts that are copies of it."""
    edges: dict[int, list[int]] = defaultdict(list)
    for i, j in [*_same(texts), *(pair for pair, is_one in verdicts.items() if is_one)]:
        edges[i].append(j)
        edges[j].append(i)
    return edges


def _same(texts: Sequence[_Text]) -> Iterator[tuple[int, int]]:
    """The very same words on another day."""
    last: dict[bytes, int] = {}
    for i, text in enumerate(texts):
        sketch = text.first.sketch
        before = last.get(sketch.fingerprint)
        if sketch.words >= OPENING:
            if before is not None and text.ordinal - texts[before].ordinal <= WINDOW:
                yield before, i
            last[sketch.fingerprint] = i


def _verdicts(texts: Sequence[_Text], bodies: Bodies, known: Verdicts) -> dict[tuple[int, int], bool]:
    """Of each pair that looks like copies, whether it is."""
    pairs = _alike(texts)
    fresh = compared(_unknown(texts, pairs, known), bodies)
    names = {pair: _pair(texts, pair) for pair in pairs}
    return {pair: fresh[name] if name in fresh else known[name] for pair, name in names.items()}


def _alike(texts: Sequence[_Text]) -> list[tuple[int, int]]:
    """The pairs that look like copies, each once."""
    return list(dict.fromkeys([*_long(texts), *_short(texts)]))


def _unknown(texts: Sequence[_Text], pairs: Iterable[tuple[int, int]], known: Verdicts) -> list[Pair]:
    found = []
    for i, j in pairs:
        name = _pair(texts, (i, j))
        if name not in known:
            one, other = texts[i], texts[j]
            same_day = one.day == other.day
            found.append(Pair(name=name, one=one.first.article, other=other.first.article, same_day=same_day))
    return found


def _pair(texts: Sequence[_Text], pair: tuple[int, int]) -> bytes:
    one, other = texts[pair[0]], texts[pair[1]]
    return pair_of(one.first.sketch, other.first.sketch, same_day=one.day == other.day)


def _long(texts: Sequence[_Text]) -> Iterator[tuple[int, int]]:
    """Pairs of texts that are likely to share enough shingles."""
    sizes = np.array([_size(text) for text in texts], np.int64)
    enough = np.flatnonzero(sizes >= FEWEST)
    if len(enough) < 2:
        return
    signatures = np.stack([texts[i].first.sketch.signature for i in enough.tolist()])
    days = np.array([texts[i].ordinal for i in enough.tolist()], np.int64)
    pairs = enough[likely(candidates(days, signatures), sizes[enough], signatures)]
    yield from ((i, j) for i, j in pairs.tolist())


def _short(texts: Sequence[_Text]) -> Iterator[tuple[int, int]]:
    """Texts too short for shingles, each with longer ones of its day that open with the same words."""
    openings: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        group = openings[text.ordinal, text.first.sketch.opening]
        if text.first.sketch.words > OPENING and _size(text) < FEWEST:
            yield from ((j, i) for j in group[:_CROWD])
        group.append(i)


def _size(text: _Text) -> int:
    return max(0, text.first.sketch.words - SHINGLE + 1)


def _around(start: int, texts: Sequence[_Text], edges: Mapping[int, list[int]], done: set[int]) -> list[int]:
    """The first text of a story and those near enough to it that belong to no earlier story."""
    found, border = [start], [start]
    seen = {start}
    for _ in range(STEPS):
        near = {j for i in border for j in edges.get(i, ())} - seen - done
        border = sorted(j for j in near if texts[j].ordinal - texts[start].ordinal <= WINDOW)
        seen.update(border)
        found += border
    return sorted(found)


def _story(texts: Sequence[_Text]) -> Story:
    first, last = texts[0], texts[-1]
    sketch = first.first.sketch
    words = sketch.fingerprint.hex() if sketch.words >= OPENING else first.first.article
    credits_ = {page.sketch.agency for text in texts for page in text.pages} - {""}
    return Story(
        id=digest("story", words, first.day.isoformat() if first.day else None),
        articles=tuple(page.article for text in texts for page in text.pages),
        first=first.day,
        last=last.day,
        agency=credits_.pop() if len(credits_) == 1 else "",
    )
