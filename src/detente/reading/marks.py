"""What the components write on a `Doc`, and where: the language they share.

All offsets are characters of the Doc, half-open. Actors, times and places are named by their index in the Doc's tuples.

    doc._.detente_context   Context                 set by the reader, or defaults when a component is used alone
    doc._.detente_times     tuple[TimeMark, ...]    by detente_times
    doc._.detente_places    tuple[PlaceMark, ...]   by detente_places
    doc._.detente_actors    Register                by detente_actors; quotes and events may add to it
    doc._.detente_quotes    tuple[QuoteMark, ...]   by detente_quotes
    doc._.detente_events    tuple[EventMark, ...]   by detente_events
    doc._.detente_commitments  tuple[CommitmentMark, ...]  by detente_events
    doc._.detente_trace     Trace or None           set by the reader when explanations are asked for; detente_events fills it
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, cast

from spacy.tokens import Doc, Token

from detente.knowledge.own_actors import NOBODY, OwnActors


class Extent(NamedTuple):
    """A stretch of the Doc, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of the article besides its words.

    published: the outlet's local day, None when unknown: relative dates then stay unresolved.
    body: where the text begins in the Doc (after the title and two line breaks); 0 without a title.
    dateline_end: where the dateline ends in the Doc (equal to `body` when there is none).
    own: the user's own actors.
    """

    published: date | None = None
    source: str | None = None
    body: int = 0
    dateline_end: int = 0
    own: OwnActors = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMark:
    """A time expression; see records.Timex."""

    start: int
    end: int
    type: str
    value: str
    begin: str | None
    finish: str | None
    anchor: str | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMark:
    """A place; see records.Place."""

    start: int
    end: int
    name: str
    kind: str
    precision: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    rule: str = ""


@dataclass(slots=True, kw_only=True)
class ActorMark:
    """One actor of the Doc; see records.Actor. `mentions` are the named and nominal ones; `pronouns` are kept apart."""

    name: str
    kind: str
    key: str | None = None  # an id that holds beyond this article (IRQ), None for a local one
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    affiliation: str | None = None
    role_basis: str | None = None
    mentions: list[Extent] = field(default_factory=list)
    pronouns: list[Extent] = field(default_factory=list)


class Register:
    """The actors of one Doc and, for each token, whom it stands for."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self.actors: list[ActorMark] = []
        self._at: dict[int, int] = {}
        self._held: set[tuple[int, Extent]] = set()

    def __len__(self) -> int:
        return len(self.actors)

    def __iter__(self) -> Iterator[ActorMark]:
        return iter(self.actors)

    def __getitem__(self, index: int) -> ActorMark:
        return self.actors[index]

    def add(self, actor: ActorMark) -> int:
        """Puts a new actor on the register and gives its index; its mentions must be added with `mention`."""
        self.actors.append(actor)
        return len(self.actors) - 1

    def mention(self, index: int, start: int, end: int, *, pronoun: bool = False, keep: bool = False) -> None:
        """Says that tokens [start, end) (token indices) are a mention of an actor. A later call wins over an earlier.

        keep: tokens that stand for somebody already go on doing so ("Iraq" in "Iraq's army").
        """
        span = self._doc[start:end]
        extent = Extent(span.start_char, span.end_char)
        actor = self.actors[index]
        held = actor.pronouns if pronoun else actor.mentions
        if (index, extent) not in self._held:
            self._held.add((index, extent))
            held.append(extent)
        for token in range(start, end):
            if not keep or token not in self._at:
                self._at[token] = index

    def at(self, token: int) -> int | None:
        """The index of the actor whom this token (by its index) is a mention of, pronouns included; None for nobody."""
        return self._at.get(token)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteMark:
    """A quotation; see records.Quote. speaker, addressee: indices of actors."""

    start: int
    end: int
    spans: tuple[Extent, ...]
    kind: str
    manner: str = "speech"
    cue: Extent | None = None
    speaker: int | None = None
    speaker_mention: Extent | None = None
    inferred: bool = False
    addressee: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMark:
    """The deed called for, demanded or offered; by: index of the actor who is to do it."""

    type: str
    mode: str | None
    by: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMark:
    """An event; see records.Event. sources, targets: indices of actors; time, place, quote: indices or None."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    status: str
    past: bool
    asked: AskedMark | None
    time: int | None
    place: int | None
    quote: int | None
    trigger: Extent
    span: Extent
    evidence: tuple[Extent, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentMark:
    """A promise; see records.Commitment. by, to: indices of actors; due: index of a time; quote: index of a quotation."""

    start: int
    end: int
    by: int
    to: tuple[int, ...] = ()
    due: int | None = None
    quote: int | None = None


_EXTENSIONS: dict[str, Any] = {
    "detente_context": Context(),
    "detente_times": (),
    "detente_places": (),
    "detente_actors": None,
    "detente_quotes": (),
    "detente_events": (),
    "detente_commitments": (),
    "detente_trace": None,
}


def hyphened_to(doc: Doc, i: int) -> Token | None:
    """The word with a capital that a hyphen without blanks joins to token `i`: the Crans of "Crans-Montana"; None for none."""
    if i < 2 or doc[i - 1].text not in ("-", "–") or doc[i - 1].whitespace_ or doc[i - 2].whitespace_:
        return None
    return doc[i - 2] if doc[i - 2].text[:1].isupper() else None


def declare() -> None:
    """Declares the extensions on `Doc`; every component's factory calls it. Calling it again changes nothing."""
    for name, default in _EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


def register_of(doc: Doc) -> Register:
    """The Doc's register of actors, made empty when no component has made one."""
    if doc._.detente_actors is None:
        doc._.detente_actors = Register(doc)
    return cast(Register, doc._.detente_actors)


def context_of(doc: Doc) -> Context:
    """What is known of the article besides its words."""
    return cast(Context, doc._.detente_context)
