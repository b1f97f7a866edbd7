"""Whatever cannot be read is named with its place; the rest goes on."""

from __future__ import annotations

import gzip
import json
import os
import time
from pathlib import Path

import pytest

from detente.errors import UsageError
from detente.sources import Sourced, Unreadable, articles_from
from detente.sources import feed as feeds

GOOD = '{"text": "Rome summoned the envoy."}\n'


def _reason(item: Sourced | Unreadable) -> str:
    assert isinstance(item, Unreadable), item
    assert item.failure.stage == "source"
    return item.failure.reason


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.json", "a.jsonl", "a.html", "a.unknown", "a.txt.gz"])
@pytest.mark.parametrize("data", [b"", b"\n \n\t\n", gzip.compress(b"")])
def test_empty_files(read, name: str, data: bytes) -> None:
    (item,) = read(name, data)
    assert isinstance(item, Unreadable)
    assert (item.failure.where or "").endswith(name)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04rest", "office document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image"),
        (b"{\\rtf1 text}", "Rich Text"),
        (b"text with \x00 in it, then more", "a NUL at byte 10"),
        (bytes(range(1, 32)) * 30, "control bytes"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "binary data (a NUL at byte 3)"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json"])
def test_binary_files_are_known_by_their_content(read, name: str, data: bytes, kind: str) -> None:
    assert kind in _reason(read(name, data)[0])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({}, "found no `text` but an empty object"),
        ({"title": "x"}, "found no `text` but `title`"),
        ({"text": None}, "found null"),
        ({"text": 5}, "found a number"),
        ({"text": ["a"]}, "found an array"),
        ({"text": " \n\u00a0"}, "white space"),
        (5, "found a number"),
        ("x", "found a string"),
    ],
)
def test_json_with_wrong_types(read, value: object, words: str) -> None:
    bad, good = read("a.jsonl", json.dumps(value) + "\n" + GOOD)
    assert words in _reason(bad)
    assert isinstance(good, Sourced)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("published", "last Tuesday", "'last Tuesday'; read without a day"),
        ("published", "08/09/2020", "'08/09/2020'"),
        ("published", "2020-13-40", "'2020-13-40'"),
        ("published", "2020-08", "'2020-08'"),
        ("published", 1597708800, "'1597708800'"),
        ("published", True, "true or false"),
        ("id", ["a"], "an id was made"),
        ("source", {"name": "x"}, "in `source`, found an object"),
        ("url", 5, "in `url`, found a number"),
        ("language", "Klingonese", "'Klingonese'"),
    ],
)
def test_a_wrong_field_is_left_out_and_said(read, field: str, value: object, words: str) -> None:
    (item,) = read("a.jsonl", json.dumps({"text": "Rome summoned the envoy.", field: value}))
    assert isinstance(item, Sourced)
    assert item.article.published is None
    (failure,) = item.failures
    assert words in failure.reason
    assert (failure.where or "").endswith("a.jsonl:1")


def test_broken_lines_of_every_kind(read) -> None:
    lines = [
        b'{"text": "a',
        b"\xff\xfe{}",
        b'{"text": "caf\xe9 talks"}',
        b"[" * 100_000,
        b'{"id": ' + b"1" * 5000 + b', "text": "a"}',
    ]
    items = read("a.jsonl", b"\n".join([GOOD.encode(), *lines, b'{"text": "Paris spoke."}']))
    assert [type(item) for item in items] == [Sourced, *[Unreadable] * 5, Sourced]
    assert "offset 13 of the line" in _reason(items[3])
    assert len({item.id for item in items if isinstance(item, Unreadable)}) == 5


def test_articles_of_one_line_are_told_apart(read) -> None:
    for data in ('[{}, {"text": 1}, 5]', '{"articles": [{}, {"text": 1}, 5]}'):
        items = read("a.json", data)
        assert len({item.id for item in items}) == 3


def test_an_array_cut_between_two_articles_is_said(read) -> None:
    good, cut = read("a.json", '[{"text": "Rome spoke."},\n')
    assert isinstance(good, Sourced)
    assert "cut off" in _reason(cut)


def test_a_line_too_long_is_refused_and_passed_over_in_bounded_memory() -> None:
    class Endless:
        """One line of 40 MB and a good one, made up while they are read."""

        def __init__(self) -> None:
            self.left, self.end = 40, GOOD.encode()

        def read(self, size: int, /) -> bytes:
            if self.left:
                self.left -= 1
                return b"x" * 2**20
            data, self.end = b"\n" + self.end if self.end else b"", b""
            return data

    lines = list(feeds.Feed("big", Endless()).lines(limit=2**22))
    assert lines == [(1, None), (2, GOOD.strip().encode())]


