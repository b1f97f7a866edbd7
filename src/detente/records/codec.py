"""Records to plain JSON values and back: field names are the JSON names, tuples are arrays, None is null."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints


def to_json(value: object) -> Any:
    """A record (or a tuple or mapping of them) as dicts, lists and scalars, ready for `json.dumps`."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {name: to_json(item) for name, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_json(getattr(value, name)) for name in _names(type(value))}
    raise TypeError(f"expected a record, a tuple, a mapping or a scalar, got {type(value).__name__}")


def from_json[R](kind: type[R], value: Mapping[str, Any]) -> R:
    """The record of class `kind` that `to_json` wrote. Unknown keys are ignored: the format grows by optional fields."""
    hints = _hints(cast(type, kind))
    return kind(**{name: _build(hints[name], item) for name, item in value.items() if name in hints})


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return {name: hint for name, hint in get_type_hints(kind).items() if name in _names(kind)}


def _build(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (types.UnionType, Union):
        return _build(next(arg for arg in get_args(hint) if arg is not type(None)), value)
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        return tuple(_build(inner[0], item) for item in value)
    if is_dataclass(hint):
        return from_json(cast(type, hint), value)
    return value
