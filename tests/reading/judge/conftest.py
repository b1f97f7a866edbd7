"""Sentences with marked sides: {source} and <target>."""

from __future__ import annotations

import re

import pytest

from detente.records import PairText

_MARK = re.compile(r"[{}<>]")


def marked(text: str, id_: str = "x") -> PairText:
    """The pair of "{Norway} condemned <the junta>"."""
    bare, spans, start = "", {"{": [], "<": []}, 0
    opened = 0
    for mark in _MARK.finditer(text):
        bare += text[start : mark.start()]
        start = mark.end()
        if mark[0] in spans:
            opened = len(bare)
        else:
            spans["{" if mark[0] == "}" else "<"].append((opened, len(bare)))
    return PairText(id=id_, text=bare + text[start:], sources=tuple(spans["{"]), targets=tuple(spans["<"]))


@pytest.fixture(name="marked", scope="session")
def marked_fixture():  # type: ignore[no-untyped-def]
    return marked
