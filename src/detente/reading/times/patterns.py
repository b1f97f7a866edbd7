"""Finds times in one pass over the words: the patterns of patterns.tsv compiled into a trie over words and labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from detente.errors import TableError
from detente.ontology import read_table
from detente.reading.times.lexicon import Label, Labels, lexicon


@dataclass(frozen=True, slots=True)
class Match:
    """The words [start, end) read by a rule. parts: the labels captured, in order, each with where it ends."""

    start: int
    end: int
    rule: str
    parts: tuple[Label, ...]

    def get(self, *names: str) -> str | None:
        """The value of the first part with one of these labels."""
        return next((p.value for p in self.parts if p.name in names), None)

    def has(self, *names: str) -> bool:
        """Whether a part has one of these labels."""
        return any(p.name in names for p in self.parts)

    def number(self, *names: str) -> int | None:
        """As `get`, as an integer."""
        value = self.get(*names)
        return None if value is None else int(float(value))


@dataclass(slots=True)
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    labels: dict[str, _Node] = field(default_factory=dict)
    rule: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Patterns:
    """The trie, and the words that can begin a time."""

    root: _Node
    starts: frozenset[str]

    def matches(self, labels: Labels, i: int) -> list[Match]:
        """Every reading of the words from i on, the longest first, among equals the rule that stands first in the table."""
        found: list[tuple[int, int, Match]] = []
        self._walk(self.root, labels, i, i, (), found)
        return [match for _, _, match in sorted(found, key=lambda f: f[:2])]

    def _walk(
        self,
        node: _Node,
        labels: Labels,
        start: int,
        i: int,
        parts: tuple[Label, ...],
        found: list[tuple[int, int, Match]],
    ) -> None:
        if node.rule is not None and i > start:
            order, rule = node.rule
            found.append((-i, order, Match(start, i, rule, parts)))
        if i >= len(labels.words):
            return
        child = node.words.get(labels.words[i])
        if child is not None:
            self._walk(child, labels, start, i + 1, parts, found)
        if not node.labels:
            return
        for label in labels.at(i):
            for key in (label.name, f"{label.name}={label.value}"):
                child = node.labels.get(key)
                if child is not None:
                    self._walk(child, labels, start, label.end, (*parts, label), found)


@cache
def patterns() -> Patterns:
    """The patterns of the package's own table, compiled once."""
    root = _Node()
    for line, row in read_table("detente.reading.times", "patterns.tsv", ("rule", "pattern")):
        if not row["pattern"]:
            raise TableError(f"patterns.tsv:{line}: expected a pattern after the rule {row['rule']!r}, found none")
        for items in _expanded(row["pattern"]):
            _add(root, items, (line, row["rule"]))
    words = lexicon()
    starts = {*root.words, *words.phrases, *words.cardinals, "'", "’", "‘"}
    return Patterns(root, frozenset(starts))


def _expanded(pattern: str) -> Iterator[tuple[str, ...]]:
    choices = []
    for item in pattern.split():
        options = item.removesuffix("?").split("|")
        choices.append([*options, ""] if item.endswith("?") else options)
    for chosen in product(*choices):
        yield tuple(item for item in chosen if item)


def _add(root: _Node, items: tuple[str, ...], rule: tuple[int, str]) -> None:
    node = root
    for item in items:
        held = node.labels if item[0].isupper() else node.words
        node = held.setdefault(item, _Node())
    if node.rule is None:
        node.rule = rule
