"""Events in the 40 columns of POLECAT."""

from __future__ import annotations

from collections.abc import Iterator

from detente.ontology import quad
from detente.store.details import Side
from detente.store.formats.line import Line, country_code, flat
from detente.store.formats.polecat import POLECAT
from detente.store.formats.writing import Layout, Rows, number

_NOTHING = "None"


def _rows(line: Line) -> Rows:
    """One row, whatever the number of sides. Intensity is ours; the numbers of the Correlates of War we have not."""
    spot = line.spot
    cells = {
        "Event ID": _id(line),
        "Event Date": line.day.isoformat(),
        "Event Type": line.type or "",
        "Event Mode": line.mode or _NOTHING,
        "Intensity": number(line.score, _NOTHING),
        "Quad Code": quad(line.type).upper() if line.type else _NOTHING,
        "Contexts": _joined(line.contexts),
        **_side("Actor", line.sources),
        **_side("Recipient", line.targets),
        "Placename": flat(spot.name, _NOTHING),
        "City": flat(spot.name if spot.town else None, _NOTHING),
        "Country": flat(country_code(spot.country), _NOTHING),
        "Latitude": number(spot.latitude, _NOTHING),
        "Longitude": number(spot.longitude, _NOTHING),
        "GeoNames ID": flat(spot.geonames_id, _NOTHING),
        "Source": flat(line.publisher, _NOTHING),
        "Publication Date": line.published.isoformat() if line.published else _NOTHING,
        "Language": flat(line.language, _NOTHING),
    }
    yield [cells.get(column, _NOTHING) for column in POLECAT.columns]


def _id(line: Line) -> str:
    """POLECAT's ids begin with that of the story, up to the first underscore; without a story there must be none."""
    if not _carries_story(line):
        return flat(line.id, _NOTHING).replace("_", "-")
    return line.id if line.id.startswith(f"{line.story}_") else f"{line.story}_{flat(line.id, '')}"


def _carries_story(line: Line) -> bool:
    return bool(line.story) and "_" not in str(line.story) and line.story == flat(line.story, "")


def _side(who: str, sides: tuple[Side, ...]) -> dict[str, str]:
    sectors = list(dict.fromkeys(sector for side in sides for sector in side.sectors))
    return {
        f"{who} Name": _joined(side.name for side in sides),
        f"{who} Country": _joined(side.country for side in sides),
        f"Primary {who} Sector": sectors[0] if sectors else _NOTHING,
        f"{who} Sectors": _joined(sectors),
    }


def _joined(parts: Iterator[str | None] | tuple[str, ...] | list[str]) -> str:
    return "; ".join(flat(part, "") for part in parts if part and flat(part, "")) or _NOTHING


def _refusal(line: Line) -> str | None:
    if line.type is None:
        return "without a PLOVER type"
    return None if line.sources or line.targets else "without a side"


def _lacks(line: Line) -> Iterator[str]:
    if line.cameo:
        yield "the CAMEO code"
    if line.text:
        yield "the words"
    if line.sentence is not None:
        yield "the number of the sentence"
    if line.article and line.article != line.story:
        yield "the article's address or id"
    if line.story and not _carries_story(line):
        yield "the story"
    if "_" in line.id and not _carries_story(line):
        yield "the underscores of its id"


POLECAT_LAYOUT = Layout(form=POLECAT, folded=True, rows=_rows, refusal=_refusal, lacks=_lacks)
