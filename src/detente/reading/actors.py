"""The component detente_actors."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from detente.reading.marks import declare


@Language.factory("detente_actors")
def make_actors(nlp: Language, name: str) -> Actors:
    """The spaCy factory `detente_actors`."""
    declare()
    return Actors()


class Actors:
    """Marks actors on a Doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotates and returns the Doc."""
        return doc
