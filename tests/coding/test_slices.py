"""Inputs cut into shards: nothing falls between two of them, nothing is in both."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.observatory.coding.shard import LARGEST, SMALLEST, shards, usual_size
from detente.sources import Sourced, articles_from
from detente.sources.slices import Slice, articles_in, slices, weight


def read_in_slices(path: Path, size: int) -> list[object]:
    return [found for part in slices([path], size, None) for found in articles_in([part], published=None)]


def plain(found: object) -> object:
    """An article, or a failure: what must be the same, cut or whole."""
    return found.article if isinstance(found, Sourced) else found


# A text to be told as an article, or a line of any bytes.
LINE = st.one_of(st.text(min_size=1), st.binary(max_size=40).map(lambda data: data.replace(b"\n", b"")))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINE, max_size=12), size=st.integers(1, 300), packed=st.booleans(), end=st.booleans())
def test_lines_cut_anywhere_give_what_the_whole_file_gives(
    lines: list[str | bytes], size: int, packed: bool, end: bool, tmp_path: Path
) -> None:
    good = json.dumps({"id": "first", "text": "A first line that is whole."}).encode()
    rest = [v if isinstance(v, bytes) else json.dumps({"id": f"a{n}", "text": v}).encode() for n, v in enumerate(lines)]
    data = b"\n".join([good, *rest]) + (b"\n" if end else b"")
    path = tmp_path / ("n.jsonl.gz" if packed else "n.jsonl")
    path.write_bytes(gzip.compress(data) if packed else data)
    parts = [part for part in slices([path], size, None) if isinstance(part, Slice)]
    assert [part.start for part in parts] == [0, *(part.stop for part in parts[:-1])]
    assert parts[-1].stop in (None, len(data))
    bounds = [(part.start, len(data) if part.stop is None else part.stop) for part in parts]
    assert [part.content for part in parts] == [hashlib.sha256(data[a:b]).hexdigest()[:32] for a, b in bounds]
    whole = [plain(found) for found in articles_in(_one(path), published=None)]
    cut = [plain(found) for found in articles_in(parts, published=None)]
    assert cut == whole


def _one(path: Path) -> list[Slice]:
    return [part for part in slices([path], 10**9, None) if isinstance(part, Slice)]


def warc(*pages: str) -> list[bytes]:
    """Records of a web archive, each with an article."""
    found = []
    for number, page in enumerate(pages):
        html = f"<html><head><title>Page {number}</title></head><body><article><p>{page}</p></article></body></html>".encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032}>\r\n"
            f"WARC-Target-URI: https://news.example/{number}\r\nWARC-Date: 2021-03-04T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        found.append(head.encode() + http + b"\r\n\r\n")
    return found


PAGE = "Norway praised Finland for its help in the northern forests on Monday, and promised to send more crews. "


@pytest.mark.parametrize("packed", [True, False], ids=["gz", "plain"])
def test_web_archives_are_cut_between_records(tmp_path: Path, packed: bool) -> None:
    records = warc(
        *(PAGE * (3 + n % 5) + f"This is page {n}. A line in it says\r\n\r\nWARC/1.0 is a format." for n in range(20))
    )
    path = tmp_path / ("cc.warc.gz" if packed else "cc.warc")
    path.write_bytes(b"".join(map(gzip.compress, records)) if packed else b"".join(records))
    parts = list(slices([path], 800, None))
    assert len(parts) > 4
    cut = [found for part in parts for found in articles_in([part], published=None)]
    whole = list(articles_from([path]))
    assert len(whole) == 20
    assert [plain(a) for a in cut] == [plain(b) for b in whole]


def test_a_gzip_mark_within_packed_bytes_is_no_border(tmp_path: Path) -> None:
    records = [gzip.compress(record, 0) for record in warc(*[PAGE + "\x1f\x8b\x08" * 40] * 8)]
    path = tmp_path / "cc.warc.gz"
    path.write_bytes(b"".join(records))
    starts = {sum(map(len, records[:n])) for n in range(8)}
    assert {part.start for part in slices([path], 100, None) if isinstance(part, Slice)} == starts


def test_a_damaged_gzip_file_is_told_and_what_is_whole_is_read(tmp_path: Path) -> None:
    lines = b"".join(
        json.dumps({"id": str(n), "text": f"Note {n} of many, with words."}).encode() + b"\n" for n in range(3000)
    )
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(lines)[:-2000])
    found = [item for shard in shards([path], 20_000, "auto") for item in articles_in(shard.parts, published=None)]
    reasons = [item.failure.reason for item in found if not isinstance(item, Sourced)]
    assert any("gzip" in reason for reason in reasons)
    assert sum(isinstance(item, Sourced) for item in found) > 500


def test_a_shard_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.jsonl").write_text('{"text": "Norway praised Finland."}\n' * 50)
    one, other = (list(shards([tmp_path / folder], 500, "auto")) for folder in "ab")
    assert [shard.id for shard in one] == [shard.id for shard in other]
    assert [shard.id for shard in one] != [shard.id for shard in shards([tmp_path / "a"], 900, "auto")]


def test_a_file_more_in_a_folder_changes_few_bundles(tmp_path: Path) -> None:
    for n in range(400):
        (tmp_path / f"{n:04}.txt").write_text(f"Note {n}: Norway praised Finland for its help. " * 3)
    before = {shard.id for shard in shards([tmp_path], 4000, "auto")}
    (tmp_path / "0100b.txt").write_text("A note between two others: Finland thanked Norway. " * 3)
    after = [shard.id for shard in shards([tmp_path], 4000, "auto")]
    assert len(before) > 10
    assert sum(shard not in before for shard in after) < len(after) // 3


def test_the_usual_size_follows_the_inputs() -> None:
    assert usual_size(0) == SMALLEST
    assert usual_size(64 * 2**20) == 2**20
    assert usual_size(10**12) == LARGEST


def test_parquet_is_cut_between_row_groups(tmp_path: Path) -> None:
    names = [f"r{n}" for n in range(90)]
    table = pa.table({"id": names, "body": [f"Norway praised Finland, {name}." for name in names]})
    path = tmp_path / "n.parquet"
    pq.write_table(table, path, row_group_size=10)
    parts = [part for part in slices([path], 900, None) if isinstance(part, Slice)]
    assert len(parts) > 2
    assert len({part.content for part in parts}) == len(parts)
    found = [a for part in parts for a in articles_in([part], published=None, columns={"text": "body"})]
    whole = articles_from([path], columns={"text": "body"})
    assert [plain(a) for a in found] == [plain(a) for a in whole]
    assert len(found) == 90
    path.write_bytes(path.read_bytes()[:-9])
    damaged = [
        a for part in slices([path], 900, None) if isinstance(part, Slice) for a in articles_in([part], published=None)
    ]
    assert "damaged" in damaged[0].failure.reason  # type: ignore[union-attr]


def test_rows_of_row_groups_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "n.parquet"
    pq.write_table(pa.table({"text": ["Norway praised Finland."] * 9 + [" "]}), path, row_group_size=5)
    parts = [part for part in slices([path], 1, None) if isinstance(part, Slice)]
    last = list(articles_in(parts[1:], published=None))[-1]
    assert str(last.failure.where).endswith("row 10")  # type: ignore[union-attr]


def test_addresses_are_cut_as_files_are() -> None:
    data = b"".join(
        json.dumps({"id": str(n), "text": f"Norway praised Finland, {n}."}).encode() + b"\n" for n in range(50)
    )
    fsspec.filesystem("memory").pipe_file("/slices/n.jsonl", data)
    parts = list(slices(["memory://slices/n.jsonl"], 300, None))
    assert len(parts) > 4
    assert weight(["memory://slices/n.jsonl"]) == len(data)
    assert [a.article.id for a in articles_in(parts, published=None) if isinstance(a, Sourced)] == [
        str(n) for n in range(50)
    ]
    assert not [a for a in articles_in(parts, published=None) if not isinstance(a, Sourced)]
