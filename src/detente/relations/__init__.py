"""How two countries' relations stand and move: events in, series out. Pure: no files, no model, no clock."""

from detente.relations.balance import relations_of
from detente.relations.periods import UNITS, days_of
from detente.relations.records import Change, Contribution, Level, Relations, Told

__all__ = ["UNITS", "Change", "Contribution", "Level", "Relations", "Told", "days_of", "relations_of"]
