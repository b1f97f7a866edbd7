"""Where a lake lies: a folder of this machine, or an object store. Objects are written whole, under names never used before.

Nothing is renamed and nothing is overwritten, which is what object stores can promise; the one thing asked of them is
that of two who create the same name one is told (`If-None-Match` of S3, GCS and Azure).
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from detente.errors import StoreError
from detente.store.lock import writer_lock
from detente.store.segment import sync_folder

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)  # file systems without hard links


class Place(Protocol):
    """A lake's place. Names have `/` between their parts."""

    def create(self, name: str, content: bytes) -> bool:
        """Writes a new object, whole or not at all. False when there is one of that name."""

    def read(self, name: str) -> bytes | None:
        """The object's bytes; None when there is none."""

    def names(self, folder: str) -> list[str]:
        """What lies in a folder, sorted; nothing when there is no such folder."""

    def filling(self, folder: str) -> Any:
        """Context: a path of this machine; what is put there stands in the new `folder` of the place at its end."""

    def at_hand(self, folder: str) -> Any:
        """Context: a path of this machine with the files of `folder`, to be read only."""

    def age(self, folder: str) -> float | None:
        """Seconds since the last file of a folder was written, by the place's own clock; None when it does not tell."""

    def delete(self, folder: str) -> None:
        """Removes a folder with all that is in it."""

    def held(self) -> Any:
        """Context: the one driver of this lake. Raises BusyError where another is known to be at work."""

    def address(self, name: str) -> str:
        """The name by which DuckDB, Spark or pandas find an object."""


class Folder:
    """A folder of a file system."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __str__(self) -> str:
        return str(self._path)

    def create(self, name: str, content: bytes) -> bool:
        """See `Place.create`. The name comes to be by a hard link, which is all or nothing and refuses a name in use."""
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{uuid4().hex}")
        try:
            with draft.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            try:
                os.link(draft, path)
            except FileExistsError:
                return False
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                return _create_in_place(path, content)
            sync_folder(path.parent)
            return True
        finally:
            draft.unlink(missing_ok=True)

    def read(self, name: str) -> bytes | None:
        """See `Place.read`."""
        try:
            return (self._path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def is_taken(self, name: str) -> bool:
        """Whether there is anything else than what a place with that object is: a file, or a folder of other things."""
        if self._path.is_dir():
            return not (self._path / name).exists() and bool(self.names(""))
        return self._path.exists()

    def names(self, folder: str) -> list[str]:
        """See `Place.names`. Drafts of dead runs are passed over."""
        try:
            return sorted(item.name for item in (self._path / folder).iterdir() if not item.name.startswith("."))
        except (FileNotFoundError, NotADirectoryError):
            return []

    @contextmanager
    def filling(self, folder: str) -> Iterator[Path]:
        """See `Place.filling`. The files are written where they stay: no one knows the name before it is committed."""
        path = self._path / folder
        path.mkdir(parents=True)
        yield path
        sync_folder(path.parent)

    @contextmanager
    def at_hand(self, folder: str) -> Iterator[Path]:
        """See `Place.at_hand`."""
        yield self._path / folder

    def age(self, folder: str) -> float | None:
        """See `Place.age`: the file system's clock is that of a file written now."""
        path = self._path / folder
        try:
            with tempfile.TemporaryFile(dir=self._path) as now:
                times = [file.stat().st_mtime for file in (path, *path.glob("*"))]
                return os.fstat(now.fileno()).st_mtime - max(times)
        except FileNotFoundError:  # somebody else is deleting it
            return None

    def delete(self, folder: str) -> None:
        """See `Place.delete`."""
        import shutil

        shutil.rmtree(self._path / folder, ignore_errors=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        """See `Place.held`."""
        self._path.mkdir(parents=True, exist_ok=True)
        with writer_lock(self._path):
            yield

    def address(self, name: str) -> str:
        """See `Place.address`."""
        return str(self._path / name)


def _create_in_place(path: Path, content: bytes) -> bool:
    """The next best: a crash may leave half of it, which whoever opens the lake is told to delete."""
    try:
        with path.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError:
        return False
    return True


class Bucket:
    """A prefix of an object store, by its address (s3://bucket/lake, gs://, abfs://, memory://). Needs fsspec's driver for it."""

    def __init__(self, url: str) -> None:
        from fsspec.core import url_to_fs

        self._url = url.rstrip("/")
        try:
            self._fs, self._root = url_to_fs(self._url)
        except ImportError as error:
            raise StoreError(f"cannot open {url}: {error}: pip install 'detente[remote]'") from error
        except ValueError as error:
            raise StoreError(
                f"cannot open {url} ({error}): install fsspec's driver for it, or name a folder"
            ) from error
        self._root = self._root.rstrip("/")

    def __str__(self) -> str:
        return self._url

    def create(self, name: str, content: bytes) -> bool:
        """See `Place.create`."""
        try:
            self._fs.pipe_file(f"{self._root}/{name}", content, mode="create")
        except FileExistsError:
            return False
        return True

    def read(self, name: str) -> bytes | None:
        """See `Place.read`."""
        try:
            found: bytes = self._fs.cat_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return None
        return found

    def names(self, folder: str) -> list[str]:
        """See `Place.names`."""
        self._fs.invalidate_cache()
        try:
            found = self._fs.ls(f"{self._root}/{folder}", detail=False)
        except FileNotFoundError:
            return []
        return sorted(str(name).rstrip("/").rpartition("/")[2] for name in found)

    @contextmanager
    def filling(self, folder: str) -> Iterator[Path]:
        """See `Place.filling`. Uploads what was written to a folder of this machine."""
        with tempfile.TemporaryDirectory(prefix="detente-") as name:
            yield Path(name)
            for file in sorted(Path(name).iterdir()):
                self._fs.put_file(str(file), f"{self._root}/{folder}/{file.name}")

    @contextmanager
    def at_hand(self, folder: str) -> Iterator[Path]:
        """See `Place.at_hand`. Fetches the files to a folder of this machine."""
        with tempfile.TemporaryDirectory(prefix="detente-") as name:
            for file in self.names(folder):
                self._fs.get_file(f"{self._root}/{folder}/{file}", str(Path(name) / file))
            yield Path(name)

    def age(self, folder: str) -> float | None:
        """See `Place.age`: the store's clock is the time of an object written now."""
        probe = f"{self._root}/.probe-{uuid4().hex}"
        try:
            self._fs.pipe_file(probe, b"now")
            now = self._fs.modified(probe)
            times = [self._fs.modified(f"{self._root}/{folder}/{file}") for file in self.names(folder)]
            return float((now - max(times)).total_seconds()) if times else None
        except (NotImplementedError, AttributeError, FileNotFoundError):
            return None
        finally:
            self._fs.rm_file(probe)

    def delete(self, folder: str) -> None:
        """See `Place.delete`."""
        self._fs.rm(f"{self._root}/{folder}", recursive=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        """See `Place.held`. Object stores have no locks: two drivers are told apart by the log's names alone."""
        yield

    def address(self, name: str) -> str:
        """See `Place.address`."""
        return f"{self._url}/{name}"


def place_of(where: str | Path) -> Folder | Bucket:
    """A folder, or the object store that an address with `://` names."""
    if "://" in str(where):
        return Bucket(str(where))
    return Folder(Path(where))
