"""`detente import`: events that others coded, into an observatory."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.losses import Losses
from detente.cli.options import common, folder_argument
from detente.cli.session import Session
from detente.cli.words import counted

if TYPE_CHECKING:
    from detente.store import ImportReport

log = logging.getLogger("detente.cli.import")

FORMATS = ("icews", "polecat", "acled", "gdelt1", "gdelt2", "csv")  # a test holds them to those of the store


@click.command()
@folder_argument
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), help="What FILE is.  [default: told by its first row]")
@click.option("--origin", metavar="ORIGIN", help="Whose events they are.  [default: the name of the format]")
@common
def command(folder: Path, file: Path, form: str | None, origin: str | None) -> None:
    """Take in events that others coded.

    They stay apart from your own readings, under the name of their origin: `--origin` of `events` and `relations` asks for
    them. A row that is not as its format has it is named by its number and kept aside; the others are taken.
    """
    Session.start(folder)
    from detente.observatory import Observatory

    report = Observatory.open(folder).import_events(file, format=form, origin=origin)
    told = _told(report, folder)
    log.info("%s", told)
    click.echo(told)
    losses = Losses(unread=len(report.refused))
    for failure in report.refused:
        losses.add(failure, file.name)
    losses.report()


def _told(report: ImportReport, folder: Path) -> str:
    """What became of the rows, in one line or two."""
    whose = ", ".join(report.origins) or report.format
    parts = [f"{counted(report.added, 'event')} of {whose} taken into {folder}"]
    parts += [f"{report.unchanged:,} already there"] if report.unchanged else []
    parts += [f"{counted(len(report.refused), 'row')} kept aside"] if report.refused else []
    lines = [", ".join(parts)]
    if report.untyped:
        lines.append(f"{report.untyped:,} of them are of no PLOVER type (statements, mostly): kept, but not measured")
    if report.nowhere:
        lines.append(f"{report.nowhere:,} of them name no country on one side: kept, but in no dyad")
    lines += [report.remark] if report.remark else []
    return "\n".join(lines)
