"""What people see: readings, lists, drawings, at two widths and without a terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console, RenderableType

from detente.cli.chart import chart
from detente.cli.reading_view import reading_view
from detente.cli.relations_view import relations_view
from detente.cli.session import show_plainly
from detente.cli.words import around, counted, days, sides
from detente.records import Evidence, Reading, When
from detente.relations import Level, Relations


def printed(view: RenderableType, width: int = 80, *, color: bool = False) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=color, highlight=False, markup=False, no_color=not color)
    show_plainly(console, view)
    return file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_reading_fits_the_width(sample: Reading, width: int) -> None:
    shown = printed(reading_view(sample), width)
    assert max(map(len, shown.splitlines())) <= width
    assert not any(row.endswith(" ") for row in shown.splitlines())


def test_a_reading_tells_all_that_was_read(sample: Reading) -> None:
    shown = " ".join(printed(reading_view(sample), 120).split())
    for words in (
        "Turkey, Greece agree to reopen talks",
        "Example Wire · 2024-05-15 · en · aegean-1",
        "2024-05-14 Nikos Alexiou (GRC) → Turkey CONSULT/visit occurred",
        "2024-04 Greece → Turkey ACCUSE/disapprove occurred, history",
        "no date Greece → unnamed CONSULT planned",
        "Nikos Alexiou “We will speak with Turkey as neighbours do,”",
        "(carried over)",
        "to Turkey due 2024-06-30",
        "empty.txt: expected text, found nothing",
    ):
        assert words in shown


def test_the_trigger_is_marked_on_a_terminal(sample: Reading) -> None:
    assert "\x1b[1;4mmet\x1b[0m" in printed(reading_view(sample), 120, color=True)


def test_an_article_with_nothing_in_it_says_so(sample: Reading) -> None:
    empty = Reading(article=replace(sample.article, published=None))
    shown = printed(reading_view(empty))
    assert "No event and no quotation found." in shown
    assert "no date: relative dates stay open" in shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2024-05-14", "2024-05-14", "2024-05-14"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2023-01-01", "2023-12-31", "2023"),
        ("2024-05-13", "2024-05-19", "2024-05-13\n–2024-05-19"),
    ],
)
def test_days(start: str, end: str, shown: str) -> None:
    assert days(When(start=start, end=end, text="then")) == shown


def test_a_long_sentence_is_cut_around_its_trigger() -> None:
    whole = "First one. " + "word " * 80 + "struck " + "word " * 80 + "end. Last one."
    at = whole.index("struck")
    words = Evidence(start=at, end=at + 6, text="struck")
    shown = around(whole, words, words).plain
    assert "struck" in shown
    assert len(shown) < 300
    assert "First" not in shown
    assert "Last" not in shown


def test_sides_are_countries_else_names() -> None:
    names = {"a0123456789abcdef": "Nikos Alexiou"}
    assert sides(["a0123456789abcdef"], ["GRC"], names.get) == "GRC"
    assert sides(["a0123456789abcdef"], [], names.get) == "Nikos Alexiou"
    assert sides(["a0000000000000000"], [], names.get) == "somebody"
    assert sides(["GRC", "NATO"], ["GRC"], names.get) == "GRC, NATO"
    assert sides([], [], names.get) == "unnamed"


def test_counted() -> None:
    assert [counted(n, "article") for n in (0, 1, 1200)] == ["0 articles", "1 article", "1,200 articles"]


POINTS = [("2022-03", 4.0, 1), ("2022-04", None, 0), ("2022-05", -6.0, 9), *[(f"2022-{m:02}", None, 0) for m in range(6, 11)],
          ("2022-11", 0.0, 2), ("2022-12", 0.04, 1)]  # fmt: skip


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_a_chart_stands_around_zero(width: int) -> None:
    rows = printed(chart(POINTS, width=width), width).splitlines()
    assert max(map(len, rows)) <= width
    zero = {row.index("│") for row in rows[1:]}
    assert len(zero) == 1
    assert rows[0][zero.pop()] == "0"
    assert "█│" in rows[3]
    assert "│█" in rows[1]
    assert rows[1].startswith("2022-03 ")
    assert rows[0].endswith("events")


def test_periods_without_events_are_no_zeros() -> None:
    rows = printed(chart(POINTS, width=80)).splitlines()
    assert rows[2].split()[-2:] == ["·", "0"]
    assert rows[4].split()[-3:] == ["none", "in", "5"]
    assert rows[5].split()[-2:] == ["0.0", "2"]
    assert "│▌" in rows[6]


def test_a_chart_in_ascii() -> None:
    assert printed(chart(POINTS, width=80, unicode=False)).isascii()


@pytest.mark.parametrize(
    ("direction", "probability", "words"),
    [
        ("too little evidence", None, "Direction over 6 months: too little evidence (why)"),
        ("upswing", 0.93, "upswing (by more than 0.5: probability 93%; why)"),
        ("steady", 0.81, "steady (by no more than 0.5: probability 81%; why)"),
    ],
)
def test_the_direction_comes_with_its_probability(direction: str, probability: float | None, words: str) -> None:
    found = Relations(
        a="GRC", b="NATO", by="month", directed=False, as_of=None, series=(Level(period="2024-05", balance=-2.0, events=3),),
        direction=direction, probability=probability, left_out=2, why="why",
    )  # fmt: skip
    shown = printed(relations_view(found, {}, width=80, sentences=5, unicode=True))
    assert "Greece (GRC) and NATO" in shown
    assert words in shown
    assert "2 events are left out" in shown
