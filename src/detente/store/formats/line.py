"""What an event says in a file of a foreign format: one's own and imported ones in one shape, or the reason why it has no place there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from detente.knowledge.countries import countries
from detente.ontology import intensity
from detente.records import Event, Imported
from detente.store.details import Details, Locality, Side
from detente.store.formats.meaning import country
from detente.store.sentences import sentence_number
from detente.store.stored import StoryEvent

NOBODY = Side(name=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event to be written. type, mode: PLOVER's, as the format has them. sources, targets: one for each country or body.

    story: the same for all events of one text. article: its address, else its id. text: its words. reports, outlets: how many
    tell it. lost: what no foreign format has room for, in words.
    """

    id: str
    day: date
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    score: float | None
    sources: tuple[Side, ...]
    targets: tuple[Side, ...]
    spot: Locality
    story: str | None
    sentence: int | None
    publisher: str | None
    article: str | None
    text: str | None
    published: date | None = None
    language: str | None = None
    reports: int | None = None
    outlets: int | None = None
    lost: tuple[str, ...] = ()


def line_of(one: StoryEvent | Imported, about: Details, *, folded: bool) -> Line | str:
    """The line of an event, or in a word or two why it has none.

    folded: give the type as the code book does, which knows no standing: planned cooperation is AGREE, a conflict that its doer
    announces THREATEN.
    """
    return _imported(one) if isinstance(one, Imported) else _own(one, about, folded=folded)


def pairs(line: Line) -> Iterator[tuple[str, Side, Side]]:
    """Every two sides with an id for the row: the event's own where there is one row. A country's deed on itself is left out
    where there are others."""
    both = list(product(line.sources or (NOBODY,), line.targets or (NOBODY,)))
    apart = [(one, two) for one, two in both if one.country is None or one.country != two.country] or both
    for one, two in apart:
        yield line.id if len(both) == 1 else f"{line.id}/{_mark(one)}-{_mark(two)}", one, two


def flat(cell: object, nothing: str) -> str:
    """A cell on one line without tabs; `nothing` for an empty one."""
    return (" ".join(str(cell).split()) if cell is not None else "") or nothing


def country_name(code: str | None) -> str | None:
    """The English name of a country by its code; what is no code as it is."""
    known = countries().by_code(code) if code else None
    return known.name if known else code


def country_code(name: str | None) -> str | None:
    """The alpha-3 code of a country by its name; what no table knows as it is."""
    return (country(name) if name else None) or name


def _imported(one: Imported) -> Line:
    return Line(
        id=one.id,
        day=one.day,
        type=one.type,
        mode=one.mode,
        contexts=one.contexts,
        cameo=one.cameo,
        score=one.score if one.intensity is None else one.intensity,
        sources=_side(one.source, one.source_country),
        targets=_side(one.target, one.target_country),
        spot=Locality(name=one.place, country=one.place_country, latitude=one.latitude, longitude=one.longitude),
        story=one.story,
        sentence=one.sentence,
        publisher=one.publisher,
        article=one.article,
        text=one.text,
    )


def _own(stored: StoryEvent, about: Details, *, folded: bool) -> Line | str:
    event = stored.event
    day = _day(event.date.start if event.date else (stored.published or "")[:10])
    type_ = (event.plover_type or event.type) if folded else event.type
    if event.past:
        return "history told in passing"
    if event.status == "denied" or (event.status in ("planned", "conditional") and type_ == event.type):
        return event.status
    if day is None:
        return "without a day"
    doers, more = _sides(event.sources, event.source_countries, about)
    others, further = _sides(event.targets, event.target_countries, about)
    lost = (
        *(["that its day is that of publication"] if event.date is None else []),
        *(["what was asked for"] if event.asked else []),
        *(["that it still went on"] if event.status == "ongoing" else []),
        *(["that it was only announced"] if type_ != event.type else []),
        *(["further actors of one country"] if more or further else []),
    )
    spot = about.places[event.place] if event.place is not None and event.place < len(about.places) else Locality()
    return Line(
        id=event.id,
        day=day,
        type=type_,
        mode=event.mode if type_ == event.type else None,
        contexts=event.contexts,
        cameo=event.cameo,
        score=event.intensity if type_ == event.type else intensity(type_),
        sources=doers,
        targets=others,
        spot=spot,
        story=stored.origin,
        sentence=_sentence(event, about),
        publisher=stored.source,
        article=about.url or stored.article,
        text=stored.sentence,
        published=about.day,
        language=about.language,
        reports=len(stored.reports),
        outlets=len(stored.outlets),
        lost=lost,
    )


def _sentence(event: Event, about: Details) -> int | None:
    """Which sentence of its article tells an event: none of the text where only the title does."""
    in_text = about.text and event.trigger.field == "text"
    return sentence_number(about.text, event.trigger.start) if in_text else None


def _sides(ids: tuple[str, ...], codes: tuple[str, ...], about: Details) -> tuple[tuple[Side, ...], int]:
    """One side for each country and for each body without one, by its first actor; and how many actors that leaves out."""
    found: dict[str, Side] = {}
    actors = [
        about.actors.get(id_) or Side(name=country_name(id_), country=id_ if id_ in codes else None) for id_ in ids
    ]
    for actor in actors:
        found.setdefault(actor.country or actor.name or "", actor)
    left_out = len(actors) - len(found)
    for code in codes:
        found.setdefault(code, Side(name=country_name(code), country=code))
    return tuple(found.values()), left_out


def _side(name: str | None, code: str | None) -> tuple[Side, ...]:
    return (Side(name=name, country=code),) if name or code else ()


def _mark(side: Side) -> str:
    return side.country or flat(side.name, "")


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
