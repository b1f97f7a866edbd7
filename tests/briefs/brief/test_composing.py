"""The page made from facts: what the finding says, where a deed is listed, how numbers and cuts are worded."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.briefs.chart import chart
from detente.briefs.composing import laid_out
from detente.briefs.facts import Brief, Course, Coverage, Deed, Point, Share, Stand, Turn
from detente.briefs.figure import Box, Dot, Label, Rule, drawn
from detente.briefs.lengths import STEPS, WHOLE, Lengths
from detente.briefs.page import Page
from detente.briefs.records import Ahead, Cited, Concern, Issue, Pledge, Said
from detente.briefs.svg import svg
from detente.briefs.wording import days, flat, percent, rate, score, shortened, signed

NOW = Stand(period="2023-07", balance=1.25, low50=0.5, high50=2.0, low90=-1.0, high90=3.5)


def _course(**more: object) -> Course:
    points = tuple(Point(period=f"2023-0{n}", balance=float(n - 4), low50=n - 4.5, high50=n - 3.5, low90=n - 6.0,
                         high90=n - 2.0, friction=2.0, exchange=3.0, events=2) for n in range(1, 8))  # fmt: skip
    return Course(**{"by": "month", "as_of": "2023-07-11", "points": points, "now": NOW, **more})  # type: ignore[arg-type]


def _brief(**more: object) -> Brief:
    given = {"a": "USA", "b": "IRQ", "since": None, "origin": "own", "course": _course(), "coverage": Coverage()}
    return Brief(**{**given, **more})  # type: ignore[arg-type]


def _words(number: int, sentence: str = "") -> Cited:
    return Cited(
        sentence=sentence or f"Sentence {number}.", article=f"a{number}", source="Wire", published="2023-05-05"
    )


def _deed(number: int, period: str = "2023-05", intensity: float = 2.5, contribution: float | None = 0.1) -> Deed:
    return Deed(
        event=f"e{number}", period=period, date=f"{period}-09", end=f"{period}-09", dated_by="text", doers=("USA",), others=("IRQ",), type="CONSULT",
        mode=None, status="occurred", intensity=intensity, contribution=contribution, clause="", words=_words(number),
    )  # fmt: skip


def _said(number: int, **more: object) -> Said:
    given = {"id": f"q{number}", "text": f"Words {number}", "kind": "direct", "speaker": "Ann Hall", "role": None,
             "country": "USA", "about": ("IRQ",), "words": _words(number)}  # fmt: skip
    return Said(**{**given, **more})  # type: ignore[arg-type]


def _lines(page: Page, section: str) -> dict[str, list[str]]:
    """The lines of a section by group, as text, with what is left out as a last line."""
    found = {}
    for one in (section_ for section_ in page.sections if section_.heading == section):
        for group in one.groups:
            lines = ["".join(run.text for run in line.runs) for line in group.lines]
            found[group.heading] = lines + ([f"{group.left_out} more"] if group.left_out else [])
    return found


@pytest.mark.parametrize(
    ("course", "title", "said"),
    [
        (_course(direction="upswing", probability=0.934, why="4 independent origins bear it"), "on the upswing",
         "Relations between the United States and Iraq are on the upswing: over the 6 months to 2023-07-11 the level rose by more "
         "than 0.5 with a probability of 93% (4 independent origins bear it); the level stands at +1.2 in 2023-07"),
        (_course(direction="downswing", probability=0.9999), "on the downswing",
         "the level fell by more than 0.5 with a probability of more than 99%"),
        (_course(direction="steady", probability=0.91), "steady", "are steady: over the 6 months to 2023-07-11 the level moved by no more than"),
        (_course(direction="volatile", probability=0.95), "volatile", "the level both rose and fell by more than 0.5 with a probability of 95%"),
        (_course(why="no story tells"), "too little evidence of a direction",
         "There is too little evidence to say where relations between the United States and Iraq went in the 6 months to 2023-07-11 "
         "(no story tells); the level stands at"),
        (_course(now=None, points=()), "nothing to tell", "Nothing can be said of relations between the United States and Iraq"),
    ],
)  # fmt: skip
def test_the_finding_is_one_sentence(course: Course, title: str, said: str) -> None:
    page = laid_out(_brief(course=course))
    assert page.title == f"United States and Iraq: {title}"
    assert said in page.finding
    assert page.finding.endswith(".")


def test_a_level_that_was_carried_on_says_from_where() -> None:
    points = (*_course().points[:5], Point(period="2023-06"), Point(period="2023-07"))
    page = laid_out(_brief(course=_course(points=points)))
    assert (
        "+1.2 in 2023-07, carried on from 2023-05, the last month with a deed (90% interval −1.0 to +3.5"
        in page.finding
    )


def test_deeds_stand_at_their_turn_else_on_their_side_and_nowhere_twice() -> None:
    turn = Turn(period="2023-05", direction="up", support=0.83, live=True)
    deeds = (_deed(1, "2023-05", 10.0, 0.4), _deed(2, "2023-06", 4.0, 0.3), _deed(3, "2023-05", -7.0, -0.2), _deed(4, "2023-02", 9.0, 0.1),
             _deed(5, "2023-07", 1.0, -0.5), _deed(6, "2023-03", 1.0, 0.0))  # fmt: skip
    page = laid_out(_brief(course=_course(turns=(turn,)), deeds=deeds))
    found = {
        heading: [line.split("Sentence ")[1] for line in lines]
        for heading, lines in _lines(page, "What moved it").items()
    }
    assert found == {
        "Turn up in 2023-05 (found again in 83% of samples; it may still pass)": ["1.", "2."],
        "What holds the level up now": ["4."],
        "What weighs it down now": ["3.", "5."],
    }
    lead = [run.text for section in page.sections for line in section.lead for run in line.runs]
    assert "1 deed does nothing to the level now." in lead
    assert "No turn of the series was found." not in lead


def test_a_deed_on_which_the_level_rests_alone_says_so() -> None:
    page = laid_out(_brief(deeds=(_deed(1, contribution=None),)))
    assert _lines(page, "What moved it") == {
        "The level rests on this alone": ["2023-05-09 United States → Iraq CONSULT (intensity +2.5) Sentence 1."]
    }


def test_one_sentence_has_one_number_and_is_quoted_once() -> None:
    twice = replace(_deed(2), words=_words(1), type="AID")
    page = laid_out(_brief(deeds=(_deed(1), twice, replace(_deed(3), words=replace(_words(1), sentence="Another.")))))
    cites = [line.cites for section in page.sections for group in section.groups for line in group.lines]
    assert cites == [(1,), (1,), (2,)]
    assert [
        line.endswith(" ") or "Sentence" in line
        for line in _lines(page, "What moved it")["What holds the level up now"]
    ] == [True, False, False]
    assert [(source.number, source.same_as, source.sentence) for source in page.sources] == [(1, None, ""), (2, 1, "")]


def test_reported_speech_is_shown_as_its_sentence_and_not_where_the_page_has_it() -> None:
    shown = _said(2, kind="indirect", words=_words(1))
    page = laid_out(_brief(deeds=(_deed(1),), said=(_said(1), shown, _said(3, kind="indirect", speaker="Bo Dahl"))))
    assert _lines(page, "Who said what") == {
        "United States on Iraq": ["2023-05-05 Ann Hall: Words 1", "2023-05-05 Bo Dahl, as reported: Sentence 3."]
    }


def test_quotations_that_name_no_third_country_come_first_and_one_of_each_article() -> None:
    said = (_said(1, words=replace(_words(9), published="2023-01-01")), _said(2, about=("IRQ", "IRN"), words=_words(8)),
            _said(3, words=_words(7)), _said(4, words=_words(7)))  # fmt: skip
    lines = _lines(laid_out(_brief(said=said), replace(WHOLE, said=3)), "Who said what")["United States on Iraq"]
    assert [line[-7:] for line in lines] == ["Words 4", "Words 1", "Words 2", "1 more"]


def test_plans_promises_issues_and_concerns_are_told_with_their_proofs() -> None:
    plan = Ahead(event="p1", type="CONSULT", mode="visit", sources=("IRQ",), targets=("USA",), start="2023-08-01", end="2023-08-03",
                 when="next month", outcome="ahead", plan=_words(1))  # fmt: skip
    seen = replace(
        plan, event="p2", start="2023-06-01", end=None, outcome="seen", plan=_words(2), proof=_words(3), seen="e3"
    )
    pledge = Pledge(id="c1", by="Ann Hall", by_country="USA", to=("Iraq",), to_countries=("IRQ",), text="give ten boats", due="2023-06-30",
                    when="in June", state="overdue", words=_words(4))  # fmt: skip
    issue = Issue(
        context="natural_resource",
        events=2,
        planned=1,
        intensity=-2.25,
        latest="2023-05-09",
        proofs=(_words(5),),
        positions=(_said(6),),
    )
    concern = Concern(word="worried", about="the water", said=_said(7))
    page = laid_out(_brief(ahead=(seen, plan), pledges=(pledge,), issues=(issue,), concerns=(concern,)))
    assert _lines(page, "What is ahead") == {
        "Planned": ["2023-08-01 to 2023-08-03 Iraq → United States CONSULT/visit Sentence 1."],
        "Planned for days that are over": [
            "2023-06-01 to 2023-08-03 Iraq → United States CONSULT/visit Sentence 2. seen to occur: Sentence 3."
        ]
        if seen.end
        else ["2023-06-01 Iraq → United States CONSULT/visit Sentence 2. seen to occur: Sentence 3."],
    }
    assert _lines(page, "Promises") == {
        "Overdue": ["2023-05-05 Ann Hall to Iraq (United States), due by 2023-06-30: give ten boats"]
    }
    assert _lines(page, "Agenda") == {
        "": [
            "natural resource: 2 deeds, mean intensity −2.2, 1 planned or asked for, 1 position, latest 2023-05-09; Ann Hall: Words 6"
        ]
    }
    assert _lines(page, "Concerns") == {"United States": ["2023-05-05 Ann Hall, worried about the water: Words 7"]}


def test_plans_without_a_day_say_when_they_were_told_and_old_ones_are_no_news() -> None:
    plan = Ahead(event="p1", type="CONSULT", mode="visit", sources=("IRQ",), targets=("USA",), start=None, end=None,
                 when="", outcome="open", plan=replace(_words(1), published="2023-06-28"))  # fmt: skip
    newer = replace(plan, event="p2", plan=replace(_words(2), published="2023-06-29"))
    old = replace(plan, event="p3", plan=replace(_words(3), published="2023-05-29"))
    brief = _brief(ahead=(old, plan, newer))
    page = laid_out(replace(brief, course=replace(brief.course, as_of="2023-06-30")))
    assert _lines(page, "What is ahead")["Planned"] == [
        f"no day set, told 2023-06-{day} Iraq → United States CONSULT/visit Sentence {number}."
        for day, number in ((29, 2), (28, 1))
    ]


def test_quotations_that_name_the_country_come_before_those_that_only_touch_it() -> None:
    said = (_said(1), replace(_said(2), text="Iraq is a friend, point 2", words=_words(8)))
    lines = _lines(laid_out(_brief(said=said)), "Who said what")["United States on Iraq"]
    assert [line[-7:] for line in lines] == ["point 2", "Words 1"]


def test_what_is_cut_is_counted() -> None:
    deeds = tuple(_deed(n, contribution=1 / (n + 1)) for n in range(20))
    for lengths in STEPS:
        lines = _lines(laid_out(_brief(deeds=deeds), lengths), "What moved it")["What holds the level up now"]
        assert len(lines) == lengths.deeds + 1
        assert lines[-1] == f"{20 - lengths.deeds} more"


def test_each_step_is_barer_than_the_one_before() -> None:
    def total(lengths: Lengths) -> int:
        return sum(getattr(lengths, name) for name in lengths.__slots__)

    assert all(total(one) > total(two) for one, two in pairwise(STEPS))


def test_outlets_beyond_the_largest_are_summed() -> None:
    outlets = tuple(Share(name=f"Post {n}", articles=10 - n) for n in range(8))
    page = laid_out(_brief(coverage=Coverage(articles=60, stories=50, outlets=outlets, failures=2)))
    told = [
        run.text
        for section in page.sections
        if section.heading == "What was read"
        for line in section.lead
        for run in line.runs
    ]
    assert told[1] == (
        "8 outlets: Post 0 (10), Post 1 (9), Post 2 (8), Post 3 (7), Post 4 (6), Post 5 (5), and 2 more with 7 articles; of 8 articles "
        "it is unknown."
    )
    assert told[2] == "2 inputs were not read whole."


@given(
    words=st.lists(st.text("abcé ”", min_size=1, max_size=12), min_size=1, max_size=80),
    longest=st.integers(20, 200),
    at=st.integers(0, 79),
)
def test_a_shortened_sentence_is_a_piece_of_it_with_its_clause(words: list[str], longest: int, at: int) -> None:
    text = flat(" ".join(words))
    clause = flat(words[at % len(words)])
    cut = shortened(text, longest, clause)
    inner = cut.removeprefix("… ").removesuffix(" …")
    assert inner in text
    assert len(cut) <= longest + 4
    assert cut == text or len(text) > longest
    assert clause[:longest].rstrip(" ,;:") in inner


def test_a_word_without_end_is_cut_within() -> None:
    assert shortened("x" * 90, 20) == "x" * 20 + " …"
    assert shortened("y" + "x" * 90, 20, "xx") == "y" + "x" * 19 + " …"


def test_a_whole_month_or_year_is_named_as_such() -> None:
    assert days("2020-02-01", "2020-02-29") == "2020-02"
    assert days("2020-01-01", "2020-12-31") == "2020"
    assert days("2020-01-01", "2020-02-29") == "2020-01-01 to 2020-02-29"
    assert [days("2020-01-01", None), days("2020-01-01", "2020-01-01"), days(None, None)] == [
        "2020-01-01",
        "2020-01-01",
        "",
    ]


def test_numbers_are_worded_as_they_are() -> None:
    assert [signed(value) for value in (1.25, -0.44, -0.04, 0.0)] == ["+1.2", "−0.4", "0.0", "0.0"]
    assert [score(value) for value in (4.0, -3.5, 0.0)] == ["+4", "−3.5", "0"]
    assert [percent(value) for value in (0.934, 0.9951, 1.0, 0.004)] == [
        "93%",
        "more than 99%",
        "more than 99%",
        "less than 1%",
    ]
    assert [rate(value) for value in (0.0, 0.0004, 0.0132, 3.39, 99.7, 1234.5)] == [
        "0",
        "under 0.001",
        "0.013",
        "3.4",
        "100",
        "1,234",
    ]


def test_the_picture_has_a_band_for_each_level_and_breaks_its_line_at_gaps() -> None:
    points = (*_course().points[:2], Point(period="2023-03"), *_course().points[3:])
    turn = Turn(period="2023-05", direction="up", support=0.9, live=False)
    marks = drawn(_course(points=points, turns=(turn,))).marks
    assert sum(isinstance(mark, Box) and mark.kind == "band90" for mark in marks) == 6
    assert sum(isinstance(mark, Rule) and mark.kind == "level" for mark in marks) == 4
    assert [mark.text for mark in marks if isinstance(mark, Label) and mark.kind == "turn"] == ["▲ 2023-05"]


def test_a_level_that_was_carried_on_is_drawn_at_the_end() -> None:
    points = (*_course().points[:6], Point(period="2023-07"))
    marks = drawn(_course(points=points)).marks
    assert [mark.kind for mark in marks if isinstance(mark, Dot) and mark.kind == "now"] == ["now"]
    assert [mark.kind for mark in drawn(_course()).marks if isinstance(mark, Dot) and mark.kind == "now"] == []


@pytest.mark.parametrize("number", [1, 7, 60, 700])
def test_however_long_the_series_its_picture_keeps_its_frame_and_few_names(number: int) -> None:
    points = tuple(
        Point(period=f"{1960 + n // 12}-{n % 12 + 1:02}", balance=(-1) ** n * 9.9, low50=-10.0, high50=10.0, low90=-12.0, high90=12.0,
              friction=n * 1.0, friction_low90=0.0, friction_high90=1e6, exchange=0.0, events=n % 9 + 1)
        for n in range(number)
    )  # fmt: skip
    drawing = drawn(_course(points=points))
    assert "nan" not in svg(drawing)
    for mark in drawing.marks:
        if isinstance(mark, Dot):
            assert 0 <= mark.x <= drawing.width
            assert 0 <= mark.y <= drawing.height
    below = [mark for mark in drawing.marks if isinstance(mark, Label) and mark.anchor == "middle"]
    assert 1 <= len(below) <= 9
    assert all(two.x - one.x > 40 for one, two in pairwise(below))


def test_the_drawing_in_characters_shows_bands_turns_and_gaps() -> None:
    points = (Point(period="2023-01", balance=2.0, low50=1.0, high50=3.0, low90=0.0, high90=5.0, events=3),
              *(Point(period=f"2023-0{n}") for n in range(2, 6)), Point(period="2023-06", balance=-10.0, low90=-14.0, high90=-4.0, events=1200))  # fmt: skip
    lines = chart(_course(points=points, turns=(Turn(period="2023-06", direction="down", support=0.8, live=False),)))
    assert lines == [
        "                −10                 0                 +10   deeds",
        "2023-01   +2.0                      ──━━●━━────                3",
        "…                                   ┊                      none in 4",
        "2023-06  −10.0  ●────────────       ┊                      1,200 ▼",
    ]
