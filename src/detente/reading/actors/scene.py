"""What the modules of the actors component share while they read one Doc."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from detente.knowledge.countries import countries
from detente.knowledge.organisations import Organisation
from detente.reading.actors.lexicon import Hit, Phrase, scan
from detente.reading.actors.names import People
from detente.reading.actors.own_names import with_own
from detente.reading.marks import ActorMark, Register, context_of, hyphened_to, register_of

GEOGRAPHIC = frozenset({"country", "demonym", "capital", "seat"})
_INNER = frozenset({"compound", "amod", "nmod"})


class Scene:
    """One Doc, its phrases, and the register that is being filled. used: tokens that belong to somebody's name or title.

    possessed: unnamed actors with the possessive pronoun that tells whose they are (register's index, token).
    stateless: tokens of governments of no told country. homeless: unnamed actors of no told country, with a token of each.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.tokens: list[Token] = list(doc)
        self.texts = [t.text for t in self.tokens]
        self.own = context_of(doc).own
        found = [hit for hit in scan(doc, self.tokens) if not _begins_longer(self.tokens, hit)]
        heads = {i: hit for hit in found for i in range(hit.start, hit.end)}
        found = [hit for hit in found if not _ends_longer(self.tokens, hit, heads)]
        self.hits = with_own(found, doc, self.tokens, self.own)
        self.hit_at: dict[int, Hit] = {i: hit for hit in self.hits for i in range(hit.start, hit.end)}
        self.ent_at: dict[int, tuple[int, int, str]] = {
            i: (e.start, e.end, e.label_) for e in doc.ents for i in range(e.start, e.end)
        }
        self.label_of = _votes(doc)
        self.register: Register = register_of(doc)
        self.people = People()
        self.used: set[int] = set()
        self.possessed: list[tuple[int, int]] = []
        self.stateless: list[tuple[int, int]] = []
        self.homeless: list[tuple[int, int]] = []
        self._keyed: dict[str, int] = {}
        self._place_at: dict[int, str] | None = None
        self._places: dict[int, int] | None = None

    def country(self, code: str) -> int:
        """The register's index of a country's actor."""
        if code not in self._keyed:
            known = countries().by_code(code)
            mark = ActorMark(name=known.name if known else code, kind="country", key=code, country=code)
            self._keyed[code] = self.register.add(mark)
        return self._keyed[code]

    def organisation(self, organisation: Organisation) -> int:
        """The register's index of an organisation of the tables."""
        if organisation.key not in self._keyed:
            self._keyed[organisation.key] = self.register.add(
                ActorMark(
                    name=organisation.names[0],
                    kind="organization",
                    key=organisation.key,
                    country=organisation.country,
                    sectors=organisation.sectors,
                )
            )
        return self._keyed[organisation.key]

    def keyed(self, key: str, mark: ActorMark) -> int:
        """The register's index of an actor known within this article by `key`; made from `mark` when new."""
        if key not in self._keyed:
            self._keyed[key] = self.register.add(mark)
        return self._keyed[key]

    def name(self, key: str, index: int) -> None:
        """Makes `key` another name of an actor; a later call wins."""
        self._keyed[key] = index

    def find(self, key: str) -> int | None:
        """The register's index of an actor known by `key`."""
        return self._keyed.get(key)

    def phrase(self, i: int) -> Phrase | None:
        """The phrase that token i is part of."""
        hit = self.hit_at.get(i)
        return hit.phrase if hit else None

    def placed(self, start: int, end: int) -> bool:
        """Whether tokens [start, end) lie in a place's name that is longer: the "General" of General Santos."""
        if start < 0 or not self.texts[start][:1].isupper():
            return False
        if self._places is None:
            self._places = {p.start: p.end for p in self.doc._.detente_places}
        last = self.tokens[end - 1]
        return self._places.get(self.tokens[start].idx, 0) > last.idx + len(last)

    def paragraph_between(self, start: int, end: int) -> bool:
        """Whether a paragraph ends between two tokens."""
        return any("\n" in text for text in self.texts[start:end])

    def phrase_kind(self, i: int) -> str | None:
        """The kind of the phrase that token i is part of."""
        hit = self.hit_at.get(i)
        return hit.phrase.kind if hit else None

    def place_country(self, i: int) -> str | None:
        """The country of the place that token i belongs to, from the places component when it ran before."""
        if self._place_at is None:
            self._place_at = {p.start: p.country for p in self.doc._.detente_places if p.country}
        ent = self.ent_at.get(i)
        start = self.tokens[ent[0]].idx if ent else self.tokens[i].idx
        return self._place_at.get(start) or self._place_at.get(self.tokens[i].idx)


def _begins_longer(tokens: list[Token], hit: Hit) -> bool:
    """Whether "The National" or "The Hill" is but the beginning of a longer name: "The National Front"."""
    if hit.phrase.kind != "org" or hit.end >= len(tokens) or not hit.phrase.folded.startswith("the "):
        return False
    last = tokens[hit.end - 1]
    return tokens[hit.end].tag_ in ("NNP", "NNPS") and last.dep_ in _INNER and last.head.i >= hit.end


def _ends_longer(tokens: list[Token], hit: Hit, heads: dict[int, Hit]) -> bool:
    """Whether a region is but the second half of a town's name: the Montana of "Crans-Montana"."""
    before = hyphened_to(tokens[0].doc, hit.start) if hit.phrase.kind == "region" else None
    return before is not None and before.i not in heads


def proper(token: Token) -> bool:
    """Whether a token looks like part of a name: a capital letter and no function word."""
    return token.text[:1].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ", "X")


def _votes(doc: Doc) -> dict[str, str]:
    """For each text that the recogniser calls a person here and an organisation there, what it is: the majority decides.

    Of as many of either, two words or more are a person, one is an organisation.
    """
    votes: dict[str, int] = {}
    disputed: set[str] = set()
    for ent in doc.ents:
        if ent.label_ in ("PERSON", "ORG"):
            vote = 1 if ent.label_ == "PERSON" else -1
            if ent.text in votes and votes[ent.text] * vote < 0:
                disputed.add(ent.text)
            votes[ent.text] = votes.get(ent.text, 0) + vote
    return {
        t: "PERSON" if votes[t] > 0 or (votes[t] == 0 and " " in t) else "ORG"
        for t in votes
        if t in disputed or not votes[t]
    }
