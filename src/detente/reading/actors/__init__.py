"""Who: people, countries, organisations and groups, each with its mentions joined; the component `detente_actors`."""

from detente.reading.actors.component import Actors, make_actors

__all__ = ["Actors", "make_actors"]
