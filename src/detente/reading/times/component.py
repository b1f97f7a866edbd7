"""The component detente_times: time expressions with their TIMEX3 values, found and resolved in one pass."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from detente.reading.marks import TimeMark, context_of, declare
from detente.reading.times.anchor import Timeline
from detente.reading.times.counts import COUNTED, clock_of, with_clock
from detente.reading.times.days import DAYS
from detente.reading.times.doubt import is_time
from detente.reading.times.holidays import HOLIDAYS
from detente.reading.times.lexicon import Labels
from detente.reading.times.patterns import Match, Patterns, patterns
from detente.reading.times.rules import Meaning, Rule, named_year
from detente.reading.times.tense import compass
from detente.reading.times.values import bounds, day_value
from detente.reading.times.years import YEARS

RULES: dict[str, Rule] = {**DAYS, **HOLIDAYS, **YEARS, **COUNTED}
_TIMED = frozenset({"clock", "part"})
_DAYS = frozenset(
    [
        "day",
        "date",
        "weekday",
        "today",
        "iso",
        "same",
        "later",
        "earlier",
        "holiday",
        "tonight",
        "thispart",
        "todaypart",
    ]
)
_JOINTS = {"on", ",", "of", "on the", "of the"}
_DEICTIC = {"weekday", "weekend", "today", "tonight", "todaypart", "thispart", "relative", "ago"}
_ASIDE = frozenset({"holiday", "holidayweek"})  # "ahead of Easter" does not move the story to Easter
_HISTORY = 6  # years long past for each day near publication, and at least so many, that make a history
_OVERNIGHT = "overnight"
_MODS = {"ear": "START", "mid": "MID", "lat": "END"}  # of early-, mid- and late-1999
_NAME = "name"  # what only looks like a time: Super Tuesday, the Long March
_RANGE = {"-", "–", "to", "and", "or", "until", "till", "through", "/"}


@Language.factory("detente_times")
def make_times(nlp: Language, name: str) -> Times:
    """The spaCy factory `detente_times`."""
    declare()
    return Times()


class Times:
    """Marks times on a Doc: `doc._.detente_times`, in the order of the text, none overlapping another."""

    def __init__(self) -> None:
        self.patterns = patterns()

    def __call__(self, doc: Doc) -> Doc:
        """Annotates and returns the Doc."""
        labels = Labels(doc)
        found = find(labels, self.patterns)
        published = context_of(doc).published
        at = Timeline(published, narrative=_is_narrative(found, published), way=compass(doc))
        if labels.post and published:
            at.note(day_value(published))  # a post tells of its own day
        marks: list[TimeMark] = []
        for k, item in enumerate(found):
            at.ahead = None
            at.ahead = _year_ahead(doc, found, k, at)
            marks += _marks(doc, item, at)
        doc._.detente_times = tuple(marks)
        return doc


Found = tuple[Match, Match | None]  # a time, and the clock or part of the day that goes with it


def find(labels: Labels, table: Patterns) -> list[Found]:
    """The expressions of a Doc, unresolved, in order."""
    matches, i, starts = [], 0, table.starts
    for word_at, word in enumerate(labels.words):
        # digits end mid-1999 and begin 1990s; the rest of what begins a time stands in the tables
        if word_at < i or not (word in starts or word[0].isdigit() or word[-1].isdigit() or word[-2:] == "0s"):
            continue
        match = next((m for m in table.matches(labels, word_at) if is_time(m, labels)), None)
        if match is not None:
            i = match.end
            if match.rule != _NAME:
                matches.append(match)
    return _joined(matches, labels)


def _joined(matches: list[Match], labels: Labels) -> list[Found]:
    """Clocks and parts of the day with the day beside them; a part that stands alone, but "overnight", is a time only in a post."""
    found: list[Found] = []
    k = 0
    while k < len(matches):
        match = matches[k]
        after = matches[k + 1] if k + 1 < len(matches) else None
        if after and _belong(match, after, labels):
            day, clock = (after, match) if match.rule in _TIMED else (match, after)
            found.append((day, clock))
            k += 2
            continue
        if match.rule != "part" or labels.post or labels.words[match.start] == _OVERNIGHT:
            found.append((match, None))
        k += 1
    return found


def _belong(first: Match, second: Match, labels: Labels) -> bool:
    between = " ".join(labels.words[first.end : second.start])
    if first.rule in _TIMED and second.rule in _DAYS:
        return second.start - first.end <= 2 and (not between or between in _JOINTS)
    return second.rule in _TIMED and first.rule in _DAYS and between in ("", ",")


def _year_ahead(doc: Doc, found: list[Found], k: int, at: Timeline) -> int | None:
    """The year of a range's far end, for a near end without one: 30 May to 2 June 1942, June to July last year."""
    if k + 1 == len(found):
        return None
    here, there = found[k][0], found[k + 1][0]
    if there.start != here.end + 1 or doc[here.end].lower_ not in _RANGE or here.rule not in ("day", "month"):
        return None
    year, first, last = named_year(there, at)[0], here.number("MONTH"), there.number("MONTH")
    return year - (first > last) if year and first and last else None


def _is_narrative(found: list[Found], published: object) -> bool:
    """Whether years long past are told more often than days near publication: a history, not a report."""
    year = getattr(published, "year", None)
    told = sum(1 for m, _ in found if m.rule == "era" or ((y := m.number("YEAR")) and (year is None or y < year - 1)))
    near = sum(1 for m, _ in found if m.rule in _DEICTIC)
    return told >= _HISTORY and told > _HISTORY * near


def _marks(doc: Doc, item: Found, at: Timeline) -> list[TimeMark]:
    match, clock = item
    meanings = RULES[match.rule](match, at)
    if not (match.rule in _ASIDE or (at.narrative and match.rule in _DEICTIC)):
        for meaning in meanings:
            at.note(meaning.value)
    start, end, rule = match.start, match.end, match.rule
    if clock is not None:
        start, end, rule = min(start, clock.start), max(end, clock.end), f"{rule}+{clock.rule}"
        meanings = with_clock(meanings, clock.get("PART") or clock_of(clock))
    rule += _modifier(doc, match)
    return [_mark(doc, m, m.start or start, m.end or end, rule) for m in meanings]


def _modifier(doc: Doc, match: Match) -> str:
    """How the words bend the value, by TIMEX3's names: +start, +mid, +end, +approx."""
    glued = next((doc[p.end - 1].lower_[:3] for p in match.parts if p.name in ("MODYEAR", "MODDECADE")), "")
    said = match.get("MOD", "APPROX") or _MODS.get(glued)
    return f"+{said.lower()}" if said else ""


def _mark(doc: Doc, meaning: Meaning, start: int, end: int, rule: str) -> TimeMark:
    days = bounds(meaning.value) if meaning.type in ("DATE", "TIME") else None
    last = doc[end - 1]
    return TimeMark(
        start=doc[start].idx,
        end=last.idx + len(last),
        type=meaning.type,
        value=meaning.value,
        begin=days[0].isoformat() if days else None,
        finish=days[1].isoformat() if days else None,
        anchor=meaning.anchor.isoformat() if meaning.anchor else None,
        rule=rule,
    )
