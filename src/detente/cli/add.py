"""`detente add`: articles into an observatory."""

from __future__ import annotations

import logging
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.losses import Losses
from detente.cli.options import (
    actors_option,
    columns_option,
    common,
    folder_argument,
    input_options,
    judge_option,
    model_option,
)
from detente.cli.progress import bar
from detente.cli.session import Session
from detente.cli.words import counted

if TYPE_CHECKING:
    from detente.observatory import AddReport

log = logging.getLogger("detente.cli.add")


@click.command()
@folder_argument
@click.argument("paths", nargs=-1, required=True, metavar="INPUT...", type=click.Path(allow_dash=True))
@input_options
@columns_option
@click.option("--again", is_flag=True, help="Also take in articles that were removed earlier.")
@actors_option
@judge_option
@model_option
@common
def command(
    folder: Path,
    paths: tuple[str, ...],
    input_format: str,
    columns: tuple[tuple[str, str], ...],
    published: date | None,
    again: bool,
    actors: Path | None,
    judge: str,
) -> None:
    """Read articles and keep what they say.

    INPUT is a file, a folder or `-` for standard input, as for `detente read`, or a lake that `detente code` made: its
    articles are taken over, not read again. What is there already is not read again; a
    text that has changed becomes a new revision. A run that was broken off can be started again: it goes on where it was.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory
    from detente.sources import count_inputs
    from detente.store.lake import is_lake

    observatory = Observatory.open(folder)
    lakes = [path for path in paths if path != "-" and is_lake(path)]
    if lakes and actors:
        raise click.UsageError("--actors is no matter of a lake, which is read already: give it to `detente code`")
    losses = Losses()
    for lake in lakes:
        taken = observatory.take_over(lake, again=again)
        click.echo(f"{lake}: {_told(taken, folder)}")
        losses.join(Losses.of(taken))
    paths = tuple(path for path in paths if path not in lakes)
    if not paths:
        losses.report()
        return
    with bar(session.err, count_inputs(paths)) as progress:
        report = observatory.add(
            paths,
            published=published.isoformat() if published else None,
            input_format=input_format,
            columns=dict(columns),
            model=session.model,
            judge=judge,
            again=again,
            actors=actors,
            stdin=sys.stdin.buffer,
            on_progress=progress.step,
        )
    if report.corrected:
        session.say(f"Your own actors have changed: {counted(report.corrected, 'article')} read again.")
    told = _told(report, folder)
    log.info("%s", told)
    click.echo(told)
    losses.join(Losses.of(report))
    losses.report()


def _told(report: AddReport, folder: Path) -> str:
    """What became of the inputs, in one line."""
    there = counted(report.unchanged, "article")
    if not (report.added or report.revised or report.failed or report.removed):
        return f"nothing new: {there} {'was' if report.unchanged == 1 else 'were'} already there"
    parts = [f"{counted(report.added, 'article')} added to {folder}"]
    parts += [f"{counted(report.revised, 'article')} revised"] if report.revised else []
    parts += [f"{there} already there"] if report.unchanged else []
    parts += (
        [f"{counted(report.removed, 'article')} passed over, removed earlier (--again takes them in)"]
        if report.removed
        else []
    )
    parts += [f"{counted(report.failed, 'input')} not read"] if report.failed else []
    return ", ".join(parts)
