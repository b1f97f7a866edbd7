"""The component detente_places: names of places on the Doc, each with what it stands for where that can be known."""

from __future__ import annotations

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from detente.knowledge.gazetteer import Spot
from detente.reading.marks import PlaceMark, context_of, declare
from detente.reading.places.candidates import candidates_of
from detente.reading.places.draft import Name
from detente.reading.places.home import home_of
from detente.reading.places.senses import Senses
from detente.reading.places.spotting import Spotter
from detente.reading.places.words import DIVISIONS

_KIND_OF = {"county": "region"}
_KIND_UNKNOWN = {"GPE": "city", "LOC": "area", "FAC": "facility"}
_PRECISION = {"facility": "point", "city": "city", "country": "country"}


@Language.factory("detente_places")
def make_places(nlp: Language, name: str) -> Places:
    """The spaCy factory `detente_places`."""
    declare()
    return Places()


class Places:
    """Marks places on a Doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotates and returns the Doc."""
        find = cache(candidates_of)
        names = Spotter(doc, find).names()
        senses = Senses(names, find, home_of(context_of(doc).source))
        doc._.detente_places = tuple(_mark(name, senses.of(name)) for name in names)
        return doc


def _mark(name: Name, sense: tuple[Spot, str] | None) -> PlaceMark:
    if name.demonym:
        return _bare(name, "demonym", name.demonym)
    if sense is None:
        kind = "region" if name.text.split()[-1] in DIVISIONS else _KIND_UNKNOWN[name.label]
        return _bare(name, kind, None)
    spot, rule = sense
    beside = name.label == "FAC" and name.key != name.text
    kind = "facility" if beside else _KIND_OF.get(spot.kind, spot.kind)
    return PlaceMark(
        start=name.start_char,
        end=name.end_char,
        name=name.text if beside else spot.name,
        kind=kind,
        precision=_PRECISION.get(spot.kind, "region"),
        country=spot.country or None,
        latitude=spot.latitude,
        longitude=spot.longitude,
        geonames_id=None if kind == "facility" else spot.geonames_id,
        rule="town" if beside else rule,
    )


def _bare(name: Name, kind: str, country: str | None) -> PlaceMark:
    return PlaceMark(
        start=name.start_char,
        end=name.end_char,
        name=name.text,
        kind=kind,
        precision="none",
        country=country,
        latitude=None,
        longitude=None,
        geonames_id=None,
        rule="demonym" if country else "unknown",
    )
