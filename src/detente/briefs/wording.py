"""How numbers, days, sides and deeds are put into words."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import cache

from detente.knowledge.countries import countries
from detente.knowledge.organisations import organisations

_THE_ENDS = ("Republic", "Islands", "States", "Emirates", "Kingdom", "Union", "Nations", "Territories", "Federation")
_THE = frozenset({"Netherlands", "Philippines", "Bahamas", "Maldives", "Comoros", "Gambia"})
_SURE = 0.995  # what would be rounded to certainty
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SMALL = 0.001  # a rate that nobody needs to know more closely


@cache
def name(side: str) -> str:
    """A country or organisation by its code, in English; an unknown one by the code itself."""
    country = countries().by_code(side)
    if country:
        return country.name
    return next((one.names[0] for one in organisations() if one.key == side), side.removeprefix("org:"))


def named(side: str) -> str:
    """The same within a sentence: "the United States"."""
    found = name(side)
    return f"the {found}" if found in _THE or found.endswith(_THE_ENDS) else found


def mention(side: str, text: str) -> str:
    """The first name of a country that the text holds; empty when it holds none, or the side is no country."""
    country = countries().by_code(side)
    names = (country.name, *country.aliases, *country.demonyms, *country.capitals) if country else ()
    found = [(at.start(), one) for one in names if (at := re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text))]
    return min(found)[1] if found else ""


def sides(codes: Sequence[str]) -> str:
    """Greece, Turkey; "somebody" for none."""
    return ", ".join(name(code) for code in codes) or "somebody unnamed"


def signed(value: float, places: int = 1) -> str:
    """+1.5, −0.4, 0.0."""
    shown = f"{value:+.{places}f}"
    return shown.replace("-", "−") if float(shown) else f"{0:.{places}f}"


def score(value: float) -> str:
    """An intensity as the code book prints it: +4, −3.5, 0."""
    return f"{value:+g}".replace("-", "−") if value else "0"


def rate(value: float) -> str:
    """Two digits that count, or whole numbers: 0.013, 3.4, 24, 240."""
    if 0 < value < _SMALL:
        return f"under {_SMALL:g}"
    return f"{value:.2g}" if value < 99.5 else f"{value:,.0f}"


def percent(share: float) -> str:
    """97%; what is almost certain is not rounded to certainty."""
    if share >= _SURE:
        return "more than 99%"
    return f"{share:.0%}" if share >= 1 - _SURE else "less than 1%"


def counted(number: int, one: str, many: str | None = None) -> str:
    """1 article, 2 articles."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def deed(type_: str, mode: str | None) -> str:
    """CONSULT, or CONSULT/visit."""
    return f"{type_}/{mode}" if mode else type_


def days(first: str | None, last: str | None) -> str:
    """A day, a whole month or year as such, else the first day and the last; empty for none."""
    if not first or not last or first == last:
        return first or last or ""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    if (begin.month, begin.day, end.month, end.day) == (1, 1, 12, 31) and begin.year == end.year:
        return first[:4]
    if begin.day == 1 and end == begin.replace(day=monthrange(begin.year, begin.month)[1]):
        return first[:7]
    return f"{first} to {last}"


def flat(text: str) -> str:
    """The text on one line, without characters that steer a terminal or turn the direction of writing."""
    return _STEERING.sub("", " ".join(text.split()))


def shortened(sentence: str, longest: int, clause: str = "") -> str:
    """The sentence on one line, cut between words when it is longer; its `clause` stays in sight."""
    text, wanted = flat(sentence), flat(clause)
    if len(text) <= longest:
        return text
    at = max(text.find(wanted), 0) if wanted else 0
    needed = at + len(wanted) if len(wanted) <= longest else at
    start = 0
    if at + len(wanted) > longest:
        start = max(0, min(at - (longest - (needed - at)) // 2, len(text) - longest))
        start = text.find(" ", start, at) + 1 or at
    end = start + longest
    if end < len(text):
        space = text.rfind(" ", start, end + 1)
        end = space if space >= max(needed, start + 1) else end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return f"{before}{text[start:end].rstrip(' ,;:')}{after}"
