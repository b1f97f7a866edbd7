"""What a country's speakers call a concern, a worry, a threat.

By the words alone: each sentence of a quotation is laid beside the frames of concerns.tsv ("concerned about ...", "... is a
threat"). What is denied, asked, imagined, or somebody else's concern ("your concerns about ...") is left out, and so is a frame that
does not say what the concern is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from detente.briefs.printed import Saying, pieces_of, said_of, sentences_of
from detente.briefs.records import Concern
from detente.errors import TableError
from detente.knowledge.countries import countries
from detente.ontology.tables import read_table

# Standing among the words before a frame's cue, these take it back.
_NOT_MEANT = re.compile(
    r"\b(?:not|no|never|nobody|neither|nor|without|if|unless|whether|would|could|can|might|may|should|less|hardly|longer|asked|ask"
    r"|why|who|what|how|whose|den(?:y|ied|ies)|reject(?:ed|s)?|dismiss(?:ed|es)?|address(?:ing|ed)?|allay(?:ed)?|eased?|answer"
    r"|rather than|instead of|as if|as though|so-called|your|last thing)\b|n['’]t\b",
    re.IGNORECASE,
)
_NEAR = 7  # words before the cue in which they do
_HOLDER = 9  # words before it among which the one concerned is named
_BREAKS = re.compile(r"[:;—–]|\s-\s|\s(?:but|because|although|though|while|and that|(?:think|believe|say|know) that)\s")
_HEDGES = re.compile(
    r"^(?:and|so|that|because|also|well|again|of course|obviously|clearly|frankly|i think|we think|i believe|we believe)\b,?\s*",
    re.I,
)
# A subject with one of these in it is no noun phrase, but a torn clause.
_CLAUSE = re.compile(
    r",|\b(?:i|we|you|they|he|she|it|would|will|have|has|had|say|says|said|tell|told|use|think|know)\b", re.I
)
_QUESTION = re.compile(
    r"^(?:(?:and|but|so|well)\b,?\s*)?(?:is|are|was|were|do|does|did|will|would|has|have|had|can|could|should|why|what|how|who)\s",
    re.I,
)
_SELF = re.compile(
    r"\b(?:i|we|our|my|us|the (?:government|administration|ministry|department|cabinet|presidency|secretary|minister|president))\b",
    re.I,
)
# Where what the concern is about ends: a mark, or a word that opens another clause.
_END = re.compile(
    r"\s*(?:[,;:!?—–()\"“”\[]|(?<![A-Z])\.(?=\s|$)|\s-\s|\b(?:and (?:we|i|he|she|they|it|are|is|will|have|has|calls?|urges?|that|noting"
    r"|condemn)|but|because|although|though|while|so that|noting)\b)",
    re.IGNORECASE,
)
_HOLLOW = frozenset(
    {
        "it",
        "this",
        "that",
        "these",
        "those",
        "them",
        "they",
        "him",
        "her",
        "what",
        "there",
        "he",
        "she",
        "you",
        "us",
        "one",
        "some",
    }
    | {"which", "who", "all this", "all of this", "all of that", "we", "i", "such", "so", "and", "things", "everything"}
)
_TORN = frozenset(
    {
        "to",
        "of",
        "the",
        "a",
        "an",
        "and",
        "or",
        "that",
        "for",
        "in",
        "on",
        "with",
        "by",
        "from",
        "our",
        "their",
        "its",
        "his",
    }
)
_POINTING = frozenset({"what", "he", "she", "it", "they", "this"})  # whoever that may be
_WORD = re.compile(
    r"concern|worr|alarm|fear|afraid|threat|danger|menac|jeopardi", re.I
)  # without one no frame needs be tried
_LONGEST = 160  # characters of what a concern is about


def concerns_of(sayings: Iterable[Saying], *, urls: Mapping[str, str] | None = None) -> tuple[Concern, ...]:
    """The concerns in the order of the quotations, each of a speaker's country once."""
    found: dict[tuple[str | None, str, str], Concern] = {}
    for saying in sayings:
        for word, about, sentence in _named(saying):
            key = (saying.speaker.country, word, about.lower())
            words = "" if len(pieces_of(saying.quote.text)) == 1 else sentence
            found.setdefault(key, Concern(word=word, about=about, said=said_of(saying, urls or {}, words)))
    return tuple(found.values())


