"""The picture: a file of the kind asked for, whole or not at all, with gaps where nothing was reported."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from detente.errors import UsageError
from detente.relations import Level, Relations
from detente.relations.plot import figure, plot

SERIES = (
    Level(period="2021-01", balance=3.0, events=7, origins=4, articles_read=50),
    Level(period="2021-02", articles_read=20),
    Level(period="2021-03", balance=-2.5, events=2, origins=2, articles_read=30),
)
RELATIONS = Relations(a="NOR", b="FIN", by="month", directed=False, as_of="2021-03-31", series=SERIES)


@pytest.mark.parametrize(("name", "start"), [("r.png", b"\x89PNG"), ("r.SVG", b"<?xml"), ("r.pdf", b"%PDF")])
def test_the_file_is_of_the_kind_its_name_says(tmp_path: Path, name: str, start: bytes) -> None:
    path = plot(RELATIONS, tmp_path / name)
    assert path.read_bytes().startswith(start)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_the_same_relations_give_the_same_bytes(tmp_path: Path) -> None:
    for ending in ("svg", "png", "pdf"):
        one, two = (plot(RELATIONS, tmp_path / f"{n}.{ending}").read_bytes() for n in (1, 2))
        assert one == two


def test_a_picture_says_who_how_many_and_as_of_when(tmp_path: Path) -> None:
    drawn = plot(RELATIONS, tmp_path / "r.svg").read_text("utf8")
    for words in ("Norway – Finland, by month", "9 reported events", "100 articles read", "2021-03-31"):
        assert words in drawn


def test_periods_without_events_are_gaps() -> None:
    line = figure(RELATIONS).axes[0].lines[2]
    assert [math.isnan(y) for y in line.get_ydata()] == [False, True, False]


def test_nothing_to_draw_and_unknown_endings_are_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.png, \.svg, \.pdf"):
        plot(RELATIONS, tmp_path / "r.jpg")
    empty = Relations(a="NOR", b="FIN", by="month", directed=False, as_of=None, series=())
    with pytest.raises(UsageError, match="nothing to draw"):
        plot(empty, tmp_path / "r.png")
    assert not list(tmp_path.iterdir())
