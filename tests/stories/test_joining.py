"""One real event, told by many articles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.stories import Joined, Story, Telling, join

DAY = date(2021, 3, 2)


def story(id: str, *articles: str, agency: str = "") -> Story:
    return Story(id=id, articles=articles, first=DAY, last=DAY, agency=agency)


def told(article: str, words: str = "Norway praised Finland", **fields: Any) -> Telling:
    given = {
        "event": f"{article}:{words}:{fields.get('type')}",
        "type": "SUPPORT",
        "status": "occurred",
        "sources": frozenset({"NOR"}),
        "targets": frozenset({"FIN"}),
    }
    given |= {"headline": False} | fields
    return Telling(article=article, words=(words,), **given)


def tellers(*tellings: Telling, stories: tuple[Story, ...], texts: Mapping[str, str] | None = None) -> list[str]:
    """Of each event the articles that tell it; those set aside in brackets."""
    found = join(tellings, stories, lambda ids: {id: (texts or {}).get(id, "") for id in ids})
    return [f"({names(one)})" if one.aside else names(one) for one in found]


def names(one: Joined) -> str:
    return " ".join(telling.article for telling in one.tellings)


ONE = (story("s", "a", "b"),)
TWO = (story("s", "a"), story("t", "b"))
SEEN = {"first": DAY, "last": DAY, "place": "Oslo", "mode": "visit", "type": "CONSULT"}


def test_the_same_words_in_one_story_are_one_event() -> None:
    assert tellers(told("a"), told("b"), stories=ONE) == ["a b"]


def test_other_words_are_one_event_where_there_is_no_other_choice() -> None:
    assert tellers(told("a"), told("b", "Oslo had kind words"), stories=ONE) == ["a b"]
    twice = [told("a"), told("a", "Norway thanked Finland"), told("b", "Oslo had kind words")]
    assert tellers(*twice, stories=ONE) == ["a", "a", "b"]


def test_two_events_of_one_article_stay_two_and_their_copies_go_to_each() -> None:
    tellings = [
        told(article, words) for article in "ab" for words in ("Norway praised Finland", "Oslo thanked Finland")
    ]
    assert tellers(*tellings, stories=ONE) == ["a b", "a b"]


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "CONSULT"},
        {"status": "planned"},
        {"past": True},
        {"asked": ("AID", None)},
        {"sources": frozenset({"SWE"})},
        {"targets": frozenset({"SWE"})},
        {"sources": frozenset({"FIN"}), "targets": frozenset({"NOR"})},
    ],
)
def test_within_a_story_events_that_differ_stay_apart(fields: dict[str, Any]) -> None:
    assert tellers(told("a"), told("b", "Oslo had kind words", **fields), stories=ONE) == ["a", "b"]


def test_days_that_do_not_meet_keep_events_apart() -> None:
    monday, friday = date(2021, 3, 1), date(2021, 3, 5)
    one, other = told("a", first=monday, last=monday), told("b", "kind words", first=friday, last=friday)
    assert tellers(one, other, stories=ONE) == ["a", "b"]
    assert tellers(one, told("b", "kind words", first=DAY, last=DAY), stories=ONE) == ["a b"]


def test_a_side_that_a_cut_copy_no_longer_names_does_not_part_the_same_words() -> None:
    assert tellers(told("a"), told("b", targets=frozenset()), stories=ONE) == ["a b"]
    assert tellers(told("a"), told("b", "Norway praised", targets=frozenset()), stories=ONE) == ["a", "b"]


def test_a_sentence_that_was_cut_is_known_by_its_beginning() -> None:
    whole, cut = "Norway praised Finland for the aid it sent", "Norway praised Finland for the aid"
    both = [told("a", whole), told("a", "Norway praised Finland again"), told("b", cut)]
    assert tellers(*both, stories=ONE) == ["a b", "a"]


def test_a_headline_tells_what_its_story_tells() -> None:
    heads = [
        told("a", "Norway lauds Finns", headline=True),
        told("b", "Finns lauded", headline=True, sources=frozenset()),
    ]
    assert tellers(heads[0], told("a"), told("b"), heads[1], stories=ONE) == ["a b a b"]
    assert tellers(heads[0], stories=ONE) == ["a"]
    assert tellers(told("b", "Oslo snubs Helsinki", headline=True, type="REJECT"), told("a"), stories=ONE) == [
        "a",
        "(b)",
    ]


def test_a_copy_that_was_read_otherwise_is_set_aside() -> None:
    text = {"a": "On Tuesday, Norway praised Finland."}
    assert tellers(told("b"), stories=ONE, texts=text) == ["(b)"]
    assert tellers(told("b", "Norway praised Sweden"), stories=ONE, texts=text) == ["b"]


def test_between_stories_day_town_and_mode_make_one_event() -> None:
    assert tellers(told("a", "The two met", **SEEN), told("b", "Talks were held", **SEEN), stories=TWO) == ["a b"]


@pytest.mark.parametrize(
    "other",
    [
        {"first": None, "last": None},
        {"first": date(2021, 3, 3), "last": date(2021, 3, 3)},
        {"first": date(2021, 3, 1), "last": date(2021, 3, 31)},
        {"place": None},
        {"place": "Bergen"},
        {"mode": None},
        {"targets": frozenset()},
        {"targets": frozenset({"SWE"})},
        {"status": "planned"},
        {"asked": ("AID", None)},
    ],
)
def test_between_stories_anything_less_keeps_events_apart(other: dict[str, Any]) -> None:
    assert tellers(told("a", **SEEN), told("b", **SEEN | other), stories=TWO) == ["a", "b"]


def test_between_stories_two_candidates_are_none() -> None:
    tellings = [told("a", "They met", **SEEN), told("a", "They met again", **SEEN), told("b", "Talks", **SEEN)]
    assert tellers(*tellings, stories=TWO) == ["a", "a", "b"]


def test_origins_are_stories_and_an_agency_is_one() -> None:
    def origins(*agencies: str) -> tuple[str, ...]:
        stories = tuple(story(f"s{n}", f"a{n}", agency=agency) for n, agency in enumerate(agencies))
        (one,) = join([told(f"a{n}", **SEEN) for n in range(len(agencies))], stories, lambda _: {})
        return one.origins

    assert origins("", "") == ("s0", "s1")
    assert origins("Reuters", "Reuters") == ("Reuters",)
    assert origins("Reuters", "", "AP") == ("Reuters", "s1", "AP")


def test_what_no_story_holds_is_passed_over() -> None:
    assert tellers(told("z"), stories=ONE) == []


POOL = [
    told(article, words, **SEEN)
    for article in ("a", "b", "c", "d")
    for words in ("They met", "Talks", "They met in Oslo")
]
STORIES = (story("s", "a", "b"), story("t", "c"), story("u", "d"))


@given(st.permutations(POOL), st.integers(1, len(POOL)))
@settings(max_examples=60, deadline=None)
def test_every_telling_belongs_to_one_event_and_an_article_tells_it_once(order: list[Telling], count: int) -> None:
    chosen = order[:count]
    found = join(chosen, STORIES, lambda _: {})
    assert sorted(t.event for one in found for t in one.tellings) == sorted(t.event for t in chosen)
    for one in found:
        articles = [telling.article for telling in one.tellings]
        assert len(articles) == len(set(articles))


@given(st.permutations([told(article) for article in "abcd"]))
def test_the_order_of_the_articles_decides_nothing(order: Collection[Telling]) -> None:
    assert join(order, STORIES, lambda _: {}) == join([told(article) for article in "abcd"], STORIES, lambda _: {})
