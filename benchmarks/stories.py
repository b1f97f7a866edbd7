"""How long stories take, and how that grows: invented articles, a third of them copies, over half a year.

    python benchmarks/stories.py [--articles 10000]

Prints, for a quarter, a half and the whole of the articles, the seconds for sketches (made once, when articles are added), for
stories, for stories again (with what was noted of pairs of texts), and for joining their events; and how the result stands to what was made: stories expected and found.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta

from detente.records import Article
from detente.stories import Page, Telling, body_of, join, read_sketch, sketch_of, stories_of

WORDS = 400  # of an article
DAYS = 182
COPIES = 3  # at most, of every third article
START = date(2021, 1, 1)


def invented(count: int, seed: int) -> Iterator[Article]:
    """Articles of words drawn with the frequencies of a language (Zipf's law), some of them copies of the one before."""
    rnd = random.Random(seed)
    words = [f"{chr(97 + n % 26)}{n:x}" for n in range(20_000)]
    weights = [1 / (n + 10) for n in range(len(words))]
    made = 0
    while made < count:
        day = START + timedelta(days=rnd.randrange(DAYS))
        text = rnd.choices(words, weights, k=WORDS)
        copies = rnd.randint(1, COPIES) if made % 3 == 0 else 0
        for number in range(min(1 + copies, count - made)):
            cut = text if number < 2 else text[: int(WORDS * rnd.uniform(0.4, 0.95))]
            later = day + timedelta(days=rnd.randrange(3) if number else 0)
            yield Article(
                id=f"{made:07}", text=" ".join(cut), published=later.isoformat(), title=text[0] if number < 1 else None
            )
            made += 1


def measure(articles: list[Article]) -> str:
    """One row: numbers, and seconds of processor time."""
    start = time.process_time()
    sketches = [sketch_of(article) for article in articles]
    sketched = time.process_time()
    by_id = {article.id: article for article in articles}
    pages = [
        Page(article=article.id, day=article.day, published=article.published or "", sketch=sketch)
        for article, kept in zip(articles, sketches, strict=True)
        if (sketch := read_sketch(kept))
    ]
    stories = stories_of(pages, lambda ids: {id: body_of(by_id[id]) for id in ids})
    found = time.process_time()
    again = stories_of(pages, lambda _: {}, stories.verdicts)  # asks for no text
    noted = time.process_time()
    assert again == stories
    events = join(list(tellings(articles)), stories.stories, lambda ids: {id: by_id[id].text for id in ids})
    joined = time.process_time()
    expected = sum(article.title is not None for article in articles)
    seconds = f"{sketched - start:9.2f} {found - sketched:8.2f} {noted - found:8.2f} {joined - noted:8.2f}"
    return f"{len(articles):9,} {expected:9,} {len(stories.stories):8,} {len(events):8,} {seconds} {peak():8.0f}"


def tellings(articles: list[Article]) -> Iterator[Telling]:
    """Three events an article, told in its own words."""
    for article in articles:
        words = article.text.split(" ")
        for number, type_ in enumerate(("CONSULT", "ACCUSE", "SUPPORT")):
            clause = " ".join(words[number * 20 : number * 20 + 12])
            yield Telling(
                article=article.id,
                event=f"{article.id}-{number}",
                type=type_,
                status="occurred",
                sources=frozenset({"NOR"}),
                targets=frozenset({"FIN"}),
                words=(clause,),
            )


def peak() -> float:
    """The most memory held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    articles = list(invented(options.articles, options.seed))
    print(" articles  expected  stories   events  sketches  stories    again  joining  peak MiB")
    for share in (4, 2, 1):
        print(measure(articles[: len(articles) // share]))


if __name__ == "__main__":
    main()
