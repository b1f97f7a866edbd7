"""Which words of a sentence are the reported clause of a cue, by the grammar and by the commas around it."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from detente.reading.quotes.cues import Cue

Piece = tuple[int, int]  # tokens [start, end)

_COMPLEMENTS = ("ccomp",)
_LEADING = frozenset(("that", "]", ")", ",", ":", ";", "–", "—", "-", "--", "and", "but"))
_TRAILING = frozenset(("[", "(", ",", ".", ";", ":", "–", "—", "-", "--", "!", "?", "and", "but"))
_COMMAS = frozenset((",", "–", "—", "--"))
_OBJECTS = frozenset(("dobj", "oprd", "ccomp", "xcomp", "attr"))
_ABOUT = frozenset(("of", "as", "for", "with", "on"))
_TIMES = frozenset(("DATE", "TIME"))
_BEFORE_CUE = frozenset(("nsubj", "aux", "neg", "advmod", "nsubjpass", "auxpass", "cc"))
_RUNS_ON = frozenset(("so", "because", "although", "though", "unless", "if"))
_SHORT = 5  # tokens from a cue to the comma after which its sentence runs on
_WIDEST = 40  # tokens of a subject
_CLAUSE_ONLY = frozenset(("say", "think", "believe", "insist", "argue", "contend"))
_AS = frozenset(("as", "like"))
_SUBORDINATE = frozenset(
    ("because", "if", "as", "while", "after", "before", "since", "although", "though", "unless", "when", "until")
)


def reported(cue: Token, form: Cue, floor: int, ceiling: int) -> list[Piece]:
    """The pieces of the clause that a verb reports, within tokens [floor, ceiling); none when it reports no clause."""
    doc = cue.doc
    if "clause" in form.takes:
        complements = [c for c in cue.children if c.dep_ in _COMPLEMENTS]
        after = [c for c in complements if c.i > cue.i]
        if after and cue.dep_ == "relcl" and not _has_subject(after[0]):
            return []
        if after:
            return tidy(doc, _after(cue, after, ceiling))
        if complements:
            return _fronted(cue, complements[0], floor, ceiling)
        if cue.dep_ in ("parataxis", "advcl", "ccomp", "dep"):
            found = _inserted(cue, floor, ceiling)
            if found:
                return found
        if cue.lemma_ in _CLAUSE_ONLY:
            found = _lost(cue, ceiling)
            if found:
                return tidy(doc, found)
    return _infinitive(cue, form, ceiling)


def _has_subject(clause: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj", "attr") for c in clause.children)


def _after(cue: Token, complements: list[Token], ceiling: int) -> list[Piece]:
    start = max(cue.i + 1, min(c.left_edge.i for c in complements))
    end = max(c.right_edge.i for c in complements) + 1
    for child in cue.children:
        if child.i >= end and child.dep_ == "advcl" and _opens(child) and child.left_edge.i <= end + 1:
            end = child.right_edge.i + 1
    return [(start, min(end, ceiling))]


def _opens(clause: Token) -> bool:
    return clause.left_edge.lower_ in _SUBORDINATE


def _lost(cue: Token, ceiling: int) -> list[Piece]:
    """A clause that the parser took for an object and a second verb: "said [the guard] ... [had been doubled]"."""
    objects_ = [c for c in cue.children if c.dep_ == "dobj" and c.i > cue.i and c.pos_ in ("NOUN", "PROPN")]
    if not objects_ or not any(c.dep_ == "nsubj" and c.i < cue.i for c in cue.children):
        return []
    for verb in cue.children:
        if verb.dep_ == "conj" and verb.i > objects_[0].i and verb.pos_ in ("VERB", "AUX") and _finite(verb):
            return [(cue.i + 1, min(verb.right_edge.i + 1, ceiling))]
    return []


def _finite(verb: Token) -> bool:
    return verb.tag_ != "VBD" or any(c.dep_ in ("aux", "auxpass", "nsubj") for c in verb.children)


def _fronted(cue: Token, clause: Token, floor: int, ceiling: int) -> list[Piece]:
    """The whole of the sentence before ", she said", and what goes on after it."""
    doc = cue.doc
    stop = _phrase_start(cue)
    pieces = [(floor, stop)]
    resume = next((i for i in range(cue.i + 1, min(cue.i + _SHORT, ceiling)) if doc[i].text in _COMMAS), None)
    if resume is not None and resume + 1 < ceiling:
        if _goes_on(doc, resume + 1, ceiling):
            pieces.append((resume + 1, ceiling))
        elif clause.right_edge.i > resume:
            pieces.append((resume + 1, min(clause.right_edge.i + 1, ceiling)))
    return tidy(doc, pieces)


def _goes_on(doc: Doc, start: int, end: int) -> bool:
    """Whether the reported sentence runs on after ", she said,": not so before "citing", "who", "before leaving"."""
    first = doc[start]
    if first.tag_ in ("VBG", "VBN", "WDT", "WP", "IN", "WRB", "TO") and first.lower_ not in _RUNS_ON:
        return False
    return any(doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") for i in range(start, end))


def _inserted(cue: Token, floor: int, ceiling: int) -> list[Piece]:
    """The sentence around ", she said," or around "as she said"."""
    doc, head = cue.doc, cue.head
    start, end = _phrase_start(cue), cue.right_edge.i + 1
    as_clause = any(c.dep_ in ("mark", "advmod") and c.lower_ in _AS for c in cue.children)
    if not as_clause and not _between_commas(cue, start):
        return []
    if as_clause:
        start = min(start, cue.left_edge.i)
    elif cue.dep_ == "advcl" and cue.tag_ == "VBG":
        return []
    if head.i == cue.i or not any(c.dep_ == "nsubj" for c in cue.children):
        return []
    if any(c.dep_ in ("dobj", "xcomp", "prt") for c in cue.children):
        return []
    return tidy(doc, [(max(floor, head.left_edge.i), start), (end, min(head.right_edge.i + 1, ceiling))])


def _between_commas(cue: Token, start: int) -> bool:
    doc = cue.doc
    if start == 0 or doc[start - 1].text not in _COMMAS:
        return False
    return cue.i + 1 < len(doc) and (cue.head.i < cue.i or doc[cue.i + 1].text in _COMMAS)


def _phrase_start(cue: Token) -> int:
    """Where the words of the cue itself begin: its subject and helpers, not the clause before them."""
    start = cue.i
    for child in cue.children:
        first = child.left_edge.i
        if first < start and child.i < cue.i and child.dep_ in _BEFORE_CUE and cue.i - first < _WIDEST:
            start = first
    return start


def _infinitive(cue: Token, form: Cue, ceiling: int) -> list[Piece]:
    """The "to" clause of a promise, a demand, a hope; with the one who is asked to do it."""
    if "to" not in form.takes:
        return []
    doc = cue.doc
    for child in cue.children:
        if child.i < cue.i or child.dep_ not in ("xcomp", "ccomp", "advcl") or not _is_infinitive(child):
            continue
        start = child.left_edge.i
        return tidy(doc, [(max(start, cue.i + 1), min(child.right_edge.i + 1, ceiling))])
    return []


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def objects(cue: Token, ceiling: int) -> list[Piece]:
    """The object of a cue with what is said of it: "called [the deal a mistake]", "accused [the army of ...]"."""
    parts = [c for c in cue.children if c.i > cue.i and _part(c)]
    if not parts or not any(c.dep_ in _OBJECTS for c in parts):
        return []
    start = min(c.left_edge.i for c in parts)
    return tidy(cue.doc, [(max(start, cue.i + 1), min(max(c.right_edge.i for c in parts) + 1, ceiling))])


def _part(child: Token) -> bool:
    if child.dep_ == "prep":
        return child.lower_ in _ABOUT and not any(c.ent_type_ in _TIMES for c in child.children)
    return child.dep_ in _OBJECTS and child.ent_type_ not in _TIMES


def noun_clause(noun: Token, ceiling: int) -> list[Piece]:
    """The clause of a nominal cue: "the claim that ...", "her fear is that ..."."""
    doc = noun.doc
    for child in noun.children:
        if child.i > noun.i and child.dep_ in ("acl", "ccomp", "relcl") and _that(child):
            return tidy(doc, [(child.left_edge.i, min(child.right_edge.i + 1, ceiling))])
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        for child in noun.head.children:
            if child.i > noun.head.i and child.dep_ == "ccomp" and child.left_edge.lower_ == "that":
                return tidy(doc, [(child.left_edge.i, min(child.right_edge.i + 1, ceiling))])
    return []


def _that(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in verb.children)


def adjective_clause(adjective: Token, ceiling: int) -> list[Piece]:
    """The clause of "is confident that ..."."""
    for holder in (adjective, adjective.head):
        for child in holder.children:
            if child.i > adjective.i and child.dep_ == "ccomp":
                return tidy(adjective.doc, [(child.left_edge.i, min(child.right_edge.i + 1, ceiling))])
        if adjective.dep_ != "acomp" and adjective.head.lemma_ != "make":
            break
    return []


def according(token: Token, floor: int, ceiling: int) -> tuple[Token, list[Piece]] | None:
    """For the "according" of "according to her": her, and the statement around it."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    holder = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if holder is None:
        return None
    doc, start, end = token.doc, token.i, holder.right_edge.i + 1
    head = token.head
    while head.dep_ in ("conj", "prep", "pobj", "dobj", "amod", "pcomp", "appos", "attr") and head.head != head:
        head = head.head
    left, right = max(floor, head.left_edge.i), min(head.right_edge.i + 1, ceiling)
    if start == floor or (doc[start - 1].text in _COMMAS and left < start and end >= ceiling - 1):
        left = floor
    return holder, tidy(doc, [(left, start), (end, right)])


def _leads(token: Token) -> bool:
    return token.lower_ in _LEADING and not (token.lower_ == "that" and token.pos_ in ("DET", "PRON"))


def tidy(doc: Doc, pieces: list[Piece]) -> list[Piece]:
    """The pieces without the "that", commas and blanks at their ends; empty ones dropped."""
    found = []
    for start, end in pieces:
        while start < end and (doc[start].is_space or _leads(doc[start])):
            start += 1
        while end > start and (doc[end - 1].is_space or doc[end - 1].lower_ in _TRAILING):
            end -= 1
        if start < end and any(doc[i].is_alpha or doc[i].like_num for i in range(start, min(end, start + 8))):
            found.append((start, end))
    return found
