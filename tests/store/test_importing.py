"""Event files: every row is taken, or named with its number and reason; origins stay apart."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from detente.errors import InputError, UsageError
from detente.store import Store, queries, take_in
from detente.store.formats import FORMATS
from detente.store.imported import imported, imported_dyads, origins

_ICEWS = "\t".join(FORMATS["icews"].columns)


def icews(id: str = "7", **given: str) -> str:
    cells = {
        "Event ID": id,
        "Event Date": "2016-03-04",
        "Source Name": "Foreign Ministry (Norway)",
        "Source Country": "Norway",
        "Event Text": "Host a visit",
        "CAMEO Code": "043",
        "Intensity": "2.8",
        "Target Name": "Finland",
        "Target Country": "Finland",
        "Story ID": "900",
        "Sentence Number": "2",
        "Publisher": "Fjord Post",
        "City": "Oslo",
        "Country": "Norway",
        "Latitude": "59.9",
        "Longitude": "10.7",
    }
    return "\t".join((cells | given).get(column, "NA") for column in FORMATS["icews"].columns)


def file(tmp_path: Path, *lines: str, name: str = "events.tab") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", "utf8")
    return path


def test_a_row_of_icews(store: Store, tmp_path: Path) -> None:
    report = take_in(store, file(tmp_path, _ICEWS, icews()))
    assert (report.format, report.origins, report.added, report.refused) == ("icews", ("icews",), 1, ())
    (one,) = store.ask(lambda at: list(imported(at, origin="icews")))
    assert (one.id, one.day, one.source_country, one.target_country) == ("7", date(2016, 3, 4), "NOR", "FIN")
    assert (one.type, one.mode, one.intensity, one.score) == ("CONSULT", "visit", 4.0, 2.8)
    assert (one.story, one.sentence, one.place, one.latitude) == ("900", 2, "Oslo", 59.9)
    assert "\t".join(one.cells) == icews()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (icews(**{"Event Date": "2016-02-30"}), "Event Date"),
        (icews(**{"CAMEO Code": "---"}), "CAMEO Code"),
        (icews(**{"Intensity": "much"}), "Intensity"),
        (icews(id=""), "Event ID"),
        (icews() + "\tmore", "20 cells, found 21"),
        ("7\t2016-03-04", "20 cells, found 2"),
    ],
)
def test_a_malformed_row_is_named_and_the_file_goes_on(store: Store, tmp_path: Path, row: str, reason: str) -> None:
    report = take_in(store, file(tmp_path, _ICEWS, icews("1"), "", row, icews("2")))
    assert report.added == 2
    (refusal,) = report.refused
    assert refusal.where == "events.tab:4"
    assert reason in refusal.reason
    kept = store.ask(lambda at: list(queries.failures(at)))
    assert [one.failure for one in kept] == [refusal]


def test_bytes_that_are_no_text_are_one_refused_row(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "events.tab"
    rows = [
        _ICEWS.encode(),
        icews("1").encode(),
        icews("2", City="?").encode().replace(b"?", b"\xff"),
        icews("3").encode(),
    ]
    path.write_bytes(b"\r\n".join(rows))
    report = take_in(store, path)
    assert (report.added, [one.where for one in report.refused]) == (2, ["events.tab:3"])


def test_what_plover_has_no_type_for_is_kept_and_not_measured(store: Store, tmp_path: Path) -> None:
    report = take_in(store, file(tmp_path, _ICEWS, icews(**{"CAMEO Code": "010", "Intensity": "0"})))
    assert (report.added, report.untyped) == (1, 1)
    assert store.ask(lambda at: list(imported_dyads(at, origin="icews", by="month"))) == []
    assert len(store.ask(lambda at: list(imported(at, origin="icews")))) == 1


def test_an_unknown_country_is_no_country(store: Store, tmp_path: Path) -> None:
    report = take_in(
        store, file(tmp_path, _ICEWS, icews(**{"Target Country": "Ruritania"}), icews("8", **{"Target Country": "NA"}))
    )
    assert (report.added, report.nowhere) == (2, 2)
    assert all(one.target_country is None for one in store.ask(lambda at: list(imported(at, origin="icews"))))


def test_a_row_is_taken_once(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, _ICEWS, icews("1"), icews("1"), icews("2"))
    assert (take_in(store, path).added, store.counts().segments) == (2, 1)
    again = take_in(store, path)
    assert (again.added, again.unchanged, store.counts().segments) == (0, 3, 1)
    other = take_in(store, file(tmp_path, _ICEWS, icews("1", City="Bergen"), icews("3")))
    assert (other.added, [one.where for one in other.refused]) == (1, ["events.tab:2"])


def test_a_deed_told_from_either_side_of_a_sentence_counts_once(store: Store, tmp_path: Path) -> None:
    back = {"Source Country": "Finland", "Target Country": "Norway"}
    rows = [icews("1"), icews("2", **back), icews("3", **{"Sentence Number": "5"})]
    take_in(store, file(tmp_path, _ICEWS, *rows))
    (sums,) = store.ask(lambda at: list(imported_dyads(at, origin="icews", by="month")))
    assert (sums.a, sums.b, sums.events, sums.total, sums.origins) == ("FIN", "NOR", 2, 8.0, 1)


def test_the_plain_csv(store: Store, tmp_path: Path) -> None:
    rows = [
        "text,type,date,source,target,score,mode,colour",
        '"Said, twice",AID,2020-01-02,NOR,FIN,,,red',
        ",042,2020-01-02,Norway,FIN,,,",
        ",,2020-01-03,NOR,FIN,-4.5,,",
        ",,2020-01-03,NOR,FIN,-4.5,,",
        ",CONSULT,2020-01-03,NOR,FIN,,phone,",
    ]
    report = take_in(store, file(tmp_path, *rows, name="own.csv"))
    assert (report.format, report.origins, report.added, report.refused) == ("csv", ("csv",), 5, ())
    found = sorted(store.ask(lambda at: list(imported(at, origin="csv"))), key=lambda one: one.intensity or 0)
    told = [(one.type, one.mode, one.intensity) for one in found]
    assert told == [
        (None, None, -4.5),
        (None, None, -4.5),
        ("CONSULT", "phone", 1.5),
        ("CONSULT", "visit", 4.0),
        ("AID", None, 10.0),
    ]
    assert found[-1].text == "Said, twice"
    assert take_in(store, file(tmp_path, *rows, name="own.csv")).unchanged == 5


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2020-01-02,NOR,FIN,HELP,,", "PLOVER type"),
        ("2020-01-02,NOR,FIN,AID,,sideways", "mode"),
        ("2020-01-02,NOR,FIN,,,", "neither"),
        ("2020-01-02,NOR,FIN,,11,", "-10 to 10"),
        ("2020-01-02,NOR,FIN,,nan,", "-10 to 10"),
        ("2020-01-02,NOR,Narnia,AID,,", "as target"),
        ("2020-01-02,,FIN,AID,,", "as source"),
        ("02.01.2020,NOR,FIN,AID,,", "a date"),
        ("2020-01-02,NOR,FIN,AID", "6 cells, found 4"),
    ],
)
def test_a_malformed_row_of_the_plain_csv(store: Store, tmp_path: Path, row: str, reason: str) -> None:
    rows = ["date,source,target,type,score,mode", row, "2020-01-02,NOR,FIN,AID,,"]
    report = take_in(store, file(tmp_path, *rows, name="own.csv"))
    assert report.added == 1
    assert report.refused[0].where == "own.csv:2"
    assert reason in report.refused[0].reason


@pytest.mark.parametrize(("name", "width"), [("gdelt1", 58), ("gdelt2", 61)])
def test_gdelt(store: Store, tmp_path: Path, name: str, width: int) -> None:
    good = {
        "GLOBALEVENTID": "51",
        "SQLDATE": "20160304",
        "Actor1Name": "OSLO",
        "Actor1CountryCode": "NOR",
        "Actor2Name": "BUCHAREST",
        "Actor2CountryCode": "ROM",
        "EventCode": "043",
        "GoldsteinScale": "2.8",
        "ActionGeo_FullName": "Bucharest, Bucuresti, Romania",
        "ActionGeo_Lat": "44.43",
        "ActionGeo_Long": "26.1",
        "SOURCEURL": "https://www.fjord-post.example/a/1",
    }
    columns = FORMATS[name].columns
    rows = [
        good,
        good | {"GLOBALEVENTID": "52", "EventCode": "---"},
        good | {"GLOBALEVENTID": "53", "SQLDATE": "20160230"},
    ]
    lines = ["\t".join(row.get(column, "") for column in columns) for row in rows]
    report = take_in(store, file(tmp_path, *lines, "51\tbroken"))
    assert (len(columns), report.format, report.added) == (width, name, 1)
    assert "untested" in report.remark
    assert [one.where for one in report.refused] == ["events.tab:2", "events.tab:3", "events.tab:4"]
    (one,) = store.ask(lambda at: list(imported(at, origin=name)))
    assert (one.source_country, one.target_country, one.type, one.mode) == ("NOR", "ROU", "CONSULT", "visit")
    assert (one.publisher, one.latitude, one.longitude, one.score) == ("fjord-post.example", 44.43, 26.1, 2.8)


def test_a_row_cannot_pass_for_ones_own(store: Store, tmp_path: Path) -> None:
    rows = ["date,source,target,type,origin", "2020-01-02,NOR,FIN,AID,own", "2020-01-02,NOR,FIN,AID,ledger"]
    report = take_in(store, file(tmp_path, *rows, name="own.csv"))
    assert (report.origins, len(report.refused)) == (("ledger",), 1)


def test_what_is_none_of_the_formats(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--format"):
        take_in(store, file(tmp_path, "a,b", "1,2"))
    with pytest.raises(InputError, match="lacking: date"):
        take_in(store, file(tmp_path, "a,b", "1,2"), "csv")
    with pytest.raises(UsageError, match="icews"):
        take_in(store, file(tmp_path, "a,b", "1,2"), "xls")
    with pytest.raises(InputError, match="no row"):
        take_in(store, file(tmp_path, _ICEWS))
    assert store.ask(origins) == ()


def test_archives(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "events.tab.gz"
    path.write_bytes(gzip.compress(f"{_ICEWS}\n{icews()}\n".encode()))
    assert take_in(store, path).added == 1
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(InputError):
        take_in(store, path)


def test_imports_and_readings_live_side_by_side(store: Store, tmp_path: Path, make: object) -> None:
    with store.writer() as writer:
        writer.add([make("a")], coder="c", knowledge="k")  # type: ignore[operator]
    take_in(store, file(tmp_path, _ICEWS, icews()))
    assert len(store.ask(lambda at: list(queries.events(at)))) == 1
    with store.writer() as writer:
        writer.compact()
        writer.remove(["a"])
    (origin,) = store.ask(origins)
    assert (origin.name, origin.events, origin.counted) == ("icews", 1, 1)
    assert store.counts().events == 0
