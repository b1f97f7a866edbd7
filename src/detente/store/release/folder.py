"""A release's folder: written aside and renamed when it is whole; checked against its sums.

*.parquet           the tables
data-dictionary.md  every column
versions.tsv        what it was made with
removed.tsv         hashes of the ids of removed articles
README.md           what it is, how to cite and to check it
SHA256SUMS          the sum of every other file
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from detente.errors import SchemaError, StoreError, UsageError
from detente.ontology.tables import parse_table
from detente.records import digest
from detente.store.release.files import SUMS, sha256, sums
from detente.store.release.layout import dictionary
from detente.store.release.readme import readme
from detente.store.release.stones import REMOVED
from detente.store.segment import sync_folder

VERSIONS = "versions.tsv"
_README, _DICTIONARY = "README.md", "data-dictionary.md"


def vacant(out: Path) -> None:
    """Raises UsageError when no release can be made at `out`: something is there, or there is no folder to make it in."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(
            f"{out} is there already and not empty: a release is never changed; name a new or an empty folder"
        )
    if not out.resolve().parent.is_dir():
        raise UsageError(f"{out}: there is no folder {out.resolve().parent} to make it in")


@contextmanager
def draft(out: Path) -> Iterator[Path]:
    """A folder aside that takes the name `out`, and the place of what has that name, when all within it is done."""
    out = out.resolve()
    aside = out.with_name(f".{out.name}.{uuid4().hex[:8]}.partial")
    try:
        aside.mkdir()
    except OSError as error:
        raise StoreError(
            f"cannot write to {out.parent} ({error.strerror}); check its permissions and the disk"
        ) from error
    try:
        yield aside
        _take_place(aside, out)
    except OSError as error:
        raise StoreError(
            f"cannot write {out} ({error.strerror or error}); make room or check the permissions"
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def seal(folder: Path, versions: Mapping[str, str]) -> str:
    """Adds all that is not Parquet to a release's folder, the sums last; gives the release's id, a hash of what it holds."""
    texts = versions["texts"] == "yes"
    _write(folder / VERSIONS, "".join(f"{name}\t{value}\n" for name, value in {"name": "value", **versions}.items()))
    _write(folder / _DICTIONARY, dictionary(texts=texts))
    (folder / _README).unlink(missing_ok=True)
    id_ = digest("release", sums(folder))
    _write(folder / _README, readme(folder, id_, versions))
    _write(folder / SUMS, sums(folder))
    _sync(folder)
    return id_


def versions_of(release: Path) -> dict[str, str]:
    """What a release was made with."""
    return {row["name"]: row["value"] for _, row in parse_table(release / VERSIONS, ("name", "value"))}


def verify(release: Path) -> tuple[str, ...]:
    """What is not as it was released, file by file; nothing when all is. Raises StoreError when the folder is no release."""
    try:
        lines = (release / SUMS).read_text("utf8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise StoreError(
            f"{release} is no release (it has no {SUMS}); make one with `detente freeze DIR {release}`"
        ) from None
    listed = {name: given for given, _, name in (line.partition("  ") for line in lines)}
    if not listed or any(len(given) != 64 or Path(name).name != name for name, given in listed.items()):
        raise SchemaError(f"{release / SUMS} is damaged; take the release from where it came, or freeze it anew")
    problems = []
    for name, given in sorted(listed.items()):
        path = release / name
        if not path.is_file():
            problems.append(f"{name} is missing")
        elif (found := sha256(path)) != given:
            problems.append(f"{name} has changed: its SHA-256 is {found[:12]}…, {given[:12]}… was released")
    extra = sorted(path.name for path in release.iterdir() if path.name not in {*listed, SUMS})
    return (*problems, *(f"{name} does not belong to the release" for name in extra))


def _take_place(aside: Path, out: Path) -> None:
    """Renames; what stands there is deleted once the new has its name."""
    if not out.exists() or not any(out.iterdir()):
        if out.exists():
            out.rmdir()
        aside.rename(out)
        sync_folder(out.parent)
        return
    old = aside.with_suffix(".old")
    out.rename(old)
    try:
        aside.rename(out)
    except OSError:
        old.rename(out)
        raise
    sync_folder(out.parent)
    shutil.rmtree(old)


def _sync(folder: Path) -> None:
    """Puts a folder's files on the disk, so that none of them is empty after a power cut."""
    for path in folder.iterdir():
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())
    sync_folder(folder)


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf8"))


__all__ = ["REMOVED", "SUMS", "VERSIONS", "draft", "seal", "vacant", "verify", "versions_of"]
