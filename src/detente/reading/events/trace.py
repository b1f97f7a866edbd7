"""What the matchers tried on one Doc, taken down only when somebody asks for an explanation.

A matcher is handed a `Trace` or None; with None it takes down nothing, and reading costs what it cost before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Token

from detente.reading.events.deeds import Deed
from detente.reading.events.lexicon import Blocker, NounFrame, VerbFrame
from detente.reading.events.when import Setting
from detente.reading.marks import EventMark, Extent


class Try(NamedTuple):
    """One frame tried on a word. fault: "" when it held, else the name of what it missed; object: what was tested."""

    token: Token
    frame: VerbFrame | NounFrame
    fault: str
    object: Token | None


class Fate(NamedTuple):
    """What became of a deed that a frame gave. flaw: "" when it stands; by: the deed's token that tells it, too."""

    deed: Deed
    flaw: str
    by: int | None
    blocker: Blocker | None


class Judged(NamedTuple):
    """What the judge said of an event: its name, the probability of each PLOVER type, the frame's type before."""

    judge: str
    scores: Mapping[str, float]
    before: str


class Settled(NamedTuple):
    """When and how a deed came to its mark: the tokens whose time is its own, all times; status, and what changed it."""

    heads: list[Token]
    setting: Setting
    status: str
    rule: str


type Telling = tuple[Extent, tuple[int, ...], tuple[int, ...]]  # trigger, sources, targets


@dataclass(slots=True)
class Trace:
    """The account of one Doc, by the index of the token that carries a deed; what was judged, by the event's telling."""

    tries: dict[int, list[Try]] = field(default_factory=dict)
    fates: dict[int, Fate] = field(default_factory=dict)
    judgements: dict[Telling, Judged] = field(default_factory=dict)
    settings: dict[int, Settled] = field(default_factory=dict)

    def tried(self, token: Token, frame: VerbFrame | NounFrame, fault: str, tested: Token | None = None) -> None:
        """A matcher tried a frame."""
        self.tries.setdefault(token.i, []).append(Try(token, frame, fault, tested))

    def linked(self, deed: Deed, flaw: str, by: int | None, blocker: Blocker | None) -> None:
        """The links between deeds are made: the deed stands, or falls by its flaw."""
        self.fates[deed.token.i] = Fate(deed, flaw, by, blocker)

    def judged(self, mark: EventMark, judge: str, scores: Mapping[str, float]) -> None:
        """A judge has scored an event, whose type is still the frame's."""
        self.judgements[mark.trigger, mark.sources, mark.targets] = Judged(judge, scores, mark.type)

    def judgement(self, mark: EventMark) -> Judged | None:
        """What the judge said of an event; None when it said nothing."""
        return self.judgements.get((mark.trigger, mark.sources, mark.targets))

    def settled(self, deed: Deed, heads: list[Token], setting: Setting, status: str, rule: str) -> None:
        """Time and status of the deed are known."""
        self.settings[deed.token.i] = Settled(heads, setting, status, rule)
