"""How a deed stands: done, going on, planned, conditional, denied, asked for, or not an event at all.

The standing of a verb comes from its own form (tense, auxiliaries, negation) and from the words that govern it, climbed
to the top of the sentence: the weakest link decides.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from detente.reading.events.frames import child, heads_headline, is_verbal, lemma_of, verb_governor
from detente.reading.events.lexicon import Governor, Lexicon

_DEPTH = 6
_RANK = {
    "ongoing": 0,
    "occurred": 1,
    "planned": 2,
    "conditional": 3,
    "stopped": 4,
    "refused": 5,
    "asked": 6,
    "denied": 7,
    "none": 8,
}
_FUTURE = frozenset({"will", "shall", "'ll", "wo", "’ll"})
_MAYBE = frozenset({"may", "might", "could", "can", "ca"})
_DUTY = frozenset({"must", "should", "ought"})
_CONDITION = frozenset({"if", "unless", "whether", "lest", "should", "once", "until"})
_NEGATION = frozenset({"not", "n't", "n’t", "never"})
_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})
_HYPOTHETICAL = frozenset({"without", "instead", "rather", "against"})
_CALLING = frozenset({"call", "appeal", "press", "push", "plead", "lobby", "campaign", "pray", "ask"})
_LAWMAKING = frozenset({"pass", "approve", "adopt", "vote", "enact", "issue", "sign"})
_RANKS = frozenset({"first", "last", "only", "latest", "second", "third"})
_CONSISTING = frozenset({"include", "be", "involve", "mean"})
_PLOTTING = frozenset({"plot", "plan", "prepare", "conspire", "attempt", "intend", "seek", "threaten"})
_SUSPECTING = frozenset(
    ["accuse", "suspect", "charge", "convict", "arrest", "detain", "sentence", "jail", "indict", "blame"]
)
_MEANING_IT = frozenset(["use", "go", "come", "return", "help", "move", "send", "call", "phone", "telephone", "write"])
_CLAUSE_HEADS = ("VERB", "AUX")
_WANTING = frozenset(["want", "like", "need", "wish", "order", "demand", "require", "prefer", "request", "urge"])
_WANTS = frozenset({"want", "wants", "wanted", "like", "need", "needs", "needed"})
_LETTING = frozenset({"let", "help", "make", "have", "see", "watch", "hear"})


class Standing(NamedTuple):
    """status: of the deed, or stopped, refused, asked, none. governor: the word that asks, refuses or stops it.

    rule: what decided, by name (explain tells it in words); word: which word did; entry: the row of governors.tsv.
    """

    status: str
    governor: Token | None = None
    refused_modal: bool = False
    rule: str = ""
    word: Token | None = None
    entry: Governor | None = None


def weaker(first: Standing, second: Standing) -> Standing:
    """The weaker of the two; the first when they are equal."""
    return second if _RANK[second.status] > _RANK[first.status] else first


def of_verb(verb: Token, lexicon: Lexicon, depth: int = 0) -> Standing:
    """The standing of the deed that a verb tells."""
    own = _own_form(verb)
    if own.status == "none" or depth > _DEPTH:
        return own
    return _climb(verb, own, lexicon, depth)


def _own_form(verb: Token) -> Standing:
    modal, negation, progressive = "", None, verb.tag_ == "VBG"
    auxiliary, word = False, None
    for item in verb.children:
        if item.dep_ in ("aux", "auxpass"):
            auxiliary = True
            if item.tag_ == "MD":
                modal, word = item.lower_, item
        elif item.dep_ == "neg" or item.lower_ in _NEGATION or (item.dep_ in _ARGUMENTS and _is_nobody(item)):
            negation = item
    if negation is not None:
        refused = modal in _FUTURE or modal in ("would", "can", "ca")
        return Standing("denied", None, refused, rule="negation", word=negation)
    if modal in _FUTURE:
        return Standing("conditional" if _hinges(verb) else "planned", rule="future", word=word)
    if modal == "would" and verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN"):
        return Standing("planned", rule="reported future", word=word)
    if modal in _MAYBE or modal == "would":
        return Standing("conditional", rule="modal", word=word)
    if modal in _DUTY:
        return Standing("asked", rule="duty", word=word)
    if progressive and auxiliary and _present(verb):
        return Standing("ongoing", rule="progressive", word=verb)
    return Standing("occurred", rule="own form", word=verb)


def _hinges(verb: Token) -> bool:
    """Whether the deed waits for another: "will ban imports if ..."."""
    clauses = (item for item in verb.children if item.dep_ == "advcl")
    return any(mark.dep_ == "mark" and mark.lower_ in ("if", "unless") for item in clauses for mark in item.children)


def _is_nobody(noun: Token) -> bool:
    """Whether a subject or object denies the deed: "no jet", "none of the ships"."""
    return noun.lower_ in _NOBODY or any(t.lower_ in ("no", "neither") and t.dep_ == "det" for t in noun.lefts)


def _present(verb: Token) -> bool:
    """Whether a progressive form is of the present: "is building", "has been building"."""
    return any(a.dep_ in ("aux", "auxpass") and a.tag_ in ("VBZ", "VBP") for a in verb.children)


def _climb(verb: Token, own: Standing, lexicon: Lexicon, depth: int) -> Standing:
    mark = child(verb, "mark")
    if mark is not None and mark.lower_ in _CONDITION:
        return weaker(own, Standing("conditional", rule="condition", word=mark))
    dep, head = verb.dep_, verb.head
    if head.i == verb.i:
        return weaker(own, Standing("planned", rule="headline to", word=verb)) if _is_infinitive(verb) else own
    if _is_infinitive(verb) and heads_headline(head, verb):
        return weaker(own, Standing("planned", rule="headline to", word=verb))
    if dep == "conj":
        return _of_conjunct(verb, own, lexicon, depth)
    if verb.pos_ not in _CLAUSE_HEADS and dep not in ("amod", "compound"):
        return own
    if _is_infinitive(verb):
        return weaker(own, _governed_infinitive(verb, lexicon, depth))
    if _is_perfect_infinitive(verb):
        return weaker(own, _governed_perfect(verb, lexicon, depth))
    bare = child(verb, "aux") is None
    if (wish := _wish(verb)) is not None:
        return weaker(own, Standing("asked", wish, rule="wanted of another", word=wish))
    if bare and verb.tag_ == "VB" and dep in ("ccomp", "xcomp") and lemma_of(head) in _LETTING:
        return weaker(own, _governed_infinitive(verb, lexicon, depth))  # "refused to let officials visit"
    if dep in ("xcomp", "pcomp") or (dep in ("advcl", "ccomp") and verb.tag_ == "VBG" and bare):
        return weaker(own, _governed_gerund(verb, lexicon, depth, beside=dep == "advcl" or _after_comma(verb)))
    if dep == "ccomp":
        return weaker(own, _governed_clause(verb, lexicon, depth))
    if dep == "acl" and is_verbal(head.head) and head.dep_ in ("dobj", "nsubjpass"):
        return weaker(own, _of_content(verb, head.head, lexicon))
    return own


def _wish(verb: Token) -> Token | None:
    """Who wants a deed done names it by a participle: "wants him arrested", "whom Uganda wants arrested"."""
    if verb.tag_ != "VBN" or child(verb, "auxpass") is not None:
        return None
    torn = next((t for t in verb.children if t.dep_ in ("aux", "auxpass") and t.lower_ in _WANTS), None)
    if torn is not None:
        return torn  # the parser takes "wants" for an auxiliary
    if verb.dep_ in ("ccomp", "xcomp", "oprd") and is_verbal(verb.head) and lemma_of(verb.head) in _WANTING:
        return verb.head if child(verb, "aux", "mark") is None else None
    return None


def _of_conjunct(verb: Token, own: Standing, lexicon: Lexicon, depth: int) -> Standing:
    """A later conjunct shares the first one's auxiliaries when it brings none: "will meet and sign"."""
    if child(verb, "aux", "auxpass", "nsubj") is None and verb.tag_ in ("VB", "VBN", "VBG") and is_verbal(verb.head):
        return weaker(own, of_verb(verb.head, lexicon, depth + 1))
    if is_verbal(verb.head) and verb.head.dep_ in ("ccomp", "xcomp") and not _is_infinitive(verb):
        above = _climb(verb.head, Standing("occurred"), lexicon, depth + 1)
        return weaker(own, above)
    if _is_infinitive(verb) and is_verbal(verb.head):
        return weaker(own, of_verb(verb.head, lexicon, depth + 1))
    return own


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(t.dep_ == "aux" and t.tag_ == "TO" for t in verb.children)


