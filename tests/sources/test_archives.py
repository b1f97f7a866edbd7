"""Web archives: every page in order, and every broken place named with its offset; nothing behind the damage is lost."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliWriter, Lz4Writer, ZstdWriter

from detente.sources import Sourced, Unreadable, archive, articles_from, html

SAMPLES = Path(__file__).parents[2].parent / "shared/bench/data/warc"
LINE = "The foreign ministers of Norway and Chile met in Oslo on Tuesday and signed an accord on fishing in the far south. "


def page(number: int, *, head: str = "", day: str = "2021-03-02", paragraphs: int = 6) -> bytes:
    body = "".join(f"<p>{LINE}Round {number}, part {i}.</p>" for i in range(paragraphs))
    meta = f'<meta property="article:published_time" content="{day}">' if day else ""
    return f"<html><head><title>Round {number} in Oslo</title>{meta}{head}</head><body><article>{body}</article></body></html>".encode()


def answer(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(number: int, block: bytes, *headers: str, kind: str = "response", length: object = None) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{number:032d}>",
        f"WARC-Target-URI: https://www.example.org/round/{number}",
        "WARC-Date: 2021-03-09T00:00:00Z",
        f"Content-Type: application/http; msgtype={kind}",
        *headers,
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def pages(count: int) -> list[bytes]:
    return [record(i, answer(page(i))) for i in range(count)]


class Kept(io.BytesIO):
    """What is written stays when the writer closes it."""

    def close(self) -> None:
        pass


def written(kind: type[Lz4Writer | ZstdWriter | BrotliWriter], data: bytes) -> bytes:
    out = Kept()
    writer = kind(out)
    for i in range(0, len(data), 2**20):
        writer.write(data[i : i + 2**20])
    writer.close()
    return out.getvalue()


def framed(parts: list[bytes], packing: str) -> list[bytes]:
    """Each part as it is stored in an archive of that packing."""
    if packing == "gz":
        return [gzip.compress(part) for part in parts]
    if packing == "plain":
        return parts
    return [written(Lz4Writer if packing == "lz4" else ZstdWriter, part) for part in parts]


def titles(items: list[Sourced | Unreadable]) -> list[str | None]:
    return [item.article.title for item in items if isinstance(item, Sourced)]


def losses(items: list[Sourced | Unreadable]) -> list[str]:
    return [f"{item.failure.where}: {item.failure.reason}" for item in items if isinstance(item, Unreadable)]


@pytest.mark.parametrize("packing", ["plain", "gz", "lz4", "zst"])
def test_every_page_is_read_in_order(read, packing: str) -> None:
    name = {"plain": "a.warc", "gz": "a.warc.gz", "lz4": "a.warc.lz4", "zst": "a.warc.zst"}[packing]
    items = read(name, b"".join(framed(pages(3), packing)))
    assert titles(items) == ["Round 0 in Oslo", "Round 1 in Oslo", "Round 2 in Oslo"]
    article = items[1].article
    assert article.text.startswith(LINE + "Round 1, part 0.\n\n")
    assert (article.source, article.published, article.language) == ("example.org", "2021-03-02", "en")
    assert article.url == "https://www.example.org/round/1"
    assert not items[1].failures


@pytest.mark.parametrize("packing", ["plain", "gz", "lz4", "zst"])
def test_an_archive_is_known_by_its_first_bytes_on_standard_input(packing: str) -> None:
    stored = io.BytesIO(b"".join(framed(pages(2), packing)))
    assert len(titles(list(articles_from([], stdin=stored)))) == 2


def test_other_records_and_answers_are_passed_over_and_counted(read, caplog: pytest.LogCaptureFixture) -> None:
    parts = [
        record(0, b"software: none", kind="warcinfo"),
        record(1, b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(1, answer(page(1))),
        record(2, answer(b"", status="304 Not Modified"), kind="revisit"),
        record(3, answer(page(3), status="404 Not Found")),
        record(4, answer(b"GIF89a", kind="image/gif")),
    ]
    with caplog.at_level("INFO", logger="detente.sources"):
        items = read("a.warc", b"".join(parts))
    assert (titles(items), losses(items)) == (["Round 1 in Oslo"], [])
    told = caplog.messages[-1]
    for kind in ("1 warcinfo", "1 request", "1 revisit", "1 answers with status 404", "1 image/gif"):
        assert kind in told


def test_an_archive_without_a_page_says_what_it_holds(read) -> None:
    (loss,) = losses(read("a.warc", record(1, b"GET / HTTP/1.1\r\n\r\n", kind="request")))
    assert "expected an article, found none but 1 request" in loss


@pytest.mark.parametrize("packing", ["plain", "gz", "lz4", "zst"])
def test_damage_costs_the_records_it_touches_and_no_other(read, packing: str) -> None:
    parts = framed(pages(5), packing)
    for nth in range(5):
        part = bytearray(parts[nth])
        for i in range(20, 60):
            part[i] = 0
        items = read("a.warc", b"".join([*parts[:nth], bytes(part), *parts[nth + 1 :]]))
        rest = [f"Round {i} in Oslo" for i in range(5) if i != nth]
        if packing in ("plain", "gz"):
            assert titles(items) == rest
            assert losses(items)[0].partition(": ")[0].endswith(f"byte {sum(map(len, parts[:nth]))}")
        else:  # nothing tells where a frame of these ends: the record before may go, too
            assert set(titles(items)) <= set(rest)
            assert len(titles(items)) >= 3
        assert losses(items)


@pytest.mark.parametrize("packing", ["plain", "gz"])
@pytest.mark.parametrize("length", [100, 1_500, 100_000, 10**9, 10**15, "9" * 5000, -1, "many", ""])
def test_a_wrong_length_never_makes_an_article_of_two(read, packing: str, length: object) -> None:
    parts = pages(4)
    parts[1] = record(1, answer(page(1)), length=length)
    items = read("a.warc.gz", b"".join(framed(parts, packing)))
    assert "Round 1 in Oslo" not in titles(items)
    assert titles(items) == ["Round 0 in Oslo", "Round 2 in Oslo", "Round 3 in Oslo"]
    assert any(f"byte {len(framed(parts, packing)[0])}:" in loss for loss in losses(items))
    for item in items:
        assert isinstance(item, Unreadable) or item.article.text.count("part 0.") == 1


def test_garbage_between_records_is_named_and_passed_over(read) -> None:
    parts = pages(3)
    items = read("a.warc", parts[0] + b"garbage \x00 " * 50 + parts[1] + parts[2])
    assert titles(items) == ["Round 0 in Oslo", "Round 1 in Oslo", "Round 2 in Oslo"]
    (loss,) = losses(items)
    assert f"byte {len(parts[0])}: broken record" in loss
    assert "500 bytes passed over" in loss


@pytest.mark.parametrize("packing", ["plain", "gz"])
def test_an_archive_cut_anywhere_gives_its_whole_records_and_says_so(read, packing: str) -> None:
    parts = framed(pages(3), packing)
    whole = b"".join(parts)
    first = len(parts[0])
    for cut in [*range(first, first + 40), *range(first + 40, len(whole), 97), *range(len(whole) - 12, len(whole))]:
        items = read("a.warc", whole[:cut])
        complete = sum(cut >= sum(map(len, parts[: i + 1])) - 12 for i in range(3))
        ends = {sum(map(len, parts[: i + 1])) for i in range(3)}
        assert len(titles(items)) <= complete
        assert len(titles(items)) >= sum(cut >= sum(map(len, parts[: i + 1])) for i in range(3))
        inside = all(not end - 12 <= cut <= end + 3 for end in ends)
        assert losses(items) or not inside, cut


def test_a_record_that_the_crawler_cut_off_is_not_read(read) -> None:
    items = read("a.warc", record(0, answer(page(0)), "WARC-Truncated: length") + record(1, answer(page(1))))
    assert titles(items) == ["Round 1 in Oslo"]
    assert "clipped: the crawler cut it off (length)" in losses(items)[0]


def _packed(name: str, data: bytes) -> bytes:
    if name == "gzip":
        return gzip.compress(data)
    if name == "deflate":
        return zlib.compress(data)
    if name == "raw deflate":
        packer = zlib.compressobj(wbits=-15)
        return packer.compress(data) + packer.flush()
    return written(BrotliWriter if name == "br" else ZstdWriter, data)


@pytest.mark.parametrize("name", ["gzip", "deflate", "raw deflate", "br", "zstd"])
def test_packed_and_chunked_answers_are_unpacked(read, name: str) -> None:
    packed = _packed(name, page(7))
    chunks = b"".join(
        f"{len(packed[i : i + 90]):x}\r\n".encode() + packed[i : i + 90] + b"\r\n" for i in range(0, len(packed), 90)
    )
    headers = (f"Content-Encoding: {name.removeprefix('raw ')}", "Transfer-Encoding: chunked")
    assert titles(read("a.warc", record(7, answer(chunks + b"0\r\n\r\n", *headers)))) == ["Round 7 in Oslo"]
    assert titles(read("b.warc", record(7, answer(packed, *headers)))) == ["Round 7 in Oslo"], (
        "joined before it was stored"
    )
    assert titles(read("c.warc", record(7, answer(page(7), *headers)))) == ["Round 7 in Oslo"], (
        "unpacked before it was stored"
    )
    clipped = losses(read("d.warc", record(7, answer(packed[: len(packed) // 2], *headers))))
    assert len(clipped) == 1


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_an_answer_that_grows_without_measure_is_refused(read, name: str) -> None:
    bomb = _packed(name, b"<html>" + b" " * (html.LONGEST_PAGE + 100))
    items = read("a.warc", record(0, answer(bomb, f"Content-Encoding: {name}")) + record(1, answer(page(1))))
    assert titles(items) == ["Round 1 in Oslo"]
    assert "expected a page of at most 8 MB" in losses(items)[0]


def test_a_record_that_grows_without_measure_is_refused(read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LONGEST_RECORD", 2**20)
    bomb = gzip.compress(record(0, answer(b" " * 2**28)))
    items = read("a.warc.gz", bomb + gzip.compress(record(1, answer(page(1)))))
    assert titles(items) == ["Round 1 in Oslo"]
    assert losses(items)


def test_the_day_of_crawling_is_not_the_day_of_publication(read) -> None:
    late = record(2, answer(page(2, day="2021-04-01")))
    undated, impossible = read("a.warc", record(1, answer(page(1, day=""))) + late)
    assert undated.article.published is None
    assert "found none; it was crawled on 2021-03-09" in undated.failures[0].reason
    assert impossible.article.published is None
    assert "'2021-04-01' as its day of publication, but was crawled on 2021-03-09" in impossible.failures[0].reason


def test_a_page_cannot_pass_for_one_of_another_host(read) -> None:
    own = record(1, answer(page(1, head='<link rel="canonical" href="https://example.org/rounds/first">')))
    borrowed = record(2, answer(page(2, head='<link rel="canonical" href="https://www.reuters.com/world/1">')))
    first, second = read("a.warc", own + borrowed)
    assert first.article.url == "https://example.org/rounds/first"
    assert second.article.url == "https://www.example.org/round/2"


@pytest.mark.parametrize(
    ("server", "page_says", "real"),
    [
        ("windows-1251", "", "cp1251"),
        ("", "windows-1251", "cp1251"),
        ("utf-8", "windows-1251", "cp1251"),
        ("gb2312", "", "gb18030"),
    ],
)
def test_the_charset_of_server_or_page(read, server: str, page_says: str, real: str) -> None:
    words = "王毅镕" if real == "gb18030" else "Министры встретились в Осло"
    meta = f'<meta charset="{page_says}">' if page_says else ""
    text = page(1, head=meta).decode().replace("Round 1 in Oslo", words)
    kind = f"text/html; charset={server}" if server else "text/html"
    (item,) = read("a.warc", record(1, answer(text.encode(real), kind=kind)))
    assert item.article.title == words


def test_a_few_broken_bytes_do_not_spoil_a_page(read) -> None:
    body = page(1, paragraphs=20).replace(b"Round 1, part 3", "Tromsø".encode() + b" \xe9 part 3")
    (item,) = read("a.warc", record(1, answer(body)))
    assert "Tromsø \ufffd part 3" in item.article.text
    assert "declared as utf-8, which 1 places do not fit" in item.failures[0].reason


def test_lines_that_end_in_lf_alone_are_read(read) -> None:
    bare = pages(2)
    items = read(
        "a.warc",
        b"".join(
            part.replace(b"\r\n", b"\n")
            for part in [record(0, answer(page(0)), length=len(answer(page(0)).replace(b"\r\n", b"\n"))), *bare[2:]]
        ),
    )
    assert titles(items) == ["Round 0 in Oslo"]


def test_memory_is_bounded_by_a_record(read, tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "long.warc"
    block = answer(b"\0" * 300_000, kind="image/png")
    with path.open("wb") as out:
        for number in range(400):  # 120 MB
            out.write(record(number, block))
        out.write(record(401, answer(page(401))))
    tracemalloc.start()
    items = list(articles_from([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert titles(items) == ["Round 401 in Oslo"]
    assert peak < 12 * 2**20


def test_a_stream_that_fails_in_mid_archive_is_said(read) -> None:
    class Failing(io.RawIOBase):
        left = 3

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            if self.left < 0:
                raise OSError("the disk went away")
            return b"".join(pages(200))[(2 - self.left) * 20_000 : (3 - self.left) * 20_000]

    items = list(articles_from(["-"], stdin=Failing()))  # type: ignore[list-item,arg-type]
    assert "cannot be read to its end: the disk went away" in losses(items)[-1]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of web archives are not on this machine")
def test_samples_from_the_wild(capsys: pytest.CaptureFixture[str]) -> None:
    expected = json.loads(_EXPECTED)
    for path in sorted(SAMPLES.iterdir()):
        items = list(articles_from([path]))
        assert [len(titles(items)), len(losses(items))] == expected[path.name], (path.name, losses(items)[:3])


_EXPECTED = """{
    "block-sized-records.warc": [0, 1], "clipped.warc.gz": [0, 1], "clueweb-quirk.warc.gz": [29, 0],
    "example-iana.org-chunked.warc": [1, 0], "example.warc": [1, 0], "example.warc.gz": [1, 0], "post-test.warc.gz": [0, 1],
    "warcfile.warc": [16, 0], "warcfile.warc.gz": [16, 0], "warcfile.warc.lz4": [16, 0]
}"""
