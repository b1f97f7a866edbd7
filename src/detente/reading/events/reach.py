"""Whom a deed reaches when the places of its frame name nobody: "filed a suit in a Madrid court against Spain".

The parser hangs a phrase on the nearest noun as often as on the verb. So the phrases of the verb, of its object, and of
what stands in them are searched outwards, the nearest first; where it happened comes last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from detente.reading.events.deeds import Deed
from detente.reading.events.frames import is_verbal, lemma_of
from detente.reading.events.sides import Sides

_DEPTH = 2  # phrases within phrases
_TOWARDS = frozenset({"against", "on", "upon", "to", "toward", "towards", "with", "for", "from", "into", "of", "by"})
_WHERE = frozenset(["in", "at", "near", "inside", "across", "throughout", "along", "over", "outside", "around"])
_FIRM = frozenset({"against", "on", "upon", "to", "with", "for", "from", "into", "of", "between", "by"})
_LOCAL = frozenset({"AID", "COERCE", "SANCTION", "CONCEDE", "RETREAT", "AGREE", "THREATEN"})
_AT_HOME = frozenset({"martial-law", "curfew"})  # declared over a country, whatever it is declared about
_PERSONAL = frozenset({"arrest", "convict", "expel", "deport", "release"})  # done to people, not to where they are
_MUTUAL = frozenset({"CONSULT", "COOPERATE", "SUPPORT"})
_ASKING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
_PENDING = frozenset({"until", "unless"})
_GATES = _WHERE | {"on", "under", "during"}
_WITH = frozenset({"with", "between"})
_BESIDE = frozenset(
    ["after", "before", "since", "during", "amid", "despite", "as", "like", "than", "without", "until", "according"]
)
_PLAIN = ("dobj", "attr", "dative")
_NEVER = frozenset(
    {"behalf", "name", "favour", "favor", "sake", "way", "return", "response", "line", "addition", "terms"}
)


def reach(deed: Deed, sides: Sides) -> list[int]:
    """The actors whom the deed reaches, without its sources; empty when its clause names no other."""
    own = frozenset(deed.sources) | frozenset(deed.parties)
    if deed.mode in _AT_HOME:
        return _around(deed.token, _WHERE, sides, own, 0)
    local = deed.type in _LOCAL and deed.mode not in _PERSONAL
    for places in (_TOWARDS, _WHERE) if local else (_TOWARDS,):
        for head in _heads(deed):
            means = deed.wordy and deed.object is not None and head.i == deed.object.i  # "massed troops along"
            found = (_phrases if means else _around)(head, places, sides, own, 0)
            if found:
                return found
    return []


def reach_firmly(
    verb: Token, noun: Token | None, sides: Sides, own: Collection[int], where: Collection[str], kind: str
) -> list[int]:
    """As `reach`, for frames that want both sides: what stands in the phrases of the object, or inside those it asks for.

    where: the places of the frame; kind: its type. "speaks of Chad" is no talk with Chad.
    """
    firm = frozenset(where) | (_WITH if kind in _MUTUAL else _FIRM)
    found = _phrases(noun, firm, sides, own, _DEPTH - 1) if noun is not None else []
    return found or _inside(verb, frozenset(where), firm, sides, own)


def _inside(verb: Token, where: frozenset[str], firm: frozenset[str], sides: Sides, own: Collection[int]) -> list[int]:
    """The first phrase of the frame's own kind that hangs on a noun of another phrase: "in a court against Spain"."""
    for prep in verb.children:
        if prep.dep_ not in ("prep", "agent", "dative") or prep.lower_ not in where | _GATES:
            continue
        inner = firm if prep.lower_ in where else where
        for noun in (t for t in prep.children if t.dep_ == "pobj"):
            found = _phrases(noun, frozenset(inner), sides, own, _DEPTH)
            if found:
                return found
    return []


