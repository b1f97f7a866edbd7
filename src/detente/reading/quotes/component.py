"""The component detente_quotes: who said, wrote or thought what, in whose words."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from detente.reading.marks import declare, register_of
from detente.reading.quotes.clauses import (
    Piece,
    according,
    adjective_clause,
    noun_clause,
    objects,
    reported,
    tidy,
)
from detente.reading.quotes.cues import Cue, Cues
from detente.reading.quotes.finish import finish
from detente.reading.quotes.floats import colons, floating
from detente.reading.quotes.page import FINITE, Block, Found, Page
from detente.reading.quotes.speakers import Speaker, is_person_noun, mention_of, owner_of
from detente.reading.quotes.surface import follows, lead_pieces, precedes, speaker_behind

_ADDRESSING = frozenset(("tell", "inform", "assure", "remind", "advise", "notify", "brief", "warn", "ask", "urge"))
_STATES = frozenset(("be", "feel", "remain", "become", "seem"))
_NOBODY = frozenset(
    ("you", "anyone", "anybody", "someone", "somebody", "everyone", "whoever", "nobody", "no", "none", "neither", "few")
)
_AUTHOR = frozenset(("i", "we", "you"))  # outside marks these are the one who writes
_NOT_FINITE = frozenset(("VB", "VBP", "VBG", "VBN"))
_MAYBE = frozenset(("may", "might", "could", "should", "can", "must"))
_DOES = frozenset(("go", "continue", "begin", "start", "proceed", "rush", "return", "use", "take"))
_NAMING = frozenset(("name", "identify", "quote", "cite"))
_TURNS = frozenset(("and", "but", "before", "after", "while", "then"))


@Language.factory("detente_quotes")
def make_quotes(nlp: Language, name: str) -> Quotes:
    """The spaCy factory `detente_quotes`."""
    declare()
    return Quotes()


class Quotes:
    """Marks quotations on a Doc; adds to its register those speakers whom nobody had put there."""

    def __init__(self) -> None:
        self._cues = Cues()

    def __call__(self, doc: Doc) -> Doc:
        """Annotates and returns the Doc."""
        if not len(doc):
            return doc
        page = Page(doc)
        for token in doc:
            if page.inside[token.i] < 0:
                self._read(page, token)
        page.drop_nested()
        colons(page)
        floating(page)
        doc._.detente_quotes = finish(page)
        return doc

    def _read(self, page: Page, token: Token) -> None:
        if token.lower_ == "according":
            self._according(page, token)
            return
        cue = self._cues.of(token)
        behind = self._cues.mistaken(token) if token.tag_ in ("NNS", "NNP", "NNPS", "NN") else None
        if behind is not None and _closes(page, token):
            self._verb(page, token, behind)
            return
        if cue is None:
            return
        if token.pos_ == "NOUN":
            self._noun(page, token, cue)
        elif token.pos_ == "ADJ":
            self._adjective(page, token, cue)
        elif token.dep_ != "amod":
            self._verb(page, token, cue)

    def _verb(self, page: Page, token: Token, cue: Cue) -> None:
        left, right = page.window(token.i)
        before, after = page.block_at(left - 1), page.block_at(right)
        speaker = page.turns.get(token.i) or page.subjects.of(token)
        blocks: list[Block] = []
        if (
            before is not None
            and follows(page, before, left, token, cue)
            and not _another(before.owner, speaker_behind(page, left, token, right) or speaker)
        ):
            if before.owner is not None:
                self._resume(page, token, cue, right, after, before.owner)
                return
            speaker = speaker_behind(page, left, token, right) or speaker
            blocks, pieces = [before], lead_pieces(page, before)
        else:
            pieces = self._clause(page, token, cue, speaker)
        if after is not None:
            pieces = self._opened(page, token, cue, right, after, blocks, pieces)
        if not blocks and (not pieces or self._idle(token, cue, speaker)):
            return
        held = [block for block in self._blocks(page, pieces) if block not in blocks]
        if blocks and speaker is None and token.tag_ in _NOT_FINITE and not any(block.whole for block in blocks):
            return
        found = Found(cue.manner, (token.i, token.i + 1), speaker, pieces, blocks + held, _addressee(token))
        page.keep(found)

    def _clause(self, page: Page, token: Token, cue: Cue, speaker: Speaker | None) -> list[Piece]:
        if "document" in cue.takes and not (speaker is not None and self._cues.document(speaker.head)):
            return []
        floor, ceiling = page.bounds(token)
        pieces = reported(token, cue, floor, ceiling)
        if not pieces and "noun" in cue.takes and speaker is not None:
            pieces = objects(token, ceiling)
        return self._cut(page, token, pieces, speaker)

    def _opened(
        self, page: Page, token: Token, cue: Cue, right: int, block: Block, blocks: list[Block], pieces: list[Piece]
    ) -> list[Piece]:
        """Takes in the block behind the cue where it is the cue's; gives the pieces that are left beside it."""
        covered = any(start <= block.start < end for start, end in pieces)
        how = precedes(page, token, cue, right, block, resumed=bool(blocks))
        if how == "mark" and (block.whole or not covered):
            blocks.append(block)
            return [piece for piece in pieces if piece[1] <= token.i and not self._sets_scene(page, block, piece)]
        if covered or (how == "bare" and any(end == block.start for _, end in pieces)):
            return pieces
        if any(start > block.start for start, _ in pieces):
            return pieces
        if how == "bare":
            blocks.append(block)
        if how == "object" and not blocks:
            blocks.append(block)
            found = objects(token, page.bounds(token)[1]) or [(_past_agent(token), block.start)]
            return tidy(page.doc, [(start, max(end, block.end)) for start, end in found])
        return pieces

    def _resume(self, page: Page, token: Token, cue: Cue, right: int, after: Block | None, found: Found) -> None:
        """A second cue of words that have one ("telling reporters, “...,” she said, “...”"): only what follows is new."""
        if after is not None and precedes(page, token, cue, right, after, resumed=True) == "mark":
            found.blocks.append(after)
            page.own(after, found)

    def _sets_scene(self, page: Page, block: Block, piece: Piece) -> bool:
        """Whether words before the cue tell when and where it was said: "Asked about it, she said: “...”"."""
        return block.whole and page.doc[piece[0]].tag_ in ("IN", "WRB", "VBN", "VBG")

    def _cut(self, page: Page, token: Token, pieces: list[Piece], speaker: Speaker | None) -> list[Piece]:
        """The pieces, ended before another cue of the same speaker that the parser hung into the clause."""
        out = []
        for start, end in pieces:
            for i in range(max(start + 1, token.i + 2), end):
                if page.inside[i] >= 0:
                    continue
                if token.dep_ == "relcl" and _resumes(page.doc[i], token):
                    end = i
                    break
                if self._turns(page, page.doc[i]):
                    page.turns[i] = speaker
                    end = i - 1 if page.doc[i - 1].lower_ in _TURNS else i
                    break
            out.append((start, end))
        return tidy(page.doc, out)

    def _turns(self, page: Page, token: Token) -> bool:
        """Whether a new report begins here: ", adding", "and insisted that", "before saying"."""
        if token.tag_ != "VBG" and token.tag_ not in FINITE:
            return False
        previous, held = page.doc[token.i - 1], page.block_at(token.i - 1)
        cue = self._cues.of(token)
        if cue is None or cue.manner == "thought" or "clause" not in cue.takes:
            return False
        if token.tag_ == "VBG":
            return previous.text == "," or previous.lower_ in _TURNS or (held is not None and held.closing == ",")
        following = page.doc[token.i + 1] if token.i + 1 < len(page.doc) else token
        opens = following.lower_ == "that" or following.text == ":" or page.inside[following.i] >= 0
        return previous.lower_ in _TURNS and opens and not any(c.dep_ == "nsubj" for c in token.children)

    def _idle(self, token: Token, cue: Cue, speaker: Speaker | None) -> bool:
        """Not a report: a command, a wish of nobody, what was not or not yet said."""
        if _unnamed(token):
            return True
        if speaker is None:
            return cue.manner == "thought" or token.tag_ in _NOT_FINITE - {"VBN"}
        first = token.doc[speaker.start].lower_
        if speaker.head.lower_ in _NOBODY or first in _NOBODY:
            return True
        if (cue.manner == "thought" and first in _AUTHOR) or (first == "it" and _would(token)):
            return True
        return any(c.dep_ == "neg" for c in token.children) or (cue.manner != "thought" and _unsaid(token))

    def _noun(self, page: Page, token: Token, cue: Cue) -> None:
        speaker = owner_of(token)
        pieces = self._cut(page, token, noun_clause(token, page.bounds(token)[1]), speaker)
        if pieces:
            page.keep(Found(cue.manner, (token.i, token.i + 1), speaker, pieces, self._blocks(page, pieces)))

    def _blocks(self, page: Page, pieces: list[Piece]) -> list[Block]:
        held = (page.block_at(i) for start, end in pieces for i in range(start, end))
        return list({id(block): block for block in held if block is not None and block.owner is None}.values())

    def _adjective(self, page: Page, token: Token, cue: Cue) -> None:
        made = token.lower_ == "clear" and token.head.lemma_ == "make"
        if not made and (token.dep_ != "acomp" or token.head.lemma_ not in _STATES):
            return
        speaker = page.subjects.of(token.head)
        if speaker is None or speaker.head.lower_ in ("it", *_NOBODY):
            return
        pieces = self._cut(page, token, adjective_clause(token, page.bounds(token)[1]), speaker)
        if pieces:
            page.keep(Found(cue.manner, (token.i, token.i + 1), speaker, pieces, self._blocks(page, pieces)))

    def _according(self, page: Page, token: Token) -> None:
        answer = according(token, *page.bounds(token))
        if answer is None or not answer[1]:
            return
        holder, pieces = answer
        cue = (token.i, min(token.i + 2, len(page.doc)))
        page.keep(Found("speech", cue, mention_of(holder), pieces, self._blocks(page, pieces)))


