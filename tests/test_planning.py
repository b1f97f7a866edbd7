"""Plans and promises over a month of dispatches, read by the real reader: what is seen is right, and what is not is not called so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from detente import Article, Observatory

if TYPE_CHECKING:
    from detente.reading.reader import Reader

pytestmark = pytest.mark.model

DISPATCHES = (
    (
        "2023-05-02", "Rift Tribune",
        "Kenyan Foreign Minister Wanjiku Odera will visit Kampala on Friday, her office said. Tanzanian President Asha Mrema will visit "
        "Nairobi on May 18. Uganda pledged to withdraw its soldiers from Kenya by June 30. Kenya promised to send water pumps to Uganda.",
    ),
    (
        "2023-05-03", "Lake Post",
        "Uganda and Kenya will sign an agreement on fisheries on May 9. Kenyan Foreign Minister Wanjiku Odera will visit Kampala on Friday. "
        "Kenyan Defence Minister Peter Kiprono will visit Kigali on May 11.",
    ),
    (
        "2023-05-06", "Rift Tribune",
        "Kenyan Foreign Minister Wanjiku Odera visited Kampala on Friday and met Ugandan President Moses Okello. "
        "“We are concerned about illegal nets on the lake,” Odera told reporters.",
    ),
    (
        "2023-05-10", "Lake Post",
        "Kenya and Uganda postponed the signing ceremony because of rain. Ugandan Foreign Minister Ruth Nansubuga praised Kenya on Tuesday.",
    ),
    (
        "2023-05-12", "Rift Tribune",
        "Kenyan Health Minister Grace Atieno visited Kigali on Thursday. Tanzanian President Asha Mrema has cancelled her visit to Nairobi.",
    ),
    (
        "2023-05-27", "Lake Post",
        "Uganda withdrew its soldiers from Kenya on Thursday. Kenya criticised Uganda over a new toll. Kenya sent tents to Tanzania.",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def lakes(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Observatory:
    made = Observatory.create(tmp_path_factory.mktemp("planning") / "lakes")
    made.add(
        [
            Article(id=f"lake-{number}", text=text, published=day, source=source, language="en")
            for number, (day, source, text) in enumerate(DISPATCHES, 1)
        ],
        reader=reader,
    )
    return made


def test_each_plan_stands_once_with_what_became_of_it(lakes: Observatory) -> None:
    plans = [plan for plan in lakes.calendar() if plan.start]
    assert [(plan.start, {*plan.sources, *plan.targets}, plan.outcome, plan.origins) for plan in plans] == [
        ("2023-05-05", {"KEN", "UGA"}, "seen", 2),
        ("2023-05-09", {"KEN", "UGA"}, "not seen", 1),  # praise is no signing
        ("2023-05-11", {"KEN", "RWA"}, "not seen", 1),  # the health minister went, not the defence minister
        ("2023-05-18", {"KEN", "TZA"}, "called off", 1),
    ]


def test_what_was_known_in_between(lakes: Observatory) -> None:
    assert [plan.outcome for plan in lakes.calendar("Kenya", "Uganda", as_of="2023-05-05") if plan.start] == [
        "ahead",
        "ahead",
    ]
    assert [plan.outcome for plan in lakes.calendar("Kenya", "Tanzania", as_of="2023-05-11")] == ["ahead"]
    assert [pledge.state for pledge in lakes.commitments("Uganda", as_of="2023-05-20")] == ["due"]


def test_a_promise_is_kept_by_its_own_matter_and_to_whom_it_was_given(lakes: Observatory) -> None:
    found = {
        pledge.by_country: (pledge.state, pledge.proof and pledge.proof.sentence) for pledge in lakes.commitments()
    }
    assert found == {"UGA": ("kept", "Uganda withdrew its soldiers from Kenya on Thursday."), "KEN": ("open", None)}


def test_every_word_stands_in_its_article(lakes: Observatory) -> None:
    texts = {stored.article.id: stored.article.text for stored in lakes.articles()}
    cited = [words for plan in lakes.calendar() for words in (plan.plan, plan.proof) if words]
    cited += [words for pledge in lakes.commitments() for words in (pledge.words, pledge.proof) if words]
    cited += [words for issue in lakes.agenda("Kenya", "Uganda") for words in issue.proofs]
    cited += [concern.said.words for concern in lakes.concerns("Kenya")]
    assert len(cited) > 10
    for words in cited:
        assert words.sentence in texts[words.article]


def test_concerns(lakes: Observatory) -> None:
    (concern,) = lakes.concerns("Kenya")
    assert (concern.word, concern.about, concern.said.speaker) == (
        "concern",
        "illegal nets on the lake",
        "Wanjiku Odera",
    )
