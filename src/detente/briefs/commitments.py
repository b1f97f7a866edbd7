"""Promises and what became of them.

A promise is kept when an article of a later day tells as done what was promised, from him who promised to him who was to have
it: of the same type and mode, and with a word of the promise's matter in it ("frigates", "visas"), or in the same town, or by
the same person. What that deed would be is read from the promise's own event (an offer's `asked`, or a planned deed),
else from its first verb by fulfilments.tsv. Where neither names a deed, a promise is never kept: it stays open, or due.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

from detente.briefs.matching import acts_for_state, family_name, is_known_everywhere, is_named_person
from detente.briefs.printed import Around, Promised, Told, cited, days_of, printed_on
from detente.briefs.records import Pledge
from detente.errors import TableError
from detente.ontology import TYPES
from detente.ontology.tables import read_table
from detente.records import Actor, Event, When

_VERB = re.compile(
    r"\b(?:to|will|would|shall|(?:we|i|they)['’]ll)\s+(?:\w+ly\s+)?(?P<verb>[a-z]+)(?:\s+(?P<more>[a-z]+))?", re.I
)
_NEGATION = re.compile(r"\b(?:not|never|no longer)\b|n['’]t\b", re.IGNORECASE)
_WORD = re.compile(r"(?<![\w-])[a-z]{4,}")  # capitals are names
_STEM = 6  # letters by which forms of a word are compared: "frigate" and "frigates"


type _Shelves = dict[tuple[str, str, str], list[Told]]  # by type, doer, other; "" for nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """What would keep a promise. others: the countries to which it would be done."""

    type: str
    mode: str | None
    others: frozenset[str]


def pledges_of(
    promised: Iterable[Promised], told: Iterable[Told], *, now: date | None, around: Around | None = None
) -> tuple[Pledge, ...]:
    """The promises by day of publication, those of one story once.

    told: events, among them those that may keep a promise. now: the day from which one looks; None when it is unknown: then
    nothing is over. Left out are promises of nobody known, and those of people at large ("groups committed to peace").
    """
    known = around or Around()
    deeds = _shelved(
        item for item in told if item.event.status == "occurred" and not item.event.past and not item.event.asked
    )
    found: dict[tuple[object, ...], Pledge] = {}
    for item in promised:
        if item.by is not None and _may_promise(item.by) and not _is_none(item.commitment.text):
            key = (item.origin, item.by.country or item.by.id, " ".join(item.commitment.text.lower().split()))
            found.setdefault(key, _pledge(item, item.by, deeds, now, known))
    return tuple(found.values())


def _may_promise(by: Actor) -> bool:
    """Somebody of a known country, or an organisation known everywhere; of groups only those of a state."""
    known = by.country is not None or is_known_everywhere(by.id)
    return known and (by.kind != "group" or acts_for_state(by))


def _is_none(text: str) -> bool:
    plain = " ".join(text.split()).rstrip(".,;:!?\"'”’ ")
    return any(pattern.search(plain) for pattern in _no_promises())


def promised_types(promised: Iterable[Promised]) -> frozenset[str]:
    """The types of the deeds that would keep these promises."""
    found = (deed for item in promised if item.by is not None for deed in _promised_deeds(item, item.by))
    return frozenset(deed.type for deed in found)


def _pledge(item: Promised, by: Actor, deeds: _Shelves, now: date | None, around: Around) -> Pledge:
    promise, due = item.commitment, _due(item)
    proof = _kept(item, by, deeds, around)
    return Pledge(
        id=promise.id,
        by=by.name,
        by_country=by.country,
        to=tuple(actor.name for actor in item.to),
        to_countries=tuple(dict.fromkeys(actor.country for actor in item.to if actor.country)),
        text=promise.text,
        due=due.end if due else None,
        when=due.text if due else "",
        state="kept" if proof else _pending(due.end if due else None, now),
        words=cited(item, around.urls),
        kept_by=proof.event.id if proof else None,
        proof=cited(proof, around.urls) if proof else None,
    )


def _due(item: Promised) -> When | None:
    """The days set for it; none where they were over when it was told: those are the days of something else."""
    due, day = item.commitment.due, printed_on(item)
    return None if due and day and date.fromisoformat(due.end) < day else due


def _pending(due: str | None, now: date | None) -> str:
    if due is None:
        return "open"
    return "due" if now is None or now <= date.fromisoformat(due) else "overdue"


def _kept(item: Promised, by: Actor, deeds: _Shelves, around: Around) -> Told | None:
    """The first deed told that keeps the promise."""
    found = [
        deed
        for wanted in _promised_deeds(item, by)
        for other in wanted.others or ("",)
        for deed in deeds.get((wanted.type, by.country or "", other), ())
        if _keeps(item, by, wanted, deed, around)
    ]
    return min(found, key=lambda deed: (deed.published or "", deed.article, deed.event.id), default=None)


def _shelved(deeds: Iterable[Told]) -> _Shelves:
    found: _Shelves = defaultdict(list)
    for deed in deeds:
        event = deed.event
        for doer, other in product(event.source_countries, event.target_countries or ("",)):
            found[event.type, doer, other].append(deed)
    return found


def _promised_deeds(item: Promised, by: Actor) -> list[_Deed]:
    """What the promise is of: its own events, else its first verb. None where it is to leave something undone."""
    if by.country is None or _NEGATION.search(item.commitment.text):
        return []
    found = [deed for event in item.deeds if (deed := _own_deed(item, event, by.country)) is not None]
    return found or [deed for deed in (_by_verb(item, by.country),) if deed is not None]


def _own_deed(item: Promised, event: Event, home: str) -> _Deed | None:
    if home not in event.source_countries:
        return None
    others = frozenset(event.target_countries) or _recipients(item, home)
    if event.type == "AGREE" and event.asked is not None:
        return _Deed(type=event.asked.type, mode=event.asked.mode, others=others)
    if event.status == "planned" and event.asked is None:
        return _Deed(type=event.type, mode=event.mode, others=others)
    return None


def _by_verb(item: Promised, home: str) -> _Deed | None:
    match = _VERB.search(item.commitment.text)
    if match is None:
        return None
    verb, more = match["verb"].lower(), (match["more"] or "").lower()
    found = _fulfilments().get(f"{verb} {more}") or _fulfilments().get(verb)
    return _Deed(type=found[0], mode=found[1], others=_recipients(item, home)) if found else None


def _recipients(item: Promised, home: str) -> frozenset[str]:
    """Those to whom it is promised, else the one other country that its words name."""
    to = frozenset(actor.country for actor in item.to if actor.country and actor.country != home)
    named = frozenset(item.named) - {home}
    return to or (named if len(named) == 1 else frozenset())


def _keeps(item: Promised, by: Actor, wanted: _Deed, deed: Told, around: Around) -> bool:
    """Whether a deed is what was promised, done by whom it was promised by, later."""
    event = deed.event
    if event.type != wanted.type or (wanted.mode and event.mode != wanted.mode) or by.country is None:
        return False
    if by.country not in event.source_countries or not _is_later(item, deed) or not _may_act(by, deed, around):
        return False
    same_person = _same_person(by, deed, around)
    if not wanted.others & frozenset(event.target_countries):
        return not wanted.others and not event.target_countries and same_person and event.mode == "resign"
    return bool(_matter(item, wanted) & _stems(event.span.text)) or (same_person and event.type == "CONSULT")


def _is_later(item: Promised, deed: Told) -> bool:
    """Told on a later day, of a deed that is not of before the promise."""
    promised, told, days = printed_on(item), printed_on(deed), days_of(deed.event)
    if promised is None or told is None or told <= promised or deed.article == item.article:
        return False
    return days is None or days[0] > promised


def _may_act(by: Actor, deed: Told, around: Around) -> bool:
    """Whether the deed may be that of the one who promised: his own, or that of his state for one who speaks for it."""
    doers = [around.actors.get((deed.article, id_)) for id_ in deed.event.sources]
    people = [actor for actor in doers if actor is not None and is_named_person(actor)]
    if people and is_named_person(by) and deed.event.type == "CONSULT":
        return _same_person(by, deed, around)
    return by.kind == "country" or _speaks_for_state(by)


def _speaks_for_state(by: Actor) -> bool:
    return acts_for_state(by) or (by.kind == "person" and "GOV" in by.sectors)


def _same_person(by: Actor, deed: Told, around: Around) -> bool:
    doers = [around.actors.get((deed.article, id_)) for id_ in deed.event.sources]
    named = {family_name(actor) for actor in doers if actor is not None and is_named_person(actor)}
    return is_named_person(by) and family_name(by) in named


def _matter(item: Promised, wanted: _Deed) -> frozenset[str]:
    """The stems of the words that say what is promised, the verbs of the deed aside."""
    verbs = {event.trigger.text.lower()[:_STEM] for event in item.deeds}
    verbs |= {verb[:_STEM] for verb, found in _fulfilments().items() if found == (wanted.type, wanted.mode)}
    asked = " ".join(event.asked.text for event in item.deeds if event.asked)
    return _stems(f"{item.commitment.text} {asked}") - verbs


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text) if word not in _no_matter())


@cache
def _no_matter() -> frozenset[str]:
    rows = read_table("detente.briefs", "no_matter.tsv", ("words",))
    return frozenset(word for _, row in rows for word in row["words"].split(";"))


@cache
def _no_promises() -> tuple[re.Pattern[str], ...]:
    found = []
    for line, row in read_table("detente.briefs", "no_promises.tsv", ("pattern", "why")):
        try:
            found.append(re.compile(row["pattern"], re.IGNORECASE))
        except re.error as error:
            raise TableError(f"no_promises.tsv:{line}: the pattern is no regular expression: {error}") from error
    return tuple(found)


@cache
def _fulfilments() -> Mapping[str, tuple[str, str | None]]:
    return dict(_rows())


def _rows() -> Iterator[tuple[str, tuple[str, str | None]]]:
    for line, row in read_table("detente.briefs", "fulfilments.tsv", ("verbs", "type", "mode")):
        type_ = TYPES.get(row["type"])
        if type_ is None or (row["mode"] and row["mode"] not in type_.modes):
            raise TableError(
                f"fulfilments.tsv:{line}: expected a PLOVER type and mode; found {row['type']} {row['mode']}"
            )
        for verb in row["verbs"].split(";"):
            yield verb.strip(), (row["type"], row["mode"] or None)
