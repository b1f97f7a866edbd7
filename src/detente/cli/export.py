"""`detente export`: all events of an observatory, in a file."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import common, folder_argument, origin_option
from detente.cli.output import output
from detente.cli.session import Session
from detente.cli.words import counted
from detente.errors import UsageError

FORMATS = ("csv", "jsonl", "parquet", "icews", "polecat", "gdelt1", "gdelt2")  # a test holds them to those of the store
_NAMED = FORMATS[:3]  # what the end of a file's name can tell


@click.command()
@folder_argument
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), help="What FILE becomes.  [default: by its name]")
@origin_option
@common
def command(folder: Path, file: Path, form: str | None, origin: str | None) -> None:
    """Write all events to a file.

    FILE is written whole or not at all; `-` is standard output. csv is the plain CSV that `detente import` reads; jsonl and parquet
    hold every field; icews, polecat, gdelt1 and gdelt2 are the columns of those data sets. What a format has no room for is counted.
    """
    session = Session.start(folder)
    chosen = form or file.suffix.removeprefix(".").lower()
    if form is None and chosen not in _NAMED:
        raise UsageError(f"{file} does not tell its format by its name; name it: --format {'|'.join(FORMATS)}")
    from detente.observatory import Observatory

    observatory = Observatory.open(folder)
    whose = session.origin(observatory, origin)
    with output(file, text=chosen != "parquet") as stream:
        report = observatory.export(stream, format=chosen, origin=whose)
    session.say(f"{counted(report.written, 'event')} written to {file}")
    if report.left_out:
        them = "it" if report.left_out == 1 else "them"
        why = ", ".join(f"{loss.events:,} {loss.what}" for loss in report.why)
        session.say(f"{counted(report.left_out, 'event')} left out: {why}; jsonl and parquet hold {them}")
    if report.lost:
        lost = ", ".join(f"{loss.what} ({loss.events:,})" for loss in report.lost)
        session.say(f"What {chosen} has no room for, and of how many events: {lost}")
