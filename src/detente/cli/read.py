"""`detente read`: articles in, records out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO

import click

from detente.cli.options import Day, common, model_option
from detente.cli.output import line, output
from detente.cli.progress import bar
from detente.cli.session import Session
from detente.errors import UsageError
from detente.records import Failure, Reading, to_json

_SHOWN = 5  # failures listed on standard error before the rest is only counted


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--input-format", type=click.Choice(["auto", "jsonl", "json", "text", "markdown", "html"]), default="auto", show_default=True,
    help="What the input is; auto: by its name, or by its first character on standard input.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl (one reading a line) for programs.",
)  # fmt: skip
@click.option(
    "--published", type=Day(), metavar="DATE",
    help="Day of publication (YYYY-MM-DD) of articles that give none; relative dates rest on it.",
)  # fmt: skip
@click.option(
    "-o", "--output", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write to FILE, whole or not at all, in place of standard output.",
)  # fmt: skip
@model_option
@common
def command(paths: tuple[str, ...], input_format: str, form: str, published: date | None, target: Path | None) -> None:
    """Read articles; show events, quotes, promises.

    PATH is a file (.txt, .md, .html, .json, .jsonl) or a folder; `-` or none reads standard input. The exit status is 1 when
    some input could not be read.
    """
    session = Session.start()
    if not paths and sys.stdin.isatty():
        raise UsageError(
            "nothing to read: name a file or a folder, or pipe an article in (`detente read < article.txt`)"
        )
    from detente.sources import count_inputs

    failed: list[str] = []
    watched = session.out.is_terminal and target is None
    console = None if watched and form == "jsonl" else (session.out if watched else session.err)
    with output(target) as stream, bar(console, count_inputs(paths)) as progress:
        show = _lines(stream) if form == "jsonl" else _tables(stream, session, target)
        for reading in _readings(paths, input_format, published, session.model):
            progress.step(len(reading.article.text.split()))
            show(reading)
            failed += [_failure(reading.article.id, failure) for failure in reading.failures]
    _report(failed)
    if failed:
        click.get_current_context().exit(1)


def _readings(
    paths: tuple[str, ...], input_format: str, published: date | None, model: str | None
) -> Iterator[Reading]:
    from detente.cli.interim import readings
    from detente.reading.reader import Reader
    from detente.sources import articles_from

    found = articles_from(
        paths,
        published=published.isoformat() if published else None,
        input_format=input_format,
        stdin=sys.stdin.buffer,
    )
    return readings(Reader(model), found)


def _lines(stream: IO[bytes]) -> Callable[[Reading], None]:
    def show(reading: Reading) -> None:
        stream.write(line(to_json(reading)))
        stream.flush()

    return show


def _tables(stream: IO[bytes], session: Session, target: Path | None) -> Callable[[Reading], None]:
    from detente.cli.reading_view import reading_view

    console = session.out if target is None else session.to_file(stream)
    return lambda reading: console.print(reading_view(reading))


def _failure(article: str, failure: Failure) -> str:
    return f"{failure.where or article}: {failure.reason}"


def _report(failed: Sequence[str]) -> None:
    """Says in short, on standard error, what could not be read."""
    for message in failed[:_SHOWN]:
        click.echo(f"not read: {message}", err=True)
    if len(failed) > _SHOWN:
        click.echo(
            f"not read: {len(failed) - _SHOWN} more; `--format jsonl` lists them all under `failures`",
            err=True,
        )
