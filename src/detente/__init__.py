"""Détente reads the news and keeps account of how countries deal with one another.

>>> from detente import read, Observatory          # nothing heavy is loaded by this line
>>> for reading in read(["article.txt"]):          # the language model is loaded here
...     print(reading.events)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.observatory import Observatory, read
    from detente.reading.coder import Coder
    from detente.reading.reader import Reader
    from detente.records import Article, Reading

__all__ = ["Article", "Coder", "Observatory", "Reader", "Reading", "read"]

_HOMES = {
    "Article": "detente.records",
    "Coder": "detente.reading.coder",
    "Observatory": "detente.observatory",
    "Reader": "detente.reading.reader",
    "Reading": "detente.records",
    "read": "detente.observatory",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
