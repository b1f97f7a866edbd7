"""`detente read`: articles in, records out."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import IO

import click

from detente.cli.losses import Losses
from detente.cli.options import actors_option, columns_option, common, input_options, judge_option, model_option
from detente.cli.output import line, output
from detente.cli.progress import bar
from detente.cli.session import Session, show_plainly
from detente.cli.words import counted
from detente.errors import UsageError
from detente.records import Reading, to_json

log = logging.getLogger("detente.cli.read")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(allow_dash=True))
@input_options
@columns_option
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl (one reading a line) for programs.",
)  # fmt: skip
@click.option(
    "-o", "--output", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write to FILE, whole or not at all, in place of standard output.",
)  # fmt: skip
@click.option(
    "--explain", is_flag=True, help="Say of each event why it was read so, of each silent sentence why it gave none."
)
@actors_option
@judge_option
@model_option
@common
def command(
    paths: tuple[str, ...],
    input_format: str,
    columns: tuple[tuple[str, str], ...],
    form: str,
    published: date | None,
    target: Path | None,
    explain: bool,
    actors: Path | None,
    judge: str,
) -> None:
    """Read articles; show events, quotes, promises.

    PATH is a file (.txt, .md, .html, .json, .jsonl, .csv, .parquet, .xml, .warc; each may be gzipped), a folder, or an address
    (s3://bucket/file.warc.gz); `-` or none reads standard input. The exit status is 1 when some input could not be read.
    """
    session = Session.start()
    if not paths and sys.stdin.isatty():
        raise UsageError("nothing to read: name a file or a folder, or pipe an article in (detente read < article.txt)")
    from detente.observatory import read
    from detente.sources import count_inputs

    losses = Losses()
    inputs = paths or ("-",)
    watched = sys.stdout.isatty() and target is None
    console = None if watched and form == "jsonl" else (session.out if watched else session.err)
    readings = read(
        inputs,
        published=published.isoformat() if published else None,
        input_format=input_format,
        columns=dict(columns),
        model=session.model,
        actors=actors,
        explain=explain,
        judge=judge,
        stdin=sys.stdin.buffer,
    )
    with output(target) as stream, bar(console, count_inputs(inputs)) as progress:
        show = _lines(stream) if form == "jsonl" else _tables(stream, session, target, explain=explain)
        for reading in readings:
            progress.step(reading.article)
            show(reading)
            losses.note(reading)
            log.debug("%s: %s", reading.article.id, _summary(reading))
    log.info("%s read, %s words", progress.articles, progress.words)
    losses.report()


def _summary(reading: Reading) -> str:
    return f"{counted(len(reading.events), 'event')}, {counted(len(reading.quotes), 'quotation')}"


def _lines(stream: IO[bytes]) -> Callable[[Reading], None]:
    def show(reading: Reading) -> None:
        stream.write(line(to_json(reading)))
        stream.flush()

    return show


def _tables(stream: IO[bytes], session: Session, target: Path | None, *, explain: bool) -> Callable[[Reading], None]:
    from detente.cli.reading_view import reading_view

    console = session.out if target is None else session.to_file(stream)

    def show(reading: Reading) -> None:
        if reading.article.text:  # what gave no article is told on standard error
            show_plainly(console, reading_view(reading, explain=explain))

    return show
