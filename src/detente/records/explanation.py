"""Why an event was read as it was, and why a sentence gave none. Made only when asked for; never kept."""

from __future__ import annotations

from dataclasses import dataclass

from detente.records.spans import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the lexicon of deeds, its cells as the table has them.

    words: those of the row that matched. object: the test of the object, "" for any; None for a noun, which has none.
    source, target: places to look in, best first; "!" before the first: without a target the frame does not hold.
    """

    file: str
    line: int
    words: str
    type: str
    mode: str | None = None
    object: str | None = None
    source: str = ""
    target: str = ""
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One frame tried on a word. held: whether it fits. fault: by name, what it missed; reason: the same in words."""

    entry: Entry
    held: bool
    fault: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One arc of the parse, from one word to the next. label: the arc's; up: from the dependant to its head."""

    label: str
    word: Evidence
    up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One actor of the event and where it comes from.

    role: source or target. path: the parse from the trigger to the word that names the actor; empty when it stands in
    another sentence. word: that word. basis: name, stand-in, pronoun, people, elsewhere, place. reason: the same in words.
    """

    role: str
    actor: str
    name: str
    country: str | None
    basis: str
    reason: str
    word: Evidence | None = None
    path: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A side that names nobody, and why. role: source or target. word: what stands there instead."""

    role: str
    reason: str
    word: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What decided a value. rule: its name; word: the word it rests on; file, line: the table's row; reason: in words."""

    value: str
    rule: str
    reason: str
    word: Evidence | None = None
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """Where the date comes from, or why there is none (value None).

    value: TIMEX3. rule, anchor: of the time expression. path: the parse from the trigger to it.
    """

    value: str | None
    rule: str
    reason: str
    word: Evidence | None = None
    anchor: str | None = None
    path: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The probability that a judge gives to one PLOVER type, folded as `plover_type` is."""

    type: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a judge said of the event. judge: its name; before: the type that the rules gave; scores: best first."""

    judge: str
    before: str
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How an event came about.

    entry: the row of the lexicon that held; test: what its object test asked, and the word that met it. rivals: rows that
    were tried before it, or come after it. parties: the actors; gaps: the sides without one. judge: None when no judge ran. retold: triggers of the
    other tellings that were joined with this one. turned: what gave the event another type or mode than its row's, "" when
    nothing did.
    """

    entry: Entry
    test: str
    rivals: tuple[Attempt, ...]
    parties: tuple[Party, ...]
    gaps: tuple[Gap, ...]
    status: Ruling
    date: Dating
    judge: Verdict | None = None
    retold: tuple[Evidence, ...] = ()
    turned: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A word of the lexicon that gave no event. attempts: the rows tried; fault, reason: why the deed fell, if one held."""

    trigger: Evidence
    attempts: tuple[Attempt, ...] = ()
    fault: str = ""
    reason: str = ""
    status: Ruling | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A sentence and the words of it that gave no event. events: ids of those that it gave; reason: why there is none."""

    sentence: Evidence
    trials: tuple[Trial, ...] = ()
    events: tuple[str, ...] = ()
    reason: str = ""
