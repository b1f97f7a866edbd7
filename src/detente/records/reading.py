"""All that was read out of one article: one line of `detente read --format jsonl`."""

from __future__ import annotations

from dataclasses import dataclass

from detente.records.actor import Actor
from detente.records.article import Article
from detente.records.event import Event
from detente.records.explanation import Silence
from detente.records.failure import Failure
from detente.records.place import Place
from detente.records.quote import Commitment, Quote
from detente.records.when import Timex

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article and the records made from it. `failures` says what is missing and why.

    silent: sentences that gave no event, or words that gave none, and why; only when that was asked for.
    """

    schema: int = SCHEMA
    article: Article
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Timex, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    failures: tuple[Failure, ...] = ()
    silent: tuple[Silence, ...] = ()
