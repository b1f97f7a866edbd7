"""Whether words that look like a time are one here: the verb "may", a Mrs March, 1,200 soldiers, a boy of 12 years."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from detente.reading.marks import context_of
from detente.reading.times.lexicon import Labels, hints
from detente.reading.times.patterns import Match

_PAPERS = hints("paper")
_STAYS = hints("stay")
_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "LAW"})
_LEADS = hints("lead")
_STRICT_LEADS = hints("sure lead")
_NAMESAKES = hints("namesake")
_YEAR_LEADS = hints("year lead")
_HOLDERS = frozenset({"DT", "PRP$", "POS", "NNP", "NNPS", "JJ", "IN"})  # the 1996 protests, but not: he led 1996 men
_COUNTED = hints("counted")
_NUMBERED = hints("numbered")
_SEASON_LEADS = frozenset({"in", "by", "since", "until", "of", "during", "through", "late", "early"})
_FOUR = re.compile(r"(?:1\d|20)\d\d")
_SPELL_LEADS = frozenset({"for", "after", "within"})
_QUALITIES = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "PRP$"})
_AGE = frozenset({"old", "older", "younger", "into"})  # two years into a term: a place on a scale, as an age is
_AMBIGUOUS_MONTHS = frozenset({"may", "march", "august"})
_SHORT_MONTHS = frozenset({"mar", "jan", "dec", "sep", "jun", "jul", "apr", "feb", "nov", "oct", "aug"})
_GIVEN_NAMES = frozenset({"april", "may", "june", "august", "march"})
_SHORT_WEEKDAYS = frozenset({"sun", "sat", "wed", "mon", "thu", "fri"})
_WEEKDAY_LEADS = frozenset(
    {"on", "by", "this", "next", "last", "every", "til", "till", "until", "since", "-", "to", "or"}
)


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
    if word in _GIVEN_NAMES and i and doc[i - 1].tag_ in ("NNP", "NNPS") and not labels.at(i - 1):
        return False  # somebody's name: Anna June
    if word not in _AMBIGUOUS_MONTHS:
        return True
    leads = i > 0 and labels.words[i - 1] in _STRICT_LEADS
    if not leads and (labels.words[i + 1 : i + 2] == ["'s"] or doc[i].dep_ in ("nsubj", "nsubjpass")):
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
    if m.start and labels.words[m.start - 1] in _WEEKDAY_LEADS:
        return True
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
    if (
        before in ("$", "£", "€", "no.", "flight", "number", "page", "room", "#")
        or after in _COUNTED
        or after in _NUMBERED
    ):
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


def _spell(m: Match, labels: Labels) -> bool:
    if m.has("NUM", "ONE", "SEVERAL", "HALFA", "WHOLE", "GLUED"):
        return _duration(m, labels)
    token = labels.doc[m.end - 1]
    return token.tag_ in ("NN", "NNS") and token.dep_ != "compound" and _loose(m, labels) and _duration(m, labels)


def _loose(m: Match, labels: Labels) -> bool:
    """For weeks, in the years that followed; in a post a busy day too."""
    before = labels.doc[m.start - 1] if m.start else None
    if m.has("UNITS"):
        return labels.post or (before is not None and before.lower_ in _SPELL_LEADS)
    ranked = m.start and any(label.name in ("ORD", "LAST", "NEXT") for label in labels.at(m.start - 1))
    return labels.post and not ranked and before is not None and before.tag_ in _QUALITIES


def _season(m: Match, labels: Labels) -> bool:
    i = m.end - 1
    if len(m.parts) > 1:
        return True
    word, before = labels.words[i], labels.words[m.start - 1] if m.start else ""
    if labels.doc[i].tag_ and not labels.doc[i].tag_.startswith("NN"):
        return False
    if word == "fall":
        return before in _SEASON_LEADS - {"of", "late", "early"} and labels.words[i + 1 : i + 2] != ["of"]
    if labels.words[m.start] == "the" or before in _SEASON_LEADS:
        return True
    return word != "spring" or (labels.doc[i].text[0] == "S" and not _after_name(labels.doc, i))


def _after_name(doc: Doc, i: int) -> bool:
    """Whether a word stands at the beginning, or after another with a capital: Spring 2020, Palm Spring."""
    before = doc[i - 1] if i else None
    return before is None or before.is_space or before.is_sent_start is True or before.text[:1].isupper()


def _clock(m: Match, labels: Labels) -> bool:
    if m.has("AMPM", "ZONE", "CLOCKPM", "NOON", "NUM"):
        return True
    before = labels.words[m.start - 1] if m.start else ""
    return before in ("at", "by", "until", "till", "around", "about", "from", "before", "after", "since")


def _part(m: Match, labels: Labels) -> bool:
    """Not to stay overnight, nor an overnight train: a kind of stay."""
    if labels.words[m.end - 1] != "overnight":
        return True
    beside = labels.words[max(0, m.start - 1) : m.start] + labels.words[m.end : m.end + 1]
    return not any(word in _STAYS for word in beside)


def _ref(m: Match, labels: Labels) -> bool:
    last = labels.words[m.end - 1]
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
    """A daily rally, but not the daily Courier, a weekly paper or a daily."""
    doc, i = labels.doc, m.end - 1
    if not m.has("SETWORD"):
        return True
    after = doc[i + 1] if i + 1 < len(doc) else None
    if after is not None and (after.tag_ in ("NNP", "NNPS") or after.lower_ in _PAPERS):
        return False
    return doc[i].tag_ in ("", "JJ", "RB") or doc[i].dep_ not in ("compound", "amod", "")


_TESTS = {
    "month": _month,
    "weekday": _weekday,
    "day": _day,
    "daythe": _day_alone,
    "year": _year,
    "duration": _spell,
    "season": _season,
    "clock": _clock,
    "ref": _ref,
    "relative": _relative,
    "prior": _prior,
    "set": _set,
    "part": _part,
}
