"""The component `detente_actors`: who acts, speaks or is dealt with in a Doc, with every mention joined."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from detente.reading.actors.countries import mark_countries
from detente.reading.actors.home import mark_home, mark_spokesmen
from detente.reading.actors.known import know_people
from detente.reading.actors.nouns import mark_nouns, mark_possessed
from detente.reading.actors.own import know_own, mark_own, stated_of
from detente.reading.actors.people import mark_people
from detente.reading.actors.pronouns import mark_pronouns
from detente.reading.actors.scene import Scene
from detente.reading.marks import declare


@Language.factory("detente_actors")
def make_actors(nlp: Language, name: str) -> Actors:
    """The spaCy factory `detente_actors`; add it after the parser and the entity recogniser."""
    declare()
    return Actors()


class Actors:
    """Fills the Doc's register with people, countries, organisations and groups."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotates and returns the Doc."""
        scene = Scene(doc)
        mark_people(scene)
        mark_countries(scene)
        mark_own(scene)
        stated = stated_of(scene)
        know_people(scene)
        know_own(scene, stated)
        mark_nouns(scene)
        mark_spokesmen(scene)
        mark_pronouns(scene)
        mark_possessed(scene)
        mark_home(scene)
        return doc
