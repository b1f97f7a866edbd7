"""Cues beside marks, by what stands between them: punctuation, names and tags hold where the parser loses its way."""

from __future__ import annotations

from spacy.tokens import Token

from detente.reading.quotes.clauses import Piece, tidy
from detente.reading.quotes.cues import Cue
from detente.reading.quotes.page import COMMAS, FINITE, Block, Page
from detente.reading.quotes.speakers import Speaker, mention_of

_SKIPPED = frozenset(("ADV", "CCONJ", "SPACE", "PUNCT"))
_PHRASE = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART"))
_PHRASE_MARKS = frozenset((".", "-", "’s", "'s"))
_TIMES = frozenset(("DATE", "TIME"))
_NAMES = frozenset(("NOUN", "PROPN", "PRON"))
_NO_SUBJECT = frozenset(("VBG", "IN", "TO", "WRB", "WDT", "WP"))
_WITH_ADDRESSEE = frozenset(("tell", "remind", "assure", "inform", "notify", "advise", "brief", "urge", "ask"))
_CLAUSE = 6  # tokens, marks included, from which quoted words may be a sentence
_NEAREST = 3  # the same for a verb of plain saying: "warned of “...”"
_FARTHEST = 8  # tokens between a cue and the quotation that it opens without a comma or colon


def follows(page: Page, block: Block, left: int, token: Token, cue: Cue) -> bool:
    """Whether a cue closes the quotation before it: marks, then ", she said" or ", said the minister"."""
    doc = page.doc
    if not ({"words", "after"} & cue.takes):
        return False
    if (block.closing == "." and doc[left].text != ",") or _aside(token):
        return False
    comma = block.closing in tuple(",?!—–-…") or doc[left].text in COMMAS
    if not (comma or block.whole or _inverted(page, block, token)):
        return False
    start = page.lead(block)
    if start < block.start and not _finite(page, start, block.end):
        return False
    first = _skip(page, left, token.i)
    if first == token.i:
        return token.tag_ != "VBG"
    return token.tag_ != "VBG" and not _busy(page, first, token)


def _inverted(page: Page, block: Block, token: Token) -> bool:
    """Whether a verb stands right behind the marks and a name behind it, without a comma: "“...” tweeted Ada Berg"."""
    doc = page.doc
    if token.i != block.end or token.tag_ not in ("VBD", "VBZ") or token.i + 1 >= len(doc):
        return False
    sentence = block.end - block.start > _CLAUSE and doc[block.start + 1].text[:1].isupper()
    return sentence and doc[token.i + 1].pos_ in _NAMES


def _aside(token: Token) -> bool:
    """Whether the cue only tells of the one who speaks: "one diplomat, who asked not to be named, [said]"."""
    noun = token.head
    return token.dep_ == "relcl" and noun.dep_ == "nsubj" and noun.head.i > token.i


def _skip(page: Page, start: int, end: int) -> int:
    doc = page.doc
    while start < end and doc[start].pos_ in _SKIPPED:
        start += 1
    return start


def _finite(page: Page, start: int, end: int) -> bool:
    return any(page.doc[i].tag_ in FINITE for i in range(start, end))


def _busy(page: Page, start: int, token: Token) -> bool:
    """Whether another verb stands between the quotation and the cue, so that the cue belongs to something else."""
    doc = page.doc
    first = doc[start]
    if first.tag_ in _NO_SUBJECT and first.ent_type_ != "PERSON":
        return True
    relative = False
    for i in range(start, token.i):
        other = doc[i]
        relative = relative or other.tag_ in ("WDT", "WP", "WRB")
        if other.tag_ in FINITE and other.head != token and not relative:
            return True
    return False


def speaker_behind(page: Page, left: int, token: Token, right: int) -> Speaker | None:
    """The first noun phrase behind the closing mark, whatever the parser made of the sentence."""
    first = _skip(page, left, token.i)
    if first < token.i:
        return phrase(page, first, token.i)
    if token.lemma_ in _WITH_ADDRESSEE:
        return None
    named = phrase(page, token.i + 1, right)
    for child in token.children:
        if token.i < child.i < right and child.dep_ == "nsubj" and not (named and named.start <= child.i < named.end):
            return mention_of(child)
    return named


def phrase(page: Page, start: int, end: int) -> Speaker | None:
    """The noun phrase that begins at a token: up to the first comma, preposition or verb."""
    doc, i = page.doc, start
    while i < end and (doc[i].pos_ in _PHRASE or doc[i].text in _PHRASE_MARKS) and doc[i].ent_type_ not in _TIMES:
        i += 1
    while i > start and doc[i - 1].pos_ not in _NAMES:
        i -= 1
    if i == start:
        return None
    found = mention_of(doc[i - 1])
    stop = max(i, min(found.end, end))
    while doc[stop - 1].is_space:
        stop -= 1
    return Speaker(doc[i - 1], start, stop, found.actor)


def precedes(page: Page, token: Token, cue: Cue, right: int, block: Block, *, resumed: bool) -> str | None:
    """How a cue opens the quotation behind it: "mark" (after a comma or colon), "bare" (said "..."), "object" (called it "...").

    resumed: the cue already closes a quotation, so that after a comma the same one goes on.
    """
    if not ({"words", "after"} & cue.takes) or block.owner is not None:
        return None
    doc = page.doc
    between = [doc[i] for i in range(token.i + 1, right) if not doc[i].is_space]
    if any(t.tag_ in FINITE and t.head != token for t in between):
        return None
    last = between[-1].text if between else ""
    if last in (":", ","):
        open_ = last == ":" or block.whole or resumed or len(between) < 4
        return "mark" if open_ and _quiet(between) else None
    if "after" in cue.takes or resumed:
        return None
    if all(t.lower_ == "that" or t.pos_ in ("ADV",) for t in between) or _addressed(token, between):
        return "bare"
    farthest = _NEAREST if "clause" in cue.takes and "noun" not in cue.takes else _FARTHEST
    return "object" if len(between) <= farthest else None


def _quiet(between: list[Token]) -> bool:
    """No other cue on the way: the nearer one opens the quotation."""
    return not any(t.tag_ == "VBG" and t.dep_ in ("advcl", "xcomp", "conj") for t in between)


def _addressed(token: Token, between: list[Token]) -> bool:
    return token.lemma_ in _WITH_ADDRESSEE and all(t.pos_ in _PHRASE or t.lower_ in ("that", "of") for t in between)


def lead_pieces(page: Page, block: Block) -> list[Piece]:
    """The unquoted beginning of a sentence whose end is quoted: "The talks “will go on”, he said"."""
    return tidy(page.doc, [(page.lead(block), block.start)])
