"""Promises and pledges: "We are committed to reforming ...", "pledged to rebuild ...", "gave an assurance that ...", and
what somebody says in his own voice that he will do ("We will reopen the consulate").
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from detente.reading.events.frames import child, is_passive, lemma_of, phrases, surface_subject
from detente.reading.events.lexicon import Lexicon
from detente.reading.events.sides import Sides
from detente.reading.events.standing import of_verb
from detente.reading.marks import CommitmentMark, Extent, QuoteMark

_PROMISING = frozenset(
    {
        "promise",
        "pledge",
        "vow",
        "commit",
        "dedicate",
        "undertake",
        "swear",
        "guarantee",
        "devote",
        "assure",
        "recommit",
    }
)
_PROMISES = frozenset({"promise", "pledge", "vow", "commitment", "assurance", "undertaking", "guarantee"})
_GIVING = frozenset(
    {"make", "give", "renew", "reaffirm", "repeat", "offer", "announce", "reiterate", "confirm", "restate"}
)
_NO_DEEDS = frozenset(
    {
        "be",
        "have",
        "see",
        "know",
        "think",
        "say",
        "tell",
        "remember",
        "forget",
        "need",
        "want",
        "like",
        "hope",
        "face",
        "lose",
        "find",
        "get",
        "come",
        "happen",
        "wait",
        "miss",
        "suffer",
        "die",
        "feel",
        "love",
        "hear",
        "take",
        "go",
        "do",
        "begin",
        "leave",
        "celebrate",
        "call",
        "let",
        "ask",
        "talk",
        "discuss",
        "answer",
        "note",
        "turn",
        "add",
        "speak",
        "reserve",
        "defer",
        "refer",
        "repeat",
        "mention",
        "stress",
        "underscore",
    }
)  # fmt: skip; "we will see": what one does to nothing in the world is no promise
_GIFTS = frozenset({"dedicate", "devote"})  # a promise only with "to": who dedicates a bridge opens it
_PROVIDING = frozenset({"guarantee", "assure", "undertake", "dedicate", "devote"})  # "a role in guaranteeing peace"
_FIRST = frozenset({"we", "i"})
_ADJECTIVES = frozenset({"committed", "dedicated", "determined", "devoted"})
_WORKING = frozenset({"work"})
_AIMED = frozenset(
    {"plan", "reform", "law", "paper", "bill", "programme", "program", "strategy", "package", "roadmap", "project"}
)


def commitments_of(doc: Doc, sides: Sides, words: Lexicon) -> tuple[CommitmentMark, ...]:
    """The commitments of a Doc, in the order of the text."""
    found = []
    for token in doc:
        if token.pos_ not in ("VERB", "ADJ", "AUX"):
            continue
        verb = _promising(token)
        if verb is not None and _is_given(verb, words):
            mark = _mark(doc, token, verb, sides, words)
            if mark is not None:
                found.append(mark)
    return tuple(found)


def _promising(token: Token) -> Token | None:
    """The verb whose subject promises, when the token is a word of promising."""
    if any(t.dep_ == "neg" for t in token.children):
        return None
    lemma = lemma_of(token)
    if token.lower_ in _ADJECTIVES and _is_bound(token):
        return token.head if token.dep_ == "acomp" else token
    if lemma in _PROMISING and token.pos_ == "VERB" and _says_what(token, lemma):
        return token
    if lemma in _GIVING and token.pos_ == "VERB" and _pledge(token) is not None:
        return token
    if _says_will(token):
        return token
    if lemma in _WORKING and token.tag_ == "VBG" and any(_works_on(t) for t in phrases(token).get("on", [])):
        return token
    return None


def _is_given(verb: Token, words: Lexicon) -> bool:
    """Whether it was promised: not denied, asked for, supposed, or to come; "spoke to him to renew its pledge" renews it."""
    standing = of_verb(verb, words)
    if standing.status == "planned":
        subject = child(verb, "nsubj")
        return subject is not None and subject.lower_ in _FIRST
    if standing.rule == "purpose":
        return lemma_of(verb) in _GIVING
    return standing.status in ("occurred", "ongoing") and (verb.tag_ != "VB" or _with_another(verb))


def _with_another(verb: Token) -> bool:
    """Whether a bare verb is joined to what was done; alone it asks: "did she commit the next government?"."""
    return verb.dep_ == "conj"


def _says_what(verb: Token, lemma: str) -> bool:
    """Whether a verb of promising says what is promised, and means it: nobody promises who is sworn in, or opens a bridge."""
    to = bool(phrases(verb).get("to")) or child(verb, "xcomp") is not None
    if child(verb, "prt") is not None or (lemma in _GIFTS and not to):
        return False
    if verb.dep_ == "pcomp" and lemma in _PROVIDING:
        return False
    if verb.dep_ in ("acl", "advcl") and verb.tag_ == "VBN":
        return False  # "a party committed to peace"
    if any(t.dep_ == "dobj" and t.lower_.endswith(("self", "selves")) for t in verb.children):
        return False
    return to or child(verb, "ccomp", "dobj") is not None


def _is_bound(word: Token) -> bool:
    """Whether somebody is committed, and to something: "remains committed to the treaty"."""
    if word.dep_ not in ("acomp", "ROOT", "ccomp", "conj") and not is_passive(word):
        return False
    first = word
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    if {first.dep_, word.dep_} & {"acl", "amod", "advcl"} or child(word, "dobj") is not None:
        return False
    if word.lower_ == "determined" and _is_found_out(word):
        return False
    return child(word, "xcomp", "ccomp") is not None or bool({"to", "on"} & {t.lower_ for t in word.children})


def _is_found_out(word: Token) -> bool:
    """Whether it tells what somebody is, or was set on: "was determined to have a fracture", "were determined to win"."""
    be = word.head if word.dep_ == "acomp" else child(word, "auxpass", "aux")
    aim = child(word, "xcomp")
    past = be is not None and be.tag_ == "VBD"
    return past or (aim is not None and lemma_of(aim) in ("have", "be", "become"))


def _pledge(verb: Token) -> Token | None:
    """The promise that is made or renewed, when the text says what it is."""
    noun = child(verb, "dobj")
    if noun is None or lemma_of(noun) not in _PROMISES:
        return None
    owner = child(noun, "poss")
    if owner is not None and owner.tag_ != "PRP$":
        return None
    told = child(noun, "acl", "relcl", "ccomp") or child(verb, "xcomp", "ccomp", "advcl")
    return noun if told is not None or phrases(noun).get("to") else None


def _says_will(verb: Token) -> bool:
    """Whether it is "we will reopen the consulate": the first person, a deed, something that it is done to."""
    if verb.tag_ != "VB" or lemma_of(verb) in _NO_DEEDS or verb.dep_ not in ("ROOT", "ccomp", "conj"):
        return False
    subject = child(verb, "nsubj")
    return (
        subject is not None
        and subject.lower_ in _FIRST
        and any(t.dep_ == "aux" and t.lower_ in ("will", "shall", "'ll", "’ll") for t in verb.children)
        and not any(t.dep_ == "mark" or (t.dep_ == "advmod" and t.tag_ == "WRB") for t in verb.children)
        and child(verb, "dobj") is not None
    )


def _works_on(noun: Token) -> bool:
    return lemma_of(noun) in _AIMED


def _mark(doc: Doc, token: Token, verb: Token, sides: Sides, words: Lexicon) -> CommitmentMark | None:
    subject = surface_subject(verb, words)
    start, end = _bounds(doc, token, verb, subject)
    quote = _quote(doc, start, end)
    by = _by(doc, subject, quote, sides)
    if by is None:
        return None
    to = [i for t in _addressees(token) for i in sides.of(t) if i != by]
    return CommitmentMark(
        start=start, end=end, by=by, to=tuple(dict.fromkeys(to)), due=_due(doc, start, end), quote=quote
    )


def _addressees(token: Token) -> list[Token]:
    """To whom it is promised: "promised Ukraine that ...", "a pledge to Ukraine"."""
    found = [*phrases(token, _pledge(token)).get("to", []), *(t for t in token.children if t.dep_ == "dative")]
    if child(token, "ccomp") is not None and (heard := child(token, "dobj")) is not None:
        found.append(heard)
    return found


def _by(doc: Doc, subject: Token | None, quote: int | None, sides: Sides) -> int | None:
    if subject is None:
        return None
    own = sides.of(subject)
    if own:
        return own[0]
    speaks_himself = subject.lower_ in _FIRST or any(
        t.dep_ == "poss" and t.lower_ in ("his", "her", "our", "my", "its") for t in subject.children
    )
    if speaks_himself and quote is not None:
        quotes: tuple[QuoteMark, ...] = doc._.detente_quotes
        return quotes[quote].speaker
    return None


def _bounds(doc: Doc, token: Token, verb: Token, subject: Token | None) -> tuple[int, int]:
    left = min(
        token.i,
        verb.i,
        subject.left_edge.i if subject is not None and token.i - subject.i < 30 and subject.i < token.i else token.i,
    )
    right = token.i + 1
    for item in token.rights:
        if item.dep_ not in ("punct", "cc", "conj", "advcl"):
            right = max(right, item.right_edge.i + 1)
    while right > left + 1 and (doc[right - 1].is_punct or doc[right - 1].is_space):
        right -= 1
    span = doc[left : _with_its_mark(doc, left, right)]
    return span.start_char, span.end_char


def _with_its_mark(doc: Doc, left: int, right: int) -> int:
    """The end, moved behind the mark that closes a quotation opened within: "called “deliberate and robust.”"."""
    words = [t.text for t in doc[left:right]]
    if words.count("“") > words.count("”"):
        return next((i + 1 for i in range(right, min(right + 2, len(doc))) if doc[i].text == "”"), right)
    return right


def _quote(doc: Doc, start: int, end: int) -> int | None:
    quotes: tuple[QuoteMark, ...] = doc._.detente_quotes
    inside = [
        (q.end - q.start, i)
        for i, q in enumerate(quotes)
        if any(s.start < end and start < s.end for s in (q.spans or (Extent(q.start, q.end),)))
    ]
    return min(inside)[1] if inside else None


def _due(doc: Doc, start: int, end: int) -> int | None:
    for index, time in enumerate(doc._.detente_times):
        if start <= time.start and time.end <= end and time.begin:
            before = doc.text[max(0, time.start - 12) : time.start].lower()
            if any(f" {w} " in f" {before}" for w in ("by", "before", "until", "within", "in", "next", "later than")):
                return index
    return None
