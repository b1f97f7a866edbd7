"""Events in the columns of GDELT's event files, versions 1 and 2."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date

from detente.ontology import quad
from detente.store.details import Locality, Side
from detente.store.formats.form import Format
from detente.store.formats.gdelt import GDELT1, GDELT2
from detente.store.formats.line import Line, flat, pairs
from detente.store.formats.writing import Layout, Rows, cameo, no_cameo, number, unsaid_by_cameo

_QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_HOST = re.compile(r"https?://(?:www\.)?([^/\s]+)")


def _layout(form: Format) -> Layout:
    def rows(line: Line) -> Rows:
        """A row for each two sides, its cells by name. GoldsteinScale is our intensity; what is not known stays empty."""
        for id_, one, two in pairs(line):
            cells = {
                "GLOBALEVENTID": _number_of(id_),
                **_days(line.day),
                **_side("Actor1", one),
                **_side("Actor2", two),
                **_deed(line),
                **_spot(line.spot),
                "DATEADDED": _added(line, form),
                "SOURCEURL": flat(line.article or line.story, ""),
            }
            yield [cells.get(column, "") for column in form.columns]

    return Layout(form=form, folded=False, rows=rows, refusal=no_cameo, lacks=_lacks)


def _number_of(id_: str) -> str:
    """The id, where it is a number, else one that stands for it: GDELT knows events by numbers."""
    if id_.isascii() and id_.isdigit():
        return id_
    return str(int.from_bytes(hashlib.sha256(id_.encode("utf8", "surrogatepass")).digest()[:7]))


def _days(day: date) -> dict[str, str]:
    return {
        "SQLDATE": f"{day:%Y%m%d}".zfill(8),
        "MonthYear": f"{day.year:04}{day.month:02}",
        "Year": f"{day.year:04}",
        "FractionDate": f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}",
    }


def _side(actor: str, side: Side) -> dict[str, str]:
    kinds = {f"{actor}Type{place}Code": sector for place, sector in enumerate(side.sectors[:3], 1)}
    return {
        f"{actor}Code": (side.country or "") + "".join(side.sectors[:3]),
        f"{actor}Name": flat(side.name, ""),
        f"{actor}CountryCode": side.country or "",
        **kinds,
    }


def _deed(line: Line) -> dict[str, str]:
    code = cameo(line) or ""
    return {
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": str(_QUADS.index(quad(line.type)) + 1) if line.type else "1",
        "GoldsteinScale": number(line.score, ""),
        "NumMentions": flat(line.reports, ""),
        "NumSources": flat(line.outlets, ""),
        "NumArticles": flat(line.reports, ""),
    }


def _spot(spot: Locality) -> dict[str, str]:
    return {
        "ActionGeo_FullName": flat(spot.name, ""),
        "ActionGeo_CountryCode": (spot.country or "") if _is_fips(spot.country) else "",
        "ActionGeo_Lat": number(spot.latitude, ""),
        "ActionGeo_Long": number(spot.longitude, ""),
    }  # fmt: skip


def _is_fips(country: str | None) -> bool:
    """Whether a place's country is written as GDELT does, in two letters of another list than ISO's."""
    return country is not None and len(country) == 2 and country.isascii() and country.isupper()


def _added(line: Line, form: Format) -> str:
    day = f"{line.published:%Y%m%d}".zfill(8) if line.published else ""
    return day + "000000" if day and form is GDELT2 else day


def _lacks(line: Line) -> Iterator[str]:
    yield from unsaid_by_cameo(line)
    if any(_number_of(id_) != id_ for id_, _, _ in pairs(line)):
        yield "its id (a number stands for it)"
    if line.text:
        yield "the words"
    address = line.article or line.story or ""
    if line.publisher and not _is_host(line.publisher, address):
        yield "the outlet"
    if line.story and line.story != address:
        yield "the story"
    if line.sentence is not None:
        yield "the number of the sentence"
    if line.spot.country and not _is_fips(line.spot.country):
        yield "the place's country"


def _is_host(publisher: str, address: str) -> bool:
    found = _HOST.match(address)
    return found is not None and found[1] == publisher


GDELT1_LAYOUT = _layout(GDELT1)
GDELT2_LAYOUT = _layout(GDELT2)
