"""`detente remove`: articles, or an import, and all that came of them, for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import common, folder_argument
from detente.cli.session import Session
from detente.cli.words import counted
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.observatory import Observatory


@click.command()
@folder_argument
@click.argument("articles", nargs=-1, metavar="[ARTICLE...]")
@click.option("--origin", metavar="ORIGIN", help="All events that were imported under this name, in place of articles.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask first.")
@common
def command(folder: Path, articles: tuple[str, ...], origin: str | None, yes: bool) -> None:
    """Delete articles and all that came of them, for good.

    ARTICLE is an id as `detente events` shows it. Text and records go from every segment; there is no way back.
    """
    session = Session.start(folder)
    if bool(articles) == (origin is not None):
        raise UsageError("name the articles to remove, or with --origin the import to remove: one of the two")
    from detente.observatory import Observatory

    observatory = Observatory.open(folder)
    if origin is not None:
        _import(observatory, origin, session, yes=yes)
        return
    _ask(f"Delete {counted(len(articles), 'article')} from {folder} for good?", yes=yes)
    report = observatory.remove(articles)
    click.echo(f"Removed {counted(len(report.removed), 'article')} with all records and the text.")
    _still_open(session, report.held)
    if report.unknown:
        session.say(f"Not there: {', '.join(report.unknown)}")
        click.get_current_context().exit(1)


def _import(observatory: Observatory, origin: str, session: Session, *, yes: bool) -> None:
    found = {one.name: one.events for one in observatory.origins()}
    if origin in found:
        _ask(f"Delete {counted(found[origin], 'event')} of {origin} from {observatory.path} for good?", yes=yes)
    report = observatory.remove_origin(origin)
    aside = f", and {counted(report.refused, 'row')} that had been kept aside" if report.refused else ""
    click.echo(f"Removed {counted(report.events, 'event')} of {origin}{aside}.")
    _still_open(session, report.held)


def _ask(question: str, *, yes: bool) -> None:
    if not yes:
        click.confirm(question, abort=True, err=True)


def _still_open(session: Session, held: tuple[str, ...]) -> None:
    if held:
        session.say(f"{counted(len(held), 'file')} still open elsewhere: the next command that writes deletes them.")
