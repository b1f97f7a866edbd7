"""Every error that détente raises on purpose.

    DetenteError
    ├── UsageError            the caller asked for something that cannot be: exit status 2
    │   └── UnknownNameError  a name that no table holds; carries suggestions
    ├── InputError            an input could not be read: becomes a Failure record, exit status 1
    │   └── FetchError        (sources.fetching) an address could not be fetched; says whether to try again
    ├── TableError            a table shipped with the package, or brought by a user, is wrong; names the line
    ├── ModelError            the language model is missing, altered, or of the wrong version
    ├── EngineError           what runs a batch cannot start, or cannot go on
    └── StoreError            the observatory's folder cannot be used
        ├── BusyError         another process is writing to it
        ├── TooSlowError      a question took longer than whoever asks is given
        └── SchemaError       it was written by a newer version, or is damaged

Each message says what was expected, what came, and what to do.
"""

from __future__ import annotations


class DetenteError(Exception):
    """The root of the tree: catch this to catch all."""


class UsageError(DetenteError):
    """The caller asked for something that cannot be."""


class UnknownNameError(UsageError):
    """A name that no table holds. `suggestions` lists the nearest known ones, best first."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class InputError(DetenteError):
    """An input could not be read."""


class TableError(DetenteError):
    """A table of knowledge, lexicon or ontology is wrong; the message names file and line."""


class ModelError(DetenteError):
    """The language model is missing, altered, or of the wrong version."""


class EngineError(DetenteError):
    """What runs a batch cannot start, or cannot go on."""


class StoreError(DetenteError):
    """The observatory's folder cannot be used."""


class BusyError(StoreError):
    """Another process is writing to the observatory."""


class TooSlowError(StoreError):
    """A question took longer than whoever asks is given."""


class SchemaError(StoreError):
    """The observatory was written by a newer version, or is damaged."""
