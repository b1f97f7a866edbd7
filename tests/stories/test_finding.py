"""What is a copy and what is not; and that stories depend on the articles alone."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.records import Article
from detente.stories import Page, Story, body_of, pack, read_sketch, sketch_of, stories_of, unpack

FERRY = (
    "Norway and Estonia signed an accord on ferry safety in Tallinn on Tuesday, three weeks after two ships collided in fog "
    "off the island of Hiiumaa. Transport Minister Kari Moen said that crews would train together from April. Her Estonian "
    "colleague, Mart Tamm, thanked Oslo for sending divers on the night of the accident. Eleven passengers were hurt when the "
    "bow of the freighter Solvind tore into the car deck. Both governments will publish what their investigators found, and "
    "a joint centre in Narva will watch the lanes around the clock. The opposition in Oslo called the accord overdue."
)
GRAIN = (
    "Kenya accused Uganda on Monday of holding back forty lorries of maize at the Busia crossing, and warned that it would "
    "complain to the regional court. Agriculture Minister Peter Otieno said in Nairobi that drivers had slept in their cabins "
    "for nine nights without water. Kampala denied that any lorry had been stopped for more than a day. Its customs service "
    "blamed a broken scanner, which engineers were expected to mend before the weekend. Traders in Kisumu said that the price "
    "of a sack of flour had risen by a third since the end of last month."
)
CALLS = tuple(
    f"The below is attributable to Spokesperson Jonas Lind. Foreign Minister Eva Holm spoke today with {who}. The minister and "
    f"{who} discussed the strong partnership between our two countries, the importance of open sea lanes, and the need for "
    "regional peace. The minister underscored the commitment of the government to work together on climate, health and "
    "trade, and thanked her counterpart for the constructive talks of recent months."
    for who in ("Prime Minister Ana Costa of Portugal", "President Luka Horvat of Croatia")
)


def article(id: str, text: str, published: str | None = "2021-03-02", **fields: str | None) -> Article:
    return Article(id=id, text=text, published=published, **fields)


def first_words(text: str, count: int) -> str:
    return " ".join(text.split()[:count])


def pages(articles: Iterable[Article]) -> Iterator[Page]:
    for one in articles:
        sketch = read_sketch(sketch_of(one))
        assert sketch
        yield Page(article=one.id, day=one.day, published=one.published or "", sketch=sketch)


def found(articles: Iterable[Article]) -> tuple[Story, ...]:
    by_id = {one.id: one for one in articles}
    return stories_of(pages(by_id.values()), lambda ids: {id: body_of(by_id[id]) for id in ids}).stories


def groups(articles: Iterable[Article]) -> set[frozenset[str]]:
    return {frozenset(story.articles) for story in found(articles)}


A, B = "one", "other"
UPDATE = FERRY.replace("Eleven passengers", "Twelve passengers") + " Rescuers ended their search at dusk."


def joined(one: str, other: str, days: int = 0, **fields: str) -> bool:
    later = date(2021, 3, 2) + timedelta(days=days)
    return len(found([article(A, one), article(B, other, later.isoformat(), **fields)])) == 1


@pytest.mark.parametrize("words", [98, 90, 70, 45, 30])
def test_a_trimmed_tail_is_a_copy(words: int) -> None:
    assert joined(FERRY, first_words(FERRY, words))


@pytest.mark.parametrize("days", [0, 1, 6])
def test_a_copy_within_seven_days_is_one(days: int) -> None:
    assert joined(FERRY, FERRY, days)
    assert joined(FERRY, UPDATE, min(days, 0))


def test_the_eighth_day_is_another_story() -> None:
    assert not joined(FERRY, FERRY, 7)


def test_marks_capitals_and_a_dateline_do_not_make_another_text() -> None:
    other = FERRY.replace(", ", " – ").upper()
    assert joined(FERRY, other)
    filed = Article(id=B, text=f"TALLINN (Reuters) - {FERRY}", published="2021-03-03", dateline="TALLINN (Reuters)")
    (story,) = found([article(A, FERRY), filed])
    assert (story.articles, story.agency, story.first, story.last) == (
        (A, B),
        "Reuters",
        date(2021, 3, 2),
        date(2021, 3, 3),
    )


def test_other_news_is_another_story() -> None:
    assert not joined(FERRY, GRAIN)
    assert not joined(*CALLS)  # a ministry's form letter: four fifths of the words are the same


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("At least 53 people are killed in an air strike on the harbour of the capital, medics say.",) * 2 + (3,),
        ("Norway praised Finland. " + first_words(GRAIN, 5),) * 2 + (6,),
    ],
)
def test_short_texts_are_copies_when_their_words_are_the_same(one: str, other: str, days: int) -> None:
    assert joined(one, other, days)


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        (
            "At least 53 people are killed in an air strike on the harbour of the capital, medics say.",
            "At least 70 people are killed in an air strike on the harbour of the capital, medics say.",
            1,
        ),
        (
            "The coast guard fired on a boat off the northern cape and killed its crew.",
            "The coast guard fired on a boat off the northern cape and killed its crew of four smugglers.",
            2,
        ),
        ("Talks failed.", "Talks failed.", 0),
        (FERRY.replace("on Tuesday", "on Friday"), FERRY, 3),
        (FERRY.replace("three weeks", "4 weeks"), FERRY.replace("three weeks", "6 weeks"), 5),
    ],
)
def test_where_it_is_not_certain_stories_stay_apart(one: str, other: str, days: int) -> None:
    assert not joined(one, other, days)


def test_a_short_text_that_begins_another_of_its_day_is_its_trimmed_copy() -> None:
    assert joined(FERRY, first_words(FERRY, 12))
    assert not joined(FERRY, first_words(FERRY, 12), 1)


def test_articles_without_a_day_join_only_each_other() -> None:
    undated = [article("u1", FERRY, None), article("u2", first_words(FERRY, 60), None)]
    assert groups([article(A, FERRY), *undated]) == {frozenset({A}), frozenset({"u1", "u2"})}


def test_a_story_spans_no_more_than_seven_days_however_it_is_chained() -> None:
    daily = [article(f"d{day:02}", FERRY, (date(2021, 3, 1) + timedelta(days=day)).isoformat()) for day in range(20)]
    stories = found(daily)
    assert [len(story.articles) for story in stories] == [7, 7, 6]
    assert all(story.last - story.first <= timedelta(days=6) for story in stories if story.first and story.last)


def test_a_chain_of_changes_ends_two_steps_from_its_first() -> None:
    words = (FERRY + " " + GRAIN).split()
    chain = [article(f"c{n}", " ".join(words[n * 16 : n * 16 + 90])) for n in range(7)]
    stories = found(chain)
    assert len(stories) > 1
    assert all(len(story.articles) <= 5 for story in stories)


def test_an_empty_article_is_a_story_of_its_own() -> None:
    assert groups([article(A, ""), article(B, "")]) == {frozenset({A}), frozenset({B})}
    assert found([]) == ()


def test_the_first_article_is_the_earliest_and_of_its_day_the_longest() -> None:
    (story,) = found(
        [article("late", FERRY, "2021-03-03"), article("cut", first_words(FERRY, 60)), article("whole", FERRY)]
    )
    assert story.articles == ("whole", "cut", "late")


def test_the_id_of_a_story_outlives_copies() -> None:
    alone = found([article("z", FERRY)])
    copied = found([article("z", FERRY), article("a", FERRY), article("b", first_words(FERRY, 50))])
    assert [story.id for story in alone] == [story.id for story in copied]


def test_a_crowd_of_different_cuts_is_one_story() -> None:
    crowd = [article(f"x{n:03}", first_words(FERRY, 40 + n % 58) + f" page{n}") for n in range(90)]
    assert len(found([article("whole", FERRY), *crowd])) == 1


def pool() -> list[Article]:
    """Two stories, their copies over a fortnight, and form letters."""
    made = []
    for name, text in (("ferry", FERRY), ("grain", GRAIN), ("call1", CALLS[0]), ("call2", CALLS[1])):
        for n, day in enumerate((1, 1, 4, 7, 8, 12)):
            body = text if n % 2 else first_words(text, 70 - 4 * n)
            made.append(article(f"{name}{n}", body, f"2021-03-{day:02}"))
    return made


def test_what_was_found_out_of_pairs_is_not_found_out_again() -> None:
    by_id = {one.id: one for one in pool()}
    asked: list[str] = []

    def bodies(ids: Collection[str]) -> dict[str, str]:
        asked.extend(ids)
        return {id: body_of(by_id[id]) for id in ids}

    first = stories_of(pages(by_id.values()), bodies)
    assert asked
    block = pack(first.verdicts)
    asked.clear()
    assert stories_of(pages(by_id.values()), bodies, unpack(block)) == first
    assert asked == []
    assert [dict(unpack(broken)) for broken in (b"", block[:-1], b"other" + block)] == [{}, {}, {}]


@given(st.permutations(pool()))
@settings(max_examples=25, deadline=None)
def test_the_order_of_arrival_decides_nothing(articles: list[Article]) -> None:
    assert found(articles) == found(pool())


@given(st.sets(st.integers(0, 23), min_size=1))
@settings(max_examples=25, deadline=None)
def test_copying_every_article_leaves_the_stories_as_they_are(chosen: set[int]) -> None:
    articles = [pool()[n] for n in chosen]
    copies = [Article(id=f"{one.id}-{n}", text=one.text, published=one.published) for one in articles for n in range(5)]
    random.Random(len(chosen)).shuffle(copies)
    before, after = found(articles), found([*articles, *copies])
    assert [story.id for story in before] == [story.id for story in after]
    originals = {one.id for one in articles}
    assert [originals & set(story.articles) for story in after] == [set(story.articles) for story in before]
