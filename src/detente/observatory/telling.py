"""Which articles tell one story, and which events are one: worked out from what the store keeps, once a generation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from detente.records import Article, EventVerdict

if TYPE_CHECKING:
    from detente.store import (
        JoinedKeys,
        Report,
        Store,
        StoredEvent,
        StoredPage,
        StoredStory,
        StoredSums,
        StoredTelling,
        StoryEvent,
        Writer,
    )
    from detente.store.snapshot import Snapshot
    from detente.store.sums import StoredSumTable
    from detente.stories import Found, Joined, Page, Story, Telling

_KEPT = 4  # days of knowledge (`as_of`) whose stories are held in memory

type Key = tuple[str, str]  # article, event


@dataclass(frozen=True, slots=True, kw_only=True)
class Tellings:
    """What is known of the articles' stories and of the events that several places tell.

    pages, stories: by article. joined: by article and event. keys: the same for the store, with those held to be wrong set
    aside; shown: with these given. rejected: these, with the verdict.
    """

    pages: Mapping[str, StoredPage]
    stories: Mapping[str, Story]
    joined: Mapping[Key, Joined]
    keys: JoinedKeys
    shown: JoinedKeys
    rejected: Mapping[Key, EventVerdict]

    @property
    def story_ids(self) -> dict[str, str]:
        """Of each article its story."""
        return {article: story.id for article, story in self.stories.items()}

    def days(self) -> tuple[tuple[date, int], ...]:
        """How many stories began on each day that has any."""
        found: dict[date, int] = {}
        for story in {id(story): story for story in self.stories.values()}.values():
            if story.first:
                found[story.first] = found.get(story.first, 0) + 1
        return tuple(sorted(found.items()))

    def story(self, story: Story) -> StoredStory:
        """A story with the heads of its articles."""
        from detente.store import StoredStory, StoryArticle

        heads = (self.pages[article] for article in story.articles)
        return StoredStory(
            id=story.id,
            first=story.first.isoformat() if story.first else None,
            last=story.last.isoformat() if story.last else None,
            agency=story.agency or None,
            articles=tuple(
                StoryArticle(id=head.article, source=head.source, published=head.published, title=head.title)
                for head in heads
            ),
        )

    def event(self, stored: StoredEvent) -> StoryEvent:
        """An event with all that tell it."""
        from detente.store import StoryEvent

        one = self.joined.get((stored.article, stored.event.id))
        story = self.stories.get(stored.article)
        own = story.agency or story.id if story else stored.origin
        keys = [(t.article, t.event) for t in one.tellings] if one else [(stored.article, stored.event.id)]
        told = {key[0]: key for key in reversed(keys)}  # an article once, by its first telling
        reports = tuple(self._report(key) for key in keys if told[key[0]] == key)
        outlets = sorted({report.source for report in reports if report.source})
        given: dict[str, Any] = {field.name: getattr(stored, field.name) for field in fields(stored)}
        return StoryEvent(
            **given | {"origin": story.id if story else stored.origin},
            reports=reports,
            outlets=tuple(outlets),
            origins=one.origins if one else (own,),
            aside=one is not None and one.aside,
            verdict=next((self.rejected[key] for key in keys if key in self.rejected), None),
        )

    def _report(self, key: Key) -> Report:
        from detente.store import Report

        page = self.pages.get(key[0])
        source, published = (page.source, page.published) if page else (None, None)
        return Report(article=key[0], source=source, published=published, event=key[1])


class Storyteller:
    """Works out the tellings of a store's present generation, and holds them until the next."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[tuple[str, date | None], Tellings] = {}
        self._working = Lock()
        self.measuring = Lock()  # held by whoever works out the series of all dyads

    def __call__(self, at: Snapshot, as_of: date | None = None) -> Tellings:
        """The tellings at one generation: of what had been published by `as_of`."""
        from detente.store.limit import turn

        state = f"{at.manifest.generation}-{self._store.judged}"
        found = self._held.get((state, as_of))
        if found is not None:
            return found
        with turn(self._working):  # of many threads that ask for the same, one works it out
            found = self._held.get((state, as_of))
            if found is None:
                found = tellings(at, as_of, self._store.copies, self._store.rejected)
                held = {key: old for key, old in self._held.items() if key[0] == state}
                self._held = dict([*held.items(), ((state, as_of), found)][-_KEPT:])
        return found

    def events(
        self, at: Snapshot, *, as_of: date | None = None, rejected: bool = False, **asked: Any
    ) -> Iterator[StoryEvent]:
        """The events that `store.queries.events` gives for the same question, each real event once.

        rejected: also those that are held to be wrong.
        """
        from detente.store import queries

        told = self(at, as_of)
        return map(told.event, queries.events(at, as_of=as_of, joined=told.shown if rejected else told.keys, **asked))

    def dyads(
        self, at: Snapshot, *, by: str, directed: bool = False, since: date | None = None, as_of: date | None = None
    ) -> Iterator[StoredSums]:
        """What was done between every two countries in every period, each real event once."""
        from detente.store import queries

        told = self(at, as_of)
        return queries.dyads(
            at, by=by, directed=directed, since=since, as_of=as_of, joined=told.keys, stories=told.story_ids
        )

    def sums(
        self,
        at: Snapshot,
        *,
        by: str,
        directed: bool = False,
        since: date | None = None,
        as_of: date | None = None,
        until: date | None = None,
    ) -> StoredSumTable:
        """The same as columns. until: the last day used."""
        from detente.store.sums import own_sums

        told = self(at, as_of)
        keys, stories = told.keys, told.story_ids
        return own_sums(
            at, by=by, directed=directed, since=since, as_of=as_of, until=until, joined=keys, stories=stories
        )