def governor_of(word: Token, governed: str, lexicon: Lexicon) -> Governor | None:
    """The table's row on a governing word, with its particle or preposition or without."""
    if is_verbal(word):
        return verb_governor(word, governed, lexicon)
    return lexicon.governor("ADJ" if word.pos_ == "ADJ" else "NOUN", governed, lemma_of(word))


def _governed_infinitive(verb: Token, lexicon: Lexicon, depth: int) -> Standing:
    head = verb.head
    entry = governor_of(head, "inf", lexicon)
    mark = child(verb, "mark")
    if mark is not None and mark.lower_ == "for" and lemma_of(head) in _CALLING:
        return Standing("asked", head, rule="governor", word=head)  # "calling for the minister to resign"
    if verb.dep_ == "advcl" and (entry is None or entry.effect == "real"):
        return _purpose(verb, head, lexicon, depth)
    if head.pos_ == "AUX" or head.lemma_ == "be":
        return Standing("planned", rule="is to", word=head)
    if verb.dep_ == "relcl":
        return Standing("occurred") if _is_ranking(head) else Standing("planned", rule="to be done", word=head)
    if entry is None:
        return Standing("none", rule="unknown governor", word=head)
    if (
        entry.effect in ("planned", "conditional")
        and entry.control == "subj"
        and child(verb, "nsubj", "nsubjpass") is not None
    ):
        return Standing(
            "asked", head, rule="wanted of another", word=head, entry=entry
        )  # "wants X to leave" asks it of X
    return _with_effect(entry, head, lexicon, depth)


