"""The tables of what may be said, and the code book's folding."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import TableError
from detente.ontology import CONTEXTS, SECTORS, TYPES, agrees, cameo_entry, intensity, is_conflict, plover_type, quad
from detente.ontology.tables import parse_table


def test_sixteen_types_in_four_classes() -> None:
    assert len(TYPES) == 16
    assert {quad(t) for t in TYPES} == {
        f"{manner} {side}" for manner in ("verbal", "material") for side in ("cooperation", "conflict")
    }


def test_intensity_has_the_sign_of_its_class_but_for_requests() -> None:
    for name, entry in TYPES.items():
        for score in (entry.intensity, *entry.modes.values()):
            assert -10 <= score <= 10
            if name != "REQUEST":
                assert (score < 0) == is_conflict(name)


def test_an_unknown_mode_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(TableError, match="demo, riot"):
        intensity("PROTEST", "picnic")


@pytest.mark.parametrize(
    ("type_", "status", "announced", "folded"),
    [
        ("CONSULT", "planned", True, "AGREE"),
        ("AID", "planned", True, "AGREE"),
        ("RETREAT", "planned", True, "RETREAT"),
        ("CONCEDE", "planned", True, "CONCEDE"),
        ("ASSAULT", "planned", True, "THREATEN"),
        ("SANCTION", "conditional", True, "THREATEN"),
        ("ASSAULT", "planned", False, "ASSAULT"),
        ("ASSAULT", "denied", True, None),
        ("CONSULT", "occurred", True, "CONSULT"),
    ],
)
def test_folding(type_: str, status: str, announced: bool, folded: str | None) -> None:
    assert plover_type(type_, status, announced=announced) == folded


@pytest.mark.parametrize(
    ("code", "type_", "mode"),
    [
        ("042", "CONSULT", "visit"),
        ("163", "SANCTION", None),
        ("1631", "SANCTION", None),
        ("0431", "CONSULT", "visit"),
    ],
)
def test_cameo_is_read_by_its_longest_listed_prefix(code: str, type_: str, mode: str | None) -> None:
    entry = cameo_entry(code)
    assert entry is not None
    assert (entry.type, entry.mode) == (type_, mode)


def test_a_statement_has_no_plover_type() -> None:
    assert cameo_entry("010") is None


def test_every_row_of_the_crosswalk_is_plover() -> None:
    from detente.ontology.cameo import _table

    for entry in _table().values():
        intensity(entry.type, entry.mode)
        assert set(entry.contexts) <= set(CONTEXTS)
    assert "GOV" in SECTORS


def test_a_bad_row_is_named_by_its_line(tmp_path: Path) -> None:
    table = tmp_path / "t.tsv"
    table.write_text("# note\na\tb\n1\t2\n1\t2\t3\n")
    with pytest.raises(TableError, match=r"t\.tsv:4: expected 2 cells, found 3"):
        list(parse_table(table, ("a", "b")))
    with pytest.raises(TableError, match=r"t\.tsv:2: expected the columns x"):
        list(parse_table(table, ("x",)))


@pytest.mark.parametrize(
    ("code", "type_", "mode", "holds"),
    [
        ("042", "CONSULT", "visit", True),
        ("042", "CONSULT", None, False),  # the code says more than the row
        ("040", "CONSULT", "multilateral", True),  # and here less
        ("042", "SUPPORT", None, False),
        ("163", "SANCTION", None, True),  # the code book's, not the table's
        ("195", "ASSAULT", "drone", True),  # the code book is finer
        ("194", "ASSAULT", "drone", False),
        ("99", "ASSAULT", None, False),
    ],
)
def test_whether_a_cameo_code_says_what_a_type_and_mode_say(
    code: str, type_: str, mode: str | None, holds: bool
) -> None:
    assert agrees(code, type_, mode) is holds
