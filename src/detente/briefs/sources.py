"""The numbered sources of a page: each number is one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.briefs.facts import OWN
from detente.briefs.page import PLAIN, QUOTED, Run, Source
from detente.briefs.records import Cited
from detente.briefs.wording import flat, shortened

_AGAIN = 90  # characters of a sentence that is quoted again
_MOST = 0.8  # of a sentence: a quotation that makes so much of it needs no sentence around it

type _Key = tuple[str, str]  # article, sentence


@dataclass(slots=True)
class Sources:
    """Gives numbers in the order of citing, and knows which sentences the page has quoted already.

    longest: characters of a sentence that is quoted; most_listed: of one that stands with its source. origin: of all that is cited.
    """

    longest: int
    most_listed: int
    origin: str = OWN
    _numbers: dict[_Key, int] = field(default_factory=dict)
    _cited: list[Cited] = field(default_factory=list)
    _quoted: set[_Key] = field(default_factory=set)
    _in_full: set[_Key] = field(default_factory=set)
    _said: set[str] = field(default_factory=set)

    def cite(self, words: Cited) -> int:
        """The number of a sentence."""
        key = _key(words)
        if key not in self._numbers:
            self._cited.append(words)
            self._numbers[key] = len(self._cited)
        return self._numbers[key]

    def quoted(self, words: Cited, clause: str = "") -> tuple[Run, ...]:
        """The sentence, where the page has not shown it yet; a long one cut around the clause."""
        key = _key(words)
        if key in self._quoted or not words.sentence:
            return ()
        self._quoted.add(key)
        shown = shortened(words.sentence, self.longest, clause)
        if shown == flat(words.sentence):
            self._in_full.add(key)
        return (Run(text=" "), Run(text=shown, kind=QUOTED if self.origin == OWN else PLAIN))

    def shows(self, words: Cited) -> bool:
        """Whether the page has quoted the sentence already."""
        return _key(words) in self._quoted

    def again(self, words: Cited) -> tuple[Run, ...]:
        """The beginning of a sentence that the page has quoted already: enough to know it by."""
        return (Run(text=" "), Run(text=shortened(words.sentence, _AGAIN), kind=QUOTED)) if words.sentence else ()

    def words(self, text: str, near: str = "", *, part: int = 1) -> Run:
        """Words within a sentence; long ones cut around those `near`, to a `part` of the usual length."""
        return Run(text=shortened(text, self.longest // part, near).rstrip(" ,"), kind=QUOTED)

    def said(self, id_: str, text: str, words: Cited, near: str = "", *, part: int = 1) -> tuple[Run, ...]:
        """The words of a quotation, where the page has not shown them yet. near, part: see `words`."""
        if id_ in self._said:
            return ()
        self._said.add(id_)
        if len(flat(text)) > _MOST * len(flat(words.sentence)):
            self._in_full.add(_key(words))
        return (Run(text=" "), self.words(text, near, part=part))

    def listed(self) -> tuple[Source, ...]:
        """All that was cited, by number."""
        first: dict[str, int] = {}
        found = []
        for number, words in enumerate(self._cited, 1):
            earlier = first.setdefault(words.article, number)
            found.append(
                Source(
                    number=number,
                    article=words.article,
                    outlet=words.source,
                    published=words.published[:10] if words.published else None,
                    title=flat(words.title) if words.title else None,
                    url=words.url,
                    sentence=self._beside(words),
                    same_as=earlier if earlier != number else None,
                    imported=self.origin if self.origin != OWN else None,
                )
            )
        return tuple(found)

    def _beside(self, words: Cited) -> str:
        """The sentence that stands with its source: none where the page has it in full, or for the most part and room is short."""
        key = _key(words)
        known = key in self._in_full or (key in self._quoted and self.most_listed < self.longest)
        if self.origin != OWN or known:
            return ""
        return shortened(words.sentence, self.most_listed)


def _key(words: Cited) -> _Key:
    return words.article, flat(words.sentence)
