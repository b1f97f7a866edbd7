"""The manifest: the one file that says what an observatory holds. Replacing it, atomically, is what a commit is."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.errors import SchemaError, StoreError
from detente.records import from_json, to_json
from detente.store.schema import VERSION
from detente.store.segment import SegmentInfo, sync_folder

NAME = "manifest.json"
FORMAT = "detente-observatory"

type Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The revisions of an article that has had more than one, in the order in which each became the current one."""

    article: str
    revisions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """A segment that compaction has replaced: kept until `after` (seconds since 1970) for readers that still use it."""

    id: str
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an observatory holds in one generation.

    schema: version of the tables. generation: counts commits. removed: hashes of the ids of removed articles.
    actors: the user's own actors under which all rows stand, as a table; "" for none.
    """

    format: str = FORMAT
    schema: str = VERSION
    generation: int = 0
    segments: tuple[SegmentInfo, ...] = ()
    history: tuple[History, ...] = ()
    removed: tuple[str, ...] = ()
    retired: tuple[Retired, ...] = ()
    actors: str = ""


def load(folder: Path) -> Manifest:
    """The manifest of a folder. Raises StoreError when the folder is no observatory, SchemaError when it cannot be used."""
    raw = load_raw(folder)
    if raw["schema"] != VERSION:
        raise SchemaError(
            f"{folder} has tables of version {raw['schema']}, expected {VERSION}: open it for writing once"
        )
    try:
        return from_json(Manifest, raw)
    except (TypeError, AttributeError, KeyError) as error:
        raise _damaged(folder, f"{type(error).__name__}: {error}") from error


def stamp(folder: Path) -> Stamp | None:
    """Another one whenever the manifest has been replaced: it is another file then. None when there is none."""
    try:
        found = (folder / NAME).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def load_raw(folder: Path) -> dict[str, Any]:
    """The manifest as JSON, of whatever version up to today's."""
    path = folder / NAME
    try:
        raw = json.loads(path.read_text("utf8"))
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(
            f"{folder} is no observatory (it has no {NAME}); make one with `detente init {folder}`"
        ) from None
    except (OSError, ValueError) as error:
        raise _damaged(folder, str(error)) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT or not isinstance(raw.get("schema"), str):
        raise _damaged(folder, f"it does not say that it is a {FORMAT} and of which schema")
    if not raw["schema"].isdigit() or int(raw["schema"]) > int(VERSION):
        raise SchemaError(
            f"{folder} was written by a newer détente (tables of version {raw['schema']}, this one knows up to "
            f"{VERSION}): upgrade détente"
        )
    return raw


def save(folder: Path, manifest: Manifest | dict[str, Any]) -> None:
    """Replaces the manifest: after a crash at any moment, the old one or the new one stands, whole."""
    content = manifest if isinstance(manifest, dict) else to_json(manifest)
    path = folder / NAME
    draft = folder / f"{NAME}.tmp"
    with draft.open("w", encoding="utf8", newline="\n") as stream:
        json.dump(content, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    sync_folder(folder)


def _damaged(folder: Path, reason: str) -> SchemaError:
    return SchemaError(f"{folder / NAME} is damaged ({reason}); restore it from a copy of the folder")
