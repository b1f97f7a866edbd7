"""`detente stories`: which articles copy one text, out of an observatory."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import common, folder_argument
from detente.cli.output import line, output
from detente.cli.session import Session
from detente.records import to_json


@click.command()
@folder_argument
@click.option("--all", "every", is_flag=True, help="Also stories of one article.")
@click.option("--as-of", metavar="DATE", help="As it could be known on that day.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="table for people, jsonl (one record a line) for programs.",
)
@common
def command(folder: Path, every: bool, as_of: str | None, form: str) -> None:
    """List articles that copy one text.

    Wire copies, updates, trimmed reprints.

    By day; the first article of a story first. What they tell counts once.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    found = Observatory.open(folder).stories(copied=not every, as_of=as_of)
    if form == "jsonl":
        with output(None) as stream:
            stream.writelines(line(to_json(story)) for story in found)
        return
    from detente.cli.list_view import story_list

    if not found:
        session.say("No article copies another.")
        return
    session.show(story_list(found))
