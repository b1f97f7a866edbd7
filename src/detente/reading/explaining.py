"""From what the matchers took down to explanations: part of the exit, used only when somebody asks why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from spacy.glossary import GLOSSARY
from spacy.tokens import Doc, Span, Token

from detente.reading.events.deeds import Deed
from detente.reading.events.frames import deep_subject, lemma_of, phrases
from detente.reading.events.lexicon import Lexicon, NounFrame, VerbFrame, lexicon
from detente.reading.events.paths import way
from detente.reading.events.reasons import EFFECTS, SETTLED, STANDINGS, TURNS, fault_in_words, flaw_in_words
from detente.reading.events.standing import Standing
from detente.reading.events.trace import Fate, Trace, Try
from detente.reading.marks import ActorMark, EventMark, Extent, TimeMark, context_of, register_of
from detente.records import Event, Evidence
from detente.records.explanation import (
    Attempt,
    Dating,
    Entry,
    Explanation,
    Gap,
    Party,
    Ruling,
    Score,
    Silence,
    Step,
    Trial,
    Verdict,
)

type ToEvidence = Callable[[Extent | tuple[int, int]], Evidence]

_OTHERWISE = "no word of this sentence is used as the lexicon knows it"
_NO_LEXICON = "no word of the lexicon stands in this sentence"
_WORDS = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


class Explainer:
    """Explains the events and the silent sentences of one Doc. evidence: turns offsets of the Doc into records."""

    def __init__(self, doc: Doc, trace: Trace, ids: Sequence[str], evidence: ToEvidence) -> None:
        self.doc, self.trace, self.ids, self.evidence = doc, trace, ids, evidence
        self.words: Lexicon = lexicon()
        self.register = register_of(doc)
        self.times: tuple[TimeMark, ...] = doc._.detente_times
        self.deeds = [fate.deed for fate in trace.fates.values() if not fate.flaw]

    def of(self, mark: EventMark) -> Explanation | None:
        """The explanation of an event; None when no deed of the trace made it."""
        deed = self._deed(mark)
        tries = self.trace.tries.get(deed.token.i, []) if deed else []
        held = next((one for one in tries if not one.fault), None)
        if deed is None or held is None:
            return None
        return Explanation(
            entry=_entry(held.frame),
            test=_passed(held),
            rivals=tuple(self._rivals(tries, held)),
            parties=tuple(self._parties(mark, deed)),
            gaps=tuple(self._gaps(mark, held)),
            status=self._final(mark, deed),
            date=self._dating(mark, deed),
            judge=self._verdict(mark),
            retold=tuple(self._retold(mark, deed)),
            turned=self._turned(mark, deed, held),
        )

    def silences(self, events: Iterable[Event]) -> tuple[Silence, ...]:
        """The sentences that gave no event, and words that gave none in those that did."""
        told: dict[tuple[str, int], list[str]] = {}
        for event in events:
            for piece in {event.trigger, *event.evidence, *(event.explanation.retold if event.explanation else ())}:
                for at in range(piece.start, piece.end):
                    told.setdefault((piece.field, at), []).append(event.id)
        found = (self._silence(sentence, told) for sentence in self.doc.sents)
        return tuple(silence for silence in found if silence is not None)

    def _silence(self, sentence: Span, told: dict[tuple[str, int], list[str]]) -> Silence | None:
        words = [token for token in sentence if not token.is_space]
        if not any(token.is_alpha for token in words) or self._is_dateline(sentence):
            return None
        whole = self.evidence((words[0].idx, words[-1].idx + len(words[-1])))
        gave = dict.fromkeys(i for at in range(whole.start, whole.end) for i in told.get((whole.field, at), ()))
        trials = tuple(trial for token in words if (trial := self._trial(token)) is not None)
        if gave and not trials:
            return None
        if not gave and not trials:
            trials = tuple(trial for token in words if (trial := self._other_class(token)) is not None)
        reason = "" if gave else _quiet(trials)
        return Silence(sentence=whole, trials=trials, events=tuple(gave), reason=reason)

    def _is_dateline(self, sentence: Span) -> bool:
        context = context_of(self.doc)
        return context.body <= sentence.start_char and sentence.end_char <= context.dateline_end

    def _trial(self, token: Token) -> Trial | None:
        tries = self.trace.tries.get(token.i)
        fate = self.trace.fates.get(token.i)
        if tries is None or (fate is not None and not fate.flaw and fate.deed.sides()):
            return None
        attempts = tuple(self._attempt(one) for one in tries)
        if fate is None:
            return Trial(trigger=self._word(token), attempts=attempts)
        return Trial(
            trigger=self._word(token),
            attempts=attempts,
            fault=fate.flaw or "sides",
            reason=self._fallen(fate),
            status=self._own(fate.deed),
        )

    def _other_class(self, token: Token) -> Trial | None:
        """A word that the lexicon knows as another part of speech than the tagger."""
        lemma = token.lemma_.lower()
        kind = "verb" if lemma in self.words.verbs else "noun" if lemma in self.words.nouns else ""
        if not kind or token.pos_ not in _WORDS:
            return None
        taken = GLOSSARY.get(token.tag_, token.pos_).partition(",")[0]
        reason = f"the lexicon knows it as a {kind}; here the tagger takes it for: {taken}"
        return Trial(trigger=self._word(token), fault="part of speech", reason=reason)

    def _fallen(self, fate: Fate) -> str:
        """Why a deed fell, in words."""
        if fate.flaw == "told" and fate.by is not None:
            by = self.doc[fate.by]
            chief = self.trace.fates.get(fate.by)
            asked = chief is not None and chief.deed.asked is fate.deed
            return f"is what “{by.text}” asks for or speaks of" if asked else f"tells the same deed as “{by.text}”"
        if fate.flaw == "topic" and fate.blocker is not None:
            hits = [t.text for t in fate.deed.token.sent if lemma_of(t) in fate.blocker.words]
            shown = ", ".join(f"“{hit}”" for hit in dict.fromkeys(hits))
            return f"the sentence is about {fate.blocker.topic} ({fate.blocker.file}:{fate.blocker.line}): {shown}"
        if fate.flaw == "status":
            return self._own(fate.deed).reason
        return flaw_in_words(fate.flaw or "sides")

    def _deed(self, mark: EventMark) -> Deed | None:
        near = [deed for deed in self.deeds if self._extent(deed).start == mark.trigger.start]
        return next((deed for deed in near if deed.type == mark.type), near[0] if near else None)

    def _extent(self, deed: Deed) -> Extent:
        span = self.doc[deed.trigger[0] : deed.trigger[1]]
        return Extent(span.start_char, span.end_char)

    def _word(self, token: Token) -> Evidence:
        return self.evidence((token.idx, token.idx + len(token)))

    def _steps(self, start: Token, goal: Token) -> tuple[Step, ...]:
        return tuple(Step(label=arc.label, word=self._word(arc.word), up=arc.up) for arc in way(start, goal))

    def _turned(self, mark: EventMark, deed: Deed, held: Try) -> str:
        """What made another deed of the row's, in words."""
        if (mark.type, mark.mode) == (held.frame.type, held.frame.mode):
            return ""
        by = next((name for name in ("judge", "refused", "stopped") if f"+{name}" in mark.rule), None)
        if by is not None:
            return TURNS[by]
        if deed.asked is not None:
            asked = deed.asked
            return TURNS["asked"].format(what=f"{asked.type}/{asked.mode}" if asked.mode else asked.type)
        if deed.absorbed:
            return TURNS["told"].format(what=deed.absorbed[-1].text)
        return TURNS["parties" if (mark.type, mark.mode) == (deed.type, deed.mode) else "retold"]

    def _rivals(self, tries: list[Try], held: Try) -> Iterable[Attempt]:
        yield from (self._attempt(one) for one in tries if one is not held)
        tried = {id(one.frame) for one in tries}
        for frame in self._frames(held.frame):
            if id(frame) not in tried:
                yield Attempt(entry=_entry(frame), held=False, fault="untried", reason=fault_in_words("untried"))

    def _frames(self, held: VerbFrame | NounFrame) -> Iterable[VerbFrame | NounFrame]:
        """The rows that could hold beside one: of the same verb, or of the same noun with fewer words before it."""
        if isinstance(held, VerbFrame):
            return self.words.verbs.get(held.verb, ())
        size = len(held.before)
        return [f for f in self.words.nouns.get(held.noun, ()) if held.before[size - len(f.before) :] == f.before]

    def _attempt(self, one: Try) -> Attempt:
        return Attempt(entry=_entry(one.frame), held=not one.fault, fault=one.fault, reason=self._reason(one))

    def _reason(self, one: Try) -> str:
        if not one.fault:
            return _passed(one)
        if isinstance(one.frame, NounFrame):
            wanted = " ".join(one.frame.before)
            return f"asks for “{wanted}” before it" if one.fault == "wording" else fault_in_words(one.fault)
        if one.fault == "wording":
            particle = " ".join(one.frame.particle)
            return f"asks for “{particle}” beside it" if particle else "asks for the verb without its particle"
        if one.fault == "object":
            return _unmet(one, one.frame)
        if one.fault == "source" and not one.frame.source:
            subject = deep_subject(one.token, self.words)
            return f"the subject “{subject.text}” is no actor" if subject is not None else "has no subject that acts"
        places = one.frame.target if one.fault == "need_target" else one.frame.source if one.fault == "source" else ()
        where = f" ({', '.join(places)})" if places else ""
        return f"{fault_in_words(one.fault)}{where}"

    def _parties(self, mark: EventMark, deed: Deed) -> Iterable[Party]:
        for role, side in (("source", mark.sources), ("target", mark.targets)):
            for index in side:
                yield self._party(role, index, deed)

    def _gaps(self, mark: EventMark, held: Try) -> Iterable[Gap]:
        if not mark.sources:
            yield self._gap("source", held.frame.source, held)
        if not mark.targets:
            yield self._gap("target", held.frame.target, held)

    def _gap(self, role: str, places: tuple[str, ...], held: Try) -> Gap:
        """Why a side names nobody: what the row looks at, and what stands there."""
        word = held.object if "obj" in places else None
        if role == "source" and not places and isinstance(held.frame, VerbFrame):
            word = deep_subject(held.token, self.words)
            if word is None:
                return Gap(role=role, reason=f"no subject goes with “{held.token.text}”")
        if word is not None:
            return Gap(role=role, reason=f"“{word.text}” names no actor", word=self._word(word))
        if not places:
            return Gap(role=role, reason="the row has none")
        return Gap(role=role, reason=f"no actor stands where the row looks: {', '.join(places)}")

    def _party(self, role: str, index: int, deed: Deed) -> Party:
        actor = self.register[index]
        near = [token for token in deed.token.sent if self.register.at(token.i) == index]
        word = min(near, key=lambda token: len(way(deed.token, token)), default=None)
        basis, reason = _basis(actor, word, self._first(actor))
        return Party(
            role=role,
            actor=self.ids[index],
            name=actor.name,
            country=actor.country,
            basis=basis,
            reason=reason,
            word=self._word(word) if word is not None else None,
            path=self._steps(deed.token, word) if word is not None else (),
        )

    def _first(self, actor: ActorMark) -> str:
        """The first words that name an actor, "" when none do."""
        first = min(actor.mentions, default=None)
        return self.evidence(first).text if first is not None else ""

    def _final(self, mark: EventMark, deed: Deed) -> Ruling:
        """What set the status of an event: the deed's own standing, its date, or another telling."""
        settled = self.trace.settings.get(deed.token.i)
        if settled is not None and settled.status != mark.status:
            other = next((d for d in self._others(mark, deed) if self._settled(d) == mark.status), None)
            word = other.token if other is not None else None
            return self._ruling(mark.status, "another telling", SETTLED["another telling"], word)
        if settled is not None and settled.rule:
            return self._ruling(mark.status, settled.rule, SETTLED[settled.rule], deed.token)
        if "+refused" in deed.rule:
            return self._ruling(mark.status, "refused", SETTLED["refused"], deed.token)
        if "+stopped" in deed.rule:
            return self._ruling(mark.status, "stopped", SETTLED["stopped"], deed.staged_by)
        return self._own(deed)

    def _settled(self, deed: Deed) -> str:
        settled = self.trace.settings.get(deed.token.i)
        return settled.status if settled is not None else deed.status

    def _own(self, deed: Deed) -> Ruling:
        """What gave a deed its own standing."""
        standing = deed.standing or Standing(deed.status)
        rule, word = standing.rule, standing.word
        if not deed.is_verb and not rule and deed.staged_by is not None:
            rule, word = "staged", deed.staged_by
        ruling = self._ruling(deed.status, rule or "named", STANDINGS.get(rule, rule), word)
        return _form(ruling, word) if rule == "own form" and word is not None else _with_row(ruling, standing)

    def _ruling(self, value: str, rule: str, reason: str, word: Token | None) -> Ruling:
        text = word.text if word is not None else "…"
        shown = self._word(word) if word is not None else None
        return Ruling(value=value, rule=rule, reason=reason.format(word=text), word=shown)

    def _dating(self, mark: EventMark, deed: Deed) -> Dating:
        if mark.time is None:
            return Dating(value=None, rule="none", reason=self._undated(deed))
        time = self.times[mark.time]
        settled = self.trace.settings.get(deed.token.i)
        by = settled.setting.time_by if settled is not None else {}
        head = next((t for t in (settled.heads if settled else ()) if mark.time in by.get(t.i, ())), None)
        span = self.doc.char_span(time.start, time.end, alignment_mode="expand")
        goal = span.root if span is not None else None
        basis = f"hangs on “{head.text}”" if head is not None else "comes from another telling of it"
        text = self.evidence((time.start, time.end)).text
        anchor = f", counted from {time.anchor}" if time.anchor else ""
        return Dating(
            value=time.value,
            rule=time.rule,
            reason=f"“{text}” {basis}; rule “{time.rule}”{anchor}",
            word=self.evidence((time.start, time.end)),
            anchor=time.anchor,
            path=self._steps(deed.token, goal) if goal is not None and head is not None else (),
        )

    def _undated(self, deed: Deed) -> str:
        """Why there is no date, by what stands in the sentence."""
        sentence = deed.token.sent
        near = [time for time in self.times if sentence.start_char <= time.start < sentence.end_char]
        days = [time for time in near if time.type in ("DATE", "TIME")]
        if not days:
            return "no time expression that names a day stands in the sentence"
        text = self.evidence((days[0].start, days[0].end)).text
        if days[0].begin is None:
            without = "" if context_of(self.doc).published else " without a day of publication"
            return f"“{text}” names no day{without}"
        return f"“{text}” hangs on another word than “{deed.token.text}”"

    def _verdict(self, mark: EventMark) -> Verdict | None:
        judged = self.trace.judgement(mark)
        if judged is None:
            return None
        scores = sorted(judged.scores.items(), key=lambda item: -item[1])
        return Verdict(
            judge=judged.judge,
            before=judged.before,
            scores=tuple(Score(type=name, probability=round(float(p), 4)) for name, p in scores),
        )

    def _others(self, mark: EventMark, deed: Deed) -> list[Deed]:
        """The other deeds that the event's evidence holds."""
        return [
            other
            for other in self.deeds
            if other is not deed
            and other.type == deed.type
            and any(piece.start <= other.token.idx < piece.end for piece in mark.evidence)
        ]

    def _retold(self, mark: EventMark, deed: Deed) -> Iterable[Evidence]:
        return (self.evidence(self._extent(other)) for other in self._others(mark, deed))


