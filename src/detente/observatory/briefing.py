"""All that a brief is written from, gathered from an observatory: what could be known on one day, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.briefs.facts import OWN, Brief, Course, Coverage, Deed, Point, Share, Stand, Turn
from detente.briefs.records import Cited, Said
from detente.errors import StoreError
from detente.relations.periods import period_of

_TRIES = 3  # a brief begins again when somebody adds to the observatory meanwhile

if TYPE_CHECKING:
    from detente.observatory.api import Observatory
    from detente.observatory.telling import Storyteller
    from detente.relations import Contribution, Relations
    from detente.store import Store, StoryEvent
    from detente.store.coverage import StoredShare
    from detente.store.planning import StoredSaying
    from detente.store.snapshot import Snapshot

type Question = Callable[[Snapshot], Brief]


def brief(
    observatory: Observatory,
    store: Store,
    told: Storyteller,
    a: str,
    b: str,
    *,
    by: str,
    since: date | None,
    as_of: date | None,
    origin: str,
) -> Brief:
    """The brief on a and b. since, as_of: the first and last day used. origin: whose events, own or imported.

    Raises StoreError when the observatory changes all the time while it is being read.
    """
    for _ in range(_TRIES):
        generation = store.generation
        found = observatory.relations(a, b, by=by, since=since, as_of=as_of, origin=origin)
        question = _own(told, found, since, as_of) if origin == OWN else _imported(found, since, as_of, origin)
        made = store.ask(_of(generation, question))
        if made is not None:
            return made
    raise StoreError(f"{store.folder} changed {_TRIES} times while it was being read; try again")


def _of(generation: int, question: Question) -> Callable[[Snapshot], Brief | None]:
    """The question, put to that generation alone."""
    return lambda at: question(at) if at.manifest.generation == generation else None


def _own(told: Storyteller, found: Relations, since: date | None, as_of: date | None) -> Question:
    from detente.observatory import planning
    from detente.store.coverage import coverage, gaps
    from detente.store.planning import addresses, sayings

    a, b = found.a, found.b

    def question(at: Snapshot) -> Brief:
        events = {one.event.id: one for one in told.events(at, between=(a, b), as_of=as_of)}
        counted = [events[item.event] for item in found.evidence]
        spoken = list(sayings(at, countries=(a, b), as_of=as_of))
        urls = addresses(at, {*(one.article for one in counted), *(one.article for one in spoken)}, as_of=as_of)
        shares = list(coverage(at, since=since, as_of=as_of))
        found_in = told(at, as_of).stories.values()
        stories = {one.id for one in found_in if since is None or (one.first and one.first >= since)}
        pledges = planning.commitments(at, told, a, b, state=None, as_of=as_of)
        return Brief(
            a=a,
            b=b,
            since=since.isoformat() if since else None,
            origin=OWN,
            course=course_of(found),
            coverage=coverage_of(shares, gaps(at, since=since, as_of=as_of), len(stories), counted),
            deeds=deeds_of(found, events, urls),
            said=said_of(spoken, a, b, since, urls),
            ahead=planning.calendar(at, told, a, b, since=since, until=None, as_of=as_of),
            pledges=tuple(one for one in pledges if _is_from(one.words.published, since)),
            issues=planning.agenda(at, told, a, b, since=since, as_of=as_of),
            concerns=planning.concerns(at, a, b, since=since, as_of=as_of),
            coders=tuple(sorted({share.coder for share in shares if share.coder})),
            knowledge=tuple(sorted({share.knowledge for share in shares if share.knowledge})),
        )

    return question


def _imported(found: Relations, since: date | None, as_of: date | None, origin: str) -> Question:
    from detente.store.imported import as_told, imported, imported_days

    def question(at: Snapshot) -> Brief:
        rows = imported(at, origin=origin, between=(found.a, found.b), since=since, until=as_of, counted=True)
        return Brief(
            a=found.a,
            b=found.b,
            since=since.isoformat() if since else None,
            origin=origin,
            course=course_of(found),
            coverage=coverage_imported(imported_days(at, origin=origin, as_of=as_of), since),
            deeds=deeds_of(found, {row.id: as_told(row) for row in rows}, {}),
        )

    return question


def course_of(found: Relations) -> Course:
    """How the relation went."""
    from detente.relations.changes import KEPT
    from detente.relations.direction import STORIES, SURE

    return Course(
        by=found.by,
        as_of=found.as_of,
        points=tuple(_taken(Point, level) for level in found.series),
        turns=tuple(_taken(Turn, change) for change in found.changes),
        now=_taken(Stand, found.now) if found.now else None,
        direction=found.direction,
        probability=found.probability,
        why=found.why,
        window=found.window,
        delta=found.delta,
        left_out=found.left_out,
        sure=SURE,
        bearers=STORIES,
        again=KEPT,
    )


def deeds_of(found: Relations, told: Mapping[str, StoryEvent], urls: Mapping[str, str]) -> tuple[Deed, ...]:
    """The events behind the series, the weightiest for the level now first. told: by id; urls: by article."""
    return tuple(_deed(item, told[item.event], urls, found) for item in found.evidence)


def said_of(
    sayings: Iterable[StoredSaying], a: str, b: str, since: date | None, urls: Mapping[str, str]
) -> tuple[Said, ...]:
    """What those who speak for either country said of the other."""
    other = {a: b, b: a}
    return tuple(
        _said(saying, urls)
        for saying in sayings
        if other.get(saying.speaker.country or "") in saying.named and _is_from(saying.published, since)
    )


def coverage_of(shares: Sequence[StoredShare], gaps: int, stories: int, told: Iterable[StoryEvent]) -> Coverage:
    """What was read, and how much of it tells the deeds that count."""
    counted = list(told)
    days = [day for share in shares for day in (share.first, share.last) if day]
    return Coverage(
        articles=sum(share.articles for share in shares),
        first=min(days).isoformat() if days else None,
        last=max(days).isoformat() if days else None,
        undated=sum(share.undated for share in shares),
        stories=stories,
        telling=len({report.article for event in counted for report in event.reports}),
        origins=len({origin for event in counted for origin in event.origins}),
        outlets=_shares((share.source, share.articles) for share in shares),
        languages=_shares((share.language, share.articles) for share in shares),
        failures=gaps,
    )


def coverage_imported(days: Iterable[tuple[date, int]], since: date | None) -> Coverage:
    """How many events an origin holds."""
    held = [(day, number) for day, number in days if since is None or day >= since]
    return Coverage(
        imported=sum(number for _, number in held),
        first=min(day for day, _ in held).isoformat() if held else None,
        last=max(day for day, _ in held).isoformat() if held else None,
    )


def _taken[R](kind: type[R], thing: Any) -> R:
    """A record of the same fields, or of some of them."""
    return kind(**{field.name: getattr(thing, field.name) for field in fields(kind)})  # type: ignore[arg-type]


def _deed(item: Contribution, told: StoryEvent, urls: Mapping[str, str], found: Relations) -> Deed:
    event = told.event
    return Deed(
        event=event.id,
        period=period_of(date.fromisoformat(item.date), found.by),
        date=item.date,
        end=event.date.end if event.date and item.dated_by == "text" else item.date,
        dated_by=item.dated_by,
        doers=_side(event.source_countries, event.sources, (found.a, found.b)),
        others=_side(event.target_countries, event.targets, (found.a, found.b)),
        type=event.type,
        mode=event.mode,
        status=event.status,
        intensity=event.intensity,
        contribution=item.contribution,
        clause=event.span.text,
        words=Cited(
            sentence=told.sentence,
            article=told.article if told.reports else event.id,
            source=told.source,
            published=told.published[:10] if told.published else None,
            title=told.title,
            url=urls.get(told.article) if told.reports else told.article,
        ),
        origins=len(told.origins),
    )


def _side(countries: Sequence[str], ids: Sequence[str], pair: tuple[str, str]) -> tuple[str, ...]:
    """Countries; organisations where one is of the pair, or no country is named."""
    bodies = (id_ for id_ in ids if id_ in pair or (id_.startswith("org:") and not countries))
    return tuple(dict.fromkeys((*countries, *bodies)))


def _said(saying: StoredSaying, urls: Mapping[str, str]) -> Said:
    quote, speaker = saying.quote, saying.speaker
    return Said(
        id=quote.id,
        text=quote.text,
        kind=quote.kind,
        speaker=speaker.name,
        role=speaker.role,
        country=speaker.country,
        about=saying.named,
        words=Cited(
            sentence=saying.sentence,
            article=saying.article,
            source=saying.source,
            published=saying.published[:10] if saying.published else None,
            title=saying.title,
            url=urls.get(saying.article),
        ),
    )


def _is_from(published: str | None, since: date | None) -> bool:
    return since is None or (published is not None and published[:10] >= since.isoformat())


def _shares(counts: Iterable[tuple[str | None, int]]) -> tuple[Share, ...]:
    """By name, the largest first."""
    found: Counter[str] = Counter()
    for name, number in counts:
        if name:
            found[name] += number
    return tuple(
        Share(name=name, articles=number) for name, number in sorted(found.items(), key=lambda x: (-x[1], x[0]))
    )
