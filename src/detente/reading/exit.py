"""The one exit from spaCy: a read `Doc` becomes the records of an article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypedDict

from spacy.tokens import Doc

from detente.ontology import intensity, plover_type
from detente.reading.events.trace import Trace
from detente.reading.explaining import Explainer
from detente.reading.marks import (
    ActorMark,
    AskedMark,
    CommitmentMark,
    EventMark,
    Extent,
    QuoteMark,
    TimeMark,
    context_of,
    register_of,
)
from detente.records import (
    Actor,
    Article,
    Asked,
    Commitment,
    Event,
    Evidence,
    Place,
    Quote,
    Reading,
    Timex,
    When,
    commitment_id,
    digest,
    event_id,
    quote_id,
)

_RANGE = frozenset({"-", "–", "—", "to", "through", "until", "till"})
_WORD = 9  # characters that may hold "between "


class _Frame:
    """Turns offsets of a Doc into offsets of the article's title and text."""

    def __init__(self, doc: Doc, article: Article, shift: int) -> None:
        self.body = context_of(doc).body
        self.article = article
        self.shift = shift

    def evidence(self, extent: Extent | tuple[int, int]) -> Evidence:
        start, end = extent
        if start < self.body:
            title = self.article.title or ""
            end = min(end, len(title))
            return Evidence(start=start, end=end, text=title[start:end], field="title")
        start, end = start - self.body + self.shift, end - self.body + self.shift
        return Evidence(start=start, end=end, text=self.article.text[start:end])


def reading_of(doc: Doc, article: Article, *, coder: str, knowledge: str, shift: int = 0) -> Reading:
    """The records of one Doc. shift: where the Doc's text begins in the article's, for articles read in parts."""
    frame = _Frame(doc, article, shift)
    register = register_of(doc)
    ids = [_actor_id(actor, article, frame, i) for i, actor in enumerate(register)]
    times: tuple[TimeMark, ...] = doc._.detente_times
    quotes = tuple(_quote(mark, ids, frame) for mark in doc._.detente_quotes)
    trace: Trace | None = doc._.detente_trace
    explainer = None if trace is None else Explainer(doc, trace, ids, frame.evidence)
    make = _EventMaker(frame, register.actors, ids, times, doc._.detente_quotes, quotes, coder, knowledge, explainer)
    events = _distinct(make.event(mark) for mark in doc._.detente_events)
    return Reading(
        article=article,
        actors=tuple(_actor(a, i, frame) for a, i in zip(register, ids, strict=True)),
        events=events,
        quotes=quotes,
        places=tuple(
            Place(
                **_where(frame.evidence((p.start, p.end))),
                name=p.name,
                kind=p.kind,
                precision=p.precision,
                country=p.country,
                latitude=p.latitude,
                longitude=p.longitude,
                geonames_id=p.geonames_id,
                rule=p.rule,
            )
            for p in doc._.detente_places
        ),
        times=tuple(
            Timex(
                **_where(frame.evidence((t.start, t.end))),
                type=t.type,
                value=t.value,
                begin=t.begin,
                finish=t.finish,
                anchor=t.anchor,
                rule=t.rule,
            )
            for t in times
        ),
        commitments=tuple(_commitment(mark, ids, times, quotes, frame) for mark in doc._.detente_commitments),
        silent=() if explainer is None else explainer.silences(events),
    )


class _Where(TypedDict):
    start: int
    end: int
    text: str
    field: str


def _where(evidence: Evidence) -> _Where:
    return {"start": evidence.start, "end": evidence.end, "text": evidence.text, "field": evidence.field}


def _actor_id(actor: ActorMark, article: Article, frame: _Frame, index: int) -> str:
    if actor.key:
        return actor.key
    first = min(actor.mentions + actor.pronouns, default=None)
    seat = frame.evidence(first) if first else None
    place = (seat.field, seat.start, seat.end) if seat else ("none", index, index)
    return "a" + digest("actor", article.id, actor.kind, *place)


def _actor(actor: ActorMark, actor_id: str, frame: _Frame) -> Actor:
    return Actor(
        id=actor_id,
        name=actor.name,
        kind=actor.kind,
        country=actor.country,
        sectors=actor.sectors[:2],
        role=actor.role,
        affiliation=actor.affiliation,
        role_basis=actor.role_basis,
        mentions=tuple(frame.evidence(m) for m in sorted(actor.mentions + actor.pronouns)),
    )


def _quote(mark: QuoteMark, ids: list[str], frame: _Frame) -> Quote:
    whole = frame.evidence((mark.start, mark.end))
    pieces = [frame.evidence(s) for s in mark.spans]
    return Quote(
        id=quote_id(frame.article.id, whole.field, whole.start, whole.end),
        start=whole.start,
        end=whole.end,
        text=whole.text,
        field=whole.field,
        spans=tuple((p.start, p.end) for p in pieces),
        kind=mark.kind,
        manner=mark.manner,
        cue=frame.evidence(mark.cue) if mark.cue else None,
        speaker=None if mark.speaker is None else ids[mark.speaker],
        speaker_mention=frame.evidence(mark.speaker_mention) if mark.speaker_mention else None,
        inferred=mark.inferred,
        addressee=None if mark.addressee is None else ids[mark.addressee],
    )


