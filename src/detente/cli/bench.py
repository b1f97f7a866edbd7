"""`detente bench`: words per second of the whole reading beside those of the bare model, and the memory it takes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from itertools import batched, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.examples import examples
from detente.cli.options import common, model_option
from detente.cli.progress import bar
from detente.cli.session import Session
from detente.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language

    from detente.records import Article

_ROUNDS = 3  # cold starts of each kind, of which the best counts
_SPACY_ALONE = "import spacy, sys; spacy.load(sys.argv[1], exclude=['senter'])"
_SHORT = "PARIS, May 14 - France recalled its ambassador from Niger on Tuesday, the foreign ministry said.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Words per second of processor time of both, and ours over theirs: what else the machine does does not count.

    Memory in megabytes, None where the system does not tell.
    peak_mb: the most that the process held, of which bare_mb for the second pipeline that is there to compare.
    """

    articles: int
    words: int
    reading: float
    bare: float
    ratio: float
    peak_mb: float | None
    bare_mb: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cold:
    """Seconds from nothing: spaCy loading the model and no more, and `detente read` on one sentence."""

    spacy: float
    detente: float
    ratio: float


@click.command()
@click.argument("paths", nargs=-1, metavar="[INPUT]...", type=click.Path(allow_dash=True))
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Read the first N articles only.")
@click.option("--cold", is_flag=True, help="Measure a cold start on one short article instead.")
@click.option("--json", "as_json", is_flag=True, help="Write the figures as JSON.")
@model_option
@common
def command(paths: tuple[str, ...], limit: int | None, cold: bool, as_json: bool) -> None:
    """Measure the speed of reading.

    Reads INPUT (without one, the example articles) twice in one run, batch by batch in turn: with everything,
    and with the bare language model. The ratio says how much of the model's speed is left.
    """
    session = Session.start()
    found = _cold(session.model) if cold else _speed(_articles(paths, limit), session)
    if as_json:
        click.echo(json.dumps(asdict(found)))
    elif isinstance(found, Cold):
        click.echo(
            f"Cold start: spaCy alone {found.spacy:.2f} s, detente {found.detente:.2f} s, {found.ratio:.2f} times."
        )
    else:
        click.echo(_told(found))


def _articles(paths: tuple[str, ...], limit: int | None) -> list[Article]:
    from detente.sources import Sourced, articles_from

    with examples() as folder:
        found = articles_from([*paths] if paths else [str(folder)], stdin=sys.stdin.buffer)
        articles = list(islice((item.article for item in found if isinstance(item, Sourced)), limit))
    if not articles:
        raise UsageError("no article in the input: name files that `detente read` can read")
    return articles


def _speed(articles: list[Article], session: Session) -> Speed:
    from detente.reading.pipeline import bare, load
    from detente.reading.reader import BATCH, Reader

    reader = Reader(nlp=load(session.model))
    before = _memory()
    nlp = bare(session.model)
    held = _memory()
    list(reader.read(articles[:1]))
    _parse(nlp, articles[:1])
    ours = theirs = 0.0
    words = 0
    with bar(session.err, len(articles)) as progress:
        for batch in batched(articles, BATCH):
            theirs += _parse(nlp, batch)
            started = time.process_time()
            list(reader.read(batch))
            ours += time.process_time() - started
            for article in batch:
                words += len(article.text.split())
                progress.step(article)
    return Speed(
        articles=len(articles),
        words=words,
        reading=round(words / ours, 1),
        bare=round(words / theirs, 1),
        ratio=round(theirs / ours, 3),
        peak_mb=_memory(),
        bare_mb=None if held is None or before is None else round(held - before, 1),
    )


def _parse(nlp: Language, articles: tuple[Article, ...] | list[Article]) -> float:
    """Seconds that the bare model takes for the same words, made into Docs in the same way."""
    started = time.process_time()
    texts = (f"{article.title}\n\n{article.text}" if article.title else article.text for article in articles)
    for _ in nlp.pipe(nlp.make_doc(text) for text in texts):
        pass
    return time.process_time() - started


def _memory() -> float | None:
    """The most memory that this process ever held, in megabytes; None on Windows, which has no such call."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def _told(speed: Speed) -> str:
    lines = [
        f"{speed.articles} articles, {speed.words:,} words; speeds are of processor time",
        f"whole reading  {speed.reading:10,.0f} words/s",
        f"bare model     {speed.bare:10,.0f} words/s",
        f"ratio          {speed.ratio:10.2f}",
    ]
    if speed.peak_mb is not None:
        lines.append(
            f"peak memory    {speed.peak_mb:10,.0f} MB ({speed.bare_mb:,.0f} MB of it the bare model, to compare)"
        )
    return "\n".join(lines)


def _cold(model: str | None) -> Cold:
    from detente.reading.pipeline import bundled_path

    path = model or str(bundled_path())
    chosen = ["--model", model] if model else []
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        article = Path(folder) / "short.txt"
        article.write_text(_SHORT, "utf8")
        rounds = [
            (_seconds("-c", _SPACY_ALONE, path), _seconds("-m", "detente.cli", "read", str(article), *chosen))
            for _ in range(_ROUNDS)
        ]
    spacy, ours = (min(seconds) for seconds in zip(*rounds, strict=True))
    return Cold(spacy=round(spacy, 3), detente=round(ours, 3), ratio=round(ours / spacy, 2))


def _seconds(*arguments: str) -> float:
    """Seconds that a fresh Python takes for these arguments."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - started
