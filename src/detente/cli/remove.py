"""`detente remove`: articles and all that came of them, for good."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import common, folder_argument
from detente.cli.session import Session
from detente.cli.words import counted


@click.command()
@folder_argument
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("-y", "--yes", is_flag=True, help="Do not ask first.")
@common
def command(folder: Path, articles: tuple[str, ...], yes: bool) -> None:
    """Delete articles and all that came of them, for good.

    ARTICLE is an id as `detente events` shows it. Text and records go from every segment; there is no way back.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    observatory = Observatory.open(folder)
    if not yes:
        click.confirm(f"Delete {counted(len(articles), 'article')} from {folder} for good?", abort=True, err=True)
    report = observatory.remove(articles)
    click.echo(f"Removed {counted(len(report.removed), 'article')} with all records and the text.")
    if report.held:
        session.say(
            f"{counted(len(report.held), 'file')} still open elsewhere: the next command that writes deletes them."
        )
    if report.unknown:
        session.say(f"Not there: {', '.join(report.unknown)}")
        click.get_current_context().exit(1)
