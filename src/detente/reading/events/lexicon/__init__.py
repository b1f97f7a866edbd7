"""The lexicon of deeds: verbs, event nouns and governing words with their frames, as tables; checked line by line when loaded."""

from detente.reading.events.lexicon.entries import FLAGS, Blocker, Governor, Lexicon, NounFrame, ObjectTest, VerbFrame
from detente.reading.events.lexicon.load import LEMMAS, lexicon, load_lexicon

__all__ = [
    "FLAGS",
    "LEMMAS",
    "Blocker",
    "Governor",
    "Lexicon",
    "NounFrame",
    "ObjectTest",
    "VerbFrame",
    "lexicon",
    "load_lexicon",
]