def _another(found: Found | None, speaker: Speaker | None) -> bool:
    """Whether words that have a speaker stand before another's cue: "A said, “...?” B said, “...”"."""
    if found is None or found.speaker is None or speaker is None:
        return False
    first, second = found.speaker.actor, speaker.actor
    if second.pos_ not in ("PROPN", "NOUN") or first.pos_ != "PROPN" or found.speaker.start == speaker.start:
        return False
    return second.pos_ == "PROPN" and second.lower_ != first.lower_


def _past_agent(token: Token) -> int:
    """The token behind a cue and the "by ..." that belongs to it."""
    ends = [c.right_edge.i for c in token.children if c.dep_ == "agent" and c.i > token.i]
    return max([token.i, *ends]) + 1


def _unsaid(token: Token) -> bool:
    """Words that were not uttered: "might say", "wanted to say"; but "went on to say" was."""
    helpers = {c.lower_ for c in token.children if c.dep_ == "aux"}
    if helpers & _MAYBE or (token.dep_ == "pcomp" and token.head.lower_ in ("without", "instead")):
        return True
    return "to" in helpers and token.dep_ in ("xcomp", "advcl", "acl") and token.head.lemma_ not in _DOES


def _would(token: Token) -> bool:
    """Whether it only might come of something: "it would encourage others to"."""
    return any(c.dep_ == "aux" and c.lower_ == "would" for c in token.children)


