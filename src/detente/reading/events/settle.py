"""What the sides and the words around a deed make of it: an attack with words, ships that bring aid, a strike at work."""

from __future__ import annotations

from spacy.tokens import Token

from detente.reading.events.deeds import Deed
from detente.reading.events.frames import child, lemma_of, phrases
from detente.reading.events.lexicon import Lexicon
from detente.reading.events.parties import are_armed
from detente.reading.events.sides import Sides
from detente.reading.marks import ActorMark

_BEARING = frozenset({"carry", "bring", "deliver", "transport", "bear"})
_WORKING = frozenset({"LAB", "EDU", "HLH", "AGR", "CVL", "JRN", "JUD"})
_VERBALLY = frozenset({"attack", "assail", "savage", "hit", "target", "slam", "blast", "pummel", "batter"})
_HURT = frozenset(
    {"kill", "wound", "injure", "die", "knife", "shoot", "stab", "weapon", "hammer", "hospital", "arrest"}
)
_TALKERS = frozenset({"GOV", "LEG", "PTY", "ELI", "OPP", "MED", "JRN", "JUD", "NGO", "BUS"})
_ABROAD = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "SANCTION", "CONCEDE"}
)  # not with one's own country
_ARMED = frozenset({"MIL", "REB", "UAF", "COP"})


def settle(deed: Deed, sides: Sides, words: Lexicon) -> None:
    """What the parties say of the deed: leaving an organisation is no withdrawal of troops."""
    members_only = deed.targets and all("IGO" in sides.register[t].sectors for t in deed.targets)
    if _is_war_of_words(deed, sides, words):
        deed.type, deed.mode, deed.cameo, deed.contexts = "ACCUSE", "disapprove", "111", ()
    if deed.type == "MOBILIZE" and (cargo := _relief(deed, words)) is not None:
        deed.type, deed.mode, deed.cameo, deed.contexts = "AID", None, "073", ("human_security",)
        deed.targets = sides.of_all(phrases(cargo.head, cargo).get("to", [])) or deed.targets
    if deed.type in _ABROAD and all(_is_state(sides.register[s]) for s in deed.sources):
        homes = {sides.country_of(s) for s in deed.sources}
        deed.targets = [
            t for t in deed.targets if sides.register[t].kind != "country" or sides.country_of(t) not in homes
        ]
    if deed.type == "MOBILIZE" and deed.is_verb and _keeps_peace(deed):
        deed.type, deed.mode, deed.cameo, deed.contexts = "AID", None, "074", ("peacekeeping",)
    if deed.type == "RETREAT" and deed.mode == "withdraw" and members_only:
        deed.type, deed.cameo, deed.contexts = "SANCTION", "164", ("diplomatic",)
    elif deed.rule.startswith("noun:") and deed.type == "RETREAT" and deed.mode == "withdraw":
        left = {lemma_of(t) for t in phrases(deed.token).get("from", ())}
        if left & words.classes["accord"]:
            deed.type, deed.cameo, deed.contexts = "SANCTION", "165", ("diplomatic",)


def _is_war_of_words(deed: Deed, sides: Sides, words: Lexicon) -> bool:
    """Whether politicians attack one another, a party or the press: with words, unless the sentence names violence."""
    if deed.type != "ASSAULT" or not deed.is_verb or deed.mode is not None or not (deed.sources and deed.targets):
        return False
    if lemma_of(deed.token) not in _VERBALLY or not all(_is_speaker(sides.register[s]) for s in deed.sources):
        return False
    if any(sides.register[t].kind == "country" or _ARMED & set(sides.register[t].sectors) for t in deed.targets):
        return False
    return not any(lemma_of(t) in words.classes["violence"] or lemma_of(t) in _HURT for t in deed.token.sent)


def _relief(deed: Deed, words: Lexicon) -> Token | None:
    """What ships that are sent carry, when it is aid: "deployed two vessels carrying food to"."""
    for head in (deed.token, deed.object):
        for item in head.rights if head is not None else ():
            cargo = child(item, "dobj") if item.tag_ == "VBG" and lemma_of(item) in _BEARING else None
            held = [cargo, *phrases(cargo).get("of", [])] if cargo is not None else []
            if any(lemma_of(t) in words.classes["aid"] for t in held if t is not None):
                return cargo
    return None


def _is_state(actor: ActorMark) -> bool:
    return actor.kind == "country" or "GOV" in actor.sectors


def _is_speaker(actor: ActorMark) -> bool:
    return bool(_TALKERS & set(actor.sectors)) and not _ARMED & set(actor.sectors) and actor.kind != "country"


def _keeps_peace(deed: Deed) -> bool:
    """Whether the troops sent are to keep a peace: "sent 200 soldiers to the peacekeeping mission"."""
    where = [t for prep in deed.token.children if prep.dep_ == "prep" for t in prep.children if t.dep_ == "pobj"]
    heads = [*where, *([deed.object] if deed.object is not None else [])]
    return any(t.lower_.startswith("peacekeep") for head in heads for t in (head, *head.children))


def settle_strike(deed: Deed, sides: Sides) -> None:
    """Who strikes and bears no arms stops working."""
    if deed.rule != "noun:strike" or not deed.sources or are_armed(deed.sources, sides):
        return
    if not deed.targets or all(_WORKING & set(sides.register[s].sectors) for s in deed.sources):
        deed.type, deed.mode, deed.cameo, deed.contexts = "PROTEST", "strike", "143", ()
