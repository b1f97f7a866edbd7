"""From older tables to today's: one step for each version, applied one after another by the next writer.

A step takes the manifest as JSON and the folder, and gives the manifest of the next version. It may write new segment
folders; it never touches those that stand, since readers may be using them and the machine may stop at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from detente.errors import SchemaError
from detente.store.schema import VERSION

type Step = Callable[[dict[str, Any], Path], dict[str, Any]]


def _from_0(raw: dict[str, Any], _folder: Path) -> dict[str, Any]:
    """Version 0, of the first drafts: removed articles were not remembered, and a segment named one coder only."""
    segments = [
        {**{k: v for k, v in segment.items() if k != "coder"}, "coders": [segment["coder"]]}
        for segment in raw["segments"]
    ]
    return {**raw, "schema": "1", "segments": segments, "removed": []}


STEPS: Mapping[str, Step] = {"0": _from_0}


def migrated(raw: dict[str, Any], folder: Path, steps: Mapping[str, Step] = STEPS) -> dict[str, Any]:
    """The manifest in today's version. Raises SchemaError when no step leads there."""
    while raw["schema"] != VERSION:
        step = steps.get(raw["schema"])
        if step is None:
            raise SchemaError(
                f"{folder} has tables of version {raw['schema']}, from which no way leads to version {VERSION}: "
                "read its articles anew into a new observatory"
            )
        raw = step(raw, folder)
    return raw
