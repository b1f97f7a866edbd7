"""PLOVER types with their modes, quad classes and intensities, and the code book's folding of planned deeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.errors import TableError
from detente.ontology.tables import read_table

STATUSES = ("occurred", "ongoing", "planned", "conditional", "denied")
_AGREED_WHEN_PLANNED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """One PLOVER type. intensity: of the type itself; modes: mode to its intensity (-10 to 10)."""

    name: str
    quad: str
    intensity: float
    description: str
    modes: Mapping[str, float]


def _load() -> dict[str, Type]:
    columns = ("type", "mode", "quad", "intensity", "description")
    rows = list(read_table("detente.ontology", "types.tsv", columns))
    types: dict[str, Type] = {}
    for _, row in rows:
        if not row["mode"]:
            modes = {r["mode"]: float(r["intensity"]) for _, r in rows if r["type"] == row["type"] and r["mode"]}
            types[row["type"]] = Type(
                name=row["type"],
                quad=row["quad"],
                intensity=float(row["intensity"]),
                description=row["description"],
                modes=modes,
            )
    return types


def _names(table: str, column: str, *others: str) -> tuple[str, ...]:
    return tuple(row[column] for _, row in read_table("detente.ontology", table, (column, *others)))


TYPES: Mapping[str, Type] = _load()
CONTEXTS: tuple[str, ...] = _names("contexts.tsv", "context")
SECTORS: tuple[str, ...] = _names("sectors.tsv", "sector", "description")


def intensity(type_: str, mode: str | None = None) -> float:
    """Conflict-cooperation score of a deed, -10 (worst) to 10 (PLOVER code book). Raises TableError on an unknown mode."""
    entry = TYPES[type_]
    if mode is None:
        return entry.intensity
    if mode not in entry.modes:
        raise TableError(f"{type_} has no mode {mode!r}; it has {', '.join(entry.modes) or 'none'}")
    return entry.modes[mode]


def quad(type_: str) -> str:
    """Quad class: verbal or material, cooperation or conflict."""
    return TYPES[type_].quad


def is_conflict(type_: str) -> bool:
    """Whether the type belongs to one of the two conflict classes."""
    return quad(type_).endswith("conflict")


def plover_type(type_: str, status: str, *, announced: bool = True) -> str | None:
    """The type as the code book would give it, which knows no standing.

    Planned cooperation is AGREE; a planned or conditional conflict that its doer announces is THREATEN;
    a denied deed has none. `announced`: whether the doer, not somebody else, speaks of it.
    """
    if status == "denied":
        return None
    if status == "planned" and type_ in _AGREED_WHEN_PLANNED:
        return "AGREE"
    material = quad(type_) == "material conflict"
    if status in ("planned", "conditional") and announced and material:
        return "THREATEN"
    return type_