def test_limits_are_refusals_with_advice(read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.sources.html.LONGEST_PAGE", 2**20)
    assert "at most 1 MB" in _reason(read("a.html", b"<p>" + b"x" * 2**21)[0])


def test_a_fifty_megabyte_line_is_one_article(read) -> None:
    text = "Rome summoned the envoy of Malta on Monday. " * 1_200_000
    (item,) = read("a.jsonl", json.dumps({"text": text}))
    assert isinstance(item, Sourced)
    assert len(item.article.text) == len(text)


def test_damaged_and_monstrous_gzip(read, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress((GOOD * 1).encode() + os.urandom(200_000).hex().encode() + b"\n" + GOOD.encode())
    items = read("a.jsonl.gz", packed[:-20_000])
    assert "damaged or cut off" in _reason(items[-1])
    monkeypatch.setattr(feeds, "LONGEST", 2**20)
    assert "200-fold" in _reason(read("b.jsonl.gz", gzip.compress(b"\n" * 2**24))[-1])


def test_missing_paths_and_folders_without_articles(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "z.txt").write_text("Rome summoned the envoy.")
    items = list(articles_from([tmp_path / "nope.txt", tmp_path / "empty", tmp_path, "a\x00b"]))
    assert [type(item) for item in items] == [Unreadable, Unreadable, Unreadable, Sourced, Unreadable]
    assert [word in _reason(items[i]) for i, word in ((0, "No such file"), (1, "found none"), (2, "broken link"))] == [
        True
    ] * 3


@pytest.mark.skipif(not hasattr(os, "mkfifo") or os.geteuid() == 0, reason="root may read everything")
def test_files_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    assert "Permission" in _reason(next(articles_from([tmp_path])))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "a pipe" in _reason(next(articles_from([tmp_path])))


def test_surrogates_and_nuls_keep_their_places(read) -> None:
    (item,) = read(
        "a.jsonl", '{"id": "\\udc80", "text": "Rome\\ud800 said\\u0000 no \\ud83d\\ude00.", "title": "\\udfff"}'
    )
    assert isinstance(item, Sourced)
    assert item.article.text == "Rome\ufffd said\ufffd no 😀."
    assert (item.article.title, item.article.id) == ("\ufffd", "\ufffd")
    assert "2 characters" in item.failures[0].reason


def test_wrong_arguments_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="day of publication"):
        articles_from([tmp_path], published="soon")
    with pytest.raises(UsageError, match="input format"):
        articles_from([tmp_path], input_format="pdf")
    with pytest.raises(UsageError, match="standard input"):
        articles_from([])


def test_a_reader_that_breaks_does_not_stop_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text("<p>x</p>")
    (tmp_path / "b.txt").write_text("Rome summoned the envoy.")
    monkeypatch.setattr("detente.sources.html._text", lambda page: 1 / 0)
    broken, good = articles_from([tmp_path])
    assert "ZeroDivisionError" in _reason(broken)
    assert isinstance(good, Sourced)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "\n" * 2_000_000 + "Rome spoke."),
        ("a.md", "# " + "#" * 2_000_000 + "x"),
        ("a.md", "---\n" + "a: b\n" * 300_000),
        ("a.html", "<!DOCTYPE [" * 200_000 + "<p>Rome spoke."),
        ("a.html", '"publisher": {' * 200_000 + "<p>Rome spoke."),
        ("a.json", "[" * 2_000_000),
        ("a.json", '{"text": ' * 200_000),
        ("a.jsonl", "{\n" * 50_000),
    ],
)
def test_nothing_takes_time_by_the_square_of_its_length(read, name: str, data: str) -> None:
    started = time.perf_counter()
    assert read(name, data)
    assert time.perf_counter() - started < 8


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("R\u0435uters", "U+0435, cyrillic small letter ie"),
        ("Reuters\u200b", "U+200B, zero width space"),
        ("\u202esretueR", "U+202E, right-to-left override"),
        ("\u0391P", "U+0391, greek capital letter alpha"),
    ],
)
def test_an_outlet_in_disguise_is_kept_apart_and_flagged(read, name: str, sign: str) -> None:
    (item,) = read("a.json", json.dumps({"text": "Rome spoke.", "source": name, "published": "2020-08-18T23:30:00Z"}))
    assert isinstance(item, Sourced)
    assert item.article.source == name
    assert sign in item.failures[0].reason
    assert item.article.published == "2020-08-18T23:30:00Z", "not on the calendar of the outlet that it looks like"


@pytest.mark.parametrize("name", ["Reuters", "Новая газета", "Καθημερινή", "Al-Ahram", "ТАСС (English)", "El País"])
def test_an_outlet_in_its_own_letters_is_not_flagged(read, name: str) -> None:
    (item,) = read("a.json", json.dumps({"text": "Rome spoke.", "source": name}))
    assert isinstance(item, Sourced)
    assert item.failures == ()
