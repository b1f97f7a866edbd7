"""The dateline: the words before the lead that say where, when and by whom a dispatch was filed."""

from __future__ import annotations

import re

from detente.knowledge.countries import countries
from detente.knowledge.gazetteer import gazetteer
from detente.knowledge.gazetteer_tables import place_tables

_LONGEST = 140  # characters of a dateline
_TRIES = 4  # dashes and colons tried before giving up
_TOWN = 2_000  # people of a town that files dispatches
_CITY = 100_000  # people of one whose name alone, in capitals, is a dateline

_BYLINE = re.compile(r"\s*By [^\W\d_][^\n]{2,90}\n\s*")
_MARK = re.compile(r"\s*—\s*|\s*--\s*|\s+–\s*|–\s+|\s+[-_]\s+|:\s+|(?<=[)/])\.?\s+|\n+")
_AGENCY = re.compile(r"\s*(?:\((?P<round>[^()\n]{2,40})\)|/(?P<slashed>[^/\n]{2,30})/)$")
_PIECES = re.compile(r",\s*|(?<=[A-Z]{3})\.\s*|\s+[–—-]\s+")
_FULL_STOP = re.compile(r"(?<=\d)\.$|(?<=[A-Za-z]{4})\.$")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?:{_WEEKDAY} )?(?:{_DAY} {_MONTH}|{_MONTH} {_DAY}|{_MONTH})(?: (?:19|20)\d\d)?|{_WEEKDAY}|(?:19|20)\d\d",
    re.IGNORECASE,
)
_DATE_AT_END = re.compile(rf"\s(?:{_DATE.pattern})$", re.IGNORECASE)
_WIRES = frozenset(
    {
        "reuters",
        "ap",
        "afp",
        "upi",
        "dpa",
        "tass",
        "xinhua",
        "kyodo",
        "efe",
        "ansa",
        "bloomberg",
        "interfax",
        "yonhap",
        "cnn",
    }
)


def split_dateline(text: str) -> tuple[str | None, int]:
    """The dateline's words and where the lead begins; a byline before either is passed over.

    (None, 0) when there is neither, (None, n) when there is only a byline.
    """
    start = 0
    while byline := _BYLINE.match(text, start):
        start = byline.end()
    start += len(text[start : start + 20]) - len(text[start : start + 20].lstrip())
    marks = []
    for mark in _MARK.finditer(text, start + 2, start + _LONGEST):
        marks.append(mark)
        if len(marks) == _TRIES or "\n" in mark.group():
            break
    for mark in reversed(marks):
        head = text[start : mark.start()]
        if _begins_lead(text, mark.end()) and _is_dateline(head, mark.group().strip()):
            return head, mark.end()
    return None, start if start and text[:start].strip() else 0


def _begins_lead(text: str, at: int) -> bool:
    """Whether a sentence may begin here: a capital, a figure or an opening mark."""
    first = text[at : at + 1]
    return bool(first) and (first.isupper() or first.isdigit() or first in "\"“‘'([«")


def _is_dateline(head: str, mark: str) -> bool:
    agency = _AGENCY.search(head)
    words = head[: agency.start()] if agency else head
    wire = agency is not None and (agency["round"] or agency["slashed"]).casefold().split("/")[0] in _WIRES
    if not words.strip():
        return wire
    words = _FULL_STOP.sub("", words.strip(" ,"))
    pieces = [piece.strip() for piece in _PIECES.split(words) if piece.strip()]
    if pieces and (tail := _DATE_AT_END.search(pieces[0])):
        pieces[0:1] = [pieces[0][: tail.start()], tail.group().strip()]
    dated = any(_DATE.fullmatch(piece) for piece in pieces)
    places = [piece for piece in pieces if not _DATE.fullmatch(piece)]
    if not places:
        return wire
    if len(places) > 3 or not all(_is_region(place) for place in places[1:]):
        return False
    return _holds(places, mark, filed=agency is not None, wire=wire, dated=dated)


def _holds(places: list[str], mark: str, *, filed: bool, wire: bool, dated: bool) -> bool:
    """Whether these places, with what goes along with them, make a dateline."""
    capitals = places[0].isupper()
    known = all(_is_town(name) for name in re.split(r"/| and | AND ", places[0]))
    if mark in ("", "."):  # a line of its own, or nothing but the agency's bracket
        return known and (wire or (filed and capitals) or (dated and capitals))
    if mark == ":":
        return capitals and (known if filed or dated else _is_town(places[0], _CITY))
    if known:
        alone = _is_town(places[0], _CITY) if capitals else countries().capital(places[0])
        return filed or dated or len(places) > 1 or bool(alone)
    return wire and capitals and len(places[0].split()) < 5


def _is_town(name: str, people: int = _TOWN) -> bool:
    """Whether dispatches are filed here. A country alone counts only where little else is asked."""
    name = name.strip()
    if name in _SEATS or countries().capital(name) or countries().capital(name.title()):
        return True
    if not name[:1].isupper():
        return False
    if people == _TOWN and (countries().named(name) or place_tables().named(name.title())):
        return True
    return any(spot.people >= people for spot in gazetteer().find(name))


def _is_region(name: str) -> bool:
    if (
        countries().named(name)
        or place_tables().short(name)
        or place_tables().short(name.capitalize())
        or place_tables().named(name)
    ):
        return True
    return name[:1].isupper() and bool(gazetteer().find(name))


_SEATS = frozenset({"UNITED NATIONS", "VATICAN CITY", "ABOARD AIR FORCE ONE", "CAPITOL HILL"})
