"""POLECAT and ACLED: rows of our own invention in their documented columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from detente.errors import InputError
from detente.knowledge.countries import countries
from detente.observatory import Observatory
from detente.ontology import intensity, read_table
from detente.records import Imported
from detente.store import Store, queries, take_in
from detente.store.formats import FORMATS
from detente.store.formats.acled import country_of
from detente.store.imported import imported, imported_dyads

type Row = Mapping[str, str]

_POLECAT = {
    "Event ID": "5d41_1",
    "Event Date": "2021-03-04",
    "Event Type": "CONSULT",
    "Event Mode": "visit",
    "Intensity": "4.0",
    "Contexts": "diplomatic; economic",
    "Actor Name": "Solveig Dahl",
    "Actor Country": "NOR",
    "Recipient Name": "Finland",
    "Recipient Country": "Finland",
    "City": "Oslo",
    "Country": "NOR",
    "Latitude": "59.9",
    "Longitude": "10.7",
    "Source": "Fjord Post",
}
_ACLED = {
    "event_id_cnty": "KEN901",
    "event_date": "5 March 2023",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Kenya (2022-) Coast Guard",
    "actor2": "Raiders of the Northern Lake",
    "country": "Kenya",
    "location": "Mandera",
    "latitude": "3.93",
    "longitude": "41.85",
    "source": "Lake Herald; Fjord Post",
    "notes": 'Guards met raiders, who had "lost their way",\nat dusk.',
}


def polecat(heading: tuple[str, ...] = (), **given: str) -> str:
    cells = _POLECAT | {name.replace("_", " "): cell for name, cell in given.items()}
    return "\t".join(cells.get(column, "None") for column in heading or FORMATS["polecat"].columns)


def acled(**given: str) -> str:
    cells = _ACLED | given
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow([cells.get(column, "") for column in FORMATS["acled"].columns])
    return stream.getvalue()


def heading(name: str) -> str:
    return FORMATS[name].delimiter.join(FORMATS[name].columns)


def written(tmp_path: Path, *lines: str, name: str = "events.txt") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", "utf8")
    return path


def kept(store: Store, origin: str) -> list[Imported]:
    return store.ask(lambda at: list(imported(at, origin=origin)))


def test_a_row_of_polecat(store: Store, tmp_path: Path) -> None:
    report = take_in(store, written(tmp_path, heading("polecat"), polecat()))
    assert (report.format, report.origins, report.added, report.refused) == ("polecat", ("polecat",), 1, ())
    assert "untested on real exports" in report.remark
    (one,) = kept(store, "polecat")
    assert (one.id, one.day, one.source_country, one.target_country) == ("5d41_1", date(2021, 3, 4), "NOR", "FIN")
    assert (one.type, one.mode, one.contexts, one.intensity) == ("CONSULT", "visit", ("diplomatic", "economic"), 4.0)
    assert (one.source, one.story, one.publisher, one.place) == ("Solveig Dahl", "5d41", "Fjord Post", "Oslo")
    assert "\t".join(one.cells) == polecat()


def test_several_countries_in_a_cell_are_several_events(store: Store, tmp_path: Path) -> None:
    row = polecat(Actor_Country="NOR; SWE", Recipient_Country="FIN|SWE; Ruritania")
    report = take_in(store, written(tmp_path, heading("polecat"), row))
    found = [(one.id, one.source_country, one.target_country) for one in kept(store, "polecat")]
    assert found == [
        ("5d41_1/NOR-FIN", "NOR", "FIN"),
        ("5d41_1/NOR-SWE", "NOR", "SWE"),
        ("5d41_1/SWE-FIN", "SWE", "FIN"),
    ]
    assert report.added == 3


def test_a_row_of_two_countries_on_either_side_is_one_deed_of_theirs(store: Store, tmp_path: Path) -> None:
    row = polecat(Actor_Country="NOR; FIN", Recipient_Country="NOR; FIN")
    take_in(store, written(tmp_path, heading("polecat"), row, polecat(Event_ID="5d41_2")))
    together = store.ask(lambda at: list(imported_dyads(at, origin="polecat", by="month")))
    apart = store.ask(lambda at: list(imported_dyads(at, origin="polecat", by="month", directed=True)))
    assert [(one.a, one.b, one.events, one.origins) for one in together] == [("FIN", "NOR", 2, 1)]
    assert [(one.a, one.b, one.events) for one in apart] == [("FIN", "NOR", 1), ("NOR", "FIN", 2)]
    found = Observatory.open(store.folder).relations("NOR", "FIN", origin="polecat")
    assert [level.events for level in found.series] == [2]


def test_none_is_nothing(store: Store, tmp_path: Path) -> None:
    row = polecat(Event_Mode="None", Recipient_Country="None", Recipient_Name="None", Contexts="None", Intensity="None")
    report = take_in(store, written(tmp_path, heading("polecat"), row))
    (one,) = kept(store, "polecat")
    assert (one.mode, one.intensity, one.score, one.contexts) == (None, intensity("CONSULT"), None, ())
    assert (one.target, one.target_country, report.nowhere) == (None, None, 1)


def test_headings_of_polecat_that_differ(store: Store, tmp_path: Path) -> None:
    names = FORMATS["polecat"].columns
    renamed = "\t".join(names).replace("\tIntensity\t", "\tEvent Intensity\t")
    assert take_in(store, written(tmp_path, renamed, polecat())).added == 1
    surplus = "\t".join(["Headline", "Event Text", *names])
    assert take_in(store, written(tmp_path, surplus, polecat(Event_ID="5d41_2"))).added == 1
    assert take_in(store, written(tmp_path, heading("polecat") + "\t\t", polecat(Event_ID="6_1") + "\t\t")).added == 1


def test_a_row_of_acled(store: Store, tmp_path: Path) -> None:
    report = take_in(store, written(tmp_path, heading("acled"), acled(), acled(event_id_cnty="KEN902")))
    assert (report.format, report.origins, report.added, report.refused) == ("acled", ("acled",), 2, ())
    assert "untested on real exports" in report.remark
    one = kept(store, "acled")[0]
    assert (one.id, one.day, one.type, one.mode) == ("KEN901", date(2023, 3, 5), "ASSAULT", None)
    assert (one.source_country, one.target_country, report.nowhere) == ("KEN", None, 2)
    assert (one.text, one.place, one.place_country) == (_ACLED["notes"], "Mandera", "Kenya")


@pytest.mark.parametrize("written_so", ["2023-03-05", "5 March 2023", "05-March-2023", "05-03-2023"])
def test_days_of_acled(store: Store, tmp_path: Path, written_so: str) -> None:
    take_in(store, written(tmp_path, heading("acled"), acled(event_date=written_so)))
    assert kept(store, "acled")[0].day == date(2023, 3, 5)


def test_older_exports_of_acled_have_other_columns(store: Store, tmp_path: Path) -> None:
    names = ("data_id", "event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "actor2", "iso3")
    rows = [",".join(names), ",".join({**_ACLED, "notes": ""}.get(name, "9") for name in names)]
    assert take_in(store, written(tmp_path, *rows)).added == 1


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        ("Military Forces of Ethiopia (2018-)", "ETH"),
        ("Military Forces of the United States", "USA"),
        ("Police Forces of Democratic Republic of Congo (2019-) Prison Guards", "COD"),
        ("Government of Somalia (2022-)", "SOM"),
        ("Civilians (Chad)", "TCD"),
        ("Protesters (eSwatini)", "SWZ"),
        ("Mutiny of Military Forces of Ethiopia (2018-)", None),
        ("Unidentified Armed Group (Mali)", None),
        ("Communal Militia (Chad)", None),
        ("Military Forces of Ruritania (2020-)", None),
        ("Civilians (International)", None),
        ("Chad", None),
        ("", None),
    ],
)
def test_a_side_of_acled_has_a_country_where_its_name_states_one(actor: str, code: str | None) -> None:
    assert country_of(actor) == code


def test_every_country_that_heads_an_army_is_found() -> None:
    for one in countries():
        assert country_of(f"Military Forces of {one.name} (2020-)") == one.code


def test_what_plover_has_no_type_for_in_acled(store: Store, tmp_path: Path) -> None:
    row = acled(event_type="Strategic developments", sub_event_type="Change to group/activity")
    assert take_in(store, written(tmp_path, heading("acled"), row)).untyped == 1


def test_every_type_in_the_table_of_acled_is_one_of_plover() -> None:
    rows = list(read_table("detente.store.formats", "acled.tsv", ("event_type", "sub_event_type", "type", "mode")))
    for _, row in rows:
        if row["type"]:
            intensity(row["type"], row["mode"] or None)
        else:
            assert not row["mode"]
    assert len({(row["event_type"].lower(), row["sub_event_type"].lower()) for _, row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("name", "make", "wrong", "reason"),
    [
        ("polecat", polecat, {"Event_Date": "2021-02-30"}, "Event Date that exists"),
        ("polecat", polecat, {"Event_Date": ""}, "Event Date that exists"),
        ("polecat", polecat, {"Event_Type": "HELP"}, "PLOVER type"),
        ("polecat", polecat, {"Event_Mode": "sideways"}, "mode of that type"),
        ("polecat", polecat, {"Event_ID": "None"}, "Event ID"),
        ("polecat", polecat, {"Intensity": "much"}, "number as Intensity"),
        ("acled", acled, {"event_date": "30 February 2023"}, "event_date that exists"),
        ("acled", acled, {"event_date": "03/05/2023"}, "event_date that exists"),
        ("acled", acled, {"event_type": "Parades"}, "event_type of ACLED"),
        ("acled", acled, {"sub_event_type": "Grenade"}, "sub_event_type of it"),
        ("acled", acled, {"event_id_cnty": " "}, "event_id_cnty"),
    ],
)
def test_a_malformed_row_is_named_and_the_file_goes_on(
    store: Store, tmp_path: Path, name: str, make: Callable[..., str], wrong: Row, reason: str
) -> None:
    key = "Event_ID" if name == "polecat" else "event_id_cnty"
    bare = {"notes": ""} if name == "acled" else {}
    rows = [heading(name), make(**bare, **{key: "1_1"}), make(**(bare | dict(wrong))), make(**bare, **{key: "2_1"})]
    report = take_in(store, written(tmp_path, *rows))
    assert report.added == 2
    (refusal,) = report.refused
    assert refusal.where == "events.txt:3"
    assert reason in refusal.reason
    assert [one.failure for one in store.ask(lambda at: list(queries.failures(at)))] == [refusal]


@pytest.mark.parametrize(("name", "make"), [("polecat", polecat), ("acled", acled)])
def test_rows_that_are_none(store: Store, tmp_path: Path, name: str, make: Callable[..., str]) -> None:
    bare = {"notes": "", "location": "?"} if name == "acled" else {"City": "?"}
    short = FORMATS[name].delimiter.join(["9", "2021-03-04"]).encode()
    wrong = make(**bare).encode().replace(b"?", b"\xff")
    path = tmp_path / "events.txt"
    path.write_bytes(b"\n".join([heading(name).encode(), short, wrong, b"", make(**bare).encode()]))
    report = take_in(store, path)
    assert report.added == 1
    assert [one.where for one in report.refused] == ["events.txt:2", "events.txt:3"]
    assert "cells, found 2" in report.refused[0].reason
    assert "UTF-8" in report.refused[1].reason


@pytest.mark.parametrize("name", ["polecat", "acled"])
def test_files_that_are_none(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="empty"):
        take_in(store, written(tmp_path, ""), name)
    with pytest.raises(InputError, match="no row"):
        take_in(store, written(tmp_path, heading(name)))
    other = "acled" if name == "polecat" else "polecat"
    with pytest.raises(InputError, match=f"columns of {name}; lacking"):
        take_in(store, written(tmp_path, heading(other), "x"), name)
    assert store.counts().segments == 0
