"""Any bytes at all, in every format: articles or named failures, never an exception, and only text that can be written out."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.sources import INPUT_FORMATS, Sourced, Unreadable, articles_from

_words = st.text(max_size=60)
_field = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _words, st.lists(_words, max_size=2))
_names = st.sampled_from(["id", "title", "text", "published", "source", "url", "language", "dateline", "article", "x"])
_article = st.dictionaries(_names, _field, max_size=8)
_tags = [b"<p>", b"</p>", b"<html>", b"<!DOCTYPE x [", b"]>", b"&#0;", b"&#xd800;", b"<?xml encoding='x'?>"]
_json = [b"{", b'{"text": "', b'"}', b"\\ud800", b"[", b"]", b","]
_rest = [
    b"\n",
    b"---\ntitle: a\n---\n",
    b"# ",
    b"\xff\xfe",
    b"\x1f\x8b\x08",
    b"\x00",
    "é".encode(),
    b"\xe9",
    b"Rome spoke. ",
]
_pieces = st.sampled_from([*_tags, *_json, *_rest])
_bytes = st.one_of(st.binary(max_size=400), st.lists(_pieces, max_size=12).map(b"".join))


def _check(data: bytes, input_format: str) -> None:
    for item in articles_from(["-"], input_format=input_format, stdin=io.BytesIO(data)):
        if isinstance(item, Unreadable):
            item.failure.reason.encode()
            assert "broke its reader" not in item.failure.reason
            continue
        assert isinstance(item, Sourced)
        article = item.article
        for value in (
            article.id,
            article.text,
            article.title,
            article.published,
            article.source,
            article.url,
            article.language,
        ):
            assert value is None or "\x00" not in value
            (value or "").encode("utf-8")
        assert article.text.strip()
        assert article.published is None or article.day


@pytest.mark.parametrize("input_format", INPUT_FORMATS)
@settings(max_examples=150, deadline=None)
@given(data=_bytes)
def test_any_bytes(input_format: str, data: bytes) -> None:
    _check(data, input_format)


@settings(max_examples=200, deadline=None)
@given(values=st.lists(st.one_of(_article, _field), max_size=4))
def test_any_json(values: list[object]) -> None:
    _check("\n".join(map(json.dumps, values)).encode(), "jsonl")
    _check(json.dumps(values).encode(), "json")


@settings(max_examples=100, deadline=None)
@given(text=st.text(min_size=1, max_size=200).filter(str.strip))
def test_json_text_is_kept_exactly(text: str) -> None:
    (item,) = articles_from(["-"], stdin=io.BytesIO(json.dumps({"text": text}).encode()))
    assert isinstance(item, Sourced)
    assert item.article.text == text.replace("\x00", "\ufffd")
