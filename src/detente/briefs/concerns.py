"""What a country's speakers call a concern, a worry, a threat.

By the words alone: each sentence of a quotation is laid beside the frames of concerns.tsv ("concerned about ...", "... is a
threat"). What is denied, asked, imagined, or somebody else's concern ("your concerns about ...") is left out, and so is a frame that
does not say what the concern is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from detente.briefs.printed import Saying, said_of
from detente.briefs.records import Concern
from detente.errors import TableError
from detente.ontology.tables import read_table

_SENTENCES = re.compile(r"(?<=[.!?;])[\"'”’)]*\s+")
# Standing before a cue within its clause, these take it back.
_NOT_MEANT = re.compile(
    r"\b(?:not|no|never|nobody|neither|nor|without|if|unless|whether|would|could|might|may|should|less|hardly|longer|asked|ask"
    r"|why|who|what|used to|deny|denied|denies|reject|rejected|dismiss|dismissed|address|addressing|allay|allayed|ease|answer"
    r"|were to|rather than|instead of|as if|as though|so-called)\b|n['’]t\b",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"[,:—–]| - | but | because | although | though | while ")
# Where what the concern is about ends: a mark, or a word that opens another clause.
_END = re.compile(
    r"\s*(?:[,;:.!?—–()\"“”]|\s-\s|\b(?:and (?:we|i|he|she|they|it|are|is|will|have|has|call|calls|urge|urges|condemn)|but|because"
    r"|although|though|while|so that|which|who)\b)",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    {"it", "this", "that", "these", "those", "them", "they", "him", "her", "what", "there", "he", "she", "you", "us"}
)
_LONGEST = 160  # characters of what a concern is about
_SHORTEST = 3


def concerns_of(sayings: Iterable[Saying], *, urls: Mapping[str, str] | None = None) -> tuple[Concern, ...]:
    """The concerns in the order of the quotations, each of a speaker's country once."""
    found: dict[tuple[str | None, str, str], Concern] = {}
    for saying in sayings:
        for word, about in _named(saying.quote.text):
            key = (saying.speaker.country, word, about.lower())
            found.setdefault(key, Concern(word=word, about=about, said=said_of(saying, urls or {})))
    return tuple(found.values())


def _named(text: str) -> Iterator[tuple[str, str]]:
    """Each concern that a quotation names: the word, and what it is about; of one sentence the first."""
    for sentence in _SENTENCES.split(" ".join(text.split())):
        if sentence.rstrip("\"'”’").endswith("?"):
            continue
        found = next((one for word, frame in _frames() if (one := _one(word, frame, sentence)) is not None), None)
        if found:
            yield found


def _one(word: str, frame: re.Pattern[str], sentence: str) -> tuple[str, str] | None:
    match = frame.search(sentence)
    if match is None:
        return None
    leads = match.start("about") == match.start()  # "X is a threat": the cue follows
    if leads:
        start = max((m.end() for m in _BREAKS.finditer(sentence, 0, match.end("about"))), default=0)
        about, before = sentence[start : match.end("about")], sentence[start : match.end()]
    else:
        about = sentence[match.start("about") :]
        begin = max((m.end() for m in _BREAKS.finditer(sentence, 0, match.start())), default=0)
        before = sentence[begin : match.start("about")]
    about = _trimmed(about)
    if _NOT_MEANT.search(before) or about.lower() in _EMPTY or len(about) < _SHORTEST:
        return None
    return word, about


def _trimmed(about: str) -> str:
    end = _END.search(about)
    about = (about[: end.start()] if end else about).strip(" '’\"“”")
    if len(about) > _LONGEST:
        about = about[:_LONGEST].rpartition(" ")[0] + " …"
    return about


@cache
def _frames() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for line, row in read_table("detente.briefs", "concerns.tsv", ("word", "frame")):
        try:
            frame = re.compile(row["frame"], re.IGNORECASE)
        except re.error as error:
            raise TableError(f"concerns.tsv:{line}: the frame is no regular expression: {error}") from error
        if "about" not in frame.groupindex:
            raise TableError(f"concerns.tsv:{line}: expected a group named about in the frame")
        found.append((row["word"], frame))
    return tuple(found)
