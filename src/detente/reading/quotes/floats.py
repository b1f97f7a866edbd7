"""Quotations without a verb of saying: after a colon or before a dash and a name, in transcripts, or carried on."""

from __future__ import annotations

from detente.reading.quotes.page import FINITE, SENTENCE_ENDS, Block, Found, Page
from detente.reading.quotes.speakers import Speaker, mention_of

_DASHES = frozenset(("–", "—", "―", "-", "--"))
_FEWEST = 3  # words of a quotation that nobody brings in: shorter ones are titles or scare quotes
_NAME_LENGTH = 7  # tokens of a name before a transcript's colon
_VOICES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "president",
        "secretary",
        "minister",
        "senator",
        "sen",
        "rep",
        "ambassador",
        "general",
        "moderator",
        "host",
        "question",
        "answer",
        "q",
        "a",
    ]
)
_PLACES = frozenset(("GPE", "LOC", "FAC", "DATE", "TIME"))  # a dateline, not a voice
_UNNAMED = frozenset(("Q", "A"))  # question and answer: a voice without a name
_NO_NAMES = frozenset(
    ("note", "update", "photo", "source", "sources", "editor", "correction", "watch", "read", "related", "by")
)


def colons(page: Page) -> None:
    """Quotations whose cue is a colon or a dash."""
    for block in page.blocks:
        if block.owner is not None or not block.whole:
            continue
        found = _after_colon(page, block) or _before_dash(page, block)
        if found is not None:
            page.keep(found)
    _transcript(page)


def _after_colon(page: Page, block: Block) -> Found | None:
    i = block.start - 1
    while i > 0 and page.doc[i].is_space and "\n" not in page.doc[i].text:
        i -= 1
    if i < 1 or page.doc[i].text != ":":
        return None
    left = page.window(i)[0]
    return Found("speech", (i, i + 1), _speaker_before(page, left, i), [], [block])


def _speaker_before(page: Page, left: int, colon: int) -> Speaker | None:
    """Who stands before a colon: a name alone ("- Ada Berg:"), else the subject, else the last name."""
    doc = page.doc
    name = _label(page, left, colon)
    if name is not None:
        return name
    for i in range(left, colon):
        if doc[i].dep_ == "nsubj" and (
            doc[i].ent_type_ in ("PERSON", "ORG", "NORP") or doc[i].pos_ in ("PRON", "PROPN", "NOUN")
        ):
            return mention_of(doc[i])
    for i in range(colon - 1, left - 1, -1):
        if doc[i].ent_type_ in ("PERSON", "ORG"):
            return mention_of(doc[i])
    return None


def _label(page: Page, left: int, colon: int) -> Speaker | None:
    doc, start = page.doc, colon
    while start > left and (doc[start - 1].pos_ == "PROPN" or doc[start - 1].ent_type_ in ("PERSON", "ORG")):
        start -= 1
    if start == colon or (start > left and not (doc[start - 1].text in _DASHES or doc[start - 1].is_space)):
        return None
    return Speaker(doc[colon - 1], start, colon, doc[colon - 1])


def _before_dash(page: Page, block: Block) -> Found | None:
    """Marks, a dash and a name that ends its line or clause: “...” — Ada Berg, teacher."""
    doc, text, at = page.doc, page.text, block.marked.end
    while at < len(text) and text[at] in " \xa0":
        at += 1
    if at >= len(text) or text[at] not in _DASHES or block.closing == ",":
        return None
    start = block.end
    while start < len(doc) and (doc[start].idx <= at or doc[start].text in _DASHES):
        start += 1
    end = start
    while (
        end < len(doc) and end < start + _NAME_LENGTH and (doc[end].pos_ == "PROPN" or doc[end].ent_type_ == "PERSON")
    ):
        end += 1
    if start == end or (end < len(doc) and not (doc[end].is_space or doc[end].is_punct)):
        return None
    speaker = Speaker(doc[end - 1], start, end, doc[end - 1])
    return Found("speech", (max(block.end, start - 1), start) if start > block.end else None, speaker, [], [block])


