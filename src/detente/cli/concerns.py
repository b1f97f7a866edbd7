"""`detente concerns`: what a country's speakers call a concern."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import common, folder_argument
from detente.cli.output import output, write_records
from detente.cli.session import Session


@click.command()
@folder_argument
@click.argument("a", metavar="[A]", required=False)
@click.argument("b", metavar="[B]", required=False)
@click.option("--since", metavar="DATE", help="From this day, month or year on (2024-05-14, 2024-05, 2024).")
@click.option("--as-of", metavar="DATE", help="Only what had been published by then, as it stood then.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True,
    help="table for people, json or jsonl (one record a line) for programs.",
)  # fmt: skip
@common
def command(folder: Path, a: str | None, b: str | None, since: str | None, as_of: str | None, form: str) -> None:
    """List what a country's speakers call a concern.

    A concern, a worry, a fear, a threat, in quotations of those who speak for country A (or for any); with B, in quotations that name B.
    Only what is plainly said is listed, not what is denied, asked or imagined.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    found = Observatory.open(folder).concerns(a, b, since=since, as_of=as_of)
    if form != "table":
        with output(None) as stream:
            write_records(stream, found, form)
        return
    from detente.cli.planning_view import concern_list

    if not found:
        session.say("No quotation names a concern.")
        return
    session.show(concern_list(found))
