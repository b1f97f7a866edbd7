"""The list of removals that travels with a release: a hash of each removed article's id, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from detente.errors import InputError

REMOVED = "removed.tsv"
_HEADER = "hash"
_STONE = re.compile(r"[0-9a-f]{64}")


def write_stones(path: Path, stones: Iterable[str]) -> None:
    """Writes a list, each hash once, in order."""
    path.write_bytes("".join(f"{line}\n" for line in (_HEADER, *sorted(set(stones)))).encode("ascii"))


def read_stones(path: Path) -> frozenset[str]:
    """The hashes of a list; `path` may be the release that it lies in. Raises InputError, naming the line, for anything else."""
    file = path / REMOVED if path.is_dir() else path
    try:
        head, *lines = file.read_text("utf8").splitlines() or [""]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{file} cannot be read ({error}); expected the {REMOVED} of a release, or a release"
        ) from error
    if head != _HEADER:
        raise InputError(f"{file}:1: expected the heading {_HEADER!r} of a {REMOVED}, found {head[:40]!r}")
    for number, line in enumerate(lines, 2):
        if not _STONE.fullmatch(line):
            raise InputError(
                f"{file}:{number}: expected 64 hex digits, found {line[:80]!r}; take the list from its release again"
            )
    return frozenset(lines)
