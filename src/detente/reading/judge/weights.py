"""The judges' weights, checked against the table of hashes that ships beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files

from detente.errors import ModelError
from detente.ontology import read_table

FILES: Mapping[str, str] = {
    row["file"]: row["sha256"] for _, row in read_table("detente.reading.judge", "weights.tsv", ("file", "sha256"))
}


def weights_bytes(name: str) -> bytes:
    """The bytes of one file of weights. Raises ModelError when it is missing or not the one that was trained."""
    path = files("detente.reading.judge") / "weights" / name
    wanted = FILES.get(name)
    if wanted is None or not path.is_file():
        raise ModelError(f"expected the judge's weights {name}, found none: reinstall detente")
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != wanted:
        raise ModelError(
            f"the judge's weights {name} are not those that were trained (expected sha256 {wanted[:12]}…, found "
            f"{found[:12]}…): reinstall detente"
        )
    return data
