"""The component detente_times."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from detente.reading.marks import declare


@Language.factory("detente_times")
def make_times(nlp: Language, name: str) -> Times:
    """The spaCy factory `detente_times`."""
    declare()
    return Times()


class Times:
    """Marks times on a Doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotates and returns the Doc."""
        return doc
