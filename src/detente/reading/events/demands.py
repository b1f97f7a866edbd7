"""What frames demand of a deed beside their words: the flags of the lexicon."""

from __future__ import annotations

from spacy.tokens import Token

from detente.reading.events.deeds import VERBAL, Deed
from detente.reading.events.frames import child, lemma_of
from detente.reading.events.lexicon import Lexicon, VerbFrame
from detente.reading.events.sides import Sides
from detente.reading.events.view import View

_AWAY = frozenset({"out", "away", "off"})
_STATES = frozenset({"GOV", "IGO", "MIL", "SPY", "LEG", "JUD"})
_ARMED = frozenset({"MIL", "REB", "UAF", "COP", "SPY"})
_COMMENTING = frozenset({"EDU", "JRN", "MED", "BUS"})
_PEACE = ("peacekeep", "peace-keep")


class Demands:
    """Holds a deed against the flags of its frame."""

    def __init__(self, lexicon: Lexicon, sides: Sides) -> None:
        self.lexicon, self.sides = lexicon, sides

    def fault(self, view: View, frame: VerbFrame, deed: Deed) -> str:
        """Which demand of the frame is not met, by the name of its flag; "" when all are."""
        flags = frame.flags
        if "need_target" in flags and not deed.targets and not deed.parties:
            return "need_target"
        if "both" in flags and deed.sides() < 2 and "asks" not in flags:
            return "both"
        if "out" in flags and not view.adverbs & _AWAY:
            return "out"
        if "igo" in flags and not any("IGO" in self.sides.register[t].sectors for t in deed.targets):
            return "igo"
        if "crowd" in flags and (self._are_states(view, deed) or child(view.verb, "ccomp") is not None):
            return "crowd"
        if said := self._said(view, flags):
            return said
        if "duty" in flags and not self._speaks_for_many(deed):
            return "duty"
        if frame.mode == "visit" and "human" in flags and not self._can_visit(view, deed):
            return "visitor"
        if "forces" in flags and not self._is_armed(view, frame, deed):
            return "forces"
        if frame.mode == "arrest" and view.subject is not None and not view.passive and not deed.sources:
            return "source"  # "video captured two men"
        if "office" in flags and not self._holds_office(deed):
            return "office"
        if "person" in flags and not self._is_called_up(view, deed):
            return "person"
        if "peacekeepers" in flags and not _keeps_peace(view.subject):
            return "peacekeepers"
        if "crowd" in flags and view.subject is not None and lemma_of(view.subject) in self.lexicon.classes["crowd"]:
            return ""
        if (frame.type in VERBAL or "human" in flags) and "court" not in flags:
            return "" if deed.sources or deed.parties else "source"
        return ""

    def _are_states(self, view: View, deed: Deed) -> bool:
        """Whether only states and their bodies do it: a ministry that protests complains, it does not march."""
        if view.subject is not None and view.subject.tag_ in ("NNS", "NNPS"):
            return False  # "Iranians protest"
        actors = [self.sides.register[i] for i in deed.sources or deed.parties]
        return bool(actors) and all(a.kind == "country" or _STATES & set(a.sectors) for a in actors)

    def _can_visit(self, view: View, deed: Deed) -> bool:
        """Whether somebody who stands for a country comes from abroad: jets and rescuers are no visitors."""
        subject = view.subject
        if subject is None or (
            subject.pos_ not in ("PROPN", "PRON") and lemma_of(subject) not in self.lexicon.classes["visitor"]
        ):
            return False
        homes = {self.sides.country_of(i) for i in deed.sources}
        return homes == {None} or not all(
            self.sides.register[t].kind == "country" and self.sides.country_of(t) in homes for t in deed.targets
        )

    def _is_armed(self, view: View, frame: VerbFrame, deed: Deed) -> bool:
        """Whether soldiers do it, or a state does what only its soldiers do."""
        for index in deed.sources or deed.parties:
            actor = self.sides.register[index]
            if _ARMED & set(actor.sectors) or (
                actor.kind == "country" and frame.verb not in ("leave", "quit", "abandon")
            ):
                return True
        return view.subject is not None and lemma_of(view.subject) in self.lexicon.classes["troops"]

    def _said(self, view: View, flags: frozenset[str]) -> str:
        """Which demand on the governed clause is not met."""
        if "clause" in flags and view.clause is None:
            return "clause"
        if "duty" in flags and not view.is_duty():
            return "duty"
        if "guilt" in flags and not view.is_guilt():
            return "guilt"
        return ""

    def _speaks_for_many(self, deed: Deed) -> bool:
        """Whether who says what another must do holds office or speaks for a cause: a scholar only comments."""
        actors = [self.sides.register[i] for i in deed.sources]
        return any(a.kind == "country" or (a.sectors and not _COMMENTING & set(a.sectors)) for a in actors)

    def _holds_office(self, deed: Deed) -> bool:
        """Whether somebody who stands for a state or an alliance does it."""
        actors = [self.sides.register[i] for i in deed.sources]
        return any(a.kind == "country" or _STATES & set(a.sectors) for a in actors)

    def _is_called_up(self, view: View, deed: Deed) -> bool:
        """Whether a person by name is the object, and nothing is said of him: "called Okoro", not "called Okoro a liar"."""
        if view.clause is not None or any(
            t.i != view.object.i for t in view.phrases.get("as", ()) if view.object is not None
        ):
            return False
        called = self.sides.at(view.object) if view.object is not None else None
        return called is not None and called in deed.targets and self.sides.register[called].kind == "person"


def _keeps_peace(subject: Token | None) -> bool:
    """Whether the subject is peacekeepers: "Nepalese peacekeepers", "a peacekeeping force"."""
    if subject is None:
        return False
    return any(t.lemma_.lower().startswith(_PEACE) for t in (subject, *subject.lefts))
