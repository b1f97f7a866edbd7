"""An article laid out for quotations: its tokens, the stretches between marks, and what has been found so far."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from detente.reading.quotes.clauses import Piece
from detente.reading.quotes.marks import Quoted, quoted
from detente.reading.quotes.speakers import Speaker, Subjects

WIDEST = 60  # tokens looked at on either side of a cue: a longer way is another sentence
LONGEST = 300  # tokens of a sentence on either side of a cue: beyond it is a list or a broken text
SENTENCE_ENDS = frozenset((".", "!", "?"))
COMMAS = frozenset((",", "–", "—", "―", "-", "--"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_OPENING = "[(…. "
_CLOSING = " \t\n\xa0'’\"”)]"


@dataclass(slots=True)
class Block:
    """A stretch between outermost marks, as tokens [start, end).

    whole: it begins like a sentence and ends like one, a quotation by itself. group: re-opened stretches share one.
    closing: its last character but marks and blanks.
    """

    start: int
    end: int
    marked: Quoted
    whole: bool
    group: int
    closing: str
    owner: Found | None = None


@dataclass(slots=True)
class Found:
    """A quotation being put together. pieces: unquoted words or whole clauses, in tokens; blocks: what stands between marks.

    verbatim: the very words although without marks, as in a transcript.
    """

    manner: str
    cue: Piece | None
    speaker: Speaker | None
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    addressee: Speaker | None = None
    inferred: bool = False
    verbatim: bool = False

    def end(self) -> int:
        """The token after all that belongs to it, its cue included."""
        ends = [end for _, end in self.pieces] + [block.end for block in self.blocks]
        return max([*ends, self.cue[1] if self.cue else 0], default=0)


class Page:
    """One Doc at work: blocks in reading order, and for each token the block that it lies in (-1 for none).

    turns: cues that go on with the report of an earlier one ("..., adding that"), with the speaker of that one.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        self.blocks: list[Block] = []
        self.groups: list[list[Block]] = []
        self.marked: dict[int, Block] = {}
        self.inside = [-1] * len(doc)
        self.found: list[Found] = []
        self.subjects = Subjects()
        self.turns: dict[int, Speaker | None] = {}
        self._lay()

    def _lay(self) -> None:
        starts = [token.idx for token in self.doc]
        for marked in quoted(self.text):
            if marked.depth:
                continue
            start, end = bisect_left(starts, marked.start), bisect_left(starts, marked.end)
            if not any(self.doc[i].is_alpha or self.doc[i].like_num for i in range(start, end)):
                continue
            if not (marked.resumes and self.groups):
                self.groups.append([])
            block = self._block(start, end, marked)
            for i in range(start, end):
                self.inside[i] = len(self.blocks)
            self.blocks.append(block)
            self.marked[marked.start] = block
            self.groups[-1].append(block)

    def _block(self, start: int, end: int, marked: Quoted) -> Block:
        inner = self.text[marked.inner_start : marked.inner_end].strip()
        after = self.text[marked.end : marked.end + 2].lstrip()[:1]
        first, closing = inner.lstrip(_OPENING)[:1], inner.rstrip(_CLOSING)[-1:]
        begins = first.isupper() or first.isdigit()
        ends = closing in tuple(".!?,…—–-;") or after in (",", ".", "!", "?") or not marked.closed
        return Block(start, end, marked, begins and ends, len(self.groups) - 1, closing)

    def keep(self, found: Found) -> None:
        """Takes a quotation in; its blocks, and those re-opened after them, are its own."""
        for block in found.blocks:
            self.own(block, found)
        self.found.append(found)

    def drop_nested(self) -> None:
        """Drops thoughts inside a report: of "she said she hopes to win" the words said are one quotation, not two."""
        told: set[int] = set()
        for found in self.found:
            if found.manner != "thought":
                told.update(i for start, end in found.pieces for i in range(start, end))
        self.found = [f for f in self.found if f.manner != "thought" or not f.cue or f.cue[0] not in told]

    def own(self, block: Block, found: Found) -> None:
        """Makes a block, with those re-opened after it, a quotation's own."""
        for other in self.groups[block.group]:
            other.owner = found

    def block_at(self, i: int) -> Block | None:
        """The block that a token lies in."""
        if not 0 <= i < len(self.inside) or self.inside[i] < 0:
            return None
        return self.blocks[self.inside[i]]

    def window(self, at: int) -> tuple[int, int]:
        """The unquoted tokens around a cue, up to the ends of its sentence or the next marks."""
        left, right = at, at + 1
        while left > 0 and at - left < WIDEST and not self._halts(left - 1):
            left -= 1
        while right < len(self.doc) and right - at < WIDEST and not self._halts(right):
            right += 1
        if right < len(self.doc) and self.doc[right].is_space and self.doc[right - 1].text == ":":
            right += 1
        return left, right

    def _halts(self, i: int) -> bool:
        token = self.doc[i]
        return self.inside[i] >= 0 or token.text in SENTENCE_ENDS or "\n" in token.text

    def bounds(self, token: Token) -> tuple[int, int]:
        """The sentence of a cue: the parser's, stretched over marks that it cut through, ended where marks end a sentence."""
        sent = token.sent
        start, end = max(sent.start, token.i - LONGEST), min(sent.end, token.i + LONGEST)
        first, last = self.block_at(start), self.block_at(end - 1)
        start = min(start, first.start) if first else start
        end = max(end, last.end) if last else end
        for i in range(token.i - 1, start, -1):
            if self._closes_sentence(i):
                start = i
                break
        for i in range(token.i + 1, end):
            if self._closes_sentence(i):
                end = i
                break
        return start, end

    def _closes_sentence(self, i: int) -> bool:
        """Whether a new sentence begins at a token: right behind marks that end one, or with marks of its own behind a stop."""
        here, before = self.inside[i], self.inside[i - 1]
        if before < 0:
            return here >= 0 and self.doc[i - 1].text in SENTENCE_ENDS and self.blocks[here].whole
        return here != before and self.blocks[before].closing in SENTENCE_ENDS and self.doc[i].text[:1].isupper()

    def ends_before(self, i: int) -> bool:
        """Whether a sentence may begin behind this token."""
        token = self.doc[i]
        return "\n" in token.text or (self.inside[i] < 0 and (token.text in SENTENCE_ENDS or token.text == ":"))

    def lead(self, block: Block) -> int:
        """Where the sentence begins in whose midst or end a block stands."""
        left = block.start
        while left > 0 and block.start - left < WIDEST and not self.ends_before(left - 1):
            held = self.block_at(left - 1)
            if held is not None and held.closing in SENTENCE_ENDS:
                break
            left -= 1
        return left

    def sentences_between(self, start: int, end: int) -> int:
        """How many sentence ends stand unquoted between two tokens."""
        return sum(self.inside[i] < 0 and self.doc[i].text in SENTENCE_ENDS for i in range(start, end))

    def paragraphs_between(self, start: int, end: int) -> int:
        """How many paragraph ends stand between two tokens."""
        return sum("\n" in self.doc[i].text for i in range(start, end))

    def same_paragraph(self, start: int, end: int) -> bool:
        """Whether no paragraph ends between two tokens."""
        return not any("\n" in self.doc[i].text for i in range(start, end))