def _when(index: int | None, times: tuple[TimeMark, ...], frame: _Frame) -> When | None:
    if index is None:
        return None
    time = times[index]
    if time.begin is None or time.finish is None:
        return None
    last = _range_end(index, times, frame)
    if last is not None and last.finish is not None:
        return When(start=time.begin, end=last.finish, text=frame.evidence((time.start, last.end)).text)
    return When(start=time.begin, end=time.finish, text=frame.evidence((time.start, time.end)).text)


def _range_end(index: int, times: tuple[TimeMark, ...], frame: _Frame) -> TimeMark | None:
    """The later end of a range whose beginning this is: June 13 of "from June 6 to June 13", "June 6-13"."""
    first, last = times[index], times[index + 1] if index + 1 < len(times) else None
    if last is None or last.start <= first.end or not first.finish or not last.begin or last.begin <= first.finish:
        return None
    between = frame.evidence((first.end, last.start)).text.strip().lower()
    before = frame.evidence((max(0, first.start - _WORD), first.start)).text.rstrip().lower()
    if between == "and":
        return last if before.endswith("between") else None
    return last if between in _RANGE else None


def _commitment(
    mark: CommitmentMark,
    ids: list[str],
    times: tuple[TimeMark, ...],
    quotes: tuple[Quote, ...],
    frame: _Frame,
) -> Commitment:
    words = frame.evidence((mark.start, mark.end))
    return Commitment(
        id=commitment_id(frame.article.id, ids[mark.by], words.field, words.start, words.end),
        by=ids[mark.by],
        to=tuple(ids[i] for i in mark.to),
        start=words.start,
        end=words.end,
        text=words.text,
        field=words.field,
        due=_when(mark.due, times, frame),
        quote=None if mark.quote is None else quotes[mark.quote].id,
    )


class _EventMaker:
    """Turns event marks into events, with what they need at hand."""

    def __init__(
        self,
        frame: _Frame,
        actors: list[ActorMark],
        ids: list[str],
        times: tuple[TimeMark, ...],
        quote_marks: tuple[QuoteMark, ...],
        quotes: tuple[Quote, ...],
        coder: str,
        knowledge: str,
        explainer: Explainer | None = None,
    ) -> None:
        self.frame, self.actors, self.ids, self.times = frame, actors, ids, times
        self.quote_marks, self.quotes, self.coder, self.knowledge = quote_marks, quotes, coder, knowledge
        self.explainer = explainer

    def event(self, mark: EventMark) -> Event:
        trigger = self.frame.evidence(mark.trigger)
        sources = tuple(dict.fromkeys(self.ids[i] for i in mark.sources))
        targets = tuple(dict.fromkeys(self.ids[i] for i in mark.targets))
        speaker = None if mark.quote is None else self.quote_marks[mark.quote].speaker
        return Event(
            id=event_id(self.frame.article.id, mark.type, sources, targets, trigger.field, trigger.start, trigger.end),
            type=mark.type,
            mode=mark.mode,
            contexts=mark.contexts,
            cameo=mark.cameo,
            plover_type=plover_type(mark.type, mark.status, announced=self._announced(mark, speaker)),
            sources=sources,
            targets=targets,
            source_countries=self._countries(mark.sources),
            target_countries=self._countries(mark.targets),
            status=mark.status,
            past=mark.past,
            asked=self._asked(mark.asked),
            date=self._date(mark),
            place=mark.place,
            intensity=intensity(mark.type, mark.mode),
            confidence=round(mark.confidence, 3),
            quote=None if mark.quote is None else self.quotes[mark.quote].id,
            span=self.frame.evidence(mark.span),
            evidence=tuple(self.frame.evidence(e) for e in mark.evidence),
            trigger=trigger,
            rule=mark.rule,
            coder=self.coder,
            knowledge=self.knowledge,
            explanation=None if self.explainer is None else self.explainer.of(mark),
        )

    def _date(self, mark: EventMark) -> When | None:
        """The days named; what occurred "this year" did so by the day of publication."""
        when, day = _when(mark.time, self.times, self.frame), self.frame.article.day
        if when and day and mark.status == "occurred" and when.start <= day.isoformat() < when.end:
            return replace(when, end=day.isoformat())
        return when

    def _announced(self, mark: EventMark, speaker: int | None) -> bool:
        """Told by the article itself, or by somebody of the doer's own side."""
        if speaker is None or speaker in mark.sources:
            return True
        home = self.actors[speaker].country
        return home is not None and home in self._countries(mark.sources)

    def _countries(self, side: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c for i in side if (c := self.actors[i].country)))

    def _asked(self, mark: AskedMark | None) -> Asked | None:
        if mark is None:
            return None
        return Asked(type=mark.type, mode=mark.mode, by=None if mark.by is None else self.ids[mark.by], text=mark.text)


def _distinct(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events with one id are one event: their evidence is joined, the first telling leads."""
    kept: dict[str, Event] = {}
    for event in events:
        first = kept.get(event.id)
        if first is None:
            kept[event.id] = event
        else:
            kept[event.id] = replace(first, evidence=tuple(dict.fromkeys(first.evidence + event.evidence)))
    return tuple(kept.values())
