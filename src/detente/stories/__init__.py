"""Articles to stories: near-duplicates, and one real event that many articles tell. Pure: no file, no store, no reader."""

from detente.stories.finding import Found, Pair, compared, stories_of, to_compare
from detente.stories.joining import join
from detente.stories.records import Joined, Page, Story, Telling
from detente.stories.sketch import Sketch, read_sketch, sketch_of
from detente.stories.verdicts import pack, unpack
from detente.stories.words import body_of

__all__ = [
    "Found",
    "Joined",
    "Page",
    "Pair",
    "Sketch",
    "Story",
    "Telling",
    "body_of",
    "compared",
    "join",
    "pack",
    "read_sketch",
    "sketch_of",
    "stories_of",
    "to_compare",
    "unpack",
]