def _unnamed(token: Token) -> bool:
    """Whether the words only tell that somebody wants no name: "who asked not to be named", "declined to be identified"."""
    return any(c.dep_ in ("xcomp", "ccomp") and c.lemma_ in _NAMING and c.tag_ == "VBN" for c in token.children)


def _resumes(token: Token, cue: Token) -> bool:
    """Whether the sentence around a relative clause goes on: ", who said so, [left]"."""
    if token.tag_ not in FINITE or token.nbor(-1).text != ",":
        return False
    verb = token.head if token.dep_ in ("aux", "auxpass") else token
    return verb.head != cue


def _closes(page: Page, token: Token) -> bool:
    """Whether a word that the tagger calls a noun stands like a cue: marks, a name, this word, an end."""
    i = token.i
    after = page.doc[i + 1] if i + 1 < len(page.doc) else None
    if after is not None and not (after.is_punct or after.is_space):
        return False
    left = page.window(i)[0]
    block = page.block_at(left - 1)
    return (
        block is not None and left < i and all(page.doc[j].pos_ in ("PROPN", "PRON", "PUNCT") for j in range(left, i))
    )


def _addressee(token: Token) -> Speaker | None:
    if token.lemma_ not in _ADDRESSING:
        return None
    for child in token.children:
        if child.i > token.i and child.dep_ in ("dobj", "dative", "iobj") and child.ent_type_ not in ("DATE", "TIME"):
            return mention_of(child) if _is_somebody(child) else None
    return None


def _is_somebody(token: Token) -> bool:
    """Whether a noun may be told or asked something: not the restraint of "urged restraint"."""
    if token.tag_ != "NN" or token.ent_type_ or register_of(token.doc).at(token.i) is not None:
        return True
    return is_person_noun(token)
