"""The guide to times and places explains every rule that a reading may name."""

from __future__ import annotations

import re
from pathlib import Path

from detente.reading.places import senses
from detente.reading.times.component import RULES

GUIDE = (Path(__file__).resolve().parents[2] / "docs/guides/when-and-where.md").read_text("utf8")
PLACES = ("within", "holds", "listed", "only", "size", "votes", "region", "near", "town", "demonym", "unknown")


def test_every_rule_of_times_is_in_the_guide() -> None:
    assert [rule for rule in RULES if f"`{rule}`" not in GUIDE] == []


def test_every_rule_of_places_is_in_the_guide() -> None:
    assert [rule for rule in PLACES if f"`{rule}`" not in GUIDE] == []
    code = Path(senses.__file__).read_text("utf8")
    assert set(re.findall(r'return "(\w+)"', code)) <= set(PLACES)
