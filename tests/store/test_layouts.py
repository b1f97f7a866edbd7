"""Foreign formats: what their columns can carry comes back, and what they cannot is counted."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.knowledge.countries import countries
from detente.observatory import Observatory
from detente.ontology import CONTEXTS, TYPES, agrees, cameo_entry, intensity
from detente.records import Actor, Asked, Imported, Place, When
from detente.store import EXPORTS, ExportReport, Store, take_in
from detente.store.exporting import nothing_known
from detente.store.formats import FORMATS
from detente.store.formats.codes import cameo_of, says_mode
from detente.store.imported import imported

_WORDS = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
    .map(lambda words: " ".join(words.split()))
    .filter(lambda words: words not in ("", "NA", "None"))
)
_IDS = st.text(st.sampled_from("aZ9_-/ü"), min_size=1, max_size=9) | st.integers(1, 10**12).map(str)
_DEEDS = [(name, mode) for name, type_ in TYPES.items() for mode in (None, *type_.modes)]
_CODES = [(None, None, code) for code in ("010", "0831", "043", "1122", "19", "204", "1385")]
_SIDES = st.none() | st.sampled_from([one.code for one in countries()])


def _number(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_subnormal=False)


@st.composite
def _events(draw: st.DrawFn) -> Imported:
    type_, mode, code = draw(st.sampled_from([*((*deed, None) for deed in _DEEDS), *_CODES]))
    entry = cameo_entry(code) if code else None
    if entry:
        type_, mode = entry.type, entry.mode
    spot = draw(st.none() | st.tuples(_number(-90, 90), _number(-180, 180)))
    address = draw(st.none() | _WORDS | st.just("https://www.fjord-post.example/a_1"))
    return Imported(
        origin="elsewhere",
        id=draw(_IDS),
        day=draw(st.dates(date(1900, 1, 1), date(2100, 1, 1))),
        cells=(),
        type=type_,
        mode=mode,
        contexts=entry.contexts if entry else tuple(draw(st.lists(st.sampled_from(CONTEXTS), unique=True, max_size=3))),
        cameo=code,
        intensity=draw(_number(-10, 10)) if type_ else None,
        source=draw(st.none() | _WORDS),
        target=draw(st.none() | _WORDS),
        source_country=draw(_SIDES),
        target_country=draw(_SIDES),
        story=draw(st.none() | _WORDS | st.just(address)),
        sentence=draw(st.none() | st.integers(0, 99)),
        publisher=draw(st.none() | _WORDS),
        article=address,
        text=draw(st.none() | _WORDS),
        place=draw(st.none() | _WORDS),
        place_country=draw(st.sampled_from([None, "NOR", "Norway", "NO", "Ruritania"])),
        latitude=spot[0] if spot else None,
        longitude=spot[1] if spot else None,
    )


_LISTS = st.lists(_events(), min_size=1, max_size=6, unique_by=lambda one: one.id.replace("_", "-"))
_TRIP = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def trip(folder: Path, name: str, events: Sequence[Imported]) -> tuple[ExportReport, list[Imported]]:
    """Out in a format, and in again."""
    with (folder / "events.tab").open("wb") as stream:
        report = EXPORTS[name](events, Imported, stream, nothing_known)
    store = Store.create(folder / "observatory")
    if not report.written:
        return report, []
    taken = take_in(store, folder / "events.tab", name)
    assert taken.refused == ()
    return report, store.ask(lambda at: list(imported(at, origin=name)))


def code_of(one: Imported) -> str | None:
    return one.cameo or cameo_of(str(one.type), one.mode, one.contexts)


def sided(one: Imported) -> bool:
    return bool(one.source or one.source_country or one.target or one.target_country)


def read_by_code(one: Imported) -> Imported:
    """The event as its CAMEO code tells it, which may say less of the deed."""
    code = str(code_of(one))
    entry = cameo_entry(code)
    if entry is None:
        return replace(one, cameo=code, contexts=())
    score = intensity(entry.type, entry.mode)
    return replace(one, cameo=code, mode=entry.mode, contexts=entry.contexts, intensity=score)


def by_day(events: Sequence[Imported]) -> list[Imported]:
    return sorted((replace(one, cells=()) for one in events), key=lambda one: (one.day, one.id))


@_TRIP
@given(_LISTS)
def test_icews_gives_back_what_its_columns_hold(tmp_path_factory: Any, events: list[Imported]) -> None:
    report, found = trip(tmp_path_factory.mktemp("trip"), "icews", events)
    carried = [one for one in events if code_of(one) and sided(one)]
    assert (report.written, report.left_out) == (len(carried), len(events) - len(carried))
    table = countries()
    expected = [
        replace(
            read_by_code(one),
            origin="icews",
            score=one.intensity,
            article=None,
            place_country="Norway" if one.place_country == "NOR" else one.place_country,
        )
        for one in carried
    ]
    assert all(table.by_code(one.source_country) for one in found if one.source_country)
    assert by_day(found) == by_day(expected)


@_TRIP
@given(_LISTS, st.sampled_from(["gdelt1", "gdelt2"]))
def test_gdelt_gives_back_what_its_columns_hold(tmp_path_factory: Any, events: list[Imported], name: str) -> None:
    report, found = trip(tmp_path_factory.mktemp("trip"), name, events)
    carried = [one for one in events if code_of(one) and sided(one)]
    assert (report.written, report.left_out) == (len(carried), len(events) - len(carried))
    expected = []
    for one in carried:
        address = one.article or one.story
        expected.append(
            replace(
                read_by_code(one),
                origin=name,
                id="",
                score=one.intensity,
                story=address,
                article=address,
                publisher="fjord-post.example" if (address or "").startswith("https://www.fjord") else None,
                sentence=None,
                text=None,
                place_country=one.place_country if one.place_country == "NO" else None,
            )
        )
    numbers = {one.id for one in events if one.id.isascii() and one.id.isdigit()}
    assert numbers & {one.id for one in carried} <= {one.id for one in found}
    assert len({one.id for one in found}) == len(carried)
    bare = [replace(one, id="", cells=()) for one in found]
    assert sorted(map(repr, bare)) == sorted(map(repr, expected))


@_TRIP
@given(_LISTS)
def test_polecat_gives_back_what_its_columns_hold(tmp_path_factory: Any, events: list[Imported]) -> None:
    report, found = trip(tmp_path_factory.mktemp("trip"), "polecat", events)
    carried = [one for one in events if one.type and sided(one)]
    assert (report.written, report.left_out) == (len(carried), len(events) - len(carried))
    expected = []
    for one in carried:
        kept = one.story if one.story and "_" not in one.story else None
        id_ = one.id.replace("_", "-") if kept is None else f"{kept}_{one.id}"
        if kept and one.id.startswith(f"{kept}_"):
            id_ = one.id
        expected.append(
            replace(
                one,
                origin="polecat",
                id=id_,
                story=kept,
                intensity=intensity(str(one.type), one.mode),
                score=one.intensity,
                cameo=None,
                sentence=None,
                article=None,
                text=None,
                place_country="NOR" if one.place_country == "Norway" else one.place_country,
            )
        )
    assert by_day(found) == by_day(expected)


def test_a_code_says_no_more_than_the_deed() -> None:
    for type_, mode in _DEEDS:
        for contexts in ((), ("economic",), ("military", "legal"), CONTEXTS):
            code = cameo_of(type_, mode, contexts)
            assert code is None or agrees(code, type_, mode)


@pytest.mark.parametrize(
    ("deed", "contexts", "code"),
    [
        (("CONSULT", "phone"), (), "041"),
        (("CONSULT", "visit"), (), "040"),  # a visit made or received: CAMEO has a code for either
        (("RETREAT", "ceasefire"), (), "0871"),
        (("AID", None), (), "070"),
        (("AID", None), ("economic",), "071"),
        (("AID", None), ("economic", "military"), "070"),
        (("PROTEST", "riot"), (), "145"),
        (("ASSAULT", None), (), None),
        (("ASSAULT", None), ("military",), "190"),
        (("RETREAT", None), (), None),
        (("CONSULT", "multilateral"), (), "040"),
    ],
)
def test_codes_by_the_crosswalk_backwards(
    deed: tuple[str, str | None], contexts: tuple[str, ...], code: str | None
) -> None:
    assert cameo_of(*deed, contexts) == code


def test_whether_a_code_says_the_mode() -> None:
    assert says_mode("041", "phone")
    assert not says_mode("040", "visit")


@pytest.mark.parametrize("name", ["icews", "gdelt1", "gdelt2", "polecat"])
def test_a_row_goes_out_as_it_came(store: Store, tmp_path: Path, name: str) -> None:
    form = FORMATS[name]
    cells = {
        "Event ID": "77_1",
        "Event Date": "2016-03-04",
        "CAMEO Code": "043",
        "Intensity": "2.80",
        "Source Country": "Norway",
        "Target Country": "Finland",
        "Event Type": "consult",
        "Event Mode": "Visit",
        "Actor Country": "NOR;SWE",
        "Recipient Country": "Finland",
        "GLOBALEVENTID": "77",
        "SQLDATE": "20160304",
        "EventCode": "043",
        "Actor1CountryCode": "NOR",
    }
    empty = {"icews": "NA", "polecat": "None"}.get(name, "")
    row = "\t".join(cells.get(column, empty) for column in form.columns)
    lines = (["\t".join(form.columns)] if form.header else []) + [row]
    (tmp_path / "events.tab").write_text("\n".join(lines) + "\n", "utf8")
    take_in(store, tmp_path / "events.tab", name)
    stream = io.BytesIO()
    report = Observatory.open(store.folder).export(stream, format=name, origin=name)
    assert stream.getvalue().decode().splitlines() == lines
    assert (report.written, report.left_out, report.lost) == (2 if name == "polecat" else 1, 0, ())


@pytest.mark.parametrize("name", ["icews", "gdelt1", "gdelt2", "polecat"])
def test_a_cell_breaks_no_row(tmp_path: Path, name: str) -> None:
    torn = "first\tsecond\r\nthird"
    one = Imported(
        origin="elsewhere", id="9", day=date(2016, 3, 4), cells=(), type="AID", intensity=10.0, source=torn, target=torn,
        source_country="NOR", target_country="FIN", publisher=torn, text=torn, place=torn, place_country=torn,
    )  # fmt: skip
    report, (found,) = trip(tmp_path, name, [one, replace(one, id="10", type=None, cameo=None, intensity=3.0)])
    assert (found.source, found.target, found.place) == ("first second third",) * 3
    assert (report.written, report.left_out) == (1, 1)
    assert report.why[0].what.startswith("without a ")


@pytest.fixture
def readings(store: Store, make: Any) -> Observatory:
    """One article: a deed done by two with a town, one asked for, one planned, one announced, one denied, one of history."""
    reading = make("a")
    (praised,) = reading.events
    town = Place(start=0, end=4, text="Oslo", name="Oslo", kind="city", country="NOR", latitude=59.9, longitude=10.7)
    actors = (
        *reading.actors,
        Actor(id="FIN", name="Finland", kind="country", country="FIN", sectors=("GOV",)),
        Actor(id="league", name="Fjord League", kind="organization", sectors=("IGO",)),
    )
    events = (
        replace(praised, sources=("NOR", "moen-a", "league"), place=0, date=When(start="2021-03-01", end="2021-03-01", text="Monday")),
        replace(praised, id="asked", type="REQUEST", mode="meet", plover_type="REQUEST", asked=Asked(type="CONSULT"), intensity=0.0),
        replace(praised, id="planned", type="AID", status="planned", plover_type="AGREE"),
        replace(praised, id="announced", type="SANCTION", mode="expel", status="conditional", plover_type="THREATEN"),
        replace(praised, id="denied", status="denied", plover_type=None),
        replace(praised, id="history", past=True, plover_type="SUPPORT"),
        replace(praised, id="going", status="ongoing", plover_type="SUPPORT", sources=(), source_countries=()),
    )  # fmt: skip
    events = tuple(
        replace(one, plover_type=one.plover_type or "SUPPORT") if one.id == "event-a" else one for one in events
    )
    with store.writer() as writer:
        writer.add([replace(reading, actors=actors, places=(town,), events=events)], coder="c", knowledge="k")
    return Observatory.open(store.folder)


def exported(observatory: Observatory, name: str) -> tuple[ExportReport, list[dict[str, str]]]:
    stream = io.BytesIO()
    report = observatory.export(stream, format=name)
    lines = [line.split("\t") for line in stream.getvalue().decode().splitlines()]
    columns = FORMATS[name].columns
    return report, [dict(zip(columns, line, strict=True)) for line in lines[1 if FORMATS[name].header else 0 :]]


def losses(report: ExportReport) -> tuple[dict[str, int], dict[str, int]]:
    return {one.what: one.events for one in report.why}, {one.what: one.events for one in report.lost}


def test_ones_own_events_in_icews(readings: Observatory) -> None:
    report, rows = exported(readings, "icews")
    why, lost = losses(report)
    assert (report.written, report.left_out) == (3, 4)
    assert why == {"planned": 1, "conditional": 1, "denied": 1, "history told in passing": 1}
    assert lost == {
        "the article's address or id": 3,
        "that its day is that of publication": 2,
        "the mode": 1,
        "what was asked for": 1,
        "that it still went on": 1,
        "further actors of one country": 1,
    }
    done = [row for row in rows if row["Event ID"].startswith("event-a")]
    sides = [(row["Source Name"], row["Source Country"], row["Target Name"], row["Target Country"]) for row in done]
    assert sides == [("Norway", "Norway", "Finland", "Finland"), ("Fjord League", "NA", "Finland", "Finland")]
    assert [row["Event ID"] for row in done] == ["event-a/NOR-FIN", "event-a/Fjord League-FIN"]
    first = done[0]
    assert (first["Event Date"], first["CAMEO Code"], first["Intensity"]) == ("2021-03-01", "050", "5.0")
    assert (first["City"], first["Country"], first["Latitude"], first["Publisher"]) == (
        "Oslo",
        "Norway",
        "59.9",
        "Fjord Post",
    )
    assert (first["Event Text"], first["Sentence Number"]) == ("Norway praised Finland in note a.", "1")
    assert [row["Source Name"] for row in rows if row["Event ID"] == "going"] == ["NA"]


def test_ones_own_events_in_gdelt(readings: Observatory) -> None:
    report, rows = exported(readings, "gdelt2")
    assert report.written == 3
    first = next(row for row in rows if row["Actor1CountryCode"] == "NOR" and row["SQLDATE"] == "20210301")
    assert (first["MonthYear"], first["Year"], first["FractionDate"]) == ("202103", "2021", "2021.1671")
    assert (first["EventCode"], first["EventRootCode"], first["QuadClass"]) == ("050", "05", "1")
    assert (first["Actor2Code"], first["Actor2Type1Code"], first["NumArticles"]) == ("FINGOV", "GOV", "1")
    assert (first["ActionGeo_FullName"], first["DATEADDED"]) == ("Oslo", "20210304000000")
    assert losses(report)[1]["its id (a number stands for it)"] == 3
    assert exported(readings, "gdelt1")[1][0]["DATEADDED"] == "20210304"


def test_ones_own_events_in_polecat_stand_as_the_code_book_has_them(readings: Observatory) -> None:
    report, rows = exported(readings, "polecat")
    assert losses(report)[0] == {"denied": 1, "history told in passing": 1}
    told = {row["Event ID"].partition("_")[2]: (row["Event Type"], row["Event Mode"]) for row in rows}
    assert told == {
        "event-a": ("SUPPORT", "None"),
        "asked": ("REQUEST", "meet"),
        "planned": ("AGREE", "None"),
        "announced": ("THREATEN", "None"),
        "going": ("SUPPORT", "None"),
    }
    assert losses(report)[1]["that it was only announced"] == 2
    scores = {row["Event ID"].partition("_")[2]: row["Intensity"] for row in rows}
    assert (scores["planned"], scores["announced"], scores["event-a"]) == ("2.5", "-3.5", "5.0")
    first = next(row for row in rows if row["Event ID"].endswith("event-a"))
    assert (first["Actor Name"], first["Actor Country"]) == ("Norway; Fjord League", "NOR")
    assert (first["Recipient Name"], first["Primary Recipient Sector"], first["City"]) == ("Finland", "GOV", "Oslo")
    assert (first["Quad Code"], first["Publication Date"]) == ("VERBAL COOPERATION", "2021-03-04")
