"""Who promised what."""

from __future__ import annotations

import pytest

from detente.reading.reader import Reader
from detente.records import Article, Commitment

TABLE = [
    ("Norway pledged to rebuild the bridge by 2026.", "NOR", "rebuild the bridge"),
    ("“We are dedicated to opening the archives,” said Moldovan President Maia Sandu.", "MDA", "opening the archives"),
    ("The Kenyan government promised that it would publish the accounts.", "KEN", "publish the accounts"),
    ("Chile is working on a plan to protect the glaciers.", "CHL", "a plan"),
    ("Japan renewed its commitment to fund the port of Mombasa.", "JPN", "fund the port"),
    ("Sweden gave an assurance that the ferries would keep running.", "SWE", "ferries would keep running"),
    ("Rwanda assured Belgium that the two engineers would be freed.", "RWA", "would be freed"),
    ("Peru made a pledge to halve its debt within three years.", "PER", "halve its debt"),
    (
        "“We will reopen the consulate before the end of June,” Ghanaian President John Mahama said.",
        "GHA",
        "reopen the consulate",
    ),
]


def promises(reader: Reader, text: str) -> tuple[Commitment, ...]:
    reading = next(iter(reader.read([Article(id="case", text=text, published="2024-05-10")])))
    countries = {actor.id: actor.country for actor in reading.actors}
    assert all(reading.article.text[c.start : c.end] == c.text for c in reading.commitments)
    assert all(c.by in countries for c in reading.commitments)
    return reading.commitments


@pytest.mark.model
@pytest.mark.parametrize(("text", "country", "words"), TABLE, ids=[row[1] for row in TABLE])
def test_a_promise_names_who_gave_it(reader: Reader, text: str, country: str, words: str) -> None:
    reading = next(iter(reader.read([Article(id="case", text=text, published="2024-05-10")])))
    home = {actor.id: actor.country for actor in reading.actors}
    assert any(home[c.by] == country and words in c.text for c in promises(reader, text))


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Norway did not pledge to rebuild the bridge.",
        "Norway rebuilt the bridge.",
        "The promise was broken in Peru.",
        "Peru mocked the pledge of its neighbour to cut the tax.",
        "“We will never forget those who died,” said Ghanaian President John Mahama.",
        "“We will see what happens,” said Ghanaian President John Mahama.",
        "“It will rain on Friday,” said Ghanaian President John Mahama.",
        "“I will reserve that for tomorrow,” said Ghanaian President John Mahama.",
        "“If Peru invades, we will close the border,” said Ghanaian President John Mahama.",
        "Norway is not committed to the talks.",
        "Norway may have renewed a commitment to help Chad.",
        "Did Norway commit its next government to the treaty?",
        "Peru called on Norway to commit to the talks.",
        "The anniversary gives Norway the opportunity to recommit to the treaty.",
        "The Norwegians will commit to sitting down for these talks.",
        "Norway dedicated a new embassy in Niamey.",
        "Norway plays a part in guaranteeing the peace of the north.",
        "Norwegian Prime Minister Jonas Store swore her in at the palace.",
        "Norwegian Prime Minister Jonas Store was determined to have a broken rib.",
        "Peru will reserve the right to defend itself against Chile, committed to getting new missiles.",
        "Norway will not sit down with a government committed to its downfall.",
    ],
)
def test_no_promise(reader: Reader, text: str) -> None:
    assert not promises(reader, text)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Norway pledged to rebuild the bridge by 2026.", "2026-01-01"),
        ("Norway commits to pay its share no later than September 1.", "2024-09-01"),
    ],
)
def test_the_time_set_for_it(reader: Reader, text: str, day: str) -> None:
    (promise,) = promises(reader, text)
    assert promise.due is not None
    assert promise.due.start == day


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Norway spoke with Chad on Monday to renew its commitment to free trade.", "commitment to free trade"),
        ("Norway joined Sweden in pledging to rebuild the bridge.", "pledging to rebuild"),
        ("Norway promised talks that would be “deliberate and robust.”", "“deliberate and robust.”"),
    ],
)
def test_a_promise_renewed_or_given_with_another(reader: Reader, text: str, words: str) -> None:
    (promise,) = promises(reader, text)
    assert words in promise.text


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("Norway promised Ukraine that the generators would arrive in May.", "UKR"),
        ("Rwanda assured Belgium that the two engineers would be freed.", "BEL"),
        ("Norway made a pledge to Ukraine to send more generators.", "UKR"),
    ],
)
def test_to_whom(reader: Reader, text: str, to: str) -> None:
    (promise,) = promises(reader, text)
    assert to in promise.to


@pytest.mark.model
def test_a_quoted_promise_names_its_quotation(reader: Reader) -> None:
    text = "“We will reopen the consulate before the end of June,” Ghanaian President John Mahama said."
    (promise,) = promises(reader, text)
    assert promise.quote is not None
    assert promise.due is not None
    assert promise.due.end.startswith("2024-06")
