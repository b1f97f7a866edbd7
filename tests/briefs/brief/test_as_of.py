"""A brief as of a day is written from what was known on that day, to the byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from detente import Observatory
from detente.briefs import FORMATS, picture_of, write

AS_OF = "2023-07-31"


def _all(observatory: Observatory, **asked: Any) -> list[bytes | None]:
    brief = observatory.brief("Norway", "Finland", **asked)
    return [*(write(brief, form) for form in FORMATS), picture_of(brief)]


def test_what_was_published_later_changes_nothing(observe: Any, five: Any, sheets: Any, kinds: Any) -> None:
    deed, word, promise = kinds
    observatory = observe(five)
    before = _all(observatory, as_of=AS_OF)
    later = [
        sheets(id="l1", day=date(2023, 8, 1), outlet="Late Post", title="A storm", language="nb", failure="half of it was lost",
               statements=(deed(doer="FIN", other="NOR", type="ASSAULT", day=-20), word(home="FIN", about="NOR", speaker="Late Lars"))),
        # Keeps a promise and settles a plan, afterwards.
        sheets(id="l2", day=date(2023, 9, 1), statements=(deed(doer="NOR", other="FIN", type="AID"), promise(by="FIN", to="NOR", due=-50))),
        # A copy of an early article, and a later revision of another.
        replace(five[0], id="l3", day=date(2023, 8, 2), outlet="Copy Wire"),
        replace(five[1], day=date(2023, 8, 3), title="Corrected", statements=(deed(doer="FIN", other="NOR", type="AID"),)),
    ]  # fmt: skip
    observatory = observe(later)
    assert _all(observatory, as_of=AS_OF) == before
    assert _all(observatory) != before
    assert b"Late Lars" in write(observatory.brief("Norway", "Finland"))


def test_what_was_published_by_then_does_change_it(observe: Any, five: Any, sheets: Any, kinds: Any) -> None:
    deed, *_ = kinds
    observatory = observe(five)
    before = _all(observatory, as_of=AS_OF)
    observe([sheets(id="e1", day=date(2023, 7, 30), statements=(deed(doer="FIN", other="NOR", type="ASSAULT"),))])
    assert all(one != other for one, other in zip(_all(observatory, as_of=AS_OF), before, strict=True))


def test_the_order_of_arrival_changes_nothing(observe: Any, five: Any) -> None:
    assert _all(observe(five, "one"), as_of=AS_OF) == _all(observe(five[::-1], "two"), as_of=AS_OF)


def test_since_leaves_out_what_was_published_before(observe: Any, five: Any) -> None:
    observatory = observe(five)
    text = write(observatory.brief("Norway", "Finland", since="2023-06-01")).decode()
    assert "from 2023-06-01 on" in text
    assert "Rescue at sea" not in text
    assert "Visit made" in text
    assert "2 articles, published 2023-06-20 to 2023-07-11" in text


@pytest.mark.model
def test_the_examples_of_later_change_nothing_either(reader: Any, tmp_path: Any) -> None:
    from pathlib import Path

    folder = Path(__file__).parents[3] / "src/detente/examples"
    files = sorted(path for path in folder.iterdir() if path.name[:4].isdigit())
    early, late = [p for p in files if p.name < "2023"], [p for p in files if p.name > "2023"]
    observatory = Observatory.create(tmp_path / "aegean")
    observatory.add(early, reader=reader)
    before = [write(observatory.brief("Greece", "Turkey", as_of="2022-12-31"), form) for form in FORMATS]
    observatory.add(late, reader=reader)
    assert [write(observatory.brief("Greece", "Turkey", as_of="2022-12-31"), form) for form in FORMATS] == before
