"""Addresses of object stores: files, patterns and folders behind them, and what is said where there is nothing."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.sources import Sourced, Unreadable, articles_from, count_inputs
from detente.sources.remote import PROTOCOLS, Remote, is_address

LINES = b'{"text": "Chad recalled its envoy from Niamey.", "id": "%d"}\n'


@pytest.fixture
def store() -> Iterator[str]:
    """A folder in fsspec's memory."""
    system = fsspec.filesystem("memory")
    system.pipe("/news/2021/a.jsonl", LINES % 1)
    system.pipe("/news/2021/b.jsonl.gz", gzip.compress(LINES % 2))
    system.pipe("/news/2021/notes.bin", b"\x00")
    system.pipe("/news/2022/c.jsonl", LINES % 3)
    table = io.BytesIO()
    pq.write_table(pa.table({"text": ["Chad recalled its envoy."], "id": ["4"]}), table)
    system.pipe("/tables/d.parquet", table.getvalue())
    yield "memory://news"
    system.rm("/", recursive=True)


def _ids(*paths: str) -> list[str]:
    return [item.article.id for item in articles_from(paths) if isinstance(item, Sourced)]


def _reason(path: str) -> str:
    (item,) = articles_from([path])
    assert isinstance(item, Unreadable)
    return f"{item.failure.where}: {item.failure.reason}"


def test_a_file_a_folder_a_pattern_and_a_table(store: str) -> None:
    assert _ids(f"{store}/2021/a.jsonl") == ["1"]
    assert _ids(store) == ["1", "2", "3"]
    assert _ids(f"{store}/*/*.jsonl") == ["1", "3"]
    assert _ids("memory://tables/d.parquet") == ["4"]
    assert count_inputs([store]) is None


def test_a_file_of_an_unknown_kind_is_told(store: str) -> None:
    (told,) = [item for item in articles_from([f"{store}/2021"]) if isinstance(item, Unreadable)]
    assert (told.failure.where or "").endswith("notes.bin")
    assert "passed over" in told.failure.reason


def test_a_file_address(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINES % 9)
    assert _ids(f"file://{tmp_path}/a.jsonl") == ["9"]
    assert _ids(f"file://{tmp_path}") == ["9"]


def test_nothing_there_is_said_and_the_next_is_read(store: str) -> None:
    assert "memory://news/none.jsonl: expected a file behind this address, found none" in _reason(f"{store}/none.jsonl")
    assert "expected files behind this address, found none" in _reason(f"{store}/2030/*.jsonl")
    assert _ids(f"{store}/none.jsonl", f"{store}/2021/a.jsonl") == ["1"]


@pytest.mark.parametrize(
    "address", ["sftp://host/a.jsonl", "simplecache::memory://news/2021/a.jsonl", "zip://a::memory://x"]
)
def test_other_protocols_and_chains_are_refused(address: str) -> None:
    assert "expected an address that begins with one of s3://" in _reason(address)


@pytest.mark.parametrize("protocol", [name for name in ("s3", "gs", "https", "az") if PROTOCOLS[name]])
def test_a_missing_package_is_named(protocol: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(address: str) -> None:
        raise ImportError("not here")

    monkeypatch.setattr("fsspec.core.url_to_fs", refuse)
    assert f"pip install '{PROTOCOLS[protocol]}'" in _reason(f"{protocol}://bucket/a.jsonl")


def test_secrets_in_an_address_are_not_shown() -> None:
    remote = Remote("https://me:secret@example.org/a/b.warc.gz?signature=abc")
    assert (remote.shown, remote.name) == ("https://example.org/a/b.warc.gz", "b.warc.gz")


@pytest.mark.parametrize(
    ("given", "address"), [("a.txt", False), ("C:\\a.txt", False), ("a::b.txt", False), ("s3://a/b", True)]
)
def test_what_an_address_is(given: str, address: bool) -> None:
    assert is_address(given) is address
