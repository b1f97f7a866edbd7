"""What is written to a file can be read back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.observatory import Observatory
from detente.ontology import TYPES, intensity
from detente.records import Imported, from_json
from detente.store import Store, StoryEvent, take_in
from detente.store.exporting import export_csv, export_jsonl, export_parquet
from detente.store.formats import FORMATS
from detente.store.imported import imported
from detente.store.snapshot import Snapshot

_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20) | st.just('a "b",\nc')
_DEEDS = [(name, mode) for name, type_ in TYPES.items() for mode in (None, *type_.modes)]


@st.composite
def _imported(draw: st.DrawFn) -> Imported:
    type_, mode = draw(st.sampled_from([*_DEEDS, (None, None)]))
    score = draw(st.floats(-10, 10) if type_ is None else st.none() | st.floats(-10, 10))
    article = draw(st.none() | _WORDS)
    sides = draw(st.sampled_from([("NOR", "FIN"), ("FIN", "NOR"), ("USA", "IRQ")]))
    return Imported(
        origin=draw(st.sampled_from(["csv", "ledger", "NA"])),
        id=draw(_WORDS),
        day=draw(st.dates(date(1900, 1, 1), date(2100, 1, 1))),
        cells=(),
        type=type_,
        mode=mode,
        intensity=score if score is not None else intensity(str(type_), mode),
        source=sides[0],
        target=sides[1],
        source_country=sides[0],
        target_country=sides[1],
        story=article,
        article=article,
        text=draw(st.none() | _WORDS),
    )


def _all(origin: str, at: Snapshot) -> list[Imported]:
    return list(imported(at, origin=origin))


@settings(deadline=None, max_examples=25)
@given(st.lists(_imported(), min_size=1, max_size=5, unique_by=lambda one: (one.origin, one.id)))
def test_the_plain_csv_gives_back_what_it_was_given(tmp_path_factory: Any, events: list[Imported]) -> None:
    folder = tmp_path_factory.mktemp("trip")
    with (folder / "a.csv").open("wb") as stream:
        assert export_csv(events, Imported, stream).left_out == 0
    store = Store.create(folder / "observatory")
    assert take_in(store, folder / "a.csv").refused == ()
    origins = {one.origin for one in events}
    found = [one for name in origins for one in store.ask(partial(_all, name))]
    bare = {(one.origin, one.id): replace(one, cells=(), score=None) for one in found}
    assert bare == {(one.origin, one.id): one for one in events}


@pytest.fixture
def icews(store: Store, tmp_path: Path) -> list[Imported]:
    heading = FORMATS["icews"].columns
    given = {
        "Event Date": "2016-03-04",
        "Source Country": "Norway",
        "Intensity": "1",
        "Story ID": "900",
        "Latitude": "59.9",
    }
    rows = [
        given | {"Event ID": "1", "CAMEO Code": "043", "Target Country": "Finland"},
        given | {"Event ID": "2", "CAMEO Code": "010", "Target Country": "Finland"},
        given | {"Event ID": "3", "CAMEO Code": "043", "Target Country": "NA"},
    ]
    lines = ["\t".join(heading), *("\t".join(row.get(column, "NA") for column in heading) for row in rows)]
    (tmp_path / "events.tab").write_text("\n".join(lines), "utf8")
    take_in(store, tmp_path / "events.tab")
    return store.ask(lambda at: list(imported(at, origin="icews")))


def test_imports_as_json_and_parquet(icews: list[Imported]) -> None:
    stream = io.BytesIO()
    assert export_jsonl(icews, Imported, stream).written == 3
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [from_json(Imported, row | {"day": date.fromisoformat(row["day"])}) for row in rows] == icews
    stream = io.BytesIO()
    export_parquet(icews, Imported, stream)
    assert [from_json(Imported, row) for row in pq.read_table(stream).to_pylist()] == icews


def test_imports_as_a_plain_csv(icews: list[Imported]) -> None:
    stream = io.BytesIO()
    report = export_csv(icews, Imported, stream)
    assert (report.written, report.left_out) == (2, 1)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode())))
    assert [(row["type"], row["mode"], row["score"], row["origin"]) for row in rows] == [
        ("043", "visit", "", "icews"),
        ("010", "", "", "icews"),
    ]


def test_ones_own_events(store: Store, make: Any, tmp_path: Path) -> None:
    with store.writer() as writer:
        writer.add(
            [make("a"), make("b", text="Norway praised Finland. It was another day in Oslo.")], coder="c", knowledge="k"
        )
    observatory = Observatory.open(store.folder)
    events = list(observatory.events())
    stream = io.BytesIO()
    assert observatory.export(stream, format="jsonl").written == len(events)
    assert [from_json(StoryEvent, json.loads(line)) for line in stream.getvalue().splitlines()] == events
    stream = io.BytesIO()
    observatory.export(stream, format="parquet")
    assert [from_json(StoryEvent, row) for row in pq.read_table(stream).to_pylist()] == events
    with (tmp_path / "own.csv").open("wb") as file:
        observatory.export(file, format="csv")
    other = Observatory.create(tmp_path / "other")
    assert other.import_events(tmp_path / "own.csv").added == len(events)
    told = [(e.event.id, e.event.type, e.event.source_countries, e.published, e.article) for e in events]
    back = other.events(origin="detente")
    assert [(e.event.id, e.event.type, e.event.source_countries, e.published, e.article) for e in back] == told
    with pytest.raises(UsageError, match="xlsx"):
        observatory.export(stream, format="xlsx")


def test_a_csv_holds_deeds_done_only(store: Store, make: Any) -> None:
    reading = make("a")
    (event,) = reading.events
    several = replace(event, target_countries=("FIN", "SWE"))
    planned = replace(event, id="planned", status="planned")
    with store.writer() as writer:
        writer.add([replace(reading, events=(several, planned))], coder="c", knowledge="k")
    stream = io.BytesIO()
    report = Observatory.open(store.folder).export(stream, format="csv")
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode())))
    assert (report.written, report.left_out) == (1, 1)
    assert [(row["id"], row["target"]) for row in rows] == [("event-a/NOR-FIN", "FIN"), ("event-a/NOR-SWE", "SWE")]
