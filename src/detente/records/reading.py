"""All that was read out of one article: one line of `detente read --format jsonl`."""

from __future__ import annotations

from dataclasses import dataclass

from detente.records.actor import Actor
from detente.records.article import Article
from detente.records.event import Event
from detente.records.failure import Failure
from detente.records.place import Place
from detente.records.quote import Commitment, Quote
from detente.records.when import Timex

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article and the records made from it. `failures` says what is missing and why."""

    schema: int = SCHEMA
    article: Article
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Timex, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    failures: tuple[Failure, ...] = ()