def _is_perfect_infinitive(verb: Token) -> bool:
    auxiliaries = [t for t in verb.children if t.dep_ in ("aux", "auxpass")]
    return any(t.tag_ == "TO" for t in auxiliaries) and any(t.lower_ == "have" for t in auxiliaries)


def _governed_perfect(verb: Token, lexicon: Lexicon, depth: int) -> Standing:
    """Who "claims to have killed", "is said to have met" tells of what is done; the rest keeps the governor's effect."""
    entry = governor_of(verb.head, "inf", lexicon)
    if entry is None or entry.effect in ("planned", "conditional", "real"):
        above = of_verb(verb.head, lexicon, depth + 1) if is_verbal(verb.head) else Standing("occurred")
        return above if above.status in ("denied", "none") else Standing("occurred", rule="claimed", word=verb.head)
    return _with_effect(entry, verb.head, lexicon, depth)


def _is_ranking(head: Token) -> bool:
    """Whether who is named has done it: "the first leader to visit"."""
    return any(t.lower_ in _RANKS for t in (head, *head.children))


def _purpose(verb: Token, head: Token, lexicon: Lexicon, depth: int) -> Standing:
    """A purpose is not a deed; yet "passed a bill to order" orders, and who drives to town to protest protests."""
    if is_verbal(head) and lemma_of(verb) in ("protest", "demonstrate"):
        return of_verb(head, lexicon, depth + 1)
    if is_verbal(head) and lemma_of(head) in _LAWMAKING:
        return of_verb(head, lexicon, depth + 1)
    entry = governor_of(head, "inf", lexicon)
    if entry is not None and lemma_of(head) in _MEANING_IT:
        return of_verb(head, lexicon, depth + 1)
    return Standing("none", rule="purpose", word=verb)