def _entry(frame: VerbFrame | NounFrame) -> Entry:
    verbal = isinstance(frame, VerbFrame)
    need = "!" if "need_target" in frame.flags else ""
    return Entry(
        file=frame.file,
        line=frame.line,
        words=" ".join((frame.verb, *frame.particle)) if isinstance(frame, VerbFrame) else frame.name,
        type=frame.type,
        mode=frame.mode,
        object=frame.written if isinstance(frame, VerbFrame) else None,
        source=",".join(frame.source),
        target=(need if verbal else "") + ",".join(frame.target),
        contexts=frame.contexts,
        cameo=frame.cameo,
        flags=tuple(sorted(frame.flags - {"need_target"})),
    )


def _passed(one: Try) -> str:
    """How the object met the test of a row that held."""
    if isinstance(one.frame, NounFrame):
        return f"“{' '.join(one.frame.before)}” stands before it" if one.frame.before else ""
    if one.frame.object.kind == "any":
        return ""
    if one.frame.object.kind == "none":
        return "has no object"
    if one.frame.object.kind == "phrase":
        heads = phrases(one.token, one.object).get(one.frame.object.prep, [])
        word = f" “{heads[0].text}”" if heads else ""
        return f"“{one.frame.object.prep}”{word}"
    return f"“{one.object.text}”" if one.object is not None else ""


