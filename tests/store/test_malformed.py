"""What is wrong with a file, whatever its format: the row is named by its number and kept aside, or the file is refused whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import InputError
from detente.store import Store, queries, take_in
from detente.store.formats import FORMATS
from detente.store.imported import origins

_GOOD = {
    "icews": {"Event ID": "{}", "Event Date": "2016-03-04", "CAMEO Code": "043", "Intensity": "2.8"},
    "polecat": {"Event ID": "{}", "Event Date": "2016-03-04", "Event Type": "AID"},
    "acled": {"event_id_cnty": "{}", "event_date": "2016-03-04", "event_type": "Battles", "sub_event_type": "Armed clash"},
    "gdelt1": {"GLOBALEVENTID": "{}", "SQLDATE": "20160304", "EventCode": "043"},
    "gdelt2": {"GLOBALEVENTID": "{}", "SQLDATE": "20160304", "EventCode": "043"},
    "csv": {"id": "{}", "date": "2016-03-04", "source": "NOR", "target": "FIN", "type": "AID"},
}  # fmt: skip
_DATE = {"icews": 1, "polecat": 1, "acled": 1, "gdelt1": 1, "gdelt2": 1, "csv": 0}
_CODE = {"icews": 6, "polecat": 2, "acled": 5, "gdelt1": 26, "gdelt2": 26, "csv": 3}

every = pytest.mark.parametrize("name", list(FORMATS))


def row(name: str, number: int) -> list[str]:
    return [_GOOD[name].get(column, "").format(number) for column in FORMATS[name].columns]


def written(tmp_path: Path, name: str, *rows: list[str] | bytes) -> Path:
    form = FORMATS[name]
    heading = [form.delimiter.join(form.columns).encode()] if form.header else []
    lines = [one if isinstance(one, bytes) else form.delimiter.join(one).encode() for one in rows]
    path = tmp_path / "events.txt"
    path.write_bytes(b"\r\n".join([*heading, *lines]) + b"\r\n")
    return path


def test_every_format_is_here() -> None:
    assert set(_GOOD) == set(FORMATS)


@every
def test_wrong_rows_are_named_and_the_file_goes_on(store: Store, tmp_path: Path, name: str) -> None:
    day, code, many = row(name, 2), row(name, 3), [*row(name, 5), "more"]
    day[_DATE[name]] = "2016-02-30" if "-" in day[_DATE[name]] else "20160230"
    code[_CODE[name]] = "nonsense"
    few, bytes_ = row(name, 4)[:3], FORMATS[name].delimiter.join(row(name, 6)).encode() + b"\xff"
    rows = [row(name, 1), day, code, few, many, bytes_, row(name, 7)]
    report = take_in(store, written(tmp_path, name, *rows), name)
    first = 2 if FORMATS[name].header else 1
    assert report.added == 2
    assert [one.where for one in report.refused] == [f"events.txt:{first + place}" for place in range(1, 6)]
    for refusal, word in zip(
        report.refused, ("found '2016", "nonsense", "cells, found 3", "cells, found", "UTF-8"), strict=True
    ):
        assert word in refusal.reason
        assert refusal.stage == "import"
    kept = [one.failure for one in store.ask(lambda at: list(queries.failures(at)))]
    assert kept == list(report.refused)


@every
def test_a_row_that_is_short_and_no_text_costs_itself_only(store: Store, tmp_path: Path, name: str) -> None:
    short = FORMATS[name].delimiter.join(row(name, 2)[:3]).encode() + b"\xff\xc3"
    report = take_in(store, written(tmp_path, name, row(name, 1), short, row(name, 3)), name)
    assert report.added == 2
    (refusal,) = report.refused
    assert refusal.where == f"events.txt:{3 if FORMATS[name].header else 2}"
    assert "cells, found 3" in refusal.reason


@every
def test_a_file_without_a_good_row_is_taken_as_far_as_it_goes(store: Store, tmp_path: Path, name: str) -> None:
    wrong = row(name, 1)
    wrong[_CODE[name]] = "nonsense"
    report = take_in(store, written(tmp_path, name, wrong), name)
    assert (report.added, len(report.refused)) == (0, 1)
    assert store.ask(origins) == ()


@every
def test_files_that_hold_nothing(store: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / "events.txt"
    path.write_bytes(b"")
    with pytest.raises(InputError, match="is empty; expected the columns"):
        take_in(store, path, name)
    if FORMATS[name].header:
        with pytest.raises(InputError, match="no row of events"):
            take_in(store, written(tmp_path, name), name)
    path.write_bytes(b"\x1f\x8b\x00\xff broken")
    with pytest.raises(InputError):
        take_in(store, path, name)
    assert store.counts().generation == 0


@every
def test_a_file_of_another_format(store: Store, tmp_path: Path, name: str) -> None:
    for other in FORMATS:
        if other != name:
            with pytest.raises(InputError, match=f"columns of {name}.*; its first row is that of {other}"):
                take_in(store, written(tmp_path, other, row(other, 1)), name)
    assert store.counts().generation == 0
