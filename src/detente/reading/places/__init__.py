"""Where: place names found and resolved; the component `detente_places`."""

from detente.reading.places.component import Places, make_places

__all__ = ["Places", "make_places"]
