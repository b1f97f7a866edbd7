"""The component detente_quotes: who said, wrote or thought what, in whose words."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from detente.reading.marks import Extent, QuoteMark, declare, register_of
from detente.reading.quote_clauses import Piece, according, adjective_clause, noun_clause, reported, tidy
from detente.reading.quote_cues import Cue, Cues
from detente.reading.quote_marks import Quoted, quoted
from detente.reading.quote_speakers import Cast, Speaker, extent_of, mention_of, owner_of, subject_of

_ENDS = frozenset(".!?")
_WIDEST = 60  # tokens between a quotation and its cue


@Language.factory("detente_quotes")
def make_quotes(nlp: Language, name: str) -> Quotes:
    """The spaCy factory `detente_quotes`."""
    declare()
    return Quotes()


@dataclass(slots=True)
class Block:
    """A stretch between outermost marks, in tokens [start, end), with its characters; group: the re-opened ones belong together."""

    start: int
    end: int
    marked: Quoted
    whole: bool  # begins like a sentence and ends like one: a quotation by itself
    group: int
    owner: Found | None = None


@dataclass(slots=True)
class Found:
    """A quotation being put together. pieces: tokens; blocks: what stands between marks."""

    manner: str
    cue: Piece | None
    speaker: Speaker | None
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    addressee: Speaker | None = None
    inferred: bool = False


class Quotes:
    """Marks quotations on a Doc."""

    def __init__(self) -> None:
        self._cues = Cues()

    def __call__(self, doc: Doc) -> Doc:
        """Annotates and returns the Doc."""
        if len(doc):
            page = Page(doc, self._cues)
            page.read()
            doc._.detente_quotes = page.marks()
        return doc


class Page:
    """One Doc at work."""

    def __init__(self, doc: Doc, cues: Cues) -> None:
        self.doc = doc
        self.cues = cues
        self.text = doc.text
        self.cast = Cast(doc, register_of(doc))
        self.blocks: list[Block] = []
        self.inside = [-1] * len(doc)
        self.found: list[Found] = []
        self._lay_blocks()

    def _lay_blocks(self) -> None:
        starts = [t.idx for t in self.doc]
        group = 0
        for q in quoted(self.text):
            if q.depth:
                continue
            start, end = bisect_left(starts, q.start), bisect_left(starts, q.end)
            if not any(self.doc[i].is_alpha for i in range(start, end)):
                continue
            group += not q.resumes
            for i in range(start, end):
                self.inside[i] = len(self.blocks)
            self.blocks.append(Block(start, end, q, self._whole(q), group))

    def _whole(self, q: Quoted) -> bool:
        inner = self.text[q.inner_start : q.inner_end].strip()
        if not inner:
            return False
        after = self.text[q.end : q.end + 2].lstrip()[:1]
        first = inner.lstrip("[(…. ")[:1]
        return (first.isupper() or first.isdigit()) and (
            inner[-1] in ".!?,…—–-;" or after in (",", ".", "!", "?") or not q.closed
        )

    # ------------------------------------------------------------------ reading
    def read(self) -> None:
        """Finds every quotation of the Doc."""
        for token in self.doc:
            if self.inside[token.i] >= 0:
                continue
            if token.lower_ == "according":
                self._according(token)
                continue
            cue = self.cues.of(token)
            if cue is None:
                continue
            if token.pos_ == "NOUN":
                self._nominal(token, cue)
            elif token.pos_ == "ADJ":
                self._adjective(token, cue)
            else:
                self._verb(token, cue)
        self._colons()
        self._floating()

    def _window(self, at: int) -> tuple[int, int]:
        """The stretch of unquoted tokens around a cue up to the end of its sentence or the next marks."""
        doc, left, right = self.doc, at, at + 1
        while left > 0 and at - left < _WIDEST and not self._halts(left - 1):
            left -= 1
        while right < len(doc) and right - at < _WIDEST and not self._halts(right):
            right += 1
        return left, right

    def _halts(self, i: int) -> bool:
        token = self.doc[i]
        return self.inside[i] >= 0 or token.text in _ENDS or "\n" in token.text

    def _bounds(self, token: Token) -> tuple[int, int]:
        """The sentence of a cue in tokens, stretched over marks that the parser cut through."""
        sent = token.sent
        start, end = sent.start, sent.end
        if self.inside[start] >= 0 and start > self.blocks[self.inside[start]].start:
            start = self.blocks[self.inside[start]].start
        if self.inside[end - 1] >= 0:
            end = max(end, self.blocks[self.inside[end - 1]].end)
        return start, end

    def _verb(self, token: Token, cue: Cue) -> None:
        left, right = self._window(token.i)
        before = self.blocks[self.inside[left - 1]] if left and self.inside[left - 1] >= 0 else None
        after = self.blocks[self.inside[right]] if right < len(self.doc) and self.inside[right] >= 0 else None
        speaker = subject_of(token)
        blocks: list[Block] = []
        pieces: list[Piece] = []
        if before is not None and before.owner is None and self._follows(before, left, token, cue):
            speaker = self._surface_speaker(left, token, right) or speaker
            blocks.append(before)
            pieces += self._lead(before, token)
        floor, ceiling = self._bounds(token)
        if not blocks and not ("document" in cue.takes and not self._document(speaker)):
            pieces = reported(token, cue, floor, ceiling)
        if after is not None and after.owner is None and self._precedes(token, cue, right, after, pieces):
            blocks.append(after)
        if not blocks and not pieces:
            return
        if not blocks and self._idle(token, speaker):
            return
        self._keep(Found(cue.manner, self._cue_span(token), speaker, pieces, blocks), token)

    def _document(self, speaker: Speaker | None) -> bool:
        return speaker is not None and self.cues.document(speaker.head)

    def _idle(self, token: Token, speaker: Speaker | None) -> bool:
        """Not a report: a command, a wish, words of nobody."""
        if speaker is None and token.tag_ in ("VB", "VBP"):
            return True
        return False

    def _follows(self, block: Block, left: int, token: Token, cue: Cue) -> bool:
        """Whether the cue comes right behind the quotation: marks, then ", she said" or ", said the minister"."""
        inner = self.text[block.marked.inner_start : block.marked.inner_end].rstrip()
        closing = inner[-1:]
        if closing == "." and not self.doc[left].text == ",":
            return False
        comma = closing in ",?!—–-…" or self.doc[left].text in (",", "–", "—", "-", "--")
        if not ({"words", "after"} & cue.takes):
            return False
        start = left
        while start < token.i and (
            self.doc[start].is_punct or self.doc[start].pos_ in ("ADV", "CCONJ") or self.doc[start].is_space
        ):
            start += 1
        if start == token.i:
            return comma or block.whole
        if token.tag_ == "VBG":
            return False
        if not comma and not block.whole:
            return False
        return not self._busy(start, token)

    def _busy(self, start: int, token: Token) -> bool:
        """Whether another verb stands between the quotation and the cue, so that the cue belongs to something else."""
        first = self.doc[start]
        if first.tag_ in ("VBG", "IN", "TO", "WRB", "WDT", "WP") and first.ent_type_ != "PERSON":
            return True
        for i in range(start, token.i):
            other = self.doc[i]
            if other.tag_ not in ("VBD", "VBZ", "VBP", "MD") or other.head is token:
                continue
            if (
                other.dep_ in ("aux", "auxpass")
                or other.dep_ == "relcl"
                or any(a.dep_ == "relcl" for a in other.ancestors)
            ):
                continue
            return True
        return False

    def _surface_speaker(self, left: int, token: Token, right: int) -> Speaker | None:
        """The first noun phrase behind the closing mark, whatever the parser made of the sentence."""
        doc, i = self.doc, left
        while i < token.i and (doc[i].is_punct or doc[i].is_space or doc[i].pos_ in ("ADV", "CCONJ")):
            i += 1
        if i == token.i:
            inverted = next(
                (c for c in token.children if c.dep_ in ("nsubj", "dobj", "npadvmod") and token.i < c.i < right), None
            )
            return mention_of(inverted) if inverted is not None else self._phrase(token.i + 1, right)
        return self._phrase(i, token.i)

    def _phrase(self, start: int, end: int) -> Speaker | None:
        """The noun phrase that begins at a token: up to the first comma, preposition or verb."""
        doc, i = self.doc, start
        while i < end and (
            doc[i].pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART")
            or doc[i].text in (".", "-", "’s", "'s")
        ):
            i += 1
        while i > start and doc[i - 1].pos_ not in ("NOUN", "PROPN", "PRON"):
            i -= 1
        if i == start:
            return None
        head = doc[i - 1]
        found = mention_of(head)
        return Speaker(head, start, max(i, found.end if found.end <= end else i), found.actor)

    def _lead(self, block: Block, token: Token) -> list[Piece]:
        """The unquoted beginning of a sentence whose end is quoted: "The talks “will go on”, he said"."""
        start = self._bounds(token)[0]
        left = block.start
        while left > start and block.start - left < _WIDEST and not self._ends_before(left - 1):
            left -= 1
        return tidy(self.doc, [(left, block.start)])

    def _ends_before(self, i: int) -> bool:
        token = self.doc[i]
        return (self.inside[i] < 0 and token.text in (".", "!", "?", ":")) or "\n" in token.text

    def _precedes(self, token: Token, cue: Cue, right: int, block: Block, pieces: list[Piece]) -> bool:
        """Whether the words behind the cue are its own: "she said: “...”"."""
        if any(start <= block.start < end or end == block.start or end == block.start - 1 for start, end in pieces):
            return True
        if not ({"words", "after"} & cue.takes):
            return False
        between = [self.doc[i] for i in range(token.i + 1, right)]
        if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") and t.head is not token for t in between):
            return False
        last = between[-1].text if between else ""
        if last in (":", ","):
            return block.whole or last == ":" or len(between) < 4
        if "after" in cue.takes:
            return False
        return len(between) <= 8

    def _cue_span(self, token: Token) -> Piece:
        return token.i, token.i + 1

    def _keep(self, found: Found, token: Token) -> None:
        for block in found.blocks:
            for other in self._group(block):
                other.owner = found
        found.addressee = self._addressee(token)
        self.found.append(found)

    def _group(self, block: Block) -> list[Block]:
        return [other for other in self.blocks if other.group == block.group]

    def _addressee(self, token: Token) -> Speaker | None:
        if token.lemma_ not in (
            "tell",
            "inform",
            "assure",
            "remind",
            "advise",
            "notify",
            "brief",
            "warn",
            "ask",
            "urge",
        ):
            return None
        for child in token.children:
            if (
                child.i > token.i
                and child.dep_ in ("dobj", "dative", "iobj", "npadvmod")
                and child.ent_type_ not in ("DATE", "TIME")
            ):
                return mention_of(child)
        return None

    def _nominal(self, token: Token, cue: Cue) -> None:
        pieces = noun_clause(token, self._bounds(token)[1])
        if not pieces:
            return
        self._keep(Found(cue.manner, (token.i, token.i + 1), owner_of(token), pieces), token)

    def _adjective(self, token: Token, cue: Cue) -> None:
        verb = token.head
        if token.dep_ != "acomp" or verb.lemma_ not in ("be", "feel", "remain", "become", "seem"):
            return
        speaker = subject_of(verb)
        if speaker is None or speaker.head.lower_ == "it":
            return
        pieces = adjective_clause(token, self._bounds(token)[1])
        if pieces:
            self._keep(Found(cue.manner, (token.i, token.i + 1), speaker, pieces), token)

    def _according(self, token: Token) -> None:
        answer = according(token, *self._bounds(token))
        if answer is None or not answer[1]:
            return
        holder, pieces = answer
        self._keep(Found("speech", (token.i, token.i + 2), mention_of(holder), pieces), token)

    def _colons(self) -> None:
        """Transcripts and the colon that stands for a verb of saying."""

    def _floating(self) -> None:
        """Quotations without a cue of their own: carried on from the neighbour."""
        last: Found | None = None
        for block in self.blocks:
            if block.owner is not None:
                last = block.owner
                continue
            if last is None or not block.whole or not self._starts_sentence(block.start):
                continue
            if self._same_paragraph(last.blocks[-1].end if last.blocks else block.start, block.start):
                last.blocks.append(block)
                block.owner = last
                continue
            block.owner = last = Found("speech", None, last.speaker, [], [block], inferred=True)
            self.found.append(last)

    def _starts_sentence(self, i: int) -> bool:
        return i == 0 or self._ends_before(i - 1) or self.inside[i - 1] >= 0

    def _same_paragraph(self, start: int, end: int) -> bool:
        return not any("\n" in self.doc[i].text for i in range(start, end))

    # ------------------------------------------------------------------ result
    def marks(self) -> tuple[QuoteMark, ...]:
        """The quotations as marks on the Doc, in reading order."""
        made = (self._mark(found) for found in self.found)
        return tuple(sorted((m for m in made if m is not None), key=lambda m: (m.start, m.end)))

    def _mark(self, found: Found) -> QuoteMark | None:
        quoted_spans = [
            Extent(b.marked.inner_start, b.marked.inner_end) for block in found.blocks for b in self._group(block)
        ]
        spans = self._merged([extent_of(self.doc, a, b) for a, b in found.pieces], quoted_spans)
        if not spans:
            return None
        speaker = found.speaker
        addressee = found.addressee
        return QuoteMark(
            start=spans[0].start,
            end=spans[-1].end,
            spans=tuple(spans),
            kind=self._kind(spans),
            manner=found.manner,
            cue=extent_of(self.doc, *found.cue) if found.cue else None,
            speaker=self.cast.actor(speaker) if speaker else None,
            speaker_mention=extent_of(self.doc, speaker.start, speaker.end) if speaker else None,
            inferred=found.inferred,
            addressee=self.cast.actor(addressee) if addressee else None,
        )

    def _merged(self, clauses: list[Extent], marked: list[Extent]) -> list[Extent]:
        spans = sorted(clauses + marked)
        out: list[Extent] = []
        for span in spans:
            gap = self.text[out[-1].end : span.start] if out else ""
            if (
                out
                and (span.start <= out[-1].end or not any(c.isalnum() for c in gap))
                and "\n" not in gap
                and (clauses and span.start - out[-1].end < 4)
            ):
                out[-1] = Extent(out[-1].start, max(out[-1].end, span.end))
            else:
                out.append(span)
        return [self._trimmed(s) for s in out]

    def _trimmed(self, span: Extent) -> Extent:
        start, end = span
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Extent(start, end)

    def _kind(self, spans: list[Extent]) -> str:
        within = without = 0
        for block in self.blocks:
            within += sum(
                max(0, min(block.marked.inner_end, s.end) - max(block.marked.inner_start, s.start)) for s in spans
            )
        without = sum(s.end - s.start for s in spans) - within
        if not within:
            return "indirect"
        return "direct" if without <= 4 else "mixed"