def _named(saying: Saying) -> Iterator[tuple[str, str, str]]:
    """Each concern that a quotation names: the word, what it is about, and the sentence; of one sentence the first."""
    cue = _cue(saying)
    cue = cue if any(cue in frame.cues for frame in _frames()) else ""
    for number, sentence in enumerate(sentences_of(saying.quote.text)):
        if not (_WORD.search(sentence) or cue) or sentence.rstrip("\"'”’").endswith("?") or _QUESTION.match(sentence):
            continue
        for frame in _frames():
            if frame.cues and (number or cue not in frame.cues):
                continue
            about = _about(frame, sentence, saying)
            if about is not None:
                yield frame.word, about, sentence
                break


def _about(frame: _Frame, sentence: str, saying: Saying) -> str | None:
    """What a sentence calls a concern in this frame; None when it does not, or takes it back, or does not say."""
    match = frame.pattern.search(sentence)
    if match is None:
        return None
    if match.start("about") > match.start() or frame.cues:  # "concerned about X"
        begin = _clause(sentence, match.start())
        before, within, about = (
            sentence[begin : match.start()],
            match[0][: match.start("about") - match.start()],
            match["about"],
        )
    else:  # "X is a threat"
        begin = _clause(sentence, match.end("about"))
        about = before = sentence[begin : match.end("about")]
        within = sentence[match.end("about") : match.end()]
        if _CLAUSE.search(_plain(about)):
            return None
    if _NOT_MEANT.search(" ".join([*before.split()[-_NEAR:], within])):
        return None
    if frame.own and not _is_own(" ".join([*before.split()[-_HOLDER:], within]), saying):
        return None
    return _trimmed(about)


def _clause(sentence: str, at: int) -> int:
    """Where the clause begins that holds this place."""
    return max((match.end() for match in _BREAKS.finditer(sentence, 0, at)), default=0)


def _is_own(words: str, saying: Saying) -> bool:
    """Whether the one who is concerned is the speaker or his country: in his own words "I" or "we", in another's also "he"."""
    if saying.quote.kind != "direct" or _SELF.search(words):
        return True
    country = countries().by_code(saying.speaker.country or "")
    names = (country.name, *country.aliases, *country.demonyms) if country else ()
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) for name in names)


def _plain(about: str) -> str:
    """Without what only opens the sentence: "And of course, "."""
    about = about.strip(" '’\"“”.")
    while (hedge := _HEDGES.match(about)) is not None:
        about = about[hedge.end() :]
    return about


def _trimmed(about: str) -> str | None:
    about = _plain(about)
    end = _END.search(about)
    about = (about[: end.start()] if end else about).strip(" '’\"“”.")
    words = about.lower().split()
    if not words or about.lower() in _HOLLOW or words[-1] in _TORN or words[0] in _POINTING:
        return None
    return about if len(about) <= _LONGEST else about[:_LONGEST].rpartition(" ")[0] + " …"


def _cue(saying: Saying) -> str:
    """The word of reporting, "" where there is none or it is denied ("does not fear that ...")."""
    cue = saying.quote.cue
    if cue is None:
        return ""
    before = saying.sentence.partition(cue.text)[0].split()[-2:]
    return "" if _NOT_MEANT.search(" ".join(before)) else cue.text.lower()


class _Frame(NamedTuple):
    """A row of concerns.tsv. own: the frame says whose concern it is."""

    word: str
    own: bool
    pattern: re.Pattern[str]
    cues: frozenset[str]


@cache
def _frames() -> tuple[_Frame, ...]:
    found = []
    for line, row in read_table("detente.briefs", "concerns.tsv", ("word", "whose", "frame", "cues")):
        try:
            pattern = re.compile(row["frame"], re.IGNORECASE)
        except re.error as error:
            raise TableError(f"concerns.tsv:{line}: the frame is no regular expression: {error}") from error
        if "about" not in pattern.groupindex:
            raise TableError(f"concerns.tsv:{line}: expected a group named about in the frame")
        cues = frozenset(cue.strip() for cue in row["cues"].split(";") if cue.strip())
        found.append(_Frame(row["word"], row["whose"] == "speaker", pattern, cues))
    return tuple(found)
