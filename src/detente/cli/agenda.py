"""`detente agenda`: the issues between two countries."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import common, folder_argument
from detente.cli.output import output, write_records
from detente.cli.session import Session


@click.command()
@folder_argument
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--since", metavar="DATE", help="From this day, month or year on (2024-05-14, 2024-05, 2024).")
@click.option(
    "--sentences", type=click.IntRange(min=0), default=3, show_default=True,
    help="How many sentences and how many positions to show of an issue.",
)  # fmt: skip
@click.option("--as-of", metavar="DATE", help="Only what had been published by then, as it stood then.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True,
    help="table for people, json or jsonl (one record a line) for programs.",
)  # fmt: skip
@common
def command(folder: Path, a: str, b: str, since: str | None, sentences: int, as_of: str | None, form: str) -> None:
    """Show the issues between two countries.

    By context (energy, security, trade): how many deeds, how cooperative they are on the mean, from -10 to 10, their words, the
    newest first, and what either side's speakers said on them.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    found = Observatory.open(folder).agenda(a, b, since=since, as_of=as_of)
    if form != "table":
        with output(None) as stream:
            write_records(stream, found, form)
        return
    from detente.cli.planning_view import issue_list

    if not found:
        session.say(f"{folder} tells of no issue between {a} and {b}.")
        return
    session.show(issue_list(found, shown=sentences))
