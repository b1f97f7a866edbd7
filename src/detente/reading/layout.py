"""The first component: a line of its own (title, heading, paragraph) begins a sentence, whatever the parser thinks."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from detente.reading.marks import context_of, declare

_NO_START = np.uint64(2**64 - 1)  # -1, as spaCy reads it


@Language.factory("detente_layout")
def make_layout(nlp: Language, name: str) -> Layout:
    """The spaCy factory `detente_layout`; add it first, before the parser."""
    declare()
    return Layout()


class Layout:
    """Sets the start of a sentence after every blank line and where the dateline ends, and none right behind it.

    Left alone, the parser makes a sentence of the one word after a start that was set: "Norway" of "Norway expelled two".
    """

    def __call__(self, doc: Doc) -> Doc:
        """Marks sentence starts; changes nothing else."""
        dateline_end = context_of(doc).dateline_end
        starts = np.zeros((len(doc), 1), dtype=np.uint64)  # 0: the parser decides
        broken, begun = False, -1
        for token in doc:
            if token.is_space:
                broken = broken or token.text.count("\n") > 1
                continue
            if token.i and (broken or token.idx == dateline_end):
                starts[token.i] = 1
                begun = token.i
            elif begun == token.i - 1 >= 0 and token.is_lower:
                starts[token.i] = _NO_START
            broken = False
        # One call: setting `is_sent_start` token by token looks through the whole Doc each time.
        return doc.from_array(["SENT_START"], cast(Any, starts)) if starts.any() else doc
