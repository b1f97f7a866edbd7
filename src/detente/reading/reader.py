"""Articles to readings, in batches: the room's front door."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from detente.knowledge.own_actors import OwnActors, own_actors
from detente.reading.dateline import split_dateline
from detente.reading.events.trace import Trace
from detente.reading.exit import reading_of
from detente.reading.marks import Context, declare
from detente.reading.pipeline import JUDGE, coder_version, knowledge_digest, load
from detente.records import Actor, Article, Event, Explanation, Failure, Quote, Reading

LONGEST = 400_000  # characters of one Doc: the parser's memory grows with it (about 1 GB per million)
BATCH = 16  # articles parsed together: 64 take 1.8 times the memory and are a fifth slower (caches)
LANGUAGE = "en"
_GAP = "\n\n"
_log = logging.getLogger("detente")


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of an article that fits into one Doc; shift: where it begins in the article's text; lead: length of its dateline."""

    title: str
    text: str
    shift: int
    lead: int


class Reader:
    """Reads articles with one loaded pipeline.

    model: None for the bundled language model, else the name or path of an installed `en_core_web_*` pipeline.
    actors: a user's own (knowledge/own_actors.py), or the file they are in. Raises TableError when it is wrong.
    explain: give each event its explanation, and the sentences that gave none. Reading pays nothing for it otherwise.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        nlp: Language | None = None,
        actors: str | Path | OwnActors | None = None,
        explain: bool = False,
        judge: str = JUDGE,
    ) -> None:
        self.actors = own_actors(actors)
        self.nlp = nlp or load(model, judge)
        self.judge = judge
        self.coder = coder_version()
        self.knowledge = knowledge_digest(self.actors, judge)
        self.explain = explain
        declare()

    def using(self, actors: str | Path | OwnActors | None) -> Reader:
        """A reader with the same pipeline and a user's own actors."""
        return Reader(nlp=self.nlp, actors=actors, explain=self.explain, judge=self.judge)

    def explaining(self) -> Reader:
        """A reader with the same pipeline and actors that explains what it reads."""
        return Reader(nlp=self.nlp, actors=self.actors, explain=True, judge=self.judge)

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """One reading for each article, in order. What cannot be read becomes a Failure in its reading; nothing is raised."""
        for batch in batched(articles, BATCH):
            yield from self._batch(batch)

    def _batch(self, articles: Sequence[Article]) -> Iterator[Reading]:
        refused = {i: failure for i, article in enumerate(articles) if (failure := _refusal(article))}
        fit = [article for i, article in enumerate(articles) if i not in refused]
        try:
            readings = iter(self._together(fit))
        except Exception:  # the border of the batch: find the article that broke it, read the others
            readings = iter([self._alone(article) for article in fit])
        for i, article in enumerate(articles):
            yield Reading(article=article, failures=(refused[i],)) if i in refused else next(readings)

    def _alone(self, article: Article) -> Reading:
        try:
            return self._together([article])[0]
        except Exception as error:
            _log.exception("the reader broke on article %s", article.id)
            reason = (
                f"the reader broke on this article ({type(error).__name__}: {error}); please report it with its text"
            )
            return Reading(article=article, failures=(Failure(stage="reading", reason=reason),))

    def _together(self, articles: Sequence[Article]) -> list[Reading]:
        work: list[tuple[int, Article, _Part]] = []
        for index, article in enumerate(articles):
            words, lead = split_dateline(article.text)
            dated = replace(article, dateline=article.dateline or words)
            work += [(index, dated, part) for part in _parts(article, lead)]
        docs = self.nlp.pipe(self._doc(article, part) for _, article, part in work)
        readings: dict[int, Reading] = {}
        for (index, article, part), doc in zip(work, docs, strict=True):
            reading = reading_of(doc, article, coder=self.coder, knowledge=self.knowledge, shift=part.shift)
            readings[index] = _joined(readings[index], reading) if index in readings else reading
        return [readings[i] for i in range(len(articles))]

    def _doc(self, article: Article, part: _Part) -> Doc:
        head = part.title + _GAP if part.title else ""
        doc = self.nlp.make_doc(head + part.text)
        doc._.detente_context = Context(
            published=article.day,
            source=article.source,
            body=len(head),
            dateline_end=len(head) + part.lead,
            own=self.actors,
        )
        if self.explain:
            doc._.detente_trace = Trace()
        return doc


