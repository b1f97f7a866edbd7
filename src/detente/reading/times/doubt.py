"""Whether words that look like a time are one here: the verb "may", a Mrs March, 1,200 soldiers, a boy of 12 years."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from detente.reading.marks import context_of
from detente.reading.times.lexicon import Labels, hints
from detente.reading.times.patterns import Match

_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "LAW"})
_LEADS = hints("lead")
_STRICT_LEADS = hints("sure lead")
_NAMESAKES = hints("namesake")
_YEAR_LEADS = hints("year lead")
_HOLDERS = frozenset({"DT", "PRP$", "POS", "NNP", "NNPS", "JJ", "IN"})  # the 1996 protests, but not: he led 1996 men
_COUNTED = hints("counted")
_SEASON_LEADS = frozenset({"in", "by", "since", "until", "of", "during", "through", "late", "early"})
_FOUR = re.compile(r"(?:1\d|20)\d\d")
_AGE = frozenset({"old", "older", "younger", "into"})  # two years into a term: a place on a scale, as an age is
_AMBIGUOUS_MONTHS = frozenset({"may", "march", "august"})
_SHORT_MONTHS = frozenset({"mar", "jan", "dec", "sep", "jun", "jul", "apr", "feb", "nov", "oct", "aug"})
_SHORT_WEEKDAYS = frozenset({"sun", "sat", "wed", "mon", "thu", "fri"})


def is_time(m: Match, labels: Labels) -> bool:
    """Whether the matched words are a time in this Doc."""
    test = _TESTS.get(m.rule)
    return test is None or test(m, labels)


def _month(m: Match, labels: Labels) -> bool:
    if len(m.parts) > 1:
        return True
    doc, i = labels.doc, m.end - 1
    word, leads = labels.words[i], _leads(labels, i)
    if any(label.name in ("DAY", "DAYTH") for label in labels.at(m.end)):
        return False  # March 23 was weighed as a day, and found to be none
    if word in _SHORT_MONTHS and doc[i].ent_type_ != "DATE":
        return False
    if doc[i].ent_type_ in _NAMES and not leads:
        return False
    if i and doc[i - 1].tag_ in ("NNP", "NNPS") and not labels.at(i - 1):
        return False  # somebody's name: Anna June
    if word not in _AMBIGUOUS_MONTHS:
        return True
    leads = i > 0 and labels.words[i - 1] in _STRICT_LEADS
    if labels.words[i + 1 : i + 2] == ["'s"] and not leads:
        return False
    return _proper(doc, i) and (leads or doc[i].ent_type_ == "DATE" or _before_noun(doc, i)) and not _named(doc, i)


def _before_noun(doc: Doc, i: int) -> bool:
    """The May appointment: an article before, a noun after."""
    return i > 0 and i + 1 < len(doc) and doc[i - 1].tag_ == "DT" and doc[i + 1].tag_ in ("NN", "NNS")


def _named(doc: Doc, i: int) -> bool:
    """The Long March, Women's March on Washington: part of a name, or a march to somewhere."""
    before = doc[i - 1] if i else None
    after = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    capital = before is not None and before.text[:1].isupper() and not before.is_sent_start and before.tag_ != "IN"
    return doc[i].lower_ == "march" and (capital or (after in ("on", "to", "for", "of") and not _leads_in(before)))


def _leads_in(before: Token | None) -> bool:
    return before is not None and before.lower_ in _LEADS


def _leads(labels: Labels, i: int) -> bool:
    return i > 0 and labels.words[i - 1] in _LEADS


def _proper(doc: Doc, i: int) -> bool:
    """Whether the tagger takes the word for a name; without tags, whether a capital stands inside a sentence."""
    tag = doc[i].tag_
    return tag in ("NNP", "NNPS") if tag else i > 0


def _day(m: Match, labels: Labels) -> bool:
    """Not the March 23 Movement, nor the 17 July Bridge."""
    after = labels.words[m.end : m.end + 2]
    if after[:1] == ["revolution"]:
        return False
    named = next((k for k, word in enumerate(after) if word in _NAMESAKES), None)
    return named is None or not all(labels.doc[m.end + k].text[:1].isupper() for k in range(named + 1))


def _day_alone(m: Match, labels: Labels) -> bool:
    """On the 5th, and nothing that is fifth."""
    before = labels.words[m.start - 1] if m.start else ""
    after = labels.doc[m.end] if m.end < len(labels.doc) else None
    ends = (
        after is None or after.is_punct or after.is_space or after.tag_ in ("IN", "VBD", "VBZ", "CC", "WDT", "TO", "RB")
    )
    return ends and before in ("on", "until", "till", "by", "since", "before", "after", "from")


def _weekday(m: Match, labels: Labels) -> bool:
    i = m.end - 1
    if len(m.parts) > 1 or labels.words[i] not in _SHORT_WEEKDAYS:
        return labels.doc[i].ent_type_ not in ("PERSON", "ORG", "WORK_OF_ART") or len(m.parts) > 1
    return _proper(labels.doc, i) and labels.doc[i].ent_type_ in ("DATE", "TIME")


