"""The second step of a batch: what spans shards. Which articles copy one another, and which events are one.

Three passes over the segments on the engine, with what needs all of them at once between: sketches -> pairs that look alike; texts of
these pairs -> copies; events -> those that are one. The result is a function of the lake's shards, whatever the engine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import batched
from pathlib import Path

from detente.engines import Engine, Local, Lost
from detente.errors import EngineError
from detente.observatory.telling import telling_of
from detente.store import queries
from detente.store.lake import Entry, Lake, Terms, second
from detente.store.lake.second import Head, Step
from detente.stories import (
    Joined,
    Page,
    Pair,
    Story,
    Telling,
    body_of,
    compared,
    join,
    pack,
    read_sketch,
    stories_of,
    unpack,
)
from detente.stories import to_compare as alike

_PAIRS = 2_000  # compared as one: some seconds of a core

type Wanted = Mapping[int, tuple[str, ...]]  # articles, by the number of the entry that counts for each


def tell(lake: str | Path, *, engine: Engine | None = None) -> Step:
    """Finds the stories of a lake, and the events that several articles tell, and keeps both beside its segments.

    Done once for the shards that are there: asked again, it gives what it found. engine: `Local()` unless given. Raises
    BusyError when a run is at work on the lake, EngineError when a part of it fails on every attempt.
    """
    there = Lake.open(lake)
    with there.held():
        entries = [entry for entry in there.done() if entry.segment and entry.segment.rows("articles")]
        last = second.last_step(there)
        if last and last.made_of == second.state_of(entries):
            return last
        step = _Second(there, str(lake), entries, engine or Local()).run()
        second.sweep(there)
        return step


class _Second:
    """One second step. Entries are known by their place in the order of the inputs; the last that read an article counts."""

    def __init__(self, lake: Lake, where: str, entries: Sequence[Entry], engine: Engine) -> None:
        self._lake, self._where, self._entries, self._engine = lake, where, entries, engine
        self._home: dict[str, int] = {}
        self._heads: dict[str, Head] = {}

    def run(self) -> Step:
        """All of it, and its commit."""
        pages = self._pages()
        known = unpack(second.noted(self._lake))
        copies = dict(known) | self._compared(alike(pages, known))
        found = stories_of(pages, self._bodies, copies)
        joined = join(self._tellings(found.stories), found.stories, self._bodies)
        several = [one for one in joined if len(one.tellings) > 1 or one.aside]
        step = Step(
            folder="",
            made_of=second.state_of(self._entries),
            articles=len(pages),
            stories=len(found.stories),
            copied=sum(len(story.articles) for story in found.stories if len(story.articles) > 1),
            events=len(several),
        )
        tables = {"stories": self._story_rows(found.stories), "events": self._event_rows(several)}
        return second.keep(self._lake, step, pack(found.verdicts), tables)

    def _pages(self) -> list[Page]:
        found = dict(self._each(_heads, [(n, ()) for n in range(len(self._entries))]))
        homes = [(head, number) for number in sorted(found) for head in found[number]]
        self._heads = second.counting(head for head, _ in homes)
        self._home = {head.article: number for head, number in homes if self._heads[head.article] is head}
        return [
            Page(article=head.article, day=head.day, published=head.published, sketch=sketch)
            for head in self._heads.values()
            if (sketch := read_sketch(head.sketch)) is not None
        ]

    def _compared(self, pairs: Sequence[Pair]) -> dict[bytes, bool]:
        """What becomes of the pairs, compared in bundles of those whose texts lie together."""
        ordered = sorted(pairs, key=lambda pair: (self._home[pair.one], self._home[pair.other]))
        bundles = []
        for chunk in batched(ordered, _PAIRS):
            wanted = self._by_entry(article for pair in chunk for article in (pair.one, pair.other))
            bundles.append(_Bundle(pairs=chunk, texts=tuple((self._entries[n], ids) for n, ids in wanted.items())))
        found: dict[bytes, bool] = {}
        for answer in self._run(_Comparing(lake=self._where, terms=self._lake.terms), bundles):
            found |= answer
        return found

    def _tellings(self, stories: Iterable[Story]) -> list[Telling]:
        copied = self._by_entry(a for story in stories if len(story.articles) > 1 for a in story.articles)
        found = dict(self._each(_tellings, [(n, copied.get(n, ())) for n in range(len(self._entries))]))
        return [t for number in sorted(found) for t in found[number] if self._home.get(t.article) == number]

    def _bodies(self, wanted: Collection[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for number, articles in self._by_entry(wanted).items():
            entry = self._entries[number]
            with self._lake.at_hand(entry) as folder:
                found |= _texts(folder, entry, articles)
        return found

    def _by_entry(self, articles: Iterable[str]) -> dict[int, tuple[str, ...]]:
        found: dict[int, dict[str, None]] = defaultdict(dict)
        for article in articles:
            found[self._home[article]][article] = None
        return {number: tuple(found[number]) for number in sorted(found)}

    def _each[R](
        self, function: Callable[..., R], asked: Sequence[tuple[int, tuple[str, ...]]]
    ) -> Iterator[tuple[int, R]]:
        """What a function gives of each segment: (folder, entry, articles) -> R."""
        made = _Segment(lake=self._where, terms=self._lake.terms, function=function)
        return self._run(made, [(number, self._entries[number], articles) for number, articles in asked])

    def _run[S, R](self, function: Callable[[S], R], shards: Sequence[S]) -> Iterator[R]:
        with closing(self._engine.run(function, shards)) as answers:
            for answer in answers:
                if isinstance(answer, Lost):
                    raise EngineError(
                        f"the second step was given up after {answer.attempts} attempts ({answer.reason}); what was read stands: "
                        "run it again"
                    )
                yield answer.result

    def _story_rows(self, stories: Iterable[Story]) -> list[tuple[object, ...]]:
        return [
            (article, self._heads[article].revision, story.id, story.first, story.last, story.agency)
            for story in stories
            for article in story.articles
        ]

    def _event_rows(self, several: Iterable[Joined]) -> list[tuple[object, ...]]:
        return [
            (
                t.article,
                self._heads[t.article].revision,
                t.event,
                one.tellings[0].event,
                place,
                len(one.origins),
                one.aside,
            )
            for one in several
            for place, t in enumerate(one.tellings)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Segment[R]:
    """Runs a function over one segment, wherever that is."""

    lake: str
    terms: Terms
    function: Callable[..., R]

    def __call__(self, asked: tuple[int, Entry, tuple[str, ...]]) -> tuple[int, R]:
        number, entry, articles = asked
        with Lake.at(self.lake, self.terms).at_hand(entry) as folder:
            return number, self.function(folder, entry, articles)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bundle:
    """Pairs, and the entries in which their texts lie."""

    pairs: tuple[Pair, ...]
    texts: tuple[tuple[Entry, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparing:
    """Compares the pairs of a bundle, wherever that is."""

    lake: str
    terms: Terms

    def __call__(self, bundle: _Bundle) -> dict[bytes, bool]:
        there = Lake.at(self.lake, self.terms)
        bodies: dict[str, str] = {}
        for entry, articles in bundle.texts:
            with there.at_hand(entry) as folder:
                bodies |= _texts(folder, entry, articles)
        return compared(bundle.pairs, lambda wanted: {article: bodies[article] for article in wanted})


def _heads(folder: Path, entry: Entry, _: tuple[str, ...]) -> list[Head]:
    return second.heads(folder, entry)


def _texts(folder: Path, entry: Entry, articles: tuple[str, ...]) -> dict[str, str]:
    at = second.snapshot(folder, entry)
    return {article.id: body_of(article) for article in queries.texts(at, articles, as_of=None)}


def _tellings(folder: Path, entry: Entry, copied: tuple[str, ...]) -> list[Telling]:
    return list(map(telling_of, queries.tellings(second.snapshot(folder, entry), copied, as_of=None)))
