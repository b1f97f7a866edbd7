"""Who said what: marks, cues, clauses, speakers; the component `detente_quotes`."""

from detente.reading.quotes.component import Quotes, make_quotes

__all__ = ["Quotes", "make_quotes"]
