"""The board, and the series behind it: of all pairs at once the same as of one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from detente import Observatory
from detente.errors import UsageError
from detente.ontology import TYPES, intensity
from detente.records import Article, Event, Evidence, Reading, When

COUNTRIES = ("NOR", "FIN", "SWE", "DNK", "ISL")
FIRST = date(2019, 1, 1)


class Chance:
    """A reader that reads whatever it likes into an article: all that the rules of counting tell apart."""

    coder = "chance-1"
    knowledge = "none"

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        return (Reading(article=article, events=tuple(self._events(article))) for article in articles)

    def _events(self, article: Article) -> Iterator[Event]:
        chance = np.random.default_rng(int(article.id[1:]))
        for number in range(chance.integers(0, 6)):
            field = "title" if chance.random() < 0.25 else "text"
            at = int(chance.integers(0, 4))
            words = Evidence(start=at, end=at + 1, text=str(getattr(article, field))[at], field=field)
            sides = [tuple(map(str, chance.choice(COUNTRIES, chance.integers(1, 3), replace=False))) for _ in "st"]
            published = date.fromisoformat(str(article.published))
            day = published - timedelta(days=int(chance.integers(-2, 60)))
            yield Event(
                id=f"{article.id}-{number}",
                type=str(chance.choice([*list(TYPES)[:5], "ASSAULT", "AID"])),
                span=words,
                trigger=words,
                evidence=(words,),
                rule="chance",
                coder=self.coder,
                knowledge=self.knowledge,
                intensity=float(chance.integers(-20, 21)) / 2,
                status=str(chance.choice(["occurred", "occurred", "occurred", "ongoing", "planned"])),
                source_countries=sides[0],
                target_countries=sides[1],
                date=When(start=day.isoformat(), end=day.isoformat(), text="then") if chance.random() < 0.5 else None,
            )


def article(number: int) -> Article:
    """Some copy the one before."""
    chance = np.random.default_rng(number // 3)
    words = " ".join(f"w{n}" for n in chance.integers(0, 400, 120))
    day = FIRST + timedelta(days=int(np.random.default_rng(number).integers(0, 700)))
    return Article(id=f"a{number}", title=f"Title {number}", text=words, published=day.isoformat(), source="Fjord Post")


@pytest.fixture(scope="module")
def norden(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    found = Observatory.create(tmp_path_factory.mktemp("board") / "norden")
    found.add([article(number) for number in range(240)], reader=Chance())
    return found


def ledger(tmp_path: Path, rows: int = 900) -> Observatory:
    """Imported events of some pairs, in stories of two."""
    chance = np.random.default_rng(11)
    lines = ["id,date,source,target,type,article"]
    for number in range(rows):
        a, b = chance.choice(COUNTRIES, 2, replace=False)
        day = FIRST + timedelta(days=int(chance.integers(0, 700)))
        kind = chance.choice(["AID", "ASSAULT", "CONSULT", "ACCUSE", "AGREE"])
        lines.append(f"{number},{day},{a},{b},{kind},s{number // 2}")
    (tmp_path / "rows.csv").write_text("\n".join(lines), "utf8")
    found = Observatory.create(tmp_path / "ledger")
    assert found.import_events(tmp_path / "rows.csv").added == rows
    return found


PAIRS = [(a, b) for a in COUNTRIES for b in COUNTRIES if a < b]


@pytest.mark.parametrize("by", ["week", "month", "quarter"])
def test_all_pairs_at_once_are_as_one_after_another(norden: Observatory, by: str) -> None:
    filled = 0
    for a, b in PAIRS:
        page, one = norden.page(a, b, by=by), norden.relations(a, b, by=by)
        assert page.series == one.series
        assert (page.now, page.pool, page.as_of) == (one.now, one.pool, one.as_of)
        filled += sum(1 for level in page.series if level.events)
    report = norden.measure(by=by)
    assert (report.fresh, report.filled, report.dyads) == (False, filled, len(PAIRS))


def test_one_way_and_as_of(norden: Observatory) -> None:
    for asked in ({"directed": True}, {"as_of": "2019-11"}):
        page, one = norden.page("SWE", "DNK", **asked), norden.relations("SWE", "DNK", **asked)  # type: ignore[arg-type]
        assert page.series == one.series
        assert page.now == one.now


def test_imports(tmp_path: Path) -> None:
    found = ledger(tmp_path)
    for a, b in PAIRS:
        page, one = found.page(a, b, origin="csv"), found.relations(a, b, origin="csv")
        assert page.series == one.series
        assert page.now == one.now
    assert len(page.events) == sum(level.events for level in page.series) > 20
    few = found.page("NOR", "FIN", origin="csv", since="2020-02", until="2020-03", limit=3)
    assert few.more
    assert [str(event.published)[:7] for event in few.events] == ["2020-02", "2020-02", "2020-03"]


def test_what_nothing_is_known_of(norden: Observatory) -> None:
    page = norden.page("Peru", "Chile")
    assert (page.series, page.now, page.events) == ((), None, ())
    with pytest.raises(UsageError, match="two countries"):
        norden.page("Peru", "PER")
    with pytest.raises(UsageError, match="week, month, quarter"):
        norden.board(by="day")


def test_the_board_ranks_by_change_and_keeps_to_the_full_rule(norden: Observatory) -> None:
    board = norden.board(limit=50)
    changes = [abs(row.change) for row in board.rows]
    assert len(changes) == board.ranked == len(PAIRS)
    assert changes == sorted(changes, reverse=True)
    for row in board.rows:
        one = norden.relations(row.a, row.b)
        assert (row.direction, row.probability, row.why) == (one.direction, one.probability, one.why)
        assert row.now == one.now
        window = one.series[-6:]
        assert (row.now.period, row.then.period) == (window[-1].period, one.series[-7].period)
        assert row.events == sum(level.events for level in window)
        if row.reason is not None:
            assert row.reason in one.evidence
            assert (row.reason.contribution or 0) * row.change > 0
    assert [row.a + row.b for row in norden.board(limit=2).rows] == [row.a + row.b for row in board.rows[:2]]
    assert norden.board(min_events=10_000).rows == ()


def moved(tmp_path: Path) -> Observatory:
    """Norway and Finland fall out at the end; Sweden and Denmark go on as before."""
    lines = ["date,source,target,type,article"]
    for month in range(24):
        day = date(2019 + month // 12, 1 + month % 12, 11)
        for number in range(6):
            fallen = month >= 19 and number
            lines.append(f"{day},NOR,FIN,{'ASSAULT' if fallen else 'AGREE'},n{month}-{number}")
            lines.append(f"{day},SWE,DNK,AGREE,s{month}-{number}")
    (tmp_path / "rows.csv").write_text("\n".join(lines), "utf8")
    found = Observatory.create(tmp_path / "moved")
    found.import_events(tmp_path / "rows.csv")
    return found


def test_who_fell_out_comes_first_with_the_reason(tmp_path: Path) -> None:
    first, second = moved(tmp_path).board(origin="csv").rows
    assert (first.a, first.b, first.direction) == ("FIN", "NOR", "downswing")
    assert first.change < -5
    assert first.reason is not None
    assert (first.reason.type, first.reason.intensity) == ("ASSAULT", intensity("ASSAULT", None))
    assert (second.a, second.b) == ("DNK", "SWE")
    assert second.direction in ("steady", "too little evidence")


@pytest.mark.parametrize(
    ("by", "days", "window", "then"),
    [("month", 130, "3 months", "2020-02"), ("month", 50, "month", "2020-01"), ("week", 130, "3 months", "2020-W06"),
     ("week", 50, "month", "2020-W04"), ("quarter", 130, "3 months", "2020-Q1")],
)  # fmt: skip
def test_a_young_record_is_compared_with_what_it_reaches_back_to(
    tmp_path: Path, by: str, days: int, window: str, then: str
) -> None:
    lines = ["date,source,target,type,article"]
    for day in range(0, days, 2):
        lines.append(
            f"{date(2020, 1, 1) + timedelta(days=day)},NOR,FIN,{'ASSAULT' if day > days / 2 else 'AGREE'},{day}"
        )
    (tmp_path / "rows.csv").write_text("\n".join(lines), "utf8")
    young = Observatory.create(tmp_path / "young")
    young.import_events(tmp_path / "rows.csv")
    found = young.board(origin="csv", by=by)
    (row,) = found.rows
    assert (found.window, row.then.period) == (window, then)
    assert row.change < 0
    assert row.direction == "too little evidence"
    assert "less than 6 months" in row.why
    assert row.reason is not None
    assert row.reason.type == "ASSAULT"


def test_kept_series_go_with_each_commit(tmp_path: Path) -> None:
    found = Observatory.create(tmp_path / "norden")
    found.add([article(number) for number in range(30)], reader=Chance())
    assert found.measure().fresh
    assert not found.measure().fresh
    assert found.measure(by="week").fresh
    assert not Observatory.open(found.path).measure(by="week").fresh
    before = found.page("NOR", "FIN").series
    found.add([article(number) for number in range(30, 60)], reader=Chance())
    assert not (found.path / "derived").exists()
    assert found.measure().fresh
    assert found.page("NOR", "FIN").series != before
    gone = [article(number).id for number in range(30, 60)]
    found.remove(gone)
    assert not (found.path / "derived").exists()
    assert found.page("NOR", "FIN").series == before


def test_what_is_kept_and_damaged_is_made_anew(tmp_path: Path) -> None:
    found = ledger(tmp_path)
    before = found.page("NOR", "FIN", origin="csv").series
    for path in (found.path / "derived").glob("*/*.parquet"):
        path.write_bytes(b"PAR1 no more")
    assert found.page("NOR", "FIN", origin="csv").series == before


def test_a_folder_that_cannot_be_written_is_measured_each_time(tmp_path: Path) -> None:
    found = ledger(tmp_path)
    (found.path / "derived").write_text("in the way", "utf8")
    assert found.page("NOR", "FIN", origin="csv").series == found.relations("NOR", "FIN", origin="csv").series
    assert found.measure(origin="csv").fresh
    assert found.measure(origin="csv").fresh
