"""One writer at a time: a lock that the operating system holds, and lets go of when its process dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.errors import BusyError, StoreError

NAME = ".lock"
_FAR = 1 << 30  # the byte that is locked on Windows: beyond the pid, which others must be able to read


@contextmanager
def held(folder: Path, name: str, seconds: float) -> Iterator[None]:
    """Holds the lock `name` of a folder, after waiting for it if need be. Raises BusyError when it is not free in time."""
    handle = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o644)
    until = time.monotonic() + seconds
    try:
        while not _take(handle):
            if time.monotonic() > until:
                raise BusyError(f"{folder / name} has been held by others for {seconds:.0f} seconds; try again")
            time.sleep(0.01)
        yield
    finally:
        os.close(handle)


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Holds the folder for this writer. Raises BusyError, with the other's process id, when somebody else holds it."""
    path = folder / NAME
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(f"cannot write to {folder} ({error.strerror}); check its permissions and the disk") from error
    try:
        if not _take(handle):
            raise BusyError(
                f"{folder} is being written to by process {_holder(path)}; wait until it is done and try again "
                "(reading is possible meanwhile)"
            )
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)  # lets go of the lock


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _holder(path: Path) -> str:
    try:
        return path.read_text("ascii").strip() or "unknown"
    except (OSError, ValueError):
        return "unknown"
