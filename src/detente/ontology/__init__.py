"""What may be said: PLOVER types, modes, contexts and sectors; CAMEO codes; intensity. All tables are data beside this file."""

from detente.ontology.cameo import agrees, cameo_entry
from detente.ontology.tables import Rows, read_table
from detente.ontology.types import (
    CONTEXTS,
    SECTORS,
    STATUSES,
    TYPES,
    Type,
    intensity,
    is_conflict,
    plover_type,
    quad,
)

__all__ = [
    "CONTEXTS",
    "SECTORS",
    "STATUSES",
    "TYPES",
    "Rows",
    "Type",
    "agrees",
    "cameo_entry",
    "intensity",
    "is_conflict",
    "plover_type",
    "quad",
    "read_table",
]
