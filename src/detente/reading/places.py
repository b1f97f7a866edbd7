"""The component detente_places."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from detente.reading.marks import declare


@Language.factory("detente_places")
def make_places(nlp: Language, name: str) -> Places:
    """The spaCy factory `detente_places`."""
    declare()
    return Places()


class Places:
    """Marks places on a Doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotates and returns the Doc."""
        return doc
