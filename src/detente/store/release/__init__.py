"""Releases: what an observatory says, frozen into files for others, the same to the byte from the same input."""

from detente.store.release.files import write
from detente.store.release.folder import VERSIONS, draft, seal, vacant, verify
from detente.store.release.layout import Column, Table, dictionary, tables
from detente.store.release.removals import RemovalReport, apply_removals
from detente.store.release.rows import (
    AS_STORED,
    Told,
    articles,
    as_stored,
    event_row,
    evidence,
    imported,
    pieces,
    rejected_row,
    report_rows,
)
from detente.store.release.stones import REMOVED, read_stones, write_stones

__all__ = [
    "AS_STORED",
    "REMOVED",
    "VERSIONS",
    "Column",
    "RemovalReport",
    "Table",
    "Told",
    "apply_removals",
    "articles",
    "as_stored",
    "dictionary",
    "draft",
    "event_row",
    "evidence",
    "imported",
    "pieces",
    "read_stones",
    "rejected_row",
    "report_rows",
    "seal",
    "tables",
    "vacant",
    "verify",
    "write",
    "write_stones",
]
