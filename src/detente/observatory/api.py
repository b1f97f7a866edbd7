"""The class Observatory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from detente.errors import UnknownNameError, UsageError
from detente.knowledge.own_actors import NOBODY, OwnActors, own_actors
from detente.observatory import planning
from detente.observatory.adding import AddReport, add
from detente.observatory.explaining import Explained, explained, the_one
from detente.observatory.incoming import Input, incoming
from detente.observatory.measuring import Asked
from detente.observatory.origins import OWN, WHOLE, export, imported_events, imported_relations, meant, remove_origin
from detente.observatory.own import CorrectReport, correct, holding, keep, kept
from detente.observatory.reading import BATCH, LazyReader, OnProgress, ReaderLike
from detente.observatory.sides import (
    Day,
    country_or_none,
    first_day,
    last_day,
    side,
    side_or_none,
    stretch,
    type_or_none,
)
from detente.observatory.telling import Storyteller, note
from detente.observatory.who import Who, who_is_who
from detente.records import EventVerdict, Reading

if TYPE_CHECKING:
    from datetime import date

    from detente.briefs import Brief
    from detente.briefs.records import Ahead, Concern, Issue, Pledge
    from detente.observatory.board import Board, DyadPage
    from detente.observatory.freezing import FreezeReport
    from detente.observatory.measuring import MeasureReport
    from detente.observatory.watching import OnStep, PollReport
    from detente.relations import Relations, Triangle
    from detente.sources.fetching import Clock
    from detente.store import (
        After,
        CompactReport,
        Counts,
        DropReport,
        ExportReport,
        Hit,
        ImportReport,
        Origin,
        Outlet,
        RemoveReport,
        Spot,
        Store,
        StoredActor,
        StoredArticle,
        StoredFailure,
        StoredQuote,
        StoredStory,
        StoryEvent,
        Tie,
    )
    from detente.store.coverage import StoredShare
    from detente.store.lake import OnShard
    from detente.store.manifest import Manifest
    from detente.store.snapshot import Snapshot


class Observatory:
    """A folder of records. Make one with `create`, or `open` one: both say in words what is wrong with a path."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told = Storyteller(store)
        self._origins: tuple[Manifest, tuple[Origin, ...]] | None = None  # those of one generation

    def __repr__(self) -> str:
        return f"Observatory({str(self.path)!r})"

    @property
    def path(self) -> Path:
        """Its folder."""
        return self._store.folder

    @classmethod
    def create(cls, path: str | Path) -> Observatory:
        """Makes an empty one. Raises StoreError when there is one, or when the folder holds other things."""
        from detente.store import Store

        return cls(Store.create(Path(path)))

    @classmethod
    def open(cls, path: str | Path) -> Observatory:
        """Opens one. Raises StoreError when the folder is none, SchemaError when it is damaged or of a newer version."""
        from detente.store import Store

        return cls(Store.open(Path(path)))

    def add(
        self,
        inputs: Input | Iterable[Input],
        *,
        published: str | None = None,
        input_format: str = "auto",
        reader: ReaderLike | None = None,
        model: str | None = None,
        batch: int = BATCH,
        again: bool = False,
        actors: str | Path | OwnActors | None = None,
        judge: str = "default",
        stdin: BinaryIO | None = None,
        columns: Mapping[str, str] | None = None,
        on_progress: OnProgress | None = None,
    ) -> AddReport:
        """Reads and stores what is not stored yet, a segment for each `batch` of articles, so that a killed run goes on
        where it stopped.

        again: also take articles in that were removed earlier. actors: first `use_actors` these. For the others, see
        `read`. Raises BusyError when another process is writing.
        """
        if batch < 1:
            raise UsageError(f"expected a batch of at least one article, found {batch}")
        drafts = incoming(inputs, published, input_format, stdin, columns)
        with self._store.writer() as writer:
            if actors is not None:
                keep(self.path, actors if own_actors(actors) else None)
            lazy = LazyReader(reader, model, kept(self.path), judge=judge)
            first = correct(self._store, writer, lazy, batch=batch, on_progress=on_progress)
            report = add(writer, drafts, lazy, batch=batch, again=again, on_progress=on_progress)
            if report.added or report.revised:
                note(self._store, writer)
        return replace(report, corrected=first.again + first.revived, failures=first.failures + report.failures)

    def watch(
        self,
        feeds: str | Path | Iterable[str | Path],
        *,
        every: float | None = None,
        pace: float = 5.0,
        tries: int = 3,
        contact: str | None = None,
        allow_private: bool = False,
        allow_downgrade: bool = False,
        reader: ReaderLike | None = None,
        model: str | None = None,
        judge: str = "default",
        on_step: OnStep | None = None,
        clock: Clock | None = None,
    ) -> Iterator[PollReport]:
        """Follows news feeds: polls when asked for the next report, then every so many seconds; without `every`, once.

        feeds: addresses, files with one a line, OPML files. pace: seconds between two requests to one host, at least. tries:
        how often a page is asked for. contact: told to the sites. allow_private, allow_downgrade: what is otherwise refused
        (SECURITY.md). clock: another time to go by; it may end a wait with `Stopped`. Raises UsageError, BusyError.
        """
        from detente.observatory.watching import watch

        return watch(
            self._store, feeds, every=every, pace=pace, tries=tries, contact=contact, allow_private=allow_private,
            allow_downgrade=allow_downgrade, reader=reader, model=model, judge=judge, on_step=on_step, clock=clock,
        )  # fmt: skip

    def take_over(self, lake: str | Path, *, again: bool = False, on_shard: OnShard | None = None) -> AddReport:
        """Takes over what `detente code` has read into a lake, in one commit, without reading it again.

        lake: a folder, or an address of an object store. again: also articles that were removed earlier. on_shard: called with
        the articles and words of each shard. Raises StoreError when there is no lake, UsageError when it was coded with other
        actors of your own, BusyError.
        """
        from detente.observatory.taking import take_over

        return take_over(self._store, lake, again=again, on_shard=on_shard)

    def import_events(self, file: str | Path, *, format: str | None = None, origin: str | None = None) -> ImportReport:
        """Takes in events that others coded: they stay apart from one's own readings, under their origin.

        format: icews, csv, ...; None to tell it by the first row. origin: by default the format's name. Rows that are not taken
        are in the report, by number, and in `failures`. Raises UsageError for an unknown format, InputError for a file that is
        not of it, BusyError.
        """
        from detente.store import take_in

        return take_in(self._store, Path(file), format, origin)

    def export(self, stream: IO[bytes], *, format: str, origin: str = OWN) -> ExportReport:
        """Writes all events of an origin, each once. format: csv (the plain one that `import_events` reads), jsonl, parquet; or
        icews, polecat, gdelt1, gdelt2: the columns of these data sets. The report counts what a format has no room for. Events
        that a verdict holds to be wrong are in jsonl and parquet alone, with the verdict.

        Raises UsageError for an unknown format, UnknownNameError for an origin that is not there.
        """
        whose = meant(self._store, origin, self.origins())
        found = self.events(rejected=format in WHOLE) if whose == OWN else iter(())
        return export(self._store, found, whose, stream, format)

    def origins(self) -> tuple[Origin, ...]:
        """The origins of imported events, with their number and days. One's own readings are not among them."""
        from detente.store.imported import origins

        def question(at: Snapshot) -> tuple[Manifest, tuple[Origin, ...]]:
            held = self._origins
            return held if held and held[0] == at.manifest else (at.manifest, origins(at))

        self._origins = self._store.ask(question)
        return self._origins[1]

    def origin_meant(self, origin: str | None = None) -> str:
        """The origin a person means: the one named, by default `own`, or the only one there is.

        Raises UnknownNameError for one that is not there, UsageError where there are several and none of one's own.
        """
        return meant(self._store, origin, self.origins())

    @property
    def own_actors(self) -> OwnActors:
        """Your own actors, as they are kept in its `actors.tsv`; empty when there are none."""
        return kept(self.path)

    def use_actors(
        self,
        actors: str | Path | OwnActors | None,
        *,
        reader: ReaderLike | None = None,
        model: str | None = None,
        batch: int = BATCH,
        on_progress: OnProgress | None = None,
    ) -> CorrectReport:
        """Keeps your own actors (a table, or the file it is in), in place of those kept before; None: no more of your own.

        Only articles that hold a name on which the two tables differ are read again; what they replace stays in the
        history. Raises TableError, naming the line, for a wrong table, and changes nothing then.
        """
        table = own_actors(actors)
        with self._store.writer() as writer:
            keep(self.path, actors if table else None)
            lazy = LazyReader(reader, model, table)
            return correct(self._store, writer, lazy, batch=batch, on_progress=on_progress)

    def articles(
        self,
        *,
        source: str | None = None,
        since: Day = None,
        until: Day = None,
        after: After | None = None,
        limit: int | None = None,
    ) -> Iterator[StoredArticle]:
        """Articles by day of publication. source: the outlet. after: the one after which to go on."""
        from detente.store import queries

        first, last = first_day(since), last_day(until)
        return self._store.ask(
            lambda at: queries.articles(
                at, source=source, since=first, until=last, as_of=None, after=after, limit=limit
            )
        )

    def actors(
        self, *, name: str | None = None, kind: str | None = None, country: str | None = None, limit: int | None = None
    ) -> Iterator[StoredActor]:
        """Actors, article by article. name: part of it. kind: country, person, organization, group."""
        from detente.store import queries

        code = side_or_none(country, self._own)
        return self._store.ask(
            lambda at: queries.actors(at, name=name, kind=kind, country=code, as_of=None, limit=limit)
        )

    def who(
        self,
        name: str | None = None,
        *,
        kind: str | None = None,
        country: str | None = None,
        limit: int | None = None,
    ) -> tuple[Who, ...]:
        """Who is who: actors joined over all articles, with their offices and what they did and said, the busiest first.

        name: part of it; those who only are mentioned are found by name alone. kind, country: as for `actors`.
        """
        from detente.store import queries

        code = side_or_none(country, self._own)
        return who_is_who(
            self._store.ask(lambda at: list(queries.sightings(at, kind=kind))), name=name, country=code, limit=limit
        )

    def articles_naming(self, name: str) -> tuple[str, ...]:
        """The ids of the articles that hold a name, in whatever revision: those to `remove` when somebody wants to be left
        out. A name is found in another transliteration, too, where it is a mention of a person.
        """
        found = holding(self._store, [name], superseded=True)
        return tuple(dict.fromkeys(article.id for article in found))

    def events(
        self,
        *,
        source: str | None = None,
        target: str | None = None,
        between: tuple[str, str] | None = None,
        type: str | None = None,
        status: str | None = None,
        since: Day = None,
        until: Day = None,
        article: str | None = None,
        rejected: bool = False,
        after: After | None = None,
        limit: int | None = None,
        origin: str = OWN,
    ) -> Iterator[StoryEvent]:
        """Events by their own date, else their article's: each real event once, with the articles that tell it.

        source, target, between (in either direction): countries by code, name or demonym. since, until: a day, or a
        period (2020, 2020-08), both included. rejected: also those that a verdict holds to
        be wrong. after: the event after which to go on. origin: `own` readings, or one of `origins()`.
        Raises UnknownNameError, with suggestions, for an unknown country.
        """
        own = self._own
        pair = (side(between[0], own), side(between[1], own)) if between else None
        doer, other = side_or_none(source, own), side_or_none(target, own)
        first, last = first_day(since), last_day(until)
        kind = type_or_none(type)
        if meant(self._store, origin, self.origins()) != OWN:
            if article is not None:
                raise UsageError(f"events of {origin} were read in no article of this observatory; leave `article` out")
            return imported_events(
                self._store,
                origin,
                source=doer,
                target=other,
                between=pair,
                type_=kind,
                status=status,
                since=first,
                until=last,
                after=after,
                limit=limit,
            )
        return self._store.ask(
            lambda at: self._told.events(
                at,
                source=doer,
                target=other,
                between=pair,
                type_=kind,
                status=status,
                since=first,
                until=last,
                article=article,
                rejected=rejected,
                after=after,
                limit=limit,
            )
        )

    def event(self, id: str, *, article: str | None = None) -> StoryEvent:
        """One event of one's own readings, with the articles that tell it and the verdict that stands on it.

        article: that of its article, where several have such an event. Raises UnknownNameError, UsageError.
        """
        from detente.observatory.looking import event

        return event(self._store, self._told, id, article)

    def stories(self, *, copied: bool = False, as_of: Day = None) -> tuple[StoredStory, ...]:
        """Which articles copy one text, by day. copied: only stories of several articles. as_of: as known on that day."""
        last = last_day(as_of)
        told = self._store.ask(lambda at: self._told(at, last))
        every = {story.id: story for story in told.stories.values()}.values()
        return tuple(told.story(story) for story in every if len(story.articles) > 1 or not copied)

    def quotes(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        since: Day = None,
        until: Day = None,
        after: After | None = None,
        limit: int | None = None,
    ) -> Iterator[StoredQuote]:
        """Quotations by day of publication.

        speaker: part of a name, an actor's id, or a country (all who speak for it). about: words that the quotation holds.
        """
        from detente.store import queries

        first, last, home = first_day(since), last_day(until), country_or_none(speaker)
        return self._store.ask(
            lambda at: queries.quotes(
                at, speaker=speaker, country=home, about=about, since=first, until=last, after=after, limit=limit
            )
        )

    def places(
        self, *, country: str | None = None, since: Day = None, until: Day = None, limit: int | None = None
    ) -> Iterator[Spot]:
        """Places on the map, those of most events first. since, until: of the articles that name them."""
        from detente.observatory.looking import spots

        code = side_or_none(country, self._own)
        first, last = first_day(since), last_day(until)
        return spots(self._store, self._told, country=code, since=first, until=last, limit=limit)

    def network(self, *, since: Day = None, until: Day = None, limit: int | None = None) -> Iterator[Tie]:
        """Which countries and organisations deal with each other, the busiest two first. since, until: of the events."""
        from detente.observatory.looking import network

        return network(self._store, self._told, since=first_day(since), until=last_day(until), limit=limit)

    def search(self, words: str, *, limit: int | None = None) -> tuple[Hit, ...]:
        """Articles, events and quotations that hold all of the words, `limit` (10) of each, the newest first."""
        from detente.observatory.looking import search

        return search(self._store, words, limit)

    def judge(
        self, event: str, *, who: str, why: str, verdict: str = "wrong", article: str | None = None
    ) -> EventVerdict:
        """Keeps what a person says of an event: `wrong`, so that it counts in nothing from now on, or `withdrawn`.

        event: its whole id. article: that of its article, where several have such an event. Raises UsageError,
        UnknownNameError, BusyError.
        """
        from detente.observatory.judging import judge

        return judge(self._store, event, article=article, verdict=verdict, who=who, why=why)

    def verdicts(self) -> tuple[EventVerdict, ...]:
        """Every verdict on events, the oldest first."""
        return self._store.verdicts

    @property
    def state(self) -> str:
        """Another text whenever anything has changed that an answer may rest on."""
        return self._store.state

    def outlets(self) -> Iterator[Outlet]:
        """What was read of each outlet, the busiest first."""
        from detente.store import queries

        return self._store.ask(queries.outlets)

    def coverage(self) -> Iterator[StoredShare]:
        """How many articles were read of each outlet and language, by which versions of the reader and its knowledge."""
        from detente.store.coverage import coverage

        return self._store.ask(coverage)

    def days_read(self) -> tuple[tuple[date, int], ...]:
        """How many articles of each day were read."""
        from detente.store import queries

        return self._store.ask(lambda at: queries.days(at, as_of=None))

    def failures(self) -> Iterator[StoredFailure]:
        """What could not be read, of which article or input, and why."""
        from detente.store import queries

        return self._store.ask(queries.failures)

    @property
    def generation(self) -> int:
        """Counts what was ever committed to it: it grows with every change."""
        return self._store.generation

    def counts(self) -> Counts:
        """How much of each kind there is."""
        return self._store.counts()

    def reading(self, article_id: str) -> Reading:
        """Everything read out of one article. Raises UnknownNameError when there is none with this id."""
        from detente.store import queries

        found = self._store.ask(lambda at: queries.reading(at, article_id))
        if found is None:
            raise UnknownNameError(f"{self.path} has no article {article_id!r}; `articles` lists the ids")
        return found

    def explain(self, event: str, *, reader: ReaderLike | None = None, model: str | None = None) -> Explained:
        """Why an event was read as it was: its article is read again, by today's coder, with explanations.

        event: its id, or how that begins. reader, model: as for `read`. Raises UsageError when no event, or more than one,
        has such an id.
        """
        from detente.store import queries

        found = self._store.ask(lambda at: list(queries.events(at, event=event, limit=2)))
        stored = the_one(event, found, self.path)
        lazy = LazyReader(reader, model, self._own, explain=True)
        return explained(stored, self.reading(stored.article).article, lazy)

    def relations(
        self,
        a: str,
        b: str,
        *,
        by: str = "month",
        since: Day = None,
        as_of: Day = None,
        directed: bool = False,
        origin: str = OWN,
    ) -> Relations:
        """How two countries stand to each other, period by period, with the events behind it.

        by: week, month, quarter. as_of: as it could be known on that day: articles published until then, in the revision
        of then. directed: only what a does to b. origin: `own` readings, or one of `origins()`. Raises UsageError for one
        country twice, and UnknownNameError.
        """
        from detente.relations import pool_sums, relations_of
        from detente.store import queries

        one, two = self._two(a, b)
        first, last = stretch(since, as_of)
        if meant(self._store, origin, self.origins()) != OWN:
            return imported_relations(self._store, origin, one, two, by=by, since=first, as_of=last, directed=directed)
        events, days, stories, sums = self._store.ask(
            lambda at: (
                self._told.events(at, between=(one, two), as_of=last),
                queries.days(at, as_of=last),
                self._told(at, last).days(),
                self._told.dyads(at, by=by, directed=directed, since=first, as_of=last),
            )
        )
        return relations_of(
            events,
            one,
            two,
            by=by,
            days_read=days,
            stories_read=stories,
            since=first,
            as_of=last,
            directed=directed,
            pool=pool_sums(sums, by=by, stories_read=stories),
        )

    def measure(
        self,
        *,
        by: str = "month",
        since: Day = None,
        as_of: Day = None,
        directed: bool = False,
        origin: str = OWN,
        on_step: Callable[[str], object] | None = None,
    ) -> MeasureReport:
        """Works out the series of all pairs of countries, unless that is done, and keeps them for `board` and `page`.

        Each commit (an article added, removed, an import) makes them out of date. on_step: hears what is being done.
        """
        from detente.observatory.measuring import measure

        return measure(self._store, self._told, self._asked(by, since, as_of, directed, origin), on_step or _unheard)

    def board(
        self,
        *,
        by: str = "month",
        since: Day = None,
        as_of: Day = None,
        directed: bool = False,
        origin: str = OWN,
        min_events: int = 5,
        limit: int = 20,
        on_step: Callable[[str], object] | None = None,
    ) -> Board:
        """Which pairs of countries have moved over the last six months, the greatest change first, with the reason.

        min_events: that a pair must have in that time. limit: so many pairs. For the others, see `relations` and `measure`.
        """
        from detente.observatory.board import board

        asked = self._asked(by, since, as_of, directed, origin)
        return board(self._store, self._told, asked, min_events=min_events, limit=limit, on_step=on_step or _unheard)

    def page(
        self,
        a: str,
        b: str,
        *,
        by: str = "month",
        since: Day = None,
        until: Day = None,
        as_of: Day = None,
        directed: bool = False,
        origin: str = OWN,
        limit: int = 200,
    ) -> DyadPage:
        """What the page of two countries shows: the whole series as kept, and at most `limit` events from `since` to `until`.

        Works the series out first when they are not kept (see `measure`). For the others, see `relations`.
        """
        from detente.observatory.board import page

        first, last, pair = first_day(since), last_day(until), self._two(a, b)
        asked = self._asked(by, None, as_of, directed, origin)
        return page(self._store, self._told, asked, pair, since=first, until=last, limit=limit)

    def _asked(self, by: str, since: Day, as_of: Day, directed: bool, origin: str) -> Asked:
        from detente.relations.periods import check_unit

        check_unit(by)
        whose = meant(self._store, origin, self.origins())
        first, last = stretch(since, as_of)
        return Asked(origin=whose, by=by, since=first, as_of=last, directed=directed)

    def brief(
        self, a: str, b: str, *, by: str = "month", since: Day = None, as_of: Day = None, origin: str = OWN
    ) -> Brief:
        """All that a brief on two countries is written from; `detente.briefs.write` makes a page of it. See `relations`."""
        from detente.observatory.briefing import brief

        whose, (first, last) = meant(self._store, origin, self.origins()), stretch(since, as_of)
        return brief(self, self._store, self._told, *self._two(a, b), by=by, since=first, as_of=last, origin=whose)

    def triangle(self, a: str, b: str, c: str, *, by: str = "month", since: Day = None, as_of: Day = None) -> Triangle:
        """Country a between b and c: its relations with each, and whether they move together. See `relations`."""
        from detente.relations import triangle_of

        own = self._own
        if side(b, own) == side(c, own):
            raise UsageError(f"expected three countries, found {b!r} and {c!r}, which are one")
        with_b, with_c = (self.relations(a, other, by=by, since=since, as_of=as_of) for other in (b, c))
        return triangle_of(with_b, with_c)

    def calendar(
        self, a: str | None = None, b: str | None = None, *, since: Day = None, until: Day = None, as_of: Day = None
    ) -> tuple[Ahead, ...]:
        """What is planned (by a, between a and b), each plan once by its days, and whether it was seen to occur.

        since, until: plans with days in between. as_of: as it could be known on that day; without it "now" is the last day of
        publication, never that of the clock. Raises UnknownNameError.
        """
        one, two, first, last, known = *self._pair(a, b), first_day(since), last_day(until), last_day(as_of)
        return self._store.ask(
            lambda at: planning.calendar(at, self._told, one, two, since=first, until=last, as_of=known)
        )

    def commitments(
        self, a: str | None = None, b: str | None = None, *, state: str | None = None, as_of: Day = None
    ) -> tuple[Pledge, ...]:
        """Promises (of a, between a and b) and what became of them. state: kept, due, overdue, open. as_of: see `calendar`."""
        (one, two), known = self._pair(a, b), last_day(as_of)
        return self._store.ask(lambda at: planning.commitments(at, self._told, one, two, state=state, as_of=known))

    def agenda(self, a: str, b: str, *, since: Day = None, as_of: Day = None) -> tuple[Issue, ...]:
        """The issues between two countries: what was done in each, and the positions of either side in its words."""
        one, two, first, known = *self._two(a, b), first_day(since), last_day(as_of)
        return self._store.ask(lambda at: planning.agenda(at, self._told, one, two, since=first, as_of=known))

    def concerns(
        self, a: str | None = None, b: str | None = None, *, since: Day = None, as_of: Day = None
    ) -> tuple[Concern, ...]:
        """What those who speak for a call a concern, a worry, a threat; with b, in quotations that name it."""
        (one, two), first, known = self._pair(a, b), first_day(since), last_day(as_of)
        return self._store.ask(lambda at: planning.concerns(at, one, two, since=first, as_of=known))

    def _pair(self, a: str | None, b: str | None) -> tuple[str | None, str | None]:
        """None, one or two countries. Raises UsageError for the second alone, or one twice."""
        if a is None and b is not None:
            raise UsageError(f"expected a country before {b!r}")
        return (side_or_none(a, self._own), None) if a is None or b is None else self._two(a, b)

    def _two(self, a: str, b: str) -> tuple[str, str]:
        own = self._own
        one, two = side(a, own), side(b, own)
        if one == two:
            raise UsageError(f"expected two countries, found {one} twice ({a!r} and {b!r})")
        return one, two

    def remove(self, article_ids: str | Iterable[str]) -> RemoveReport:
        """Erases articles, their records and their text for good, from every file of the folder, at once.

        Only a hash of each id stays, so that adding the same input again passes them over (`add(again=True)` does not).
        What the disk, a backup or a copy of the folder keeps is beyond its reach.
        """
        wanted = [article_ids] if isinstance(article_ids, str) else list(article_ids)
        with self._store.writer() as writer:
            report = writer.remove(wanted)
            self._store.forget_verdicts(wanted)
            note(self._store, writer)
        return report

    def remove_origin(self, origin: str) -> DropReport:
        """Erases all events of one origin, and the rows of its files that were kept aside, for good and from every file, at once.

        Raises UnknownNameError for an origin that is not there, UsageError for `own`.
        """
        return remove_origin(self._store, origin, self.origins())

    @property
    def _own(self) -> OwnActors:
        """The user's own actors under which the records stand."""
        return OwnActors.parse(text) if (text := self._store.actors) else NOBODY

    def compact(self) -> CompactReport:
        """Merges small segments; the replaced files stay an hour for readers that began before."""
        with self._store.writer() as writer:
            return writer.compact()

    def freeze(
        self,
        out: str | Path,
        *,
        texts: bool = False,
        as_of: Day = None,
        on_table: Callable[[str], object] | None = None,
    ) -> FreezeReport:
        """Writes all that it says to files for others: a release, the same to the byte from the same input.

        out: a new or empty folder; it has no half-written state. texts: with those of the articles. as_of: as known on that
        day. on_table: called with the name of each table once it is written. Raises UsageError when `out` holds anything.
        """
        from detente.observatory.freezing import freeze

        return freeze(self._store, self._told, Path(out), texts=texts, as_of=last_day(as_of), on_table=on_table)

    def check(self) -> None:
        """Reads every byte. Raises SchemaError, naming the file, when one is missing or is not what was committed."""
        self._store.check()


def _unheard(_: str) -> None:
    """Nobody listens."""
