"""What people say of events is kept, and honoured by whatever is computed next."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from detente.cli.examples import examples
from detente.errors import UnknownNameError, UsageError
from detente.observatory import Observatory
from detente.records import EventVerdict
from detente.store import verdicts

if TYPE_CHECKING:
    from detente.reading.reader import Reader

SAID = EventVerdict(
    article="a",
    event="e",
    verdict="wrong",
    who="Ana Reader",
    why="The sides are swapped.",
    when="2026-01-01T00:00:00+00:00",
)


@pytest.fixture
def aegean(reader: Reader, tmp_path: Path) -> Observatory:
    observatory = Observatory.create(tmp_path / "observatory")
    with examples() as articles:
        observatory.add([articles], reader=reader)
    return observatory


def test_the_journal_keeps_every_line(tmp_path: Path) -> None:
    for event in ("e1", "e2", "e1"):
        verdicts.note(tmp_path, EventVerdict(**{**_fields(SAID), "event": event}))
    assert [one.event for one in verdicts.journal(tmp_path)] == ["e1", "e2", "e1"]


def test_a_line_that_was_cut_short_is_none_and_hides_none(tmp_path: Path) -> None:
    verdicts.note(tmp_path, SAID)
    path = tmp_path / verdicts.NAME
    path.write_bytes(path.read_bytes() + b'{"article": "b", "event"')
    assert verdicts.journal(tmp_path) == (SAID,)
    verdicts.note(tmp_path, SAID)
    assert verdicts.journal(tmp_path) == (SAID, SAID)


def test_the_last_verdict_stands(tmp_path: Path) -> None:
    withdrawn = EventVerdict(**{**_fields(SAID), "verdict": "withdrawn"})
    assert verdicts.standing((SAID, withdrawn)) == {}
    assert verdicts.standing((SAID, withdrawn, SAID)) == {("a", "e"): SAID}


@pytest.mark.model
def test_an_event_that_is_wrong_counts_in_nothing(aegean: Observatory) -> None:
    before = aegean.relations("GRC", "TUR", by="quarter")
    wrong = before.evidence[0]
    aegean.judge(wrong.event, who="Ana Reader", why="Nobody met.")
    after = aegean.relations("GRC", "TUR", by="quarter")
    assert wrong.event not in {one.event for one in after.evidence}
    assert sum(level.events for level in after.series) == sum(level.events for level in before.series) - 1
    assert wrong.event not in {stored.event.id for stored in aegean.events()}
    (shown,) = (stored for stored in aegean.events(rejected=True) if stored.event.id == wrong.event)
    assert shown.verdict is not None
    assert shown.verdict.why == "Nobody met."
    aegean.judge(wrong.event, who="Ana Reader", why="They did.", verdict="withdrawn")
    assert aegean.relations("GRC", "TUR", by="quarter") == before


@pytest.mark.model
def test_exports_carry_it(aegean: Observatory) -> None:
    wrong = next(stored for stored in aegean.events(status="occurred") if stored.event.source_countries)
    number = sum(1 for _ in aegean.events())
    aegean.judge(wrong.event.id, who="Ana Reader", why="No.")
    lines, table, plain = io.BytesIO(), io.BytesIO(), io.BytesIO()
    assert aegean.export(lines, format="jsonl").written == number
    told = {row["event"]["id"]: row["verdict"] for row in map(json.loads, lines.getvalue().splitlines())}
    assert told.pop(wrong.event.id)["who"] == "Ana Reader"
    assert set(told.values()) == {None}
    aegean.export(table, format="parquet")
    kept = pq.read_table(table)
    assert sum(verdict is not None for verdict in kept["verdict"].to_pylist()) == 1
    aegean.export(plain, format="csv")
    assert wrong.event.id.encode() not in plain.getvalue()


@pytest.mark.model
def test_wrong_verdicts_are_refused(aegean: Observatory) -> None:
    event = next(aegean.events()).event.id
    with pytest.raises(UnknownNameError, match="no event"):
        aegean.judge("nothing", who="A", why="B")
    with pytest.raises(UsageError, match="who"):
        aegean.judge(event, who=" ", why="B")
    with pytest.raises(UsageError, match="why as Unicode text"):
        aegean.judge(event, who="A", why="caf\udce9")
    with pytest.raises(UsageError, match="nothing to withdraw"):
        aegean.judge(event, who="A", why="B", verdict="withdrawn")
    assert aegean.verdicts() == ()


@pytest.mark.model
def test_a_removed_article_takes_its_verdicts_along(aegean: Observatory) -> None:
    one = next(aegean.events())
    other = next(stored for stored in aegean.events() if stored.article != one.article)
    for stored in (one, other):
        aegean.judge(stored.event.id, who="Ana Reader", why="No.")
    aegean.remove(one.article)
    assert [verdict.article for verdict in aegean.verdicts()] == [other.article]
    assert one.article not in (aegean.path / verdicts.NAME).read_text()


def _fields(one: EventVerdict) -> dict[str, str]:
    return {name: getattr(one, name) for name in EventVerdict.__dataclass_fields__}
