"""Files are written whole or not at all; lines are JSON in UTF-8."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO

import pytest

from detente.cli.output import line, output
from detente.errors import UsageError


def test_a_file_takes_its_name_when_all_is_written(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    with output(target) as stream:
        stream.write(b"one\n")
        assert not target.exists()
    assert target.read_bytes() == b"one\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_run_that_breaks_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_bytes(b"old\n")
    with pytest.raises(KeyboardInterrupt), output(target) as stream:
        _broken_off(stream)
    assert target.read_bytes() == b"old\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def _broken_off(stream: IO[bytes]) -> None:
    stream.write(b"new\n")
    raise KeyboardInterrupt


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"), output(tmp_path / "no" / "out.jsonl"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with output(pipe) as stream:
            stream.write(b"one\n")
        assert os.read(reading, 100) == b"one\n"
        assert pipe.is_fifo()
    finally:
        os.close(reading)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    link = tmp_path / "latest.jsonl"
    link.symlink_to(tmp_path / "kept" / "out.jsonl")
    with output(link) as stream:
        stream.write(b"one\n")
    assert link.is_symlink()
    assert (tmp_path / "kept" / "out.jsonl").read_bytes() == b"one\n"


@pytest.mark.parametrize("text", ["Recep Tayyip Erdoğan “said”", "half a pair: \ud83d", "no-break\u00a0space"])
def test_any_text_becomes_a_line(text: str) -> None:
    written = line({"text": text})
    assert written.endswith(b"\n")
    assert written.count(b"\n") == 1
    assert json.loads(written.decode("utf8"))["text"] == text


def test_letters_stay_letters() -> None:
    assert "ğ".encode() in line({"text": "Erdoğan"})


def test_a_line_of_json_is_one_line_for_every_reader() -> None:
    text = "one\x85two\u2028three\u2029four\x0bfive\x1csix"
    written = line({"text": text}).decode("utf8")
    assert len(written.splitlines()) == 1
    assert json.loads(written)["text"] == text
