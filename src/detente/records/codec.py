"""Records to plain JSON values and back: field names are the JSON names, tuples are arrays, None is null."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, partial
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

type Maker = Callable[[Any], Any]


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
    makers = _makers(cast(type, kind))
    return kind(
        **{
            name: item if item is None or (make := makers[name]) is None else make(item)
            for name, item in value.items()
            if name in makers
        }
    )


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _makers(kind: type) -> dict[str, Maker | None]:
    """What makes each field's value; None for a value that stays as it is. Looked up once a class: there are millions of records."""
    hints = get_type_hints(kind)
    return {name: _maker(hints[name]) for name in _names(kind)}


def _maker(hint: Any) -> Maker | None:
    if get_origin(hint) in (types.UnionType, Union):
        return _maker(next(arg for arg in get_args(hint) if arg is not type(None)))
    if get_origin(hint) is tuple:
        make = _maker(get_args(hint)[0])
        return tuple if make is None else partial(_all, make)
    return partial(from_json, cast(type, hint)) if is_dataclass(hint) else None


def _all(make: Maker, items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(None if item is None else make(item) for item in items)
