"""Which events count, in which period; the means and levels worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.records import Event, Evidence, When
from detente.relations import Pool, Relations, relations_of
from detente.relations.periods import days_of, period_of, periods
from detente.relations.rates import Prior

WORDS = Evidence(start=0, end=1, text="x")


@dataclass(frozen=True, kw_only=True)
class Tale:
    """An event as told: the fake of what a store gives."""

    event: Event
    article: str = "art"
    source: str | None = "Fjord Post"
    published: str | None = "2021-03-10"
    sentence: str = "Norway praised Finland."
    origin: str = "text"

    @property
    def outlets(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    @property
    def origins(self) -> tuple[str, ...]:
        return (self.origin,)


def tale(
    intensity: float,
    published: str | None = "2021-03-10",
    *,
    sides: tuple[Any, Any] = ("NOR", "FIN"),
    when: tuple[str, str] | None = None,
    origin: str = "text",
    **fields: Any,
) -> Tale:
    doers, others = ((side,) if isinstance(side, str) else side for side in sides)
    name = f"{intensity}{published}{sides}{when}{sorted(fields.items())}"
    event = Event(
        id=name,
        type=fields.pop("type", "SUPPORT"),
        span=WORDS,
        trigger=fields.pop("trigger", Evidence(start=hash(name), end=hash(name) + 1, text="x")),
        evidence=(WORDS,),
        rule="r",
        coder="c",
        knowledge="k",
        intensity=intensity,
        source_countries=doers,
        target_countries=others,
        date=When(start=when[0], end=when[1], text="then") if when else None,
        **fields,
    )
    return Tale(event=event, published=published, origin=origin, article=f"art-{published}")


def table(relations: Relations) -> list[tuple[str, float | None, int]]:
    return [(level.period, level.mean, level.events) for level in relations.series]


def test_the_mean_over_events_by_month() -> None:
    found = relations_of(
        [
            tale(5.0, "2021-01-04", origin="one"),
            tale(-2.0, "2021-01-30", origin="two"),
            tale(-4.5, "2021-01-31", origin="two"),
            tale(-6.0, "2021-03-01"),
        ],
        "NOR",
        "FIN",
        days_read=[(date(2021, 1, 4), 7), (date(2021, 2, 9), 3), (date(2021, 4, 2), 1)],
    )
    # January: (5 - 2 - 4.5) / 3 = -0.5
    assert table(found) == [("2021-01", -0.5, 3), ("2021-02", None, 0), ("2021-03", -6.0, 1), ("2021-04", None, 0)]
    assert [level.origins for level in found.series] == [2, 0, 1, 0]
    assert [level.articles_read for level in found.series] == [7, 3, 0, 1]
    assert found.as_of == "2021-04-02"
    for level in found.series:
        measured = (level.balance, level.low50, level.high90, level.friction, level.exchange, level.exchange_low90)
        assert all((value is None) == (level.events == 0) for value in measured)


POOL = Pool(
    by="month",
    variance=10.0,
    weight=1e9,  # so that a dyad's own scatter counts for nothing
    drift=2.0,
    clumping=1.0,
    friction=Prior(shape=1.0, rate=0.5),
    exchange=Prior(shape=2.0, rate=1.0),
)


def test_the_level_and_its_bands_by_hand() -> None:
    # Two events of one month: their mean is 5, its variance 10/2 = 5. The level before is N(0, 25): gain 25/30, level
    # 4.1667, variance 4.1667, so that the 90% band is 1.6449 * 2.0412 = 3.3575 wide on either side.
    found = relations_of([tale(4.0), tale(6.0)], "NOR", "FIN", pool=POOL)
    (level,) = found.series
    assert (level.mean, level.balance, level.low90, level.high90) == (5.0, 4.1667, 0.8091, 7.5242)
    assert (level.low50, level.high50) == (2.7899, 5.5435)
    assert found.now is not None
    assert (found.now.balance, found.now.low90, found.now.high90) == (4.1667, 0.8091, 7.5242)


def test_the_level_now_is_carried_on_through_months_without_events() -> None:
    found = relations_of([tale(4.0), tale(6.0)], "NOR", "FIN", pool=POOL, as_of=date(2021, 5, 31))
    assert [level.balance for level in found.series] == [4.1667, None, None]
    # Two months of drift: variance 4.1667 + 2 * 2, and 4.1667 + 0.6745 * 2.8577 = 6.0942.
    assert found.now is not None
    assert (found.now.period, found.now.balance, found.now.high50) == ("2021-05", 4.1667, 6.0942)


def test_contributions_are_the_latest_level_with_minus_without() -> None:
    found = relations_of([tale(4.0), tale(6.0)], "NOR", "FIN", pool=POOL)
    # Without 6: mean 4, variance 10, level 4 * 25/35 = 2.8571; without 4: 6 * 25/35 = 4.2857.
    assert [(e.contribution, e.intensity) for e in found.evidence] == [(1.3095, 6.0), (-0.119, 4.0)]
    alone = relations_of([tale(5.0)], "NOR", "FIN")
    assert [e.contribution for e in alone.evidence] == [None]


def test_rates_by_hand() -> None:
    # Gamma(1, 0.5) and two assaults in 500 stories: (1 + 2) / (0.5 + 0.5) = 3 per 1,000. Gamma(2, 1) and no aid: 2 / 1.5.
    events = [tale(-9.0, type="ASSAULT"), tale(-9.5, type="ASSAULT"), tale(2.5, type="CONSULT")]
    found = relations_of(events, "NOR", "FIN", pool=POOL, days_read=[(date(2021, 3, 11), 500)])
    (level,) = found.series
    assert (level.friction, level.exchange) == (3.0, 1.3333)
    assert level.friction_low90 < level.friction_low50 < 3.0 < level.friction_high50 < level.friction_high90  # type: ignore[operator]


def test_stories_not_articles_are_the_exposure() -> None:
    days, events = [(date(2021, 3, 11), 500)], [tale(-9.0, type="ASSAULT")]
    one = relations_of(events, "NOR", "FIN", pool=POOL, days_read=days)
    copied = relations_of(
        events, "NOR", "FIN", pool=POOL, days_read=[(day, 5 * n) for day, n in days], stories_read=days
    )
    assert one.series[0].friction == copied.series[0].friction
    assert (copied.series[0].articles_read, copied.series[0].stories_read) == (2500, 500)


def test_only_deeds_done_or_under_way_count() -> None:
    passed_over = [tale(-9.0, status=status) for status in ("planned", "conditional", "denied")]
    found = relations_of([*passed_over, tale(-9.0, past=True), tale(4.0)], "NOR", "FIN")
    assert table(found) == [("2021-03", 4.0, 1)]


@pytest.mark.parametrize(
    ("when", "published", "period", "by"),
    [
        (("2021-02-03", "2021-02-03"), "2021-03-10", "2021-02", "text"),
        (("2021-02-01", "2021-02-28"), "2021-03-10", "2021-02", "text"),
        (None, "2021-03-10", "2021-03", "publication"),
        (("2021-01-01", "2021-12-31"), "2021-03-10", "2021-03", "publication"),  # "this year"
        (("2021-02-03", "2021-02-03"), None, "2021-02", "text"),
    ],
)
def test_events_count_on_their_own_day_else_on_that_of_publication(
    when: tuple[str, str] | None, published: str | None, period: str, by: str
) -> None:
    found = relations_of([tale(1.0, published, when=when)], "NOR", "FIN")
    assert [level.period for level in found.series if level.events] == [period]
    assert [e.dated_by for e in found.evidence] == [by]
    assert found.left_out == 0


@pytest.mark.parametrize(("when", "published"), [(("2019-01-01", "2019-12-31"), "2021-03-10"), (None, None)])
def test_an_event_without_a_nameable_period_is_left_out_and_counted(
    when: tuple[str, str] | None, published: str | None
) -> None:
    found = relations_of([tale(1.0, published, when=when)], "NOR", "FIN")
    assert (found.series, found.evidence, found.left_out) == ((), (), 1)


def test_an_ongoing_state_counts_once_a_period_in_which_it_is_reported() -> None:
    state = {"status": "ongoing", "type": "SANCTION", "when": ("2020-06-01", "2020-06-01")}
    days = ("2021-01-04", "2021-01-20", "2021-02-01")
    found = relations_of([tale(-6.0, day, **state) for day in days], "NOR", "FIN")
    assert table(found) == [("2021-01", -6.0, 1), ("2021-02", -6.0, 1)]
    assert {e.dated_by for e in found.evidence} == {"publication"}


def test_a_deed_told_from_either_side_is_one() -> None:
    events = [tale(2.5, trigger=WORDS), tale(2.5, trigger=WORDS, sides=("FIN", "NOR")), tale(-6.0)]
    assert table(relations_of(events, "NOR", "FIN")) == [("2021-03", -1.75, 2)]
    assert table(relations_of(events, "FIN", "NOR", directed=True)) == [("2021-03", 2.5, 1)]


def test_a_headline_adds_nothing_to_what_its_text_tells() -> None:
    headline = Evidence(start=0, end=1, text="x", field="title")
    told = tale(5.0, when=("2021-03-08", "2021-03-08"))
    again, other = tale(5.0, trigger=headline), tale(-2.0, trigger=headline, type="ACCUSE")
    found = relations_of([again, told, other], "NOR", "FIN")
    assert table(found) == [("2021-03", 1.5, 2)]
    assert {e.date for e in found.evidence} == {"2021-03-08", "2021-03-10"}


def test_what_is_dated_after_all_that_was_read_is_left_out() -> None:
    found = relations_of([tale(5.0), tale(4.0, when=("2022-01-01", "2022-01-01"))], "NOR", "FIN")
    assert (table(found), found.as_of, found.left_out) == ([("2021-03", 5.0, 1)], "2021-03-10", 1)


def test_an_event_counts_for_each_dyad_that_its_sides_name() -> None:
    events = [tale(5.0, sides=(("NOR", "SWE"), ("FIN", "EST")))]
    for a, b in (("NOR", "FIN"), ("EST", "SWE"), ("SWE", "FIN")):
        assert table(relations_of(events, a, b)) == [("2021-03", 5.0, 1)]
    for a, b in (("NOR", "SWE"), ("FIN", "EST"), ("NOR", "DNK")):
        assert table(relations_of(events, a, b)) == []


def test_directed_is_only_what_a_does_to_b() -> None:
    events = [tale(5.0), tale(-2.0, sides=("FIN", "NOR"))]
    assert table(relations_of(events, "NOR", "FIN")) == [("2021-03", 1.5, 2)]
    assert table(relations_of(events, "NOR", "FIN", directed=True)) == [("2021-03", 5.0, 1)]
    assert table(relations_of(events, "FIN", "NOR", directed=True)) == [("2021-03", -2.0, 1)]


def test_since_and_as_of_bound_what_is_used() -> None:
    events = [tale(float(month), f"2021-0{month}-15") for month in range(1, 6)]
    found = relations_of(events, "NOR", "FIN", since=date(2021, 2, 1), as_of=date(2021, 3, 31))
    assert table(found) == [("2021-02", 2.0, 1), ("2021-03", 3.0, 1)]
    assert (found.as_of, len(found.evidence)) == ("2021-03-31", 2)


COUNTRIES = st.sampled_from(["NOR", "FIN", "SWE"])
TALES = st.lists(
    st.builds(
        lambda value, day, doers, others: tale(value, day.isoformat(), sides=(tuple(doers), tuple(others))),
        st.floats(min_value=-10, max_value=10),
        st.dates(date(2020, 1, 1), date(2021, 12, 31)),
        st.sets(COUNTRIES),
        st.sets(COUNTRIES),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=40)
@given(TALES, st.sampled_from(["week", "month", "quarter"]))
def test_a_dyad_is_symmetric(tales: list[Tale], by: str) -> None:
    one, two = relations_of(tales, "NOR", "FIN", by=by), relations_of(tales, "FIN", "NOR", by=by)
    assert (one.series, one.evidence) == (two.series, two.evidence)


@settings(deadline=None, max_examples=40)
@given(TALES, st.randoms())
def test_the_order_of_telling_does_not_matter(tales: list[Tale], random: Any) -> None:
    shuffled = random.sample(tales, len(tales))
    assert relations_of(tales, "NOR", "FIN") == relations_of(shuffled, "NOR", "FIN")


@settings(deadline=None, max_examples=40)
@given(TALES)
def test_every_event_is_in_one_period_and_every_mean_within_the_scale(tales: list[Tale]) -> None:
    found = relations_of(tales, "NOR", "FIN")
    assert sum(level.events for level in found.series) == len(found.evidence)
    assert all(-10 <= level.balance <= 10 for level in found.series if level.balance is not None)
    assert all((level.balance is None) == (level.events == 0) for level in found.series)


@pytest.mark.parametrize(
    ("day", "by", "period", "first", "last"),
    [
        ("2021-01-01", "week", "2020-W53", "2020-12-28", "2021-01-03"),
        ("2024-02-29", "month", "2024-02", "2024-02-01", "2024-02-29"),
        ("2021-12-31", "quarter", "2021-Q4", "2021-10-01", "2021-12-31"),
    ],
)
def test_periods_and_their_days(day: str, by: str, period: str, first: str, last: str) -> None:
    assert period_of(date.fromisoformat(day), by) == period
    assert days_of(period) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_run_of_periods_has_no_gap() -> None:
    months = list(periods(date(2020, 11, 30), date(2021, 2, 1), "month"))
    assert months == ["2020-11", "2020-12", "2021-01", "2021-02"]
    assert len(list(periods(date(2020, 1, 1), date(2020, 12, 31), "week"))) == 53


@pytest.mark.parametrize("text", ["2021-13", "yesterday", "2021-W54", "2021-02-30", "", "0000"])
def test_a_wrong_period_is_named(text: str) -> None:
    with pytest.raises(UsageError, match="expected a day or period"):
        days_of(text)


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(UsageError, match="week, month, quarter"):
        relations_of([], "NOR", "FIN", by="decade")
