"""The JSON Schema (draft 2020-12) of one line of `detente read --format jsonl`, derived from the records themselves."""

from __future__ import annotations

import types
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from detente.ontology import CONTEXTS, SECTORS, STATUSES, TYPES
from detente.records.actor import Actor
from detente.records.event import Asked, Event
from detente.records.explanation import Gap, Party, Score
from detente.records.place import Place
from detente.records.quote import Quote
from detente.records.reading import SCHEMA, Reading
from detente.records.spans import Evidence
from detente.records.when import Timex

# What a type hint cannot say: the closed lists and the bounds.
_LIMITS: dict[tuple[type, str], dict[str, Any]] = {
    (Reading, "schema"): {"const": SCHEMA},
    (Evidence, "field"): {"enum": ["text", "title"]},
    (Actor, "kind"): {"enum": ["country", "person", "organization", "group"]},
    (Actor, "sectors"): {"items": {"enum": list(SECTORS)}, "maxItems": 2},
    (Actor, "role_basis"): {"enum": ["stated", "known", None]},
    (Event, "type"): {"enum": list(TYPES)},
    (Event, "plover_type"): {"enum": [*TYPES, None]},
    (Event, "status"): {"enum": list(STATUSES)},
    (Event, "contexts"): {"items": {"enum": list(CONTEXTS)}},
    (Event, "intensity"): {"minimum": -10, "maximum": 10},
    (Event, "confidence"): {"minimum": 0, "maximum": 1},
    (Asked, "type"): {"enum": list(TYPES)},
    (Party, "role"): {"enum": ["source", "target"]},
    (Party, "basis"): {"enum": ["name", "stand-in", "pronoun", "people", "elsewhere", "place"]},
    (Gap, "role"): {"enum": ["source", "target"]},
    (Score, "type"): {"enum": list(TYPES)},
    (Score, "probability"): {"minimum": 0, "maximum": 1},
    (Quote, "kind"): {"enum": ["direct", "indirect", "mixed"]},
    (Quote, "manner"): {"enum": ["speech", "thought", "writing"]},
    (Place, "kind"): {"enum": ["country", "region", "city", "facility", "water", "area", "demonym"]},
    (Place, "precision"): {"enum": ["point", "city", "region", "country", "none"]},
    (Timex, "type"): {"enum": ["DATE", "TIME", "DURATION", "SET"]},
}
_SCALARS = {str: "string", int: "integer", float: "number", bool: "boolean"}


def reading_schema() -> dict[str, Any]:
    """The schema as a dict ready for `json.dumps`. Keys beyond those listed are allowed: later versions may add some."""
    definitions: dict[str, Any] = {}
    root = _record(Reading, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "détente reading, schema 1",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _record(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties = {}
    for item in fields(kind):
        properties[item.name] = _value(hints[item.name], definitions) | _LIMITS.get((kind, item.name), {})
    required = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]
    description = (kind.__doc__ or "").strip().splitlines()[0]
    return {"type": "object", "description": description, "properties": properties, "required": required}


def _value(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    if get_origin(hint) in (types.UnionType, Union):
        inner = next(arg for arg in get_args(hint) if arg is not type(None))
        if inner in _SCALARS:
            return {"type": [_SCALARS[inner], "null"]}
        return {"anyOf": [_value(inner, definitions), {"type": "null"}]}
    if get_origin(hint) is tuple:
        arguments = get_args(hint)
        if Ellipsis in arguments:
            return {"type": "array", "items": _value(arguments[0], definitions)}
        return {
            "type": "array",
            "prefixItems": [_value(a, definitions) for a in arguments],
            "minItems": len(arguments),
        }
    if is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}  # a place held, should a record ever hold itself
            definitions[hint.__name__] = _record(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    raise TypeError(f"no JSON Schema for the type hint {hint!r}")
