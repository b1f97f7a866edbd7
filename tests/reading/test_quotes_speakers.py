"""Speakers whom no component has put on the register."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from detente.reading.marks import Register
from detente.reading.quotes.speakers import Cast, mention_of


@pytest.mark.parametrize(
    ("label", "kind"),
    [("PERSON", "person"), ("ORG", "organization"), ("GPE", "organization"), ("NORP", "group"), ("", "group")],
)
def test_a_speaker_without_a_code_is_no_country(label: str, kind: str) -> None:
    entities = [f"B-{label}" if label else "O", "O", "O"]
    doc = Doc(
        Vocab(), ["Marwood", "said", "so"], pos=["PROPN", "VERB", "ADV"], tags=["NNP", "VBD", "RB"], heads=[1, 1, 1],
        deps=["nsubj", "ROOT", "advmod"], ents=entities,
    )  # fmt: skip
    register = Register(doc)
    index = Cast(doc, register).actor(mention_of(doc[0]))
    assert index is not None
    assert (register[index].name, register[index].kind, register[index].country) == ("Marwood", kind, None)