def _heads(deed: Deed) -> Iterator[Token]:
    """The words whose phrases may name the other side, nearest first."""
    if deed.object is not None:
        yield deed.object
    yield deed.token
    if deed.type in _ASKING:
        yield from _governed(deed.token, 0)
    if deed.object is not None:
        yield from (t for t in deed.object.children if t.dep_ in ("acl", "relcl") and not _has_subject(t))
    if deed.type == "AID":
        yield from _purposes(deed)
    if deed.type == "REJECT" or deed.refused:
        yield from _awaited(deed.token)


def _has_subject(clause: Token) -> bool:
    return any(t.dep_ in ("nsubj", "nsubjpass") for t in clause.children)


def _governed(verb: Token, depth: int) -> Iterator[Token]:
    """The clauses that the verb governs, with their objects: what is promised, asked or refused."""
    for item in verb.children:
        if item.dep_ in ("xcomp", "ccomp") and is_verbal(item) and depth < _DEPTH:
            yield from (t for t in item.children if item.dep_ == "ccomp" and t.dep_ in ("nsubj", "nsubjpass"))
            yield item
            yield from (t for t in item.children if t.dep_ in _PLAIN)
            yield from _governed(item, depth + 1)


def _purposes(deed: Deed) -> Iterator[Token]:
    """Whom help is for: "40 million to feed refugees in Chad"."""
    for head in (deed.object, deed.token):
        for item in head.children if head is not None else ():
            if item.dep_ in ("acl", "relcl", "advcl", "xcomp") and item.tag_ == "VB":
                yield from (t for t in item.children if t.dep_ in _PLAIN)
                yield item


def _awaited(verb: Token) -> Iterator[Token]:
    """Who must act first: the minister of "will not come back until the minister goes"."""
    for item in verb.children:
        if item.dep_ == "advcl" and any(t.dep_ == "mark" and t.lower_ in _PENDING for t in item.children):
            yield from (t for t in item.children if t.dep_ in ("nsubj", "nsubjpass", "agent"))


def _around(head: Token, places: frozenset[str], sides: Sides, own: Collection[int], depth: int) -> list[int]:
    if not is_verbal(head):
        found = _named(head, sides, own)
        if found:
            return found
    return _phrases(head, places, sides, own, depth)


def _phrases(head: Token, places: frozenset[str], sides: Sides, own: Collection[int], depth: int) -> list[int]:
    for prep in head.children:
        if prep.dep_ not in ("prep", "agent", "dative") or prep.lower_ in _BESIDE:
            continue
        for noun in prep.children:
            if noun.dep_ == "prep" and noun.lower_ in places and (found := _objects(noun, sides, own)):
                return found  # "out of Chad"
            if noun.dep_ != "pobj" or lemma_of(noun) in _NEVER:
                continue
            found = _named(noun, sides, own) if prep.lower_ in places else []
            if not found and depth < _DEPTH:
                found = _phrases(noun, places, sides, own, depth + 1) or _told(noun, sides, own)
            if found:
                return found
    return []


def _objects(prep: Token, sides: Sides, own: Collection[int]) -> list[int]:
    return [i for t in prep.children if t.dep_ == "pobj" for i in _named(t, sides, own)]


def _told(noun: Token, sides: Sides, own: Collection[int]) -> list[int]:
    """Of whom a claim, a report tells: "claims that British soldiers abused detainees"."""
    clause = next((t for t in noun.children if t.dep_ == "acl" and is_verbal(t)), None)
    subject = next((t for t in clause.children if t.dep_ == "nsubj"), None) if clause is not None else None
    return _named(subject, sides, own) if subject is not None else []


def _named(noun: Token, sides: Sides, own: Collection[int]) -> list[int]:
    if noun.pos_ == "PRON" or noun.ent_type_ in ("DATE", "TIME"):
        return []
    return [i for i in sides.direct(noun) or sides.modifiers(noun) if i not in own]
