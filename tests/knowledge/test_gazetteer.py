"""The gazetteer file and the tables of places."""

from __future__ import annotations

import hashlib
import importlib.util
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

from detente.errors import TableError
from detente.knowledge.countries import countries
from detente.knowledge.gazetteer import Gazetteer, gazetteer, key_of
from detente.knowledge.gazetteer_tables import PlaceTables, place_tables
from detente.ontology import read_table

FOLDER = Path(str(files("detente.knowledge")))
PLACE = {"name": "Azure Sea", "aliases": "", "kind": "water", "country": "", "latitude": "1.0", "longitude": "2.0"}


def test_the_file_is_small_and_is_the_one_its_digest_names() -> None:
    data = (FOLDER / "gazetteer.bin").read_bytes()
    ((_, row),) = read_table("detente.knowledge", "gazetteer.tsv", ("file", "sha256", "names"))
    assert len(data) < 8_000_000
    assert hashlib.sha256(data).hexdigest() == row["sha256"]
    assert int(row["names"]) > 200_000


@pytest.mark.parametrize(
    ("name", "country", "number"),
    [("Baghdad", "IRQ", 98182), ("KYIV", "UKR", 703448), ("Kiev", "UKR", 703448), ("São Paulo", "BRA", 3448439)],
)
def test_towns_are_found_by_every_spelling(name: str, country: str, number: int) -> None:
    best = max(gazetteer().find(name), key=lambda spot: spot.people)
    assert (best.country, best.geonames_id) == (country, number)


def test_regions_and_counties_are_in_it() -> None:
    assert {("region", "LA")} <= {(s.kind, s.admin) for s in gazetteer().find("Louisiana")}
    assert {s.admin for s in gazetteer().find("Orange County") if s.kind == "county"} >= {"CA", "FL"}
    assert any(s.kind == "region" and s.country == "IRQ" for s in gazetteer().find("Anbar"))


def test_unknown_and_odd_names_find_nothing() -> None:
    for name in ("", " ", "-", "zzzzzzz", "\u0000", "A" * 1000, "Baghdad\tx"):
        assert gazetteer().find(name) == ()
    assert "Basra" in gazetteer()


def test_keys_ignore_accents_case_and_marks() -> None:
    assert key_of("Saint-Étienne") == key_of("St. Etienne") == "st etienne"
    assert key_of("N’Djamena") == key_of("NDJAMENA")


def test_every_record_can_be_read() -> None:
    table = gazetteer()
    for block in range(0, len(table._keys), 97):
        for key in table._block(block):
            for spot in table.find(key):
                assert -90 <= spot.latitude <= 90
                assert -180 <= spot.longitude <= 180
                assert len(spot.country) == 3
                assert spot.name


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"PK\x03\x04 nothing here")
    with pytest.raises(TableError, match=r"other\.bin: expected a gazetteer"):
        Gazetteer(path)


def _script() -> ModuleType:
    path = Path(__file__).parents[2] / "scripts" / "build_gazetteer.py"
    spec = importlib.util.spec_from_file_location("build_gazetteer", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_building_again_gives_the_same_bytes() -> None:
    script = _script()
    lines = script.merged([*script.cities(), *script.region_lines(), *script.county_lines()])
    assert script.packed(lines) == (FOLDER / "gazetteer.bin").read_bytes()


def test_every_country_has_a_point_and_a_name() -> None:
    tables = place_tables()
    former = {"SUN", "YUG", "CSK", "DDR", "VDR", "YMD", "TBT"}
    missing = [c.code for c in countries() if tables.country(c.code) is None]
    assert set(missing) <= former
    iraq = tables.country("IRQ")
    assert iraq
    assert (iraq.name, iraq.geonames_id, round(iraq.latitude)) == ("Iraq", 99237, 33)
    assert "IRN" in tables.neighbours("IRQ")


def test_no_place_of_the_table_is_a_country() -> None:
    both = {name for name in place_tables().names() if countries().named(name)}
    kinds = {name: place_tables().named(name) for name in both}
    assert all(spot and spot.kind in ("region", "area") for spot in kinds.values()), kinds


def test_seats_of_power_and_short_forms() -> None:
    tables = place_tables()
    kremlin = tables.named("Kremlin")
    assert kremlin
    assert (kremlin.kind, kremlin.country) == ("facility", "RUS")
    assert tables.short("Tenn.") == ("Tennessee", "USA")
    assert tables.short("NSW") == ("New South Wales", "AUS")


def test_every_spelling_leads_to_a_town() -> None:
    for _, row in read_table("detente.knowledge", "places_spellings.tsv", ("name", "country", "spellings")):
        for text in row["spellings"].split(";"):
            spelling = place_tables().spelling(text)
            assert spelling == (row["name"], row["country"])
            assert any(s.country == row["country"] and s.kind == "city" for s in gazetteer().find(row["name"])), row


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "sea"}, r"places\.tsv:7: expected one of area, facility, region, water, found 'sea'"),
        ({"latitude": "north"}, r"places\.tsv:7: expected degrees, found 'north'"),
        ({"longitude": "200"}, r"places\.tsv:7: expected degrees from -180 to 180"),
        ({"aliases": "Azure Sea"}, r"places\.tsv:7: 'Azure Sea' is given twice"),
    ],
)
def test_a_bad_row_names_its_line(change: dict[str, str], message: str) -> None:
    with pytest.raises(TableError, match=message):
        PlaceTables([(7, PLACE | change)], [], [])