def _unmet(one: Try, frame: VerbFrame) -> str:
    """What an object test asked for, and what it found."""
    found = f"the object is “{one.object.text}”" if one.object is not None else "there is no object"
    if frame.object.kind == "none":
        return f"asks for no object; {found}"
    if frame.object.kind == "actor":
        return f"asks for an actor as object; {found}"
    if frame.object.kind == "phrase":
        heads = phrases(one.token, one.object).get(frame.object.prep, [])
        beside = f"after it stands “{heads[0].text}”" if heads else "there is none"
        return f"asks for a phrase with “{frame.object.prep}”; {beside}"
    return f"asks for another object; {found}"


def _basis(actor: ActorMark, word: Token | None, first: str) -> tuple[str, str]:
    """How a word came to stand for an actor, by name and in words."""
    role = f"; {actor.role}" if actor.role else ""
    if role and actor.role_basis:
        role += " as the article states" if actor.role_basis == "stated" else " as a dated table knows"
    if word is None:
        if not first:
            return "place", "given by the place of the deed"
        return "elsewhere", f"named in another sentence (“{first}”)"
    if word.pos_ == "PRON":
        return "pronoun", f"“{word.text}” stands for “{first or actor.name}”{role}"
    if actor.kind == "country" and word.text not in actor.name:
        return "stand-in", f"“{word.text}” stands for {actor.name}"
    if actor.kind == "group":
        return "people", f"people named by what they are{role}"
    return "name", f"named here{role}"


def _form(ruling: Ruling, verb: Token) -> Ruling:
    """The ruling of a verb's own form, with the form in words."""
    form = GLOSSARY.get(verb.tag_, verb.tag_).removeprefix("verb, ")
    return Ruling(
        value=ruling.value, rule=ruling.rule, word=ruling.word, reason=f"“{verb.text}” is {form}; {ruling.reason}"
    )


def _with_row(ruling: Ruling, standing: Standing) -> Ruling:
    """The ruling with the row of governors.tsv that it rests on."""
    entry = standing.entry
    if entry is None:
        return ruling
    return Ruling(
        value=ruling.value,
        rule=ruling.rule,
        word=ruling.word,
        reason=f"{ruling.reason} and {EFFECTS[entry.effect]}",
        file=entry.file,
        line=entry.line,
    )


def _quiet(trials: Sequence[Trial]) -> str:
    """Why a sentence gave nothing, in short."""
    if not trials:
        return _NO_LEXICON
    if not any(trial.attempts for trial in trials):
        return _OTHERWISE
    held = any(attempt.held for trial in trials for attempt in trial.attempts)
    return "a row held, but no deed stood" if held else "no row of the lexicon held"
