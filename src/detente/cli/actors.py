"""`detente actors`: who is who in an observatory, and the user's own table that corrects it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.harmless import harmless
from detente.cli.losses import Losses
from detente.cli.options import common, folder_argument, model_option
from detente.cli.output import output
from detente.cli.progress import bar
from detente.cli.session import Session
from detente.cli.words import counted
from detente.errors import UsageError
from detente.records import to_json

if TYPE_CHECKING:
    from detente.observatory import CorrectReport, Observatory

_SHOWN = 50  # actors that a table shows unless it is told how many


@click.command()
@folder_argument
@click.argument("name", required=False)
@click.option("--kind", type=click.Choice(["country", "person", "organization", "group"]), help="Of this kind only.")
@click.option("--country", metavar="COUNTRY", help="Of this country only.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help=f"The first N only ({_SHOWN} in a table).")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="table for people, json for programs.",
)  # fmt: skip
@click.option("--articles", is_flag=True, help="List the ids of the articles that hold NAME, one a line.")
@click.option(
    "--use", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Keep this table of your own actors, and read again what it changes.",
)  # fmt: skip
@click.option("--reset", is_flag=True, help="Have no more actors of your own.")
@model_option
@common
def command(
    folder: Path,
    name: str | None,
    kind: str | None,
    country: str | None,
    limit: int | None,
    form: str,
    articles: bool,
    use: Path | None,
    reset: bool,
) -> None:
    """Show who is who; correct it.

    Who spoke, acted or was dealt with, in which office, how often, from when to when, the busiest first. NAME, part of a
    name, also finds those who are only mentioned, and shows the words that state each office.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    observatory = Observatory.open(folder)
    if use or reset:
        if use and reset:
            raise UsageError("--use and --reset at once: name a table, or have none")
        _correct(session, observatory, use)
        return
    if articles:
        if name is None:
            raise UsageError("--articles lists the articles that hold a name: give the NAME, in full")
        for article in observatory.articles_naming(name):
            click.echo(harmless(article))
        return
    most = limit or (_SHOWN if form == "table" and name is None else None)
    found = observatory.who(name, kind=kind, country=country, limit=most)
    if form == "json":
        with output(None) as stream:
            text = json.dumps({"schema": 1, "actors": to_json(found)}, ensure_ascii=False, indent=2)
            stream.write(text.encode("utf8", "backslashreplace") + b"\n")
        return
    if not found:
        session.say("No actor is like that. `detente doctor DIR` tells what an observatory holds.")
        return
    from detente.cli.actors_view import actor_pages, actor_table

    session.show(actor_table(found) if name is None else actor_pages(found))
    if limit is None and len(found) == most:
        session.say(f"These are the first {most}; --limit N shows more, NAME finds one.")


def _correct(session: Session, observatory: Observatory, use: Path | None) -> None:
    """Keeps another table, or none, and tells what that changed."""
    with bar(session.err, None) as progress:
        report = observatory.use_actors(use, model=session.model, on_progress=progress.step)
    click.echo(_told(report, len(observatory.own_actors)))
    losses = Losses(unread=report.failed)
    for stored in report.failures:
        losses.add(stored.failure, stored.article)
    losses.report()


def _told(report: CorrectReport, rows: int) -> str:
    """What became of a correction, in one line."""
    kept = f"{counted(rows, 'row')} kept" if rows else "no actors of your own"
    if not report.names:
        return f"{kept}, nothing changed"
    held = f"{counted(report.holding, 'article')} {'holds' if report.holding == 1 else 'hold'} a changed name"
    parts = [f"{report.again} read again"]
    parts += [f"{report.revived} taken from the history"] if report.revived else []
    return f"{kept}; {held}, {', '.join(parts)}"
