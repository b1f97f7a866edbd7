"""The component detente_events."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from detente.reading.marks import declare


@Language.factory("detente_events")
def make_events(nlp: Language, name: str) -> Events:
    """The spaCy factory `detente_events`."""
    declare()
    return Events()


class Events:
    """Marks events on a Doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotates and returns the Doc."""
        return doc
