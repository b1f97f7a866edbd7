"""What: deeds read from frames over the parse; the component `detente_events`."""

from detente.reading.events.component import Events, make_events

__all__ = ["Events", "make_events"]
