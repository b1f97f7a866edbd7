"""Deeds to event marks: status, date, place, quotation, span, confidence; then one row for one event."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from detente.ontology import is_conflict
from detente.reading.events.deeds import Deed
from detente.reading.events.frames import clause_of, lemma_of
from detente.reading.events.home import Homes
from detente.reading.events.merge import Telling, merged
from detente.reading.events.sides import Sides
from detente.reading.events.trace import Trace
from detente.reading.events.when import Setting
from detente.reading.marks import AskedMark, EventMark, Extent, context_of

LONGEST_SPAN = 300
_SPLIT = frozenset({"ASSAULT", "COERCE", "SANCTION"})
_NEVER_AHEAD = frozenset({"ASSAULT", "COERCE"})  # nobody reports as done what others will suffer
_GOING_ON = frozenset({"enter", "continue", "remain", "persist", "last", "rage"})
_LASTING = frozenset(
    [
        "sanction",
        "embargo",
        "tariff",
        "ban",
        "restriction",
        "blockade",
        "siege",
        "occupation",
        "curfew",
        "freeze",
        "control",
    ]
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_APART = frozenset({"after", "following", "since", "before", "until"})  # what comes after a deed has another day
_UPWARDS = frozenset({"xcomp", "conj", "dobj", "nsubj", "nsubjpass", "pobj", "prep", "agent", "pcomp"})
_LOOSE = frozenset({"advcl", "ccomp", "conj", "relcl", "parataxis", "punct", "cc", "mark", "dep"})


def marks_of(
    doc: Doc, deeds: list[Deed], sides: Sides, nouns: frozenset[int], trace: Trace | None = None
) -> tuple[EventMark, ...]:
    """The event marks of a Doc, each real event once."""
    setting = Setting(doc, nouns)
    tellings: list[Telling] = []
    homes = Homes(doc, sides, setting)
    for deed in deeds:
        homes.settle(deed, _governing(deed))
        if deed.sides():
            tellings += [
                Telling(mark, deed.presumed or _is_ranked(deed), "mutual" in deed.flags, _is_definite(deed))
                for mark in _marks(doc, deed, sides, setting)
            ]
            if trace is not None:
                heads = _governing(deed)
                trace.settled(deed, heads, setting, *_status(doc, deed, _time(deed, heads, setting), setting))
    return merged(tellings, sides.register, doc._.detente_times, sides.places)


def _is_ranked(deed: Deed) -> bool:
    """Whether somebody "is the first leader to visit": he may yet be about to."""
    verb, who = deed.token, deed.token.head
    return (
        deed.is_verb and (verb.dep_, verb.tag_, who.dep_) == ("relcl", "VB", "attr") and who.head.tag_ in ("VBZ", "VBP")
    )


def _is_definite(deed: Deed) -> bool:
    """Whether the text has spoken of the deed before: "the attack", "these strikes"."""
    return not deed.is_verb and any(t.lower_ in _DEFINITE and t.dep_ == "det" for t in deed.token.lefts)


def _marks(doc: Doc, deed: Deed, sides: Sides, setting: Setting) -> list[EventMark]:
    return [_mark(doc, deed, s, t, sides, setting) for s, t in _dyads(deed, sides)]


def _dyads(deed: Deed, sides: Sides) -> list[tuple[list[int], list[int]]]:
    """One pair of sides; for parties in one role one for each party; for victims of several countries one for each."""
    if deed.parties:
        return (
            [([p], [q for q in deed.parties if q != p]) for p in deed.parties]
            if len(deed.parties) < 5
            else [(deed.parties[:1], deed.parties[1:])]
        )
    homes = list(dict.fromkeys(sides.country_of(t) for t in deed.targets))
    if deed.type in _SPLIT and len([home for home in homes if home]) > 1 and len(homes) < 5:
        return [(deed.sources, [t for t in deed.targets if sides.country_of(t) == home]) for home in homes]
    return [(deed.sources, deed.targets)]


def _mark(doc: Doc, deed: Deed, sources: list[int], targets: list[int], sides: Sides, setting: Setting) -> EventMark:
    heads = _governing(deed)
    time, place = _time(deed, heads, setting), setting.place_of(heads, deed.type)
    trigger = _extent(doc, *deed.trigger)
    span = _span(doc, deed.token)
    return EventMark(
        type=deed.type,
        mode=deed.mode,
        contexts=deed.contexts,
        cameo=deed.cameo,
        sources=tuple(sources),
        targets=tuple(targets),
        status=_status(doc, deed, time, setting)[0],
        past=setting.is_history(time) or (time is None and _is_description(deed)),
        asked=_asked(doc, deed.asked, setting.text),
        time=time,
        place=place,
        quote=setting.quote_at.get(deed.trigger[0]),
        trigger=trigger,
        span=span,
        evidence=(span,),
        rule=deed.rule,
        confidence=_confidence(deed, sources, targets),
    )


def _time(deed: Deed, heads: list[Token], setting: Setting) -> int | None:
    time = setting.time_of(heads)
    if deed.is_verb and _is_present(deed.token) and setting.is_history(time):
        return None  # "sentences a man for a murder in 2011" tells of today
    if deed.type in _NEVER_AHEAD and deed.status in ("occurred", "ongoing") and setting.is_ahead(time):
        return None  # "detains officers over the clashes in July" in November: the month was, the year is in doubt
    if deed.status == "occurred" and _is_told_as_done(deed) and setting.is_ahead(time):
        return None  # "discussed the vote of 24 December": what is ahead is what was talked of
    return time


def _is_told_as_done(deed: Deed) -> bool:
    """Whether the deed stands in a past tense: "discussed", "has met", "was freed"."""
    verb = deed.token
    if not deed.is_verb:
        return False
    helpers = [t for t in verb.children if t.dep_ in ("aux", "auxpass")]
    past = any(t.tag_ == "VBD" or t.lower_ in ("has", "have", "'s", "’s", "'ve", "’ve") for t in helpers)
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and past)


def _is_description(deed: Deed) -> bool:
    """Whether a deed only says which people are meant: "flew out Syrians who had worked for the embassy"."""
    verb, people = deed.token, deed.token.head
    if not deed.is_verb or verb.dep_ != "relcl" or people.tag_ not in ("NNS", "NNPS") or _is_present(verb):
        return False
    if verb.tag_ == "VBG":
        return False  # "dispersed people who were demanding": at that very time
    who = next((t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")), None)
    return who is not None and who.tag_ in ("WP", "WDT") and verb.doc[who.i - 1].text != ","


def _is_present(verb: Token) -> bool:
    """Whether a verb stands in the simple present, passive included: "is sentenced"."""
    if verb.tag_ in ("VBZ", "VBP"):
        return True
    helpers = [t for t in verb.children if t.dep_ in ("aux", "auxpass")]
    return len(helpers) == 1 and helpers[0].dep_ == "auxpass" and helpers[0].tag_ in ("VBZ", "VBP")


def _governing(deed: Deed) -> list[Token]:
    """The tokens whose time and place are the deed's, nearest first."""
    heads = [deed.token, *deed.absorbed, *(t for t in deed.token.children if t.dep_ == "acl" and not deed.is_verb)]
    if deed.staged_by is not None:
        heads.append(deed.staged_by)
    node = deed.token
    for _ in range(4):
        if node.dep_ not in _UPWARDS or node.head.i == node.i:
            break
        if node.dep_ == "pobj" and node.head.lower_ in _APART:
            break
        if node.dep_ == "conj" and any(t.dep_ == "nsubj" for t in node.children):
            break
        node = node.head
        heads.append(node)
    if deed.token.dep_ == "advcl" and deed.token.tag_ == "VB":
        heads.append(deed.token.head)
    if deed.object is not None:
        heads.append(deed.object)
    return heads


