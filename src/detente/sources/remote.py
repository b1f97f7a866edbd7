"""Inputs behind an address: object stores and web servers, through fsspec. Only what a user names is ever opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from detente.errors import InputError

# What each protocol needs to be installed; "" for what comes with détente. Others that fsspec knows run commands or unpack archives.
PROTOCOLS = {
    "s3": "detente[remote]",
    "s3a": "detente[remote]",
    "gs": "detente[remote]",
    "gcs": "detente[remote]",
    "https": "detente[remote]",
    "http": "detente[remote]",
    "az": "adlfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "hdfs": "pyarrow with a Hadoop client",
    "file": "",
    "memory": "",
}
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.:-]+://")
_PATTERN = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Remote:
    """One file behind an address."""

    address: str

    @property
    def name(self) -> str:
        """The last part of its path, by whose ending its format is known."""
        return urlsplit(self.address).path.rpartition("/")[2]

    @property
    def shown(self) -> str:
        """The address without what may be secret in it: a password before the host, a signature behind a question mark."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def is_address(given: str) -> bool:
    """Whether an input is an address rather than the name of a file."""
    return bool(_ADDRESS.match(given))


def files_behind(address: str) -> Iterator[Remote]:
    """The file behind an address; of a pattern (`s3://bucket/2021/*.warc.gz`) and of a folder all files, sorted.

    Raises InputError where there is none, or where it cannot be asked for.
    """
    with _border(address):
        system, path = _system(address)
        pattern = _PATTERN.search(path)
        if _web(address) or not (pattern or system.isdir(path)):
            yield Remote(address)
            return
        found = system.glob(path) if pattern else system.find(path)
        names = sorted(name for name in found if not name.rpartition("/")[2].startswith("."))
    if not names:
        raise InputError("expected files behind this address, found none")
    yield from (Remote(system.unstrip_protocol(name)) for name in names)


@contextmanager
def opened(remote: Remote) -> Iterator[BinaryIO]:
    """The bytes of a file. Raises InputError when it cannot be opened."""
    with _border(remote.address):
        system, path = _system(remote.address)
        stream = system.open(path, "rb")
    with stream:
        yield cast(BinaryIO, stream)


def _system(address: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs  # 0.1 s, for addresses only

    protocol = urlsplit(address).scheme.lower()
    if "::" in address or protocol not in PROTOCOLS:
        raise InputError(f"expected an address that begins with one of {', '.join(f'{name}://' for name in PROTOCOLS)}")
    try:
        system, path = url_to_fs(address)
    except ImportError as error:
        raise InputError(f"{protocol}:// needs more to be installed: pip install '{PROTOCOLS[protocol]}'") from error
    return system, str(path)


@contextmanager
def _border(address: str) -> Iterator[None]:
    """Every store raises errors of its own; whatever it is, the next input is read."""
    try:
        yield
    except InputError:
        raise
    except FileNotFoundError as error:
        raise InputError("expected a file behind this address, found none") from error
    except Exception as error:
        told = " ".join(str(error).split())[:200].replace(address, Remote(address).shown)
        raise InputError(f"cannot be read: {told or type(error).__name__}") from error


def _web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))
