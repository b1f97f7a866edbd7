"""The component detente_events: who did what to whom, by frames over the parse; and what was promised.

Three passes over the Doc: event nouns, verbs (which may take event nouns as their parties), then the links between deeds
(one asks for, promises, refuses or reports another) before each becomes a mark.
"""

from __future__ import annotations

from collections.abc import Container

from spacy.language import Language
from spacy.tokens import Doc, Token

from detente.reading.events.commitments import commitments_of
from detente.reading.events.deeds import Deed
from detente.reading.events.frames import lemma_of
from detente.reading.events.lexicon import Lexicon, lexicon
from detente.reading.events.links import link
from detente.reading.events.marks import marks_of
from detente.reading.events.mend import mend
from detente.reading.events.nouns import NounMatcher
from detente.reading.events.sides import Sides
from detente.reading.events.standing import of_verb
from detente.reading.events.trace import Trace
from detente.reading.events.verbs import VerbMatcher
from detente.reading.marks import declare

_PEOPLE = ("victim", "person", "prisoner", "diplomat", "troops", "envoys")
_NOUNY = frozenset({"pobj", "pcomp", "nsubj", "dobj", "conj", "nsubjpass", "ROOT", "appos", "attr"})


@Language.factory("detente_events")
def make_events(nlp: Language, name: str) -> Events:
    """The spaCy factory `detente_events`."""
    declare()
    return Events(lexicon())


class Events:
    """Marks events and commitments on a Doc."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self.people = frozenset[str]().union(*(words.classes[name] for name in _PEOPLE))

    def __call__(self, doc: Doc) -> Doc:
        """Annotates and returns the Doc; it needs a parse and reads what the components before it marked."""
        if not doc.has_annotation("DEP"):
            return doc
        trace: Trace | None = doc._.detente_trace
        mend(doc, self.words.verbs)
        sides = Sides(doc, self.people)
        nouns = self._nouns(doc, NounMatcher(self.words, sides, trace))
        verbs = self._verbs(doc, VerbMatcher(self.words, sides, nouns, trace), nouns)
        deeds = link(nouns, verbs, self.words, sides, trace)
        doc._.detente_events = marks_of(doc, deeds, sides, frozenset(nouns), trace)
        doc._.detente_commitments = commitments_of(doc, sides, self.words)
        return doc

    def _nouns(self, doc: Doc, matcher: NounMatcher) -> dict[int, Deed]:
        heads = self.words.nouns
        found = {}
        for token in doc:
            if (token.pos_ in ("NOUN", "PROPN") and lemma_of(token) in heads) or _is_verbal_noun(token, heads):
                deed = matcher.match(token)
                if deed is not None:
                    found[token.i] = deed
        return found

    def _verbs(self, doc: Doc, matcher: VerbMatcher, nouns: dict[int, Deed]) -> dict[int, Deed]:
        heads = self.words.verbs
        found = {}
        for token in doc:
            if token.pos_ == "VERB" and token.i not in nouns and lemma_of(token) in heads:
                deed = matcher.match(token)
                if deed is not None:
                    self._stand(token, deed)
                    found[token.i] = deed
        return found

    def _stand(self, verb: Token, deed: Deed) -> None:
        standing = of_verb(verb, self.words)
        deed.status, deed.governor, deed.standing = standing.status, standing.governor, standing
        deed.refused = standing.refused_modal


def _is_verbal_noun(token: Token, heads: Container[str]) -> bool:
    """Whether the tagger took "the shelling of", "Serbian shelling" for a verb."""
    if token.tag_ != "VBG" or token.lower_ not in heads:
        return False
    labels = {t.dep_ for t in token.children}
    if (
        token.i
        and token.nbor(-1).pos_ == "NOUN"
        and token.dep_ in ("advcl", "acl")
        and not labels & {"dobj", "nsubj", "aux"}
    ):
        return True
    if token.dep_ not in _NOUNY:
        return False
    return not labels & {"dobj", "nsubj", "aux"} and bool(labels & {"amod", "compound", "det", "poss", "nmod"})