def _status(doc: Doc, deed: Deed, time: int | None, setting: Setting) -> tuple[str, str]:
    """The status, and by name what changed it from the deed's own; "" when nothing did."""
    if deed.status in ("occurred", "ongoing") and setting.is_ahead(time):
        return "planned", "date ahead"
    if deed.status == "planned" and not deed.is_verb and setting.is_over(setting.time_of([deed.token])):
        return "occurred", "date over"  # "the attack three days ago", whatever was planned with it
    if deed.status == "occurred" and deed.is_verb and "state" in deed.flags and deed.token.tag_ in ("VBZ", "VBP"):
        in_title = deed.token.idx < context_of(doc).body
        return ("occurred", "headline") if in_title else ("ongoing", "state")
    if deed.status == "occurred" and deed.staged_by is not None and lemma_of(deed.staged_by) in _GOING_ON:
        return "ongoing", "lasting"  # "the siege entered its third month"
    if deed.status == "occurred" and deed.presumed and lemma_of(deed.token) in _LASTING:
        return "ongoing", "lasting"  # "under US sanctions", "the occupation of X" last
    return deed.status, ""


def _asked(doc: Doc, deed: Deed | None, text: str) -> AskedMark | None:
    if deed is None:
        return None
    extent = _span(doc, deed.token)
    return AskedMark(
        type=deed.type,
        mode=deed.mode,
        by=deed.sources[0] if deed.sources else None,
        text=text[extent.start : extent.end],
    )


def _extent(doc: Doc, start: int, end: int) -> Extent:
    span = doc[start:end]
    return Extent(span.start_char, span.end_char)


def _span(doc: Doc, token: Token) -> Extent:
    """The clause of the deed, without the clauses beside it; at most LONGEST_SPAN characters, the trigger always inside."""
    head = clause_of(token)
    left, right = head.left_edge.i, head.right_edge.i + 1
    for item in head.children:
        if item.dep_ in _LOOSE and not _holds(item, token):
            if item.right_edge.i < token.i and item.i < head.i:
                left = max(left, item.right_edge.i + 1) if item.dep_ != "nsubj" else left
            elif item.left_edge.i > token.i and item.i > head.i:
                right = min(right, item.left_edge.i)
    left, right = min(left, token.left_edge.i if token.i - token.left_edge.i < 20 else token.i), max(right, token.i + 1)
    while left < token.i and (doc[left].is_space or doc[left].is_punct):
        left += 1
    while right > token.i + 1 and (doc[right - 1].is_space or doc[right - 1].is_punct):
        right -= 1
    extent = _extent(doc, left, right)
    if extent.end - extent.start <= LONGEST_SPAN:
        return extent
    start = max(extent.start, token.idx - LONGEST_SPAN // 2)
    return Extent(start, min(extent.end, start + LONGEST_SPAN))


def _holds(item: Token, token: Token) -> bool:
    return item.left_edge.i <= token.i <= item.right_edge.i


def _confidence(deed: Deed, sources: list[int], targets: list[int]) -> float:
    score = 0.85 if deed.is_verb else 0.75
    score *= 1.0 if sources and targets else 0.75
    score *= 0.8 if "weak" in deed.flags else 1.0
    score *= 0.85 if not deed.is_verb and deed.staged_by is None else 1.0
    score *= 0.9 if deed.status in ("conditional", "planned") else 1.0
    score *= 0.95 if is_conflict(deed.type) and not sources else 1.0
    return score