def _refusal(article: Article) -> Failure | None:
    """Why the article is kept but not coded; None when it can be."""
    language = (article.language or LANGUAGE).lower().partition("-")[0]
    if language != LANGUAGE:
        reason = f"the coder reads English (en), this article is in {language!r}: its text is kept, nothing is coded"
        return Failure(stage="language", reason=reason)
    if not article.text.strip() and not (article.title or "").strip():
        return Failure(stage="reading", reason="expected a text or a title, found neither: nothing to read")
    return None


def _parts(article: Article, lead: int) -> list[_Part]:
    """The article in pieces of at most LONGEST characters, cut at paragraphs where there are any."""
    title, text = article.title or "", article.text
    if len(text) <= LONGEST:
        return [_Part(title=title, text=text, shift=0, lead=lead)]
    parts, start = [], 0
    while start < len(text):
        end = _cut(text, start)
        first = start == 0
        parts.append(_Part(title=title if first else "", text=text[start:end], shift=start, lead=lead if first else 0))
        start = end
    return parts


def _cut(text: str, start: int) -> int:
    """Where the piece from `start` ends: after the last paragraph, else line, sentence or word, that fits."""
    end = start + LONGEST
    if end >= len(text):
        return len(text)
    for mark in ("\n\n", "\n", ". ", " "):
        at = text.rfind(mark, start + LONGEST // 2, end)
        if at > 0:
            return at + len(mark)
    return end


def _joined(first: Reading, second: Reading) -> Reading:
    """Two parts of one article as one reading: the same actor is one actor, places keep their numbers."""
    known = {(a.kind, a.name, a.country): a for a in first.actors}
    same = {a.id: known[a.kind, a.name, a.country].id for a in second.actors if (a.kind, a.name, a.country) in known}
    more: dict[str, Actor] = {same[a.id]: a for a in second.actors if a.id in same}
    actors = [replace(a, mentions=a.mentions + more[a.id].mentions) if a.id in more else a for a in first.actors]
    offset = len(first.places)
    return replace(
        first,
        actors=(*actors, *(a for a in second.actors if a.id not in same)),
        events=first.events + tuple(_renamed_event(e, same, offset) for e in second.events),
        quotes=first.quotes + tuple(_renamed_quote(q, same) for q in second.quotes),
        places=first.places + second.places,
        times=first.times + second.times,
        commitments=first.commitments
        + tuple(
            replace(c, by=same.get(c.by, c.by), to=tuple(same.get(t, t) for t in c.to)) for c in second.commitments
        ),
        failures=first.failures + second.failures,
        silent=first.silent + second.silent,
    )


def _renamed_event(event: Event, same: dict[str, str], offset: int) -> Event:
    asked = event.asked and replace(event.asked, by=same.get(event.asked.by or "", event.asked.by))
    return replace(
        event,
        sources=tuple(same.get(i, i) for i in event.sources),
        targets=tuple(same.get(i, i) for i in event.targets),
        asked=asked,
        explanation=event.explanation and _renamed_parties(event.explanation, same),
        place=None if event.place is None else event.place + offset,
    )


def _renamed_parties(explanation: Explanation, same: dict[str, str]) -> Explanation:
    return replace(
        explanation, parties=tuple(replace(p, actor=same.get(p.actor, p.actor)) for p in explanation.parties)
    )


def _renamed_quote(quote: Quote, same: dict[str, str]) -> Quote:
    return replace(
        quote,
        speaker=same.get(quote.speaker or "", quote.speaker),
        addressee=same.get(quote.addressee or "", quote.addressee),
    )