def tellings(
    at: Snapshot, as_of: date | None, noted: bytes = b"", rejected: Mapping[Key, EventVerdict] = MappingProxyType({})
) -> Tellings:
    """The stories of all articles, and the events they tell in several places.

    noted: what `note` gave earlier. rejected: events that are held to be wrong: every telling of such an event is set aside.
    """
    from detente.store import queries
    from detente.stories import join

    pages = {page.article: page for page in queries.pages(at, as_of=as_of)}
    stories = _stories(at, pages, as_of, noted).stories
    copied = [article for story in stories if len(story.articles) > 1 for article in story.articles]
    found = join(_tellings(at, copied, as_of), stories, lambda wanted: _bodies(at, wanted, as_of))
    several = [one for one in found if len(one.tellings) > 1 or one.aside]
    return Tellings(
        pages=pages,
        stories={article: story for story in stories for article in story.articles},
        joined={(telling.article, telling.event): one for one in several for telling in one.tellings},
        keys=_keys(several, rejected),
        shown=_keys(several, rejected, shown=True),
        rejected=rejected,
    )


def note(store: Store, writer: Writer, *, known: bytes = b"") -> None:
    """Notes which articles copy one another, so that no question has to compare their words again. known: noted elsewhere."""
    from detente.store import queries
    from detente.stories import pack, unpack

    noted = pack(dict(unpack(known)) | dict(unpack(store.copies))) if known else store.copies

    def question(at: Snapshot) -> Found:
        return _stories(at, {page.article: page for page in queries.pages(at, as_of=None)}, None, noted)

    verdicts = store.ask(question).verdicts
    if verdicts or store.copies:
        writer.note_copies(pack(verdicts))


def _stories(at: Snapshot, pages: Mapping[str, StoredPage], as_of: date | None, noted: bytes) -> Found:
    from detente.stories import stories_of, unpack

    return stories_of(_pages(at, pages, as_of), lambda wanted: _bodies(at, wanted, as_of), unpack(noted))


def _pages(at: Snapshot, pages: Mapping[str, StoredPage], as_of: date | None) -> Iterator[Page]:
    """Each article with its sketch: the one that is kept, else one made now."""
    from detente.store import queries
    from detente.stories import Page, read_sketch, sketch_of

    known = {article: read_sketch(page.sketch) for article, page in pages.items()}
    without = [article for article, sketch in known.items() if sketch is None]
    if without:
        known |= {text.id: read_sketch(sketch_of(text)) for text in queries.texts(at, without, as_of=as_of)}
    for article, page in pages.items():
        sketch = known[article]
        if sketch is not None:
            yield Page(article=article, day=page.day, published=page.published or "", sketch=sketch)


def _bodies(at: Snapshot, wanted: Collection[str], as_of: date | None) -> dict[str, str]:
    from detente.store import queries
    from detente.stories import body_of

    found: Iterator[Article] = queries.texts(at, wanted, as_of=as_of)
    return {article.id: body_of(article) for article in found}


def _tellings(at: Snapshot, copied: Collection[str], as_of: date | None) -> Iterator[Telling]:
    from detente.store import queries

    yield from map(telling_of, queries.tellings(at, copied, as_of=as_of))


def telling_of(stored: StoredTelling) -> Telling:
    """What joining needs of an event as it is kept."""
    from detente.stories import Telling

    return Telling(
        article=stored.article,
        event=stored.event,
        type=stored.type,
        status=stored.status,
        past=stored.past,
        mode=stored.mode,
        asked=stored.asked,
        sources=frozenset(stored.doers),
        targets=frozenset(stored.others),
        first=stored.first,
        last=stored.last,
        place=stored.place,
        headline=stored.headline,
        words=stored.words,
    )


def _keys(found: Collection[Joined], rejected: Collection[Key], *, shown: bool = False) -> JoinedKeys:
    from detente.store import JoinedKeys

    wrong = set(rejected)
    rows = []
    for number, one in enumerate(found):
        keys = [(telling.article, telling.event) for telling in one.tellings]
        aside = one.aside if wrong.isdisjoint(keys) else not shown
        rows += [(article, event, number, place, aside) for place, (article, event) in enumerate(keys)]
    alone = sorted(wrong.difference((article, event) for article, event, *_ in rows))
    rows += [(article, event, len(found) + number, 0, not shown) for number, (article, event) in enumerate(alone)]
    if not rows:
        return JoinedKeys()
    articles, events, numbers, places, asides = zip(*rows, strict=True)
    return JoinedKeys(articles=articles, events=events, numbers=numbers, places=places, aside=asides)
