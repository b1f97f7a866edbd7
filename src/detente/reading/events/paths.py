"""The way through a parse from one word to another."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token


class Arc(NamedTuple):
    """One arc of the way: its label, the word it leads to, and whether it goes up to the head."""

    label: str
    word: Token
    up: bool


def way(start: Token, goal: Token) -> list[Arc]:
    """The arcs from `start` to `goal` over their nearest common head; none between two sentences, or to itself."""
    above = [goal]
    while above[-1].head.i != above[-1].i:
        above.append(above[-1].head)
    at = {token.i: k for k, token in enumerate(above)}
    arcs: list[Arc] = []
    node = start
    while node.i not in at:
        if node.head.i == node.i:
            return []
        arcs.append(Arc(node.dep_, node.head, up=True))
        node = node.head
    return arcs + [Arc(token.dep_, token, up=False) for token in reversed(above[: at[node.i]])]
