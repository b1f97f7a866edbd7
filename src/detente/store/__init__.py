"""Records <-> Parquet segments, with DuckDB to ask them: the only room that knows either. See docs/adr/0002."""

from detente.store.dropping import DropReport
from detente.store.exporting import EXPORTS, ExportReport, Loss
from detente.store.folder import Counts, Store
from detente.store.imported import Origin
from detente.store.importing import ImportReport, take_in
from detente.store.limit import time_limit
from detente.store.manifest import Manifest
from detente.store.queries import After
from detente.store.schema import VERSION
from detente.store.segment import FileInfo, SegmentInfo, write_segment
from detente.store.stored import (
    Hit,
    JoinedKeys,
    Outlet,
    Report,
    Sighting,
    Spot,
    StoredActor,
    StoredArticle,
    StoredEvent,
    StoredFailure,
    StoredPage,
    StoredQuote,
    StoredStory,
    StoredSums,
    StoredTelling,
    StoryArticle,
    StoryEvent,
    Tie,
)
from detente.store.writer import CompactReport, RemoveReport, Writer

__all__ = [
    "EXPORTS",
    "VERSION",
    "After",
    "CompactReport",
    "Counts",
    "DropReport",
    "ExportReport",
    "FileInfo",
    "Hit",
    "ImportReport",
    "JoinedKeys",
    "Loss",
    "Manifest",
    "Origin",
    "Outlet",
    "RemoveReport",
    "Report",
    "SegmentInfo",
    "Sighting",
    "Spot",
    "Store",
    "StoredActor",
    "StoredArticle",
    "StoredEvent",
    "StoredFailure",
    "StoredPage",
    "StoredQuote",
    "StoredStory",
    "StoredSums",
    "StoredTelling",
    "StoryArticle",
    "StoryEvent",
    "Tie",
    "Writer",
    "take_in",
    "time_limit",
    "write_segment",
]
