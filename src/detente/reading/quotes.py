"""The component detente_quotes."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from detente.reading.marks import declare


@Language.factory("detente_quotes")
def make_quotes(nlp: Language, name: str) -> Quotes:
    """The spaCy factory `detente_quotes`."""
    declare()
    return Quotes()


class Quotes:
    """Marks quotes on a Doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotates and returns the Doc."""
        return doc
