"""One real event, one row: which tellings are joined, which stay apart."""

from __future__ import annotations

from typing import Any

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from detente.reading.events.merge import Telling, merged
from detente.reading.marks import ActorMark, EventMark, Extent, PlaceMark, Register, TimeMark

ACTORS = (
    ActorMark(name="Turkey", kind="country", key="TUR", country="TUR"),  # 0
    ActorMark(name="Turkish army", kind="organization", country="TUR", sectors=("MIL",)),  # 1
    ActorMark(name="Syria", kind="country", key="SYR", country="SYR"),  # 2
    ActorMark(name="villagers", kind="group", country="SYR", sectors=("CVL",)),  # 3
    ActorMark(name="Ana Quispe", kind="person", country="PER", sectors=("GOV",)),  # 4
    ActorMark(name="Rosa Mamani", kind="person", country="PER", sectors=("GOV",)),  # 5
    ActorMark(name="rebels", kind="group", sectors=("REB",)),  # 6
)


@pytest.fixture
def register() -> Register:
    found = Register(Doc(Vocab(), words=["x"]))
    for actor in ACTORS:
        found.add(actor)
    return found


def mark(start: int, sources: tuple[int, ...], targets: tuple[int, ...], **more: Any) -> EventMark:
    values: dict[str, Any] = {
        "type": "ASSAULT", "mode": None, "contexts": (), "cameo": None, "status": "occurred", "past": False,
        "asked": None, "time": None, "place": None, "quote": None, "rule": "verb:attack", "confidence": 0.8,
    }  # fmt: skip
    span = Extent(start, start + 9)
    return EventMark(sources=sources, targets=targets, trigger=span, span=span, evidence=(span,), **(values | more))


def joined(
    register: Register, *marks: EventMark, definite: bool = False, times: tuple[TimeMark, ...] = (),
    places: tuple[PlaceMark, ...] = (),
) -> tuple[EventMark, ...]:  # fmt: skip
    tellings = [Telling(m, False, definite=definite and i > 0) for i, m in enumerate(marks)]
    return merged(tellings, register, times, places)


def test_an_army_may_be_its_country_and_the_fuller_sides_win(register: Register) -> None:
    (event,) = joined(register, mark(0, (0,), (2,)), mark(50, (1,), (3,)))
    assert (event.sources, event.targets) == ((1,), (3,))
    assert len(event.evidence) == 2


def test_one_named_person_is_never_another(register: Register) -> None:
    assert len(joined(register, mark(0, (4,), (0,), type="CONSULT"), mark(50, (5,), (0,), type="CONSULT"))) == 2


@pytest.mark.parametrize(("distance", "events"), [(100, 1), (900, 2)])
def test_a_telling_leaves_a_side_to_its_neighbour_only(register: Register, distance: int, events: int) -> None:
    assert len(joined(register, mark(0, (), (2,)), mark(distance, (0,), (3,)))) == events


def test_the_attack_refers_back_over_a_paragraph(register: Register) -> None:
    (event,) = joined(register, mark(0, (), (2,)), mark(600, (6,), ()), definite=True)
    assert (event.sources, event.targets) == ((6,), (2,))


def test_modes_that_differ_stay_apart(register: Register) -> None:
    first, second = mark(0, (0,), (2,), mode="aerial"), mark(50, (0,), (2,), mode="drone")
    assert len(joined(register, first, second)) == 2


def test_weekdays_without_a_date_of_publication_are_told_apart(register: Register) -> None:
    times = tuple(
        TimeMark(start=0, end=1, type="DATE", value=value, begin=None, finish=None, anchor=None, rule="weekday")
        for value in ("XXXX-WXX-1", "XXXX-WXX-2")
    )
    assert len(joined(register, mark(0, (0,), (2,), time=0), mark(50, (0,), (2,), time=1), times=times)) == 2


def test_nobody_attacks_himself_by_being_joined(register: Register) -> None:
    assert len(joined(register, mark(0, (0,), (3,)), mark(50, (3,), ()))) == 2
