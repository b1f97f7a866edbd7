"""`detente export`: all events of an observatory, in a file."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import common, folder_argument, origin_option
from detente.cli.output import output
from detente.cli.session import Session
from detente.cli.words import counted
from detente.errors import UsageError

FORMATS = ("csv", "jsonl", "parquet")  # a test holds them to those of the store


@click.command()
@folder_argument
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), help="What FILE becomes.  [default: by its name]")
@origin_option
@common
def command(folder: Path, file: Path, form: str | None, origin: str | None) -> None:
    """Write all events to a file.

    FILE is written whole or not at all; `-` is standard output. csv is the plain CSV that `detente import` reads; jsonl and parquet
    hold every field.
    """
    session = Session.start(folder)
    chosen = form or file.suffix.removeprefix(".").lower()
    if chosen not in FORMATS:
        raise UsageError(f"{file} does not tell its format by its name; name it: --format {'|'.join(FORMATS)}")
    from detente.observatory import Observatory

    observatory = Observatory.open(folder)
    whose = session.origin(observatory, origin)
    with output(file) as stream:
        report = observatory.export(stream, format=chosen, origin=whose)
    session.say(f"{counted(report.written, 'event')} written to {file}")
    if report.left_out:
        session.say(
            f"{counted(report.left_out, 'event')} left out: not done, without a day, or without a country on either side; "
            "jsonl and parquet hold them"
        )
