"""A user's table: what it may hold, and what is wrong with a wrong one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import TableError
from detente.knowledge.own_actors import COLUMNS, NOBODY, OwnActors, kind_of, own_actors
from detente.knowledge.own_organisations import organisation_key, own_organisations
from detente.knowledge.spelling import words_of

HEADER = "name\taliases\tcountry\tsectors\trole\tstart\tend\n"
FULL = HEADER + (
    "# the envoy\n"
    "\n"
    "Torvald Brekke\tthe Bergen Fox; Fox of Bergen\tNorwegian\tgov; MIL\tfisheries envoy\t2021-03\t2022\n"
    "Drage Line\tDL\t-\t-\t\t\t\n"
)


def test_a_row_says_what_its_cells_say() -> None:
    envoy, line = OwnActors.parse(FULL)
    assert envoy.names == ("Torvald Brekke", "the Bergen Fox", "Fox of Bergen")
    assert (envoy.country, envoy.sectors, envoy.role) == ("NOR", ("GOV", "MIL"), "fisheries envoy")
    assert (line.country, line.sectors, line.role) == ("", (), None)
    assert envoy.line == 4


@pytest.mark.parametrize(
    ("start", "end", "day", "holds", "over"),
    [
        ("2021-03", "2022", "2021-02-28", False, False),
        ("2021-03", "2022", "2021-03-01", True, False),
        ("2021-03", "2022", "2022-12-31", True, False),
        ("2021-03", "2022", "2023-01-01", False, True),
        ("2021", "", "2030-01-01", True, False),
        ("", "2022-02", "2022-02-28", True, False),
        ("", "2022-02", "2022-03-01", False, True),
    ],
)
def test_a_row_holds_from_its_first_day_to_its_last(start: str, end: str, day: str, holds: bool, over: bool) -> None:
    (row,) = OwnActors.parse(f"{HEADER}Torvald Brekke\t\t\t\tenvoy\t{start}\t{end}")
    assert (row.holds(date.fromisoformat(day)), row.over(date.fromisoformat(day))) == (holds, over)
    assert row.holds(None) is False


def test_a_row_without_days_holds_always() -> None:
    (row,) = OwnActors.parse(f"{HEADER}Torvald Brekke\t\t\t\tenvoy\t\t")
    assert row.holds(None)
    assert row.holds(date(1901, 1, 1))


def test_columns_may_be_few_and_in_any_order() -> None:
    assert OwnActors.parse("role\tname\nenvoy\tTorvald Brekke") == OwnActors.parse(
        HEADER + "Torvald Brekke\t\t\t\tenvoy\t\t\n"
    )


def test_what_a_spreadsheet_writes_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(b'\xef\xbb\xbfName\tCountry\r\n"Torvald ""Fox"" Brekke"\tNorge\r\n'.replace(b"Norge", b"Norway"))
    (row,) = OwnActors.load(path)
    assert (row.name, row.country) == ('Torvald "Fox" Brekke', "NOR")


def test_only_rows_make_the_digest() -> None:
    plain = OwnActors.parse(FULL)
    turned = OwnActors.parse("# by hand\n" + plain.text)
    assert (plain, plain.digest) == (turned, turned.digest)
    assert OwnActors.parse(plain.text).text == plain.text
    assert plain.digest != OwnActors.parse(FULL.replace("2022", "2023")).digest
    assert (NOBODY.digest, NOBODY.text, len(NOBODY)) == ("", "", 0)


def test_several_rows_are_several_roles_of_one_person() -> None:
    rows = "Torvald Brekke\tBergen Fox\tNOR\t\tenvoy\t2019\t2020\nTorvald Brekke\t\t\t\tminister\t2021\t\n"
    table = OwnActors.parse(HEADER + rows)
    assert [row.role for row in table.of(words_of("Bergen Fox"))] == ["envoy", "minister"]
    assert len(table.actors()) == 1


def test_transliterations_are_one_name() -> None:
    table = OwnActors.parse(HEADER + "Mohammed al-Rashidi\t\tIRQ\t\t\t\t\n")
    assert table.of(words_of("Muhammad Al Rashidi"))
    assert not table.of(words_of("Rashidi"))
    assert not table.of(words_of("Mohammed Karim al-Rashidi"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "a.tsv: expected a header"),
        ("name,country\n", r"a.tsv:1: expected tabs"),
        ("name\tcuntry\n", r"a.tsv:1: there is no column 'cuntry'; did you mean 'country'"),
        ("country\n", r"a.tsv:1: expected a column `name`"),
        ("name\tname\n", r"no column twice"),
        (HEADER + "\t\tNOR\t\t\t\t\n", r"a.tsv:2: expected a name"),
        (HEADER + "Torvald Brekke\t\tNorwya\t\t\t\t\n", r"a.tsv:2: .*did you mean Norway"),
        (HEADER + "Torvald Brekke\t\t\tGUV\t\t\t\n", r"a.tsv:2: there is no sector 'GUV'; did you mean GOV"),
        (HEADER + "Torvald Brekke\t\t\tGOV;MIL;COP\t\t\t\n", r"at most two sectors"),
        (HEADER + "Torvald Brekke\t\t\t\tenvoy\t2022\t2021\n", r"a.tsv:2: .*after the end"),
        (HEADER + "Torvald Brekke\t\t\t\tenvoy\t3 May 2021\t\n", r"a.tsv:2: expected a day"),
        (HEADER + "Torvald Brekke\t\t\t\tenvoy\t2021-02-30\t\n", r"a.tsv:2: expected a day"),
        (HEADER + "torvald brekke\t\t\t\t\t\t\n", r"a.tsv:2: .*no capital letter"),
        (HEADER + "Torvald Brekke\tForeign Minister\t\t\t\t\t\n", r"a.tsv:2: 'Foreign Minister' is a word for many"),
        (HEADER + "T. Brekke\t\t\t\t\t\t\n", r"a.tsv:2: .*initial"),
        (HEADER + "Norway\t\t\t\t\t\t\n", r"a.tsv:2: 'Norway' is a country"),
        (HEADER + "Torvald Brekke\t\t\t\t\t\t\t\tmore\n", r"a.tsv:2: expected 7 cells"),
        (HEADER + "Torvald Brekke\t\t\t\t\t\t\nTorvald Brekke\t\t\t\t\t\t\n", r"a.tsv:3: .*twice \(line 2\)"),
        (HEADER + "Bo Brekke\tFox\t\t\t\t\t\nDrage Line\tFox\t\t\t\t\t\n", r"a.tsv:3: 'Fox' is a name of Bo Brekke"),
        (HEADER + "Bo Brekke\t\t\t\tenvoy\t2020\t2021\nBo Brekke\t\t\t\tminister\t2021\t\n", r"a.tsv:3: .*two roles"),
        ("name\tkind\nDrage Line\tship\n", r"a.tsv:2: expected the kind person or organization"),
        ("name\tkind\trole\nDrage Line\torganization\tferry\n", r"a.tsv:2: a role is a person's"),
    ],
)
def test_a_wrong_table_is_told_with_its_line(text: str, says: str) -> None:
    with pytest.raises(TableError, match=says):
        OwnActors.parse(text, "a.tsv")


CELL = st.text(st.characters(codec="utf8"), max_size=12) | st.sampled_from(
    ["Bo Brekke", "-", '"Bo"', "GOV;MIL", "2021", "2021-02", "Norway", "#Bo", "Bo;Fox", "envoy", '"', "person"]
)


@given(st.lists(st.lists(CELL, max_size=9), max_size=4))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_table_or_is_told_to_be_none(rows: list[list[str]]) -> None:
    text = "\t".join(COLUMNS) + "\n" + "\n".join("\t".join(row) for row in rows)
    try:
        table = OwnActors.parse(text)
    except TableError:
        return
    assert not table or OwnActors.parse(table.text) == table
    assert table.changed(table) == frozenset()


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes("name\nJürgen Brekke\n".encode("latin-1"))
    with pytest.raises(TableError, match="UTF-8"):
        own_actors(path)


def test_two_tables_differ_in_the_actors_whose_rows_differ() -> None:
    one = OwnActors.parse(FULL)
    other = OwnActors.parse(FULL.replace("fisheries envoy", "envoy"))
    assert one.changed(other) == {"Torvald Brekke", "the Bergen Fox", "Fox of Bergen"}
    assert one.changed(NOBODY) == other.changed(one) | {"Drage Line", "DL"}
    assert one.changed(OwnActors.parse(FULL)) == frozenset()


def test_organisations_are_new_ones_or_those_of_the_package_as_the_user_has_them() -> None:
    rows = "Drage Line\tDL\tNOR\tBUS\t\t\t\nHamas\tthe Movement\t\tUAF\t\t\t\nTorvald Brekke\t\t\t\tenvoy\t\t\n"
    table = OwnActors.parse(HEADER + rows)
    new, known = own_organisations(table)
    assert (new.key, new.names, new.country, new.sectors) == (
        "org:OWN-DRAGE-LINE",
        ("Drage Line", "DL"),
        "NOR",
        ("BUS",),
    )
    assert (known.key, known.sectors) == (organisation_key("Hamas"), ("UAF",))
    assert {"Hamas", "the Movement"} < set(known.names)
    assert organisation_key("dl", table) == new.key
    assert organisation_key("dl") is None


def test_who_has_a_role_is_a_person() -> None:
    table = OwnActors.parse("name\trole\tkind\nAda Brekke\tenvoy\t\nBo Brekke\t\t\nCai Brekke\t\tPerson\n")
    assert [kind_of([row]) for row in table] == ["person", "", "person"]