def _transcript(page: Page) -> None:
    """Lines that begin with a name and a colon; one alone may be a label, two are a conversation."""
    turns = [turn for turn in _lines(page) if turn is not None]
    if len(turns) < 2 or not _conversation(page, turns):
        _headline(page, turns[:1])
        return
    for start, colon, end in turns:
        head = page.doc[colon - 1]
        speaker = None if head.text in _UNNAMED else Speaker(head, start, colon, head)
        page.keep(Found("speech", (colon, colon + 1), speaker, [(colon + 1, end)], verbatim=True))


def _conversation(page: Page, turns: list[tuple[int, int, int]]) -> bool:
    """Whether these labels are voices, not headings: one of them is a person or a title, or comes back."""
    labels = [page.doc[start:colon] for start, colon, _ in turns]
    if any(word.ent_type_ == "PERSON" or word.lower_.rstrip(".") in _VOICES for label in labels for word in label):
        return True
    return len({label.text for label in labels}) < len(labels)


def _headline(page: Page, turns: list[tuple[int, int, int]]) -> None:
    """The "Halloran: border to stay shut" of a title: her words, though not to the letter."""
    for start, colon, end in turns:
        head = page.doc[colon - 1]
        if start == 0 and head.ent_type_ == "PERSON" and page.doc[end - 1].text not in SENTENCE_ENDS:
            page.keep(Found("speech", (colon, colon + 1), Speaker(head, start, colon, head), [(colon + 1, end)]))


def _lines(page: Page) -> list[tuple[int, int, int]]:
    doc, start, found = page.doc, 0, []
    for i in range(len(doc) + 1):
        if i < len(doc) and "\n" not in doc[i].text:
            continue
        turn = _turn(page, start, i)
        if turn is not None:
            found.append(turn)
        start = i + 1
    return found


def _turn(page: Page, start: int, end: int) -> tuple[int, int, int] | None:
    doc = page.doc
    colon = next((i for i in range(start, min(end, start + _NAME_LENGTH)) if doc[i].text == ":"), None)
    if colon is None or colon == start or end - colon < _FEWEST + 1 or page.inside[colon + 1] >= 0:
        return None
    words = [doc[i] for i in range(start, colon) if doc[i].is_alpha]
    if not words or words[0].lower_ in _NO_NAMES or not all(w.text[0].isupper() for w in words):
        return None
    if any(w.ent_type_ in _PLACES for w in words):
        return None
    if all(w.is_upper for w in words):
        return start, colon, end
    spoken = any(doc[i].tag_ in FINITE for i in range(colon, end))
    return (start, colon, end) if spoken and any(w.ent_type_ == "PERSON" for w in words) else None


def floating(page: Page) -> None:
    """Quotations that stand alone: in the paragraph of another they go on with it, else the speaker is carried over."""
    told = sorted(page.found, key=Found.end)
    last: Found | None = None
    reached = 0
    for block in page.blocks:
        while reached < len(told) and told[reached].end() <= block.start:
            last, reached = told[reached], reached + 1
        if block.owner is not None or last is None or not _alone(page, block):
            continue
        end = last.end()
        near = page.same_paragraph(end, block.start)
        if near and page.sentences_between(end, block.start) <= 1:
            last.blocks.append(block)
            page.own(block, last)
        elif _spoken(page, block):
            last = Found("speech", None, _carried(page, block, last), [], [block], inferred=True)
            last.inferred = last.speaker is not None
            page.keep(last)


def _carried(page: Page, block: Block, last: Found) -> Speaker | None:
    """Who speaks words that stand alone: the person of the sentence before them, else the speaker before, if near."""
    doc, i = page.doc, block.start - 1
    while i > last.end() and (doc[i].is_space or doc[i].is_punct):
        i -= 1
    between = page.paragraphs_between(last.end(), block.start)
    if i <= last.end():
        return last.speaker
    subject = next((c for c in doc[i].sent.root.children if c.dep_ == "nsubj"), None)
    if subject is not None and (subject.ent_type_ == "PERSON" or subject.lower_ in ("he", "she")):
        return mention_of(subject)
    return last.speaker if between <= 1 else None


def _alone(page: Page, block: Block) -> bool:
    start = block.start
    return block.whole and (start == 0 or page.ends_before(start - 1) or page.inside[start - 1] >= 0)


def _spoken(page: Page, block: Block) -> bool:
    words = sum(page.doc[i].is_alpha for i in range(block.start, block.end))
    return words >= _FEWEST and (block.closing in tuple(".!?…") or not block.marked.closed)
