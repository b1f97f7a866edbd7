"""Which way a time looks: whether its clause tells what was (-1) or what will be (1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from spacy.tokens import Doc, Token

from detente.reading.times.lexicon import hints

_AHEAD = hints("ahead")
_PLANS = hints("plan")
_PLAN_NOUNS = hints("plan noun")
_WHEN = frozenset({"when", "if", "before", "until", "once", "after"})
_PLANNED = hints("planned")
_REACH = 14  # words looked at on each side where there is no parse


def compass(doc: Doc) -> Callable[..., int]:
    """A function of a word's index that gives -1 for the past, 1 for the future, 0 where the clause does not say.

    Its second argument says what the present tense counts as (0 where left out). Without a parse the words nearby decide.
    """
    return partial(_by_tree_or_present, doc) if doc.has_annotation("DEP") else partial(_by_words, doc)


def _by_tree_or_present(doc: Doc, i: int, present: int = 0) -> int:
    found = _by_tree(doc[i])
    return present if not found and present and _of_now(doc[i]) else found


def _of_now(token: Token) -> bool:
    """Whether a verb in the present tense holds the time itself, or by a preposition: the deal expires in May."""
    verb = token.head.head if token.head.pos_ == "ADP" else token.head
    return verb.tag_ in ("VBZ", "VBP") and verb.i < token.i


def _by_tree(token: Token) -> int:
    node, prenominal = token, token.dep_ in ("compound", "poss", "nmod", "amod")
    if _until(token):
        return 1
    for _ in range(12):
        if not prenominal and token.i > node.i and _plans(node):
            return 1
        if node.pos_ in ("NOUN", "PROPN") and any(c.lower_ in _PLANNED for c in node.children):
            return 1
        if node.pos_ in ("VERB", "AUX"):
            found = _of_verb(node)
            if found and not (found > 0 and prenominal and not _will(node)):
                return found
        if node.head.i == node.i or node.dep_ in ("ccomp", "parataxis"):
            return 0
        node = node.head
    return 0


def _until(token: Token) -> bool:
    """Until Thursday (but not: until Thursday they had)."""
    doc, i = token.doc, token.i
    if not {t.lower_ for t in doc[max(0, i - 4) : i]} & {"until", "till"}:
        return False
    return all(t.lower_ != "had" for t in doc[max(0, i - _REACH) : i + _REACH])


def _plans(node: Token) -> bool:
    """Set for, due on, expected by; not "due to the rain"."""
    if node.lemma_ not in _PLANS or node.pos_ not in ("VERB", "ADJ", "AUX"):
        return False
    return node.lower_ != "due" or node.i + 1 == len(node.doc) or node.nbor().tag_ != "IN"


def _will(node: Token) -> bool:
    return any(c.lower_ in ("will", "'ll", "wo", "shall") for c in node.children)


def _of_verb(node: Token) -> int:
    helpers = {c.lower_ for c in node.children if c.dep_ in ("aux", "auxpass")}
    if helpers & _AHEAD:
        return -1 if helpers & {"have"} and helpers & {"would", "may", "might", "could", "must", "should"} else 1
    if helpers & {"has", "have", "had", "did", "'ve", "was", "were", "been"}:
        return -1
    tag = node.tag_
    if tag == "VBD":
        return -1
    if tag == "VBN":
        if helpers & {"is", "are"} and any(c.lower_ in _WHEN for c in node.children):
            return 1
        return 0 if helpers & {"is", "are", "be", "'s", "being", "to"} else -1
    if tag == "VB" and "to" in helpers:
        return _of_infinitive(node)
    if tag in ("VBZ", "VBP") and any(c.lower_ in _WHEN for c in node.children):
        return 1
    return 1 if tag == "VBG" and helpers & {"is", "are", "'re", "'s", "am"} else 0


def _of_infinitive(node: Token) -> int:
    """Plans to meet, a plan to meet, is to meet, is going to meet; headlines: Premier to meet king on Thursday."""
    head = node.head
    planned = head.lemma_ in _PLANS or head.lemma_ in _PLAN_NOUNS or head.lemma_ == "be"
    headline = head.head.i == head.i and (head.i == node.i or head.pos_ in ("NOUN", "PROPN"))
    return int(planned or headline or (head.lower_ == "going" and head.i < node.i))


def _by_words(doc: Doc, i: int, _present: int = 0) -> int:
    """The nearest telling word on the left, else on the right, inside the sentence."""
    for j in (*range(i - 1, max(-1, i - _REACH), -1), *range(i + 1, min(len(doc), i + _REACH))):
        token = doc[j]
        if token.text in (".", "!", "?", ";") or token.is_space:
            if j > i:
                return 0
            continue
        if token.lower_ in _AHEAD and token.text != "May":
            return 1
        if token.tag_ in ("VBD",) or token.lower_ in ("had", "was", "were", "did"):
            return -1
    return 0