def _with_effect(entry: Governor, head: Token, lexicon: Lexicon, depth: int) -> Standing:
    above = of_verb(head, lexicon, depth + 1) if is_verbal(head) else of_noun_head(head, lexicon, depth + 1)
    if entry.effect in ("real", "topic"):
        return above
    if above.status in ("denied", "none"):
        return above._replace(status="none", governor=None, refused_modal=False)
    return weaker(Standing(entry.effect, head, rule="governor", word=head, entry=entry), above)


def of_noun_head(word: Token, lexicon: Lexicon, depth: int) -> Standing:
    """The standing of what a governing noun or adjective hangs on."""
    if (
        is_verbal(word.head)
        and word.dep_ in ("acomp", "attr", "oprd", "dobj", "nsubj", "nsubjpass")
        and depth <= _DEPTH
    ):
        return of_verb(word.head, lexicon, depth + 1)
    return Standing("occurred")


def _after_comma(verb: Token) -> bool:
    """Whether the clause is set off from what governs it: "denied it, threatening to sue"."""
    first = verb.left_edge.i
    return first > verb.sent.start and verb.doc[first - 1].text == ","


def _governed_gerund(verb: Token, lexicon: Lexicon, depth: int, *, beside: bool = False) -> Standing:
    head = verb.head
    if verb.dep_ == "pcomp":
        return _after_preposition(verb, head, lexicon, depth)
    entry = None if beside else governor_of(head, "inf", lexicon)
    wish = child(head, "nsubj") if entry is None and head.lemma_ in _CONSISTING else None
    if wish is not None and (held := governor_of(wish, "inf", lexicon)) is not None:
        return _with_effect(held, wish, lexicon, depth)  # "their demands include dissolving parliament"
    if entry is not None:
        return _with_effect(entry, head, lexicon, depth)
    if is_verbal(head) and depth <= _DEPTH:
        above = of_verb(head, lexicon, depth + 1)
        return above if above.status in ("planned", "conditional", "none", "asked") else Standing("occurred")
    return Standing("occurred")


def _after_preposition(verb: Token, prep: Token, lexicon: Lexicon, depth: int) -> Standing:
    if prep.lower_ in ("of", "with", "for") and lemma_of(verb) in _PLOTTING and lemma_of(prep.head) in _SUSPECTING:
        return Standing("none", rule="plotted", word=verb)
    if prep.lower_ in _HYPOTHETICAL:
        return Standing("none", rule="hypothetical", word=prep)
    if prep.lower_ in ("for", "to", "in") and prep.head.pos_ in ("NOUN", "ADJ"):
        entry = governor_of(prep.head, "inf", lexicon)
        return _with_effect(entry, prep.head, lexicon, depth) if entry else Standing("occurred")
    if child(verb, "nsubj", "nsubjpass") is not None and verb.tag_ != "VBG":
        return Standing("occurred")  # a clause of its own: "looked at what Kenya had built"
    entry = governor_of(prep.head, "inf", lexicon)
    if entry is None and prep.lower_ == "on" and prep.head.pos_ == "NOUN":
        return Standing("none", rule="hypothetical", word=prep)  # "curbs on flying to X", "talks on opening the border"
    if entry is not None and prep.lower_ in ("of", "from", "for", "to", "on", "in", "about", "at", "into"):
        return _with_effect(entry, prep.head, lexicon, depth)
    return Standing("occurred")


def _of_content(verb: Token, governor: Token, lexicon: Lexicon) -> Standing:
    """What a report, a claim says, when somebody denies it: "dismissed reports that it had crossed the border"."""
    entry = governor_of(governor, "that", lexicon)
    if entry is None or entry.effect != "denied" or child(verb, "nsubj", "nsubjpass") is None:
        return Standing("occurred")
    return Standing("denied", governor, rule="governor", word=governor, entry=entry)


def _governed_clause(verb: Token, lexicon: Lexicon, depth: int) -> Standing:
    entry = governor_of(verb.head, "that", lexicon)
    if entry is None:
        return Standing("occurred")
    if entry.effect == "denied" and of_verb(verb.head, lexicon, depth + 1).status == "denied":
        return Standing("occurred")
    return Standing(entry.effect, verb.head, rule="governor", word=verb.head, entry=entry)
