"""The names of a user's own table in a Doc."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc, Token

from detente.knowledge.own_actors import OwnActors, kind_of
from detente.knowledge.own_organisations import own_organisations
from detente.reading.actors.lexicon import Hit, Index, Phrase, fold_case, indexed, scan


def with_own(hits: list[Hit], doc: Doc, tokens: list[Token], own: OwnActors) -> list[Hit]:
    """The hits with the user's names among them: of two that overlap the longer stands, of equals the user's."""
    found = scan(doc, tokens, _index(own)) if own else []
    if not found:
        return hits
    at = {i: hit for hit in hits for i in range(hit.start, hit.end)}
    mine = [hit for hit in found if not any(i in at and _within(hit, at[i]) for i in range(hit.start, hit.end))]
    taken = {i for hit in mine for i in range(hit.start, hit.end)}
    return sorted([*mine, *(h for h in hits if taken.isdisjoint(range(h.start, h.end)))], key=lambda h: h.start)


def _within(hit: Hit, other: Hit) -> bool:
    """Whether the other is longer."""
    return other.end - other.start > hit.end - hit.start


@lru_cache(maxsize=4)
def _index(own: OwnActors) -> Index:
    phrases = []
    organisations = {name: organisation for organisation in own_organisations(own) for name in organisation.names}
    for rows in own.actors():
        kind = "org" if kind_of(rows) == "organization" else "own"
        organisation = organisations.get(rows[0].name)
        names = organisation.names if organisation else [name for row in rows for name in row.names]
        phrases += [
            Phrase(fold_case(name), kind, name, organisation.country if organisation else None, None, organisation)
            for name in names
        ]
    return indexed(phrases)
