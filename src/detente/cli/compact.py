"""`detente compact`: many small segments into few large ones."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import common, folder_argument
from detente.cli.session import Session
from detente.cli.words import counted


@click.command()
@folder_argument
@common
def command(folder: Path) -> None:
    """Join small segments into large ones.

    The records stay the same; what reads the observatory at the time is not disturbed.
    """
    Session.start(folder)
    from detente.observatory import Observatory

    report = Observatory.open(folder).compact()
    click.echo(f"{counted(report.before, 'segment')} before, {report.after} now.")
    if report.waiting:
        click.echo(f"{report.waiting / 1e6:,.1f} MB of replaced files stay for an hour, for readers that began before.")