def _year(m: Match, labels: Labels) -> bool:
    if m.has("MODYEAR", "MOD") or labels.words[m.start] == "the":
        return True
    doc, i, end = labels.doc, m.start, m.end
    if m.has("SHORT"):
        return doc[end - 1].ent_type_ == "DATE" or _leads(labels, i)
    before = labels.words[i - 1] if i else ""
    after = labels.words[end] if end < len(labels.words) else ""
    if (m.number("YEAR") or 0) < 1700 and before not in ("in", "since", "by", "until", "from", "of", "year"):
        return False
    if _counts(doc, end) and doc[i].tag_ and (not i or doc[i - 1].tag_ not in _HOLDERS):
        return False
    if before in ("$", "£", "€", "no.", "flight", "number", "page", "room", "#") or after in _COUNTED:
        return False
    if before in (",", "and", "or", "-", "–") and i > 1 and _FOUR.fullmatch(labels.words[i - 2]):
        return not _counts(doc, end)
    published = context_of(doc).published
    if published and abs(published.year - (m.number("YEAR") or 0)) <= 1:
        return not _counts(doc, end)
    if doc[i].ent_type_:
        return doc[i].ent_type_ == "DATE" or (before in _YEAR_LEADS and not _counts(doc, end))
    return before in _YEAR_LEADS and not _counts(doc, end)


def _counts(doc: Doc, end: int) -> bool:
    """Whether a plural noun follows, which the number counts."""
    return end < len(doc) and doc[end].tag_ in ("NNS", "NNPS", "$")


def _duration(m: Match, labels: Labels) -> bool:
    words = labels.words
    unit = m.get("UNIT", "UNITS")
    rest = words[m.end : m.end + 2]
    if rest and (rest[0] in _AGE or (len(rest) == 2 and rest[0] in ("-", "of") and rest[1] in (*_AGE, "age"))):
        return False
    if words[m.start - 1] == "aged" and m.start:
        return False
    if labels.doc[m.end - 1].text[:1].isupper() and labels.doc[m.end - 1].ent_type_ in ("WORK_OF_ART", "ORG", "EVENT"):
        return False
    return not (unit == "WE" or (m.has("NUM") and (m.number("NUM") or 0) > 100_000))


def _bare_unit(m: Match, labels: Labels) -> bool:
    return m.has("NUM", "ONE", "SEVERAL", "HALFA", "WHOLE") and _duration(m, labels)


def _season(m: Match, labels: Labels) -> bool:
    i = m.end - 1
    if len(m.parts) > 1:
        return True
    word, before = labels.words[i], labels.words[m.start - 1] if m.start else ""
    if labels.doc[i].tag_ and not labels.doc[i].tag_.startswith("NN"):
        return False
    if word == "fall":
        return before in _SEASON_LEADS - {"of", "late", "early"} and labels.words[i + 1 : i + 2] != ["of"]
    return labels.words[m.start] == "the" or before in _SEASON_LEADS or word in ("winter", "summer")


def _clock(m: Match, labels: Labels) -> bool:
    if m.has("AMPM", "ZONE", "CLOCKPM", "NOON", "NUM"):
        return True
    before = labels.words[m.start - 1] if m.start else ""
    return before in ("at", "by", "until", "till", "around", "about", "from", "before", "after", "since")


def _ref(m: Match, labels: Labels) -> bool:
    last = labels.words[m.end - 1]
    if last in ("future", "past") and labels.words[m.end : m.end + 1] == ["of"]:
        return False
    after = labels.doc[m.end] if m.end < len(labels.doc) else None
    if last in ("past", "future") and after is not None:
        return not after.tag_.startswith(("NN", "JJ", "CD")) and after.text != "-"
    return True


def _relative(m: Match, labels: Labels) -> bool:
    return m.get("UNIT") not in ("H", "MIN", "S") and (m.get("UNIT") != "D" or m.has("THIS"))


def _prior(m: Match, labels: Labels) -> bool:
    after = labels.doc[m.end] if m.end < len(labels.doc) else None
    return after is None or after.is_punct or after.is_space


def _set(m: Match, labels: Labels) -> bool:
    """Daily life, a weekly paper, the daily Granma: a kind of thing, not its times."""
    doc, i = labels.doc, m.end - 1
    if not m.has("SETWORD"):
        return True
    if i + 1 < len(doc) and doc[i + 1].tag_ in ("NNP", "NNPS"):
        return False
    return not (doc[i].tag_ in ("JJ", "NNP") and doc[i].dep_ in ("amod", "compound", ""))


_TESTS = {
    "month": _month,
    "weekday": _weekday,
    "day": _day,
    "daythe": _day_alone,
    "year": _year,
    "duration": _bare_unit,
    "season": _season,
    "clock": _clock,
    "ref": _ref,
    "relative": _relative,
    "prior": _prior,
    "set": _set,
}
