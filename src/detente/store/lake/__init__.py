"""A lake: segments that many workers wrote, anywhere, and the log by which one driver commits them. See docs/guides/batch.md."""

from detente.store.lake.entries import Column, Entry, Source, Terms
from detente.store.lake.lake import Lake, is_lake
from detente.store.lake.taking import OnShard, Taken, take_over

__all__ = ["Column", "Entry", "Lake", "OnShard", "Source", "Taken", "Terms", "is_lake", "take_over"]
