"""When: time expressions found and normalised to TIMEX3; the component `detente_times`."""

from detente.reading.times.component import Times, make_times

__all__ = ["Times", "make_times"]
