"""`detente commitments`: promises, and what became of them."""

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
@click.option("--state", type=click.Choice(["kept", "due", "overdue", "open"]), help="One state only.")
@click.option("--as-of", metavar="DATE", help="As it could be known on that day.  [default: the last publication]")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True,
    help="table for people, json or jsonl (one record a line) for programs.",
)  # fmt: skip
@common
def command(folder: Path, a: str | None, b: str | None, state: str | None, as_of: str | None, form: str) -> None:
    """List promises, and what became of them.

    Of country A, between A and B (in either direction), or of everybody. kept: a deed that fits was told later; due, overdue: by the
    day of --as-of, else the last day on which an article was published; open: no day was set. In doubt a promise is not called kept.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    found = Observatory.open(folder).commitments(a, b, state=state, as_of=as_of)
    if form != "table":
        with output(None) as stream:
            write_records(stream, found, form)
        return
    from detente.cli.planning_view import pledge_list

    if not found:
        session.say("No promise is like that.")
        return
    session.show(pledge_list(found))
