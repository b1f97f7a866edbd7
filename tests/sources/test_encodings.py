"""Text is read as it was written, or a remark says that it was guessed, or it is refused."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from detente.errors import InputError
from detente.sources.decode import decode

ENGLISH = "The envoy’s café talks – with Mr\u00a0Peña – “went well”, Malmö said; the fee was £5… 20\u00a0% paid."
POLISH = (
    "Wałęsa spotkał się z ministrem spraw zagranicznych w Gdańsku, żeby omówić współpracę między rządami obu państw. "
    * 4
)
RUSSIAN = "Министр иностранных дел встретился с послом в Москве и обсудил с ним отношения двух стран. " * 4
CHINESE = "外交部长周一会见了大使，讨论了两国关系。双方同意继续对话，并在下个月再次举行会谈。" * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ENGLISH, POLISH, RUSSIAN, CHINESE])
def test_unicode_is_exact_and_the_mark_is_gone(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.remark) == (text, None)


@pytest.mark.parametrize(("encoding", "mark"), [("utf-16-be", b"\xfe\xff"), ("utf-32-be", b"\x00\x00\xfe\xff")])
def test_marks_of_the_other_byte_order(encoding: str, mark: bytes) -> None:
    assert decode(mark + ENGLISH.encode(encoding)).text == ENGLISH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_seen_and_said(encoding: str) -> None:
    decoded = decode(ENGLISH.encode(encoding))
    assert decoded.text == ENGLISH
    assert encoding in (decoded.remark or "")


def test_windows_text_is_seen_and_said() -> None:
    decoded = decode(ENGLISH.encode("cp1252"))
    assert decoded.text == ENGLISH
    assert "cp1252" in (decoded.remark or "")


@pytest.mark.parametrize(
    ("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (CHINESE, "gb18030"), (POLISH, "cp1250")]
)
def test_other_encodings_are_guessed_right_or_refused(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    refused = pytest.raises(InputError, match="offset") if encoding in ("cp1250", "gb18030") else nullcontext()
    with refused:
        decoded = decode(data)
        assert decoded.text == text
        assert decoded.remark


def test_a_declared_encoding_needs_no_remark() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "koi8-r").remark is None
    assert decode(ENGLISH.encode("cp1252"), "no-such-encoding").text == ENGLISH


def test_what_fits_nowhere_is_refused_with_its_byte() -> None:
    with pytest.raises(InputError, match="0x81 at offset 4"):
        decode(b"abcd\x81\x8d\xff\xfe\x9d" * 3)
    with pytest.raises(InputError, match="marked as utf-16-le"):
        decode(b"\xff\xfe\x00\xd8\x00\xd8")
