"""Events in the 20 columns of ICEWS."""

from __future__ import annotations

from collections.abc import Iterator

from detente.store.details import Side
from detente.store.formats.icews import ICEWS
from detente.store.formats.line import Line, country_name, flat, pairs
from detente.store.formats.writing import Layout, Rows, cameo, no_cameo, number, unsaid_by_cameo

_NOTHING = "NA"


def _rows(line: Line) -> Rows:
    """A row for each two sides. Intensity is ours, and Event Text the sentence."""
    spot = line.spot
    for id_, one, two in pairs(line):
        yield (
            flat(id_, _NOTHING),
            line.day.isoformat(),
            *_side(one),
            flat(line.text, _NOTHING),
            cameo(line) or "",
            number(line.score, _NOTHING),
            *_side(two),
            flat(line.story, _NOTHING),
            flat(line.sentence, _NOTHING),
            flat(line.publisher, _NOTHING),
            flat(spot.name, _NOTHING),
            _NOTHING,
            _NOTHING,
            flat(country_name(spot.country), _NOTHING),
            number(spot.latitude, _NOTHING),
            number(spot.longitude, _NOTHING),
        )


def _side(side: Side) -> tuple[str, str, str]:
    name, country = flat(side.name, _NOTHING), flat(country_name(side.country), _NOTHING)
    return name, flat(",".join(side.sectors), _NOTHING), country


def _lacks(line: Line) -> Iterator[str]:
    yield from unsaid_by_cameo(line)
    if line.article and line.article != line.story:
        yield "the article's address or id"


ICEWS_LAYOUT = Layout(form=ICEWS, folded=False, rows=_rows, refusal=no_cameo, lacks=_lacks)
