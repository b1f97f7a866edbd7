"""The agenda of two countries: issue by issue what was done, what is to come, and what was said.

An issue is a PLOVER context. An event stands under the contexts that the reader gave it and those of its words (topics.tsv): a
protest over a tariff is a matter of trade.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from statistics import fmean
from typing import NamedTuple

from detente.briefs.matching import countries_of
from detente.briefs.printed import Saying, Told, cited, days_of, home_of, pieces_of, said_of
from detente.briefs.records import Cited, Issue, Said
from detente.errors import TableError
from detente.knowledge.countries import countries
from detente.ontology import CONTEXTS
from detente.ontology.tables import read_table
from detente.records import Event

_DONE = ("occurred", "ongoing")
_AHEAD = ("planned", "conditional")
_PLACES = 2


class _Piece(NamedTuple):
    """A quotation, or the sentence of it that matters."""

    saying: Saying
    text: str


def agenda_of(
    told: Iterable[Told], sayings: Iterable[Saying], a: str, b: str, *, urls: Mapping[str, str] | None = None
) -> tuple[Issue, ...]:
    """The issues, those with the most events first.

    told: the events between the two. sayings: what their speakers said; a position is a quotation that names the other side,
    or tells an event with it, under the contexts of its words and of the events that it tells. An event of several contexts
    stands under each, one without a context under none; history told in passing is no issue of today.
    """
    known = urls or {}
    events: dict[str, list[Told]] = defaultdict(list)
    for item in _once(told):
        for context in contexts_of(item.event):
            events[context].append(item)
    said: dict[str, list[_Piece]] = defaultdict(list)
    for saying in sayings:
        for piece in pieces_of(saying.quote.text):
            for context in _contexts(saying, piece, a, b):
                said[context].append(_Piece(saying, piece))
    found = [_issue(context, events[context], said[context], known) for context in {*events, *said}]
    return tuple(sorted(found, key=lambda issue: (-issue.events - issue.planned, -len(issue.positions), issue.context)))


def _once(told: Iterable[Told]) -> list[Told]:
    """Each deed once, though it may be told from either side; history left out."""
    found: dict[tuple[object, ...], Told] = {}
    for item in told:
        if not item.event.past:
            trigger = item.event.trigger
            found.setdefault((item.article, item.event.type, trigger.field, trigger.start), item)
    return list(found.values())


def _issue(context: str, items: Sequence[Told], pieces: Sequence[_Piece], urls: Mapping[str, str]) -> Issue:
    newest = sorted(items, key=lambda item: (_day(item), item.article, item.event.id), reverse=True)
    done = [item for item in newest if item.event.status in _DONE]
    return Issue(
        context=context,
        events=len(done),
        planned=sum(1 for item in items if item.event.status in _AHEAD or item.event.asked),
        intensity=round(fmean(item.event.intensity for item in done), _PLACES) if done else None,
        latest=next((day for item in newest if (day := _day(item))), None),
        proofs=_distinct(cited(item, urls) for item in newest),
        positions=_positions(pieces, urls),
    )


def contexts_of(event: Event) -> frozenset[str]:
    """What an event is about: the reader's contexts, and those of its words and of what is asked for."""
    asked = event.asked.text if event.asked else ""
    return frozenset(event.contexts) | _topics(f"{event.span.text} {asked}")


def _contexts(saying: Saying, piece: str, a: str, b: str) -> frozenset[str]:
    """The contexts in which a quotation, or a sentence of a long one, takes a position towards the other side."""
    home = home_of(saying.speaker)
    other = b if home == a else a
    whole = piece == saying.quote.text
    deeds = [event for event in saying.deeds if not event.past and (whole or _flat(event.span.text) in piece)]
    if other in saying.named if whole else _names(piece, other):
        return _topics(piece).union(*map(contexts_of, deeds))
    with_other = [event for event in deeds if other in (*countries_of(event), *event.sources, *event.targets)]
    return frozenset[str]().union(*map(contexts_of, with_other))


def _names(text: str, side: str) -> bool:
    pattern = _called(side)
    return pattern is not None and pattern.search(text) is not None


@cache
def _called(side: str) -> re.Pattern[str] | None:
    """By what a country goes: name, demonyms, capital. None for an organisation."""
    country = countries().by_code(side)
    if country is None:
        return None
    names = (country.name, *country.aliases, *country.demonyms, *country.capitals, *country.seats)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\w)")


def _topics(text: str) -> frozenset[str]:
    pattern, contexts = _table()
    return frozenset(contexts[match[1]] for match in pattern.finditer(text.lower()))


@cache
def _table() -> tuple[re.Pattern[str], Mapping[str, str]]:
    contexts: dict[str, str] = {}
    for line, row in read_table("detente.briefs", "topics.tsv", ("context", "words")):
        if row["context"] not in CONTEXTS:
            raise TableError(f"topics.tsv:{line}: expected a PLOVER context; found {row['context']!r}")
        for word in row["words"].split(";"):
            if contexts.setdefault(word.strip(), row["context"]) != row["context"]:
                raise TableError(
                    f"topics.tsv:{line}: {word.strip()!r} stands under {contexts[word.strip()]}, too; keep one"
                )
    words = "|".join(re.escape(word) for word in sorted(contexts, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({words})(?:s|es)?(?![\w-])"), contexts


def _positions(pieces: Iterable[_Piece], urls: Mapping[str, str]) -> tuple[Said, ...]:
    """The quotations, the newest first, each text once: where it was printed first."""
    ordered = sorted(pieces, key=lambda one: (one.saying.published or "", one.saying.article, one.saying.quote.start))
    once: dict[tuple[str, str], _Piece] = {}
    for one in ordered:
        once.setdefault((home_of(one.saying.speaker), _flat(one.text).lower()), one)
    return tuple(said_of(one.saying, urls, one.text) for one in reversed(once.values()))


def _distinct(words: Iterable[Cited]) -> tuple[Cited, ...]:
    return tuple({(one.article, one.sentence): one for one in words}.values())


def _day(item: Told) -> str:
    days = days_of(item.event)
    return (days[0].isoformat() if days else "") or (item.published or "")[:10]


def _flat(text: str) -> str:
    return " ".join(text.split())
