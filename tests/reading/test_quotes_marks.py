"""The layer of quotation marks: pure text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.quotes.marks import quoted

CASES = {
    "curly": ("“A b,” he said.", ["A b,"]),
    "straight": ('"A b," he said, "c d."', ["A b,", "c d."]),
    "doubled single": ("''A b,'' he said.", ["A b,"]),
    "back-ticks": ("``A b,'' he said.", ["A b,"]),
    "guillemets": ("«A b», he said.", ["A b"]),
    "guillemets the other way": ("»A b«, he said.", ["A b"]),
    "German": ("„A b“, he said.", ["A b"]),
    "British": ("‘A b,’ he said.", ["A b,"]),
    "straight single": ("'I won't,' he said.", ["I won't,"]),
    "apostrophes": ("The ’90s were Anna’s and the workers’ best rock ’n’ roll years.", []),
    "plural inside single marks": ("‘The workers’ rights matter,’ he said.", ["The workers’ rights matter,"]),
    "nested": ("“A ‘b c’ d,” he said.", ["A ‘b c’ d,", "b c"]),
    "the same marks nested": ("“A “b c” d,” he said.", ["A “b c” d,", "b c"]),
    "brackets": ("“A [that] b” he said.", ["A [that] b"]),
    "opened with a closing mark": ("He said ”a b” again.", ["a b"]),
    "closed with an opening mark": ("He said “a b.“", ["a b."]),
    "double inside single": ("‘A “b” c,’ he said.", ["A “b” c,", "b"]),
    "inches": ("A 6\" gun and a 5' wall.", []),
    "unclosed": ("“A b c.\n\nD e.", ["A b c."]),
    "unclosed at the end": ("D “a b", ["a b"]),
    "line ends without blank lines": ("“A b.\n“C d.”\nE f.", ["A b.", "C d."]),
    "hard-wrapped": ("He said “a\nb c” and\n“d e.”\n\nF.", ["a\nb c", "d e."]),
    "nothing between": ('“” and ""', []),
    "empty": ("", []),
}


@pytest.mark.parametrize(("text", "inner"), CASES.values(), ids=CASES.keys())
def test_marks(text: str, inner: list[str]) -> None:
    assert [text[q.inner_start : q.inner_end] for q in quoted(text) if q.inner_end > q.inner_start] == inner


def test_reopened_paragraphs_resume() -> None:
    found = quoted("“One.\n\n“Two.\n\n“Three,” she said.\n\n“Four.”")
    assert [(q.closed, q.resumes) for q in found] == [(False, False), (False, True), (True, True), (True, False)]


def test_depth() -> None:
    assert [q.depth for q in quoted("“A ‘b’ c” and ‘d “e” f.’")] == [0, 1, 0, 1]


@given(st.text(st.one_of(st.characters(), st.sampled_from("“”„‟«»‘’‚\"'`\n ab.,")), max_size=200))
def test_any_text(text: str) -> None:
    found = quoted(text)
    assert found == sorted(found, key=lambda q: (q.start, -q.end))
    for q in found:
        assert 0 <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text)
        assert q.start < q.inner_start
        assert q.depth >= 0
    outer = [q for q in found if q.depth == 0]
    assert all(a.end <= b.start for a, b in pairwise(outer))
