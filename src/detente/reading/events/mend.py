"""Mends the parse where a headline's verb was taken for a plural noun: "The air force bombs ten depots".

News tells the latest deed in the simple present, whose -s the tagger takes for a plural after a compound of nouns. A plural
noun cannot have a direct object; with one it is the verb, and what stands before it is its subject.
"""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Doc, Token

from detente.reading.events.frames import lemma_of

_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "conj", "relcl", "parataxis"})
_BEFORE = frozenset({"compound", "amod", "nmod", "poss", "nsubj"})


def mend(doc: Doc, verbs: Container[str]) -> None:
    """Turns plurals that can only be verbs of the lexicon into verbs, with their subjects; changes nothing else."""
    for token in doc:
        if token.tag_ == "NNS" and token.dep_ in _CLAUSES and _has_verb_parts(token, verbs):
            _to_verb(token)


def _has_verb_parts(token: Token, verbs: Container[str]) -> bool:
    if not token.text.islower() or (token.i > token.sent.start and token.nbor(-1).pos_ in ("DET", "NUM", "ADP")):
        return False
    known = lemma_of(token) in verbs
    for item in token.children:
        if token.dep_ != "conj" and item.dep_ == "conj" and item.tag_ == "VBZ" and lemma_of(item) in verbs:
            return True  # "boards and seizes"
        if not known:
            continue
        if (item.dep_ == "dobj" and item.i > token.i) or (item.dep_ == "nsubj" and item.i < token.i):
            return True
        if item.dep_ == "appos" and token.dep_ == "ROOT" and not token.nbor(1).is_punct and item.i > token.i:
            return True  # "bombs at least three depots": a name after a noun stands behind a comma
        if item.dep_ == "relcl" and item.i - token.i < 4 and any(t.tag_ == "TO" for t in item.lefts):
            return True  # "claims to have killed"
    return (
        known and token.dep_ == "advcl" and any(t.dep_ in ("advmod", "mark") for t in token.lefts)
    )  # "when a tank fires at"


def _to_verb(token: Token) -> None:
    before = [t for t in token.lefts if t.dep_ in _BEFORE]
    token.pos_, token.tag_ = "VERB", "VBZ"
    for item in token.children:
        if item.dep_ == "relcl" and item.i > token.i:
            item.dep_ = "xcomp"
        elif item.dep_ == "appos" and item.i > token.i:
            item.dep_ = "dobj"
    if not before or any(t.dep_ == "nsubj" for t in before) or token.dep_ == "conj":
        return
    subject = before[-1]
    subject.dep_ = "nsubj"
    if subject.pos_ == "ADJ":
        subject.pos_ = "NOUN"
    for item in list(token.lefts):
        if item.i < subject.i and item.dep_ in (*_BEFORE, "det", "nummod"):
            item.head = subject
