"""The pool of an observatory, which the store sums up, is the one that its events give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import numpy as np
import pytest

from detente import Observatory
from detente.ontology import TYPES
from detente.records import Article, Event, Evidence, Reading, When
from detente.relations import pool_events

STATUSES = ("occurred",) * 5 + ("ongoing", "ongoing", "planned", "denied")
COUNTRIES = ("NOR", "FIN", "SWE", "DNK")


class Chance:
    """A reader that reads whatever it likes into an article: all that the rules of counting tell apart."""

    coder = "chance-1"
    knowledge = "none"

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        return (Reading(article=article, events=self._events(article)) for article in articles)

    def _events(self, article: Article) -> tuple[Event, ...]:
        chance = np.random.default_rng(int(article.id[1:]))
        return tuple(self._event(article, number, chance) for number in range(chance.integers(0, 6)))

    def _event(self, article: Article, number: int, chance: np.random.Generator) -> Event:
        field = "title" if chance.random() < 0.25 else "text"
        start = int(chance.integers(0, 4))
        words = Evidence(start=start, end=start + 1, text=str(getattr(article, field))[start], field=field)
        kind = chance.choice([*list(TYPES)[:5], "ASSAULT", "AID"])
        sides = [tuple(map(str, chance.choice(COUNTRIES, chance.integers(1, 3), replace=False))) for _ in "st"]
        return Event(
            id=f"{article.id}-{number}",
            type=str(kind),
            span=words,
            trigger=words,
            evidence=(words,),
            rule="chance",
            coder=self.coder,
            knowledge=self.knowledge,
            intensity=float(chance.integers(-20, 21)) / 2,
            status=str(chance.choice(STATUSES)),
            past=bool(chance.random() < 0.1),
            source_countries=sides[0],
            target_countries=sides[1],
            date=self._when(article, chance),
        )

    def _when(self, article: Article, chance: np.random.Generator) -> When | None:
        if chance.random() < 0.4 or not article.published:
            return None
        first = date.fromisoformat(article.published) - timedelta(days=int(chance.integers(-3, 60)))
        last = first + timedelta(days=int(chance.choice([0, 0, 0, 6, 40])))
        return When(start=first.isoformat(), end=last.isoformat(), text="then")


@pytest.fixture(scope="module")
def observatory(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    made = Observatory.create(tmp_path_factory.mktemp("pool") / "o")
    start = date(2021, 1, 1)
    articles = [
        Article(
            id=f"n{number}",
            title=f"Note {number}",
            text=f"{number} words that no other note has, {number * 7919}.",
            published=(start + timedelta(days=number * 3)).isoformat() if number % 9 else None,
        )
        for number in range(150)
    ]
    made.add(articles, reader=Chance())
    return made


@pytest.mark.parametrize("by", ["week", "month", "quarter"])
@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("since", [None, "2021-06-10"])
def test_the_store_sums_up_what_the_events_give(
    observatory: Observatory, by: str, directed: bool, since: str | None
) -> None:
    days = Counter(date.fromisoformat(str(story.first)) for story in observatory.stories() if story.first)
    expected = pool_events(
        observatory.events(),
        by=by,
        stories_read=sorted(days.items()),
        since=date.fromisoformat(since) if since else None,
        directed=directed,
    )
    found = observatory.relations("NOR", "FIN", by=by, directed=directed, since=since).pool
    assert found == expected
    assert found.events > 100


def test_the_pool_is_the_same_for_every_dyad(observatory: Observatory) -> None:
    assert observatory.relations("NOR", "FIN").pool == observatory.relations("SWE", "DNK").pool
